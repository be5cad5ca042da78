"""Reading Consul exports: what is taken, what is told, what is refused with file, line and reason."""

from pathlib import Path

import pytest

from roadmap.imports.consul import read_folder
from roadmap.imports.tables import BrokenFile
from tests.imports.discussions import CONSUL, Files, changed, with_row, without, written


def test_summary_and_text_follow_one_another(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", CONSUL), "en")
    assert [(item.number, item.title, item.text) for item in read.items] == [
        (7, "Clean the streets", "As simple as that."),
        (19, "Walk to the river", "Join both.\n\nFirst line."),
    ]


def test_supports_are_a_figure(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", CONSUL), "en")
    assert ([item.supports for item in read.items], read.supports) == ([6560, 906], 7466)


def test_each_comment_stands_below_the_one_it_answers(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", CONSUL), "en")
    placed = [(remark.number, remark.parent, remark.depth) for remark in read.remarks]
    assert placed == [(1, None, 0), (2, 1, 1), (5, 2, 2), (6, 5, 3), (8, None, 0)]


def test_a_comment_that_was_written_down_before_what_it_answers_comes_after_it(tmp_path: Path) -> None:
    turned = changed(CONSUL, "comments.csv", "1,7,,5", "4,7,,5")
    turned = changed(turned, "comments.csv", "2,7,1,6", "2,7,4,6")
    read = read_folder(written(tmp_path / "there", turned), "en")
    assert [remark.number for remark in read.remarks] == [4, 2, 5, 6, 8]


def test_day_and_time_make_a_moment_without_a_zone(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", CONSUL), "en")
    assert (read.items[0].made.isoformat(), read.remarks[0].made.isoformat(), read.local_times) == (
        "2015-09-15T00:00:00", "2015-09-15T10:50:19", True,
    )  # fmt: skip


def test_what_was_left_out_or_differs_is_told(tmp_path: Path) -> None:
    assert read_folder(written(tmp_path / "there", CONSUL), "en").notes == [
        "comments.csv: 1 comments answer one that is not in the file; each begins a thread of its own under its "
        "proposal.",
        "proposals.csv: 1 proposals declare another number of comments than came; what came counts.",
        "comments.csv: 1 comments have no text; they are kept empty, so that threads stay whole.",
        "comments.csv: 3 votes for comments and 1 against were left out: comments are not voted on here.",
        "proposals.csv: not taken: code, user-id, status.",
        "comments.csv: not taken: user-id, user-type.",
    ]


def test_without_being_told_the_language_is_found_or_left_open(tmp_path: Path) -> None:
    spanish = (
        "Queremos que los vecinos de la ciudad y las asociaciones hablen con el ayuntamiento por más parques"
    )
    known = read_folder(
        written(tmp_path / "one", changed(CONSUL, "proposals.csv", "As simple as that.", spanish))
    )
    unknown = read_folder(written(tmp_path / "two", CONSUL))
    assert (known.language, known.notes[0], unknown.language, unknown.notes[0]) == (
        "es", "The texts are taken to be in “es”; --language says otherwise.",
        "und", "In which language the texts are is not clear, so none is told; --language tells it.",
    )  # fmt: skip


def test_a_proposal_without_title_takes_its_first_line(tmp_path: Path) -> None:
    bare = changed(CONSUL, "proposals.csv", "Clean the streets", "")
    assert read_folder(written(tmp_path / "there", bare), "en").items[0].title == "As simple as that."


def test_a_proposal_without_any_text_is_left_out_with_its_comments(tmp_path: Path) -> None:
    bare = changed(CONSUL, "proposals.csv", "Clean the streets,As simple as that.", " , ")
    read = read_folder(written(tmp_path / "there", bare), "en")
    assert ([item.number for item in read.items], [remark.number for remark in read.remarks], read.notes[:2]) == (
        [19], [8], [
            "proposals.csv: left out for want of any text: proposal 7.",
            "comments.csv: left out with their proposals: 4 comments.",
        ],
    )  # fmt: skip


def test_the_same_files_are_the_same_discussion_and_any_change_makes_another(tmp_path: Path) -> None:
    other = changed(CONSUL, "comments.csv", "under way", "on its way")
    first, again, third = (
        read_folder(written(tmp_path / name, files), "en").digest
        for name, files in (("a", CONSUL), ("b", CONSUL), ("c", other))
    )
    assert (first == again, first == third) == (True, False)


PROPOSALS, COMMENTS = "proposals.csv", "comments.csv"
BROKEN: dict[str, tuple[Files, str]] = {
    "a column of the proposals is missing": (
        without(CONSUL, PROPOSALS, "supports"), "proposals.csv, line 1: the column “supports” is missing."),
    "a column of the comments is missing": (
        without(CONSUL, COMMENTS, "parent_id"), "comments.csv, line 1: the column “parent-id” is missing."),
    "a number is none": (
        changed(CONSUL, PROPOSALS, "906", "many"),
        "proposals.csv, line 3: “supports” should be a whole number, not “many”."),
    "fewer supports than none": (
        changed(CONSUL, PROPOSALS, "906", "-1"), "proposals.csv, line 3: “supports” should not be below 0, but is -1."),
    "a date is none": (
        changed(CONSUL, PROPOSALS, "2015-09-16", "16/09/2015"),
        "proposals.csv, line 3: “date” should be a date such as 2019-02-28, not “16/09/2015”."),
    "a day that never was": (
        changed(CONSUL, COMMENTS, "2015-09-16", "2015-09-31"),
        "comments.csv, line 6: “date” should be a date such as 2019-02-28, not “2015-09-31 09:00:00”."),
    "a year of another age": (
        changed(CONSUL, PROPOSALS, "2015-09-16", "0015-09-16"),
        "proposals.csv, line 3: “date” should be a date after 1990, not “0015-09-16”."),
    "the comments are cut off": (
        {**CONSUL, COMMENTS: CONSUL[COMMENTS][:-8]},
        "comments.csv, line 6: has 8 cells where the heading has 10; the file seems to be cut off."),
    "a proposal twice": (
        with_row(CONSUL, PROPOSALS, "7,M,Again,And again.,,1,2015-09-15,open,1,0,x"),
        "proposals.csv, line 4: proposal 7 stands on line 2 already."),
    "a comment twice": (
        with_row(CONSUL, COMMENTS, "1,7,,5,,2015-09-15,10:50:19,It is under way.,1,0"),
        "comments.csv, line 7: comment 1 stands on line 2 already."),
    "a comment on no proposal": (
        with_row(CONSUL, COMMENTS, "9,8,,5,,2015-09-15,10:50:19,Hm.,1,0"),
        "comments.csv, line 7: proposal 8 is not in proposals.csv; one of the two files is not whole."),
    "an answer under another proposal": (
        changed(CONSUL, COMMENTS, "8,19,3", "8,19,1"),
        "comments.csv, line 6: comment 8 answers comment 1 of another proposal."),
    "a circle": (
        changed(CONSUL, COMMENTS, "1,7,,5", "1,7,6,5"),
        "comments.csv, line 2: comment 1 answers itself, by way of 4 comments."),
    "a comment that answers itself": (
        changed(CONSUL, COMMENTS, "1,7,,5", "1,7,1,5"),
        "comments.csv, line 2: comment 1 answers itself, by way of 1 comments."),
    "an absurd title": (
        changed(CONSUL, PROPOSALS, "Clean the streets", "x" * 501),
        "proposals.csv, line 2: “title” has 501 characters; 500 are the most."),
    "an absurd text": (
        changed(CONSUL, COMMENTS, "It is under way.", "x" * 100_001),
        "comments.csv, line 2: “text” has 100001 characters; 100000 are the most."),
    "no comments": ({PROPOSALS: CONSUL[PROPOSALS]}, "comments.csv: is missing in there."),
    "no proposals": ({COMMENTS: CONSUL[COMMENTS]}, "proposals.csv: is missing in there."),
    "a heading and nothing else": (
        {**CONSUL, PROPOSALS: CONSUL[PROPOSALS].split("\n", 1)[0] + "\n"}, "proposals.csv: holds no proposal."),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(tmp_path: Path, fault: str) -> None:
    files, sentence = BROKEN[fault]
    with pytest.raises(BrokenFile) as refused:
        read_folder(written(tmp_path / "there", files), "en")
    assert refused.value.message == sentence


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    there = written(tmp_path / "there", CONSUL)
    (there / COMMENTS).write_bytes(CONSUL[COMMENTS].replace("street", "cañada").encode("latin-1"))
    with pytest.raises(BrokenFile) as refused:
        read_folder(there, "en")
    assert refused.value.message == (
        "comments.csv, line 3: is not written in UTF-8 (byte F1); save it as UTF-8."
    )


def test_a_byte_order_mark_semicolons_and_line_breaks_are_read_as_meant(tmp_path: Path) -> None:
    there = written(tmp_path / "there", CONSUL)
    heading, first, *_others = CONSUL[PROPOSALS].splitlines()
    cells = first.replace("As simple as that.", '"One; or\r\ntwo"').split(",")
    rows = [";".join(heading.split(",")), ";".join(cells), ""]
    (there / PROPOSALS).write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    (there / COMMENTS).write_text(CONSUL[COMMENTS].splitlines()[0] + "\n")
    read = read_folder(there, "en")
    assert ([item.text for item in read.items], read.remarks) == (["One; or  \ntwo"], [])


def test_a_chain_of_thousands_of_answers_is_read(tmp_path: Path) -> None:
    rows = [f"{number},7,{number + 1},5,,2015-09-15,10:50:19,Hm.,0,0" for number in range(10, 5_000)]
    rows.append("5000,7,,5,,2015-09-15,10:50:19,Hm.,0,0")
    long = {**CONSUL, COMMENTS: "\n".join([CONSUL[COMMENTS].splitlines()[0], *rows, ""])}
    read = read_folder(written(tmp_path / "there", long), "en")
    assert (read.remarks[0].number, max(remark.depth for remark in read.remarks)) == (5000, 4990)
