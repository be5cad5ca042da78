"""Reading Polis exports: what is taken, what is told, what is refused with file, line and reason."""

import gzip
from datetime import UTC, datetime

import pytest

from roadmap.imports.polis import Conversation, read_folder
from roadmap.imports.tables import BrokenFile
from tests.imports.conftest import COMMENTS, MATRIX, VOTES, Folder


def latest(conversation: Conversation) -> dict[tuple[int, int], int]:
    """The newest choice of each voter on each comment."""
    return {(answer.voter, answer.statement): answer.choice for answer in conversation.answers}


TAKEN = {(0, 0): 1, (1, 0): 1, (1, 1): -1, (7, 1): 0}


def test_the_newest_answer_of_a_voter_counts(folder: Folder) -> None:
    assert latest(read_folder(folder())) == TAKEN


def test_repeated_votes_are_told(folder: Folder) -> None:
    assert read_folder(folder()).notes == ["votes.csv: 1 votes were given anew later; the newest counts."]


def test_the_newest_answer_counts_in_whatever_order_the_rows_stand(folder: Folder) -> None:
    heading, *rows = VOTES.splitlines()
    turned = "\n".join([heading, *reversed(rows)]) + "\n"
    assert latest(read_folder(folder(comments_csv=COMMENTS, votes_csv=turned))) == TAKEN


def test_the_matrix_alone_holds_the_same_answers(folder: Folder) -> None:
    assert latest(read_folder(folder(comments_csv=COMMENTS, participants_votes_csv=MATRIX))) == TAKEN


def test_a_matrix_with_an_empty_xid_column_holds_the_same_answers(folder: Folder) -> None:
    lines = [line.split(",") for line in MATRIX.splitlines()]
    wider = "\n".join(
        ",".join([line[0], "xid" if not place else "", *line[1:]]) for place, line in enumerate(lines)
    )
    assert latest(read_folder(folder(comments_csv=COMMENTS, participants_votes_csv=wider))) == TAKEN


def test_packed_votes_are_unpacked(folder: Folder) -> None:
    packed = gzip.compress(VOTES.encode())
    assert latest(read_folder(folder(comments_csv=COMMENTS, votes_csv_gz=packed))) == TAKEN


def test_where_minus_one_means_agree_all_choices_are_turned(folder: Folder) -> None:
    turned = latest(read_folder(folder(), agree_sign=-1))
    assert turned == {pair: -choice for pair, choice in TAKEN.items()}


def test_rejected_comments_are_marked_and_keep_their_votes(folder: Folder) -> None:
    rejected = {statement.number for statement in read_folder(folder()).statements if statement.rejected}
    assert rejected == {1}


def test_the_moment_of_a_comment_is_kept(folder: Folder) -> None:
    first = read_folder(folder()).statements[0]
    assert first.made == datetime(2026, 2, 2, 2, 40, tzinfo=UTC)


def test_comments_without_a_moment_are_taken(folder: Folder) -> None:
    bare = "comment-id,moderated,is-meta,comment-body\n0,1,false,Share\n1,1,false,Close\n"
    statements = read_folder(folder(comments_csv=bare, votes_csv=VOTES)).statements
    assert [statement.made for statement in statements] == [None, None]


def test_a_byte_order_mark_is_no_part_of_the_heading(folder: Folder) -> None:
    """C11"""
    comments = b"\xef\xbb\xbf" + COMMENTS.replace("Share what works", "Solidarité: são três التضامن").encode()
    read = read_folder(folder(comments_csv=comments, votes_csv=b"\xef\xbb\xbf" + VOTES.encode()))
    assert (read.statements[0].text, latest(read)) == ("Solidarité: são três التضامن", TAKEN)


def test_control_characters_are_taken_out_of_the_texts(folder: Folder) -> None:
    """C09"""
    comments = COMMENTS.replace("Share what works", "before\x0cafter").replace(
        "Close the doors", "one\x0btwo\x01three\ufffefour"
    )
    texts = [
        statement.text for statement in read_folder(folder(comments_csv=comments, votes_csv=VOTES)).statements
    ]
    assert texts == ["beforeafter", "onetwothreefour", "Meet in the open"]


LINES = 'First line, with a comma; and a semicolon\nsecond line\n\nfourth line, with "quotes"'
QUOTED = '"First line, with a comma; and a semicolon\r\nsecond line\r\n\r\nfourth line, with ""quotes"""'


@pytest.mark.parametrize(("separator", "end"), [(",", "\n"), (";", "\r\n"), ("\t", "\n")])
def test_line_breaks_in_cells_and_other_separators_are_read(folder: Folder, separator: str, end: str) -> None:
    """C12"""
    comments = end.join(
        [separator.join(["comment-id", "moderated", "comment-body"]), separator.join(["0", "1", QUOTED]), ""]
    )
    votes = end.join(
        [
            separator.join(["timestamp", "comment-id", "voter-id", "vote"]),
            separator.join(["5", "0", "3", "1"]),
            "",
        ]
    )
    read = read_folder(folder(comments_csv=comments, votes_csv=votes))
    assert (read.statements[0].text, latest(read)) == (LINES, {(3, 0): 1})


def test_the_title_is_the_first_line_cut_at_a_word(folder: Folder) -> None:
    words = "solidarity " * 20
    statement = read_folder(
        folder(comments_csv=COMMENTS.replace("Share what works", words), votes_csv=VOTES)
    ).statements[0]
    assert statement.title == ("solidarity " * 11).strip()


def test_a_comment_without_text_is_left_out_and_told(folder: Folder) -> None:
    comments = COMMENTS.replace("Close the doors", " ")
    read = read_folder(folder(comments_csv=comments, votes_csv=VOTES))
    told = read.notes[-1] == "comments.csv: left out for want of any text: comment 1, with 2 votes."
    assert (told, sorted(latest(read)), read.voters) == (True, [(0, 0), (1, 0)], [0, 1])


def test_answers_that_differ_in_the_matrix_are_told_and_the_votes_are_taken(folder: Folder) -> None:
    other = VOTES.replace(",1,7,0", ",1,7,1")
    read = read_folder(folder(comments_csv=COMMENTS, votes_csv=other, participants_votes_csv=MATRIX))
    assert (latest(read)[7, 1], read.notes[-1]) == (
        1, "participants-votes.csv differs from votes.csv in 1 answers; votes.csv was taken.",
    )  # fmt: skip


def test_the_topic_is_read_from_the_summary(folder: Folder) -> None:
    made = folder()
    (made / "summary.csv").write_text('topic,"Together, we ""share"""\nviews,9\n')
    assert read_folder(made).topic == 'Together, we "share"'


def without(table: str, column: str) -> str:
    """The table without a column."""
    rows = [line.split(",") for line in table.splitlines()]
    place = rows[0].index(column)
    return "\n".join(",".join(row[:place] + row[place + 1 :]) for row in rows) + "\n"


def of(
    comments: str | bytes = COMMENTS, votes: str | bytes = VOTES, **others: str | bytes
) -> dict[str, str | bytes]:
    """The files of a folder."""
    return {"comments_csv": comments, "votes_csv": votes, **others}


BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "a column of the votes is missing": (
        of(votes=without(VOTES, "vote")), "votes.csv, line 1: the column “vote” is missing."),
    "a column of the comments is missing": (
        of(without(COMMENTS, "comment-body")), "comments.csv, line 1: the column “comment-body” is missing."),
    "nobody knows what was rejected": (
        of(without(COMMENTS, "moderated")), "comments.csv, line 1: the column “moderated” is missing."),
    "a number is none": (
        of(votes=VOTES.replace(",0,1,-1", ",0,one,-1")),
        "votes.csv, line 3: “voter-id” should be a whole number, not “one”."),
    "a vote is out of range": (
        of(votes=VOTES.replace(",1,7,0", ",1,7,2")), "votes.csv, line 6: “vote” should be 1, 0 or -1, not “2”."),
    "a moment is none": (
        of(votes=VOTES.replace("1770000012000", "99999999999999")),
        "votes.csv, line 4: “timestamp” should be milliseconds since 1970, not “99999999999999”."),
    "the votes are cut off": (
        of(votes=VOTES[:-7]),
        "votes.csv, line 6: has 2 cells where the heading has 5; the file seems to be cut off."),
    "a quoted text is cut off": (
        of(COMMENTS + '1770000003000,x,3,1,0,0,1,"Open the'),
        "comments.csv, line 5: a quotation mark is never closed: the file seems to be cut off."),
    "the packed votes are cut off": (
        {"comments_csv": COMMENTS, "votes_csv_gz": gzip.compress(VOTES.encode())[:-20]},
        "votes.csv.gz: the packed file is cut off or damaged."),
    "what should be packed is not": (
        {"comments_csv": COMMENTS, "votes_csv_gz": VOTES}, "votes.csv.gz: the packed file is cut off or damaged."),
    "another encoding": (
        of(COMMENTS.replace("Close", "Clôre").encode("latin-1")),
        "comments.csv, line 3: is not written in UTF-8 (byte F4); save it as UTF-8."),
    "two bytes a letter": (
        of(COMMENTS.encode("utf-16")), "comments.csv, line 1: is written in UTF-16; save it as UTF-8."),
    "the columns cannot be told apart": (
        of(COMMENTS.replace(",", "|")),
        "comments.csv, line 1: the columns could not be told apart; "
        "save it with commas or semicolons between them."),
    "one comment with two texts": (
        of(COMMENTS + "1770000003000,x,1,1,0,0,1,Open the doors\n"),
        "comments.csv, line 5: comment 1 stands on line 3 already, and differs."),
    "two answers at one moment": (
        of(votes=VOTES + "1770000014000,x,1,7,1\n"),
        "votes.csv, line 7: voter 7 answers comment 1 otherwise at the same moment on line 6."),
    "a vote on no comment": (
        of(votes=VOTES + "1770000015000,x,9,7,1\n"),
        "votes.csv, line 7: comment 9 is not in comments.csv; one of the two files is not whole."),
    "an answer that only the matrix has": (
        of(votes=VOTES.replace("1770000014000,Mon Feb 02 02:40:14 UTC 2026,1,7,0\n", ""),
           participants_votes_csv=MATRIX),
        "participants-votes.csv, line 4: participant 7 answered comment 1, but votes.csv holds no such row; "
        "one of the two files is not whole."),
    "a row of the matrix that contradicts itself": (
        {"comments_csv": COMMENTS, "participants_votes_csv": MATRIX.replace("1,0,2,2,1,1,1,-1", "1,0,2,2,1,1,1,1")},
        "participants-votes.csv, line 3: “n-agree” says 1, but the row holds 2."),
    "a participant twice": (
        {"comments_csv": COMMENTS, "participants_votes_csv": MATRIX + "0,0,1,1,1,0,1,\n"},
        "participants-votes.csv, line 5: participant 0 stands on line 2 already."),
    "no comments": ({"votes_csv": VOTES}, "comments.csv: is missing in conversation."),
    "no votes": (
        {"comments_csv": COMMENTS},
        "conversation: there is neither votes.csv nor votes.csv.gz nor participants-votes.csv in the folder."),
    "an empty file": (of(b""), "comments.csv: is empty."),
    "a heading and nothing else": (of(COMMENTS.splitlines()[0] + "\n"), "comments.csv: holds no comment."),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(folder: Folder, fault: str) -> None:
    files, sentence = BROKEN[fault]
    with pytest.raises(BrokenFile) as refused:
        read_folder(folder(**files))
    assert refused.value.message == sentence


def test_a_folder_that_is_not_there_is_refused(folder: Folder) -> None:
    with pytest.raises(BrokenFile) as refused:
        read_folder(folder() / "below")
    assert refused.value.message == "below: there is no such folder."


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff" * 50, b'"' * 999, b"," * 5000, b"a,b\n" * 3])
def test_no_content_whatever_ends_in_anything_but_a_reason(folder: Folder, content: bytes) -> None:
    with pytest.raises(BrokenFile):
        read_folder(folder(comments_csv=content, votes_csv=VOTES))
