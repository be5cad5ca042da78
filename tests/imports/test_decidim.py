"""Reading Decidim exports in both shapes: what is taken, what is told, what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmap.imports.decidim import read_folder
from roadmap.imports.tables import BrokenFile
from tests.imports.discussions import FLAT, NATIVE, Files, changed, with_row, without, written


def test_a_stance_is_read_from_the_alignment_and_without_one_is_neutral(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", FLAT), "en")
    stances = {remark.number: remark.stance for remark in read.remarks}
    assert stances == {11: "for", 12: "neutral", 13: "against", 14: "neutral"}


def test_html_becomes_markdown(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", FLAT), "en")
    assert [remark.text for remark in read.remarks[:2]] == [
        "Good.  \nSee <https://x.example/>", "Why & how?",
    ]  # fmt: skip


def test_what_became_of_a_proposal_and_what_was_answered_are_kept_beside_its_text(tmp_path: Path) -> None:
    first, second = read_folder(written(tmp_path / "there", FLAT), "en").items
    assert (first.outcome, first.answer, second.outcome, second.answer, second.text) == (
        "accepted", "", "rejected", "We **cannot**.", "No tickets.",
    )  # fmt: skip


def test_only_an_address_of_the_web_is_kept(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", FLAT), "en")
    assert [item.url for item in read.items] == ["https://there.example/a", ""]


def test_the_native_export_is_told_by_its_columns(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", NATIVE), "es")
    assert [(item.number, item.title, item.text, item.language) for item in read.items] == [
        (6, "Libro", "Un libro.", "es"),
        (9, "Fira", "Una fira.", "ca"),
    ]


def test_without_being_told_the_first_language_of_the_columns_is_taken(tmp_path: Path) -> None:
    assert read_folder(written(tmp_path / "there", NATIVE)).language == "ca"


def test_comments_of_the_native_export_keep_their_languages_stances_moments_and_lines(tmp_path: Path) -> None:
    read = read_folder(written(tmp_path / "there", NATIVE), "es")
    found = [(each.number, each.language, each.stance, each.parent, each.text) for each in read.remarks]
    assert (found, read.remarks[0].made, read.local_times) == (
        [(20, "ca", "for", None, "One  \ntwo"), (21, "es", "against", 20, "Dos")],
        datetime(2016, 7, 2, 17, 40, 43, tzinfo=UTC), False,
    )  # fmt: skip


def test_comments_on_what_the_folder_does_not_hold_are_left_out_with_their_answers_and_told(
    tmp_path: Path,
) -> None:
    assert read_folder(written(tmp_path / "there", NATIVE), "es").notes == [
        "results.csv: 1 have no text in “es” and were taken in “ca”.",
        "result_comments.csv: not taken: author/id.",
        "Left out: 2 comments on what results.csv does not hold: Decidim::Budgets::Project.",
        "results.csv: not taken: component/id.",
    ]


def test_proposals_of_the_native_export_bring_votes_state_and_answer(tmp_path: Path) -> None:
    """As Decidim's own serialiser of proposals names its columns."""
    proposals = (
        "id;component/id;title/en;body/en;state;answer/en;votes;comments;published_at;withdrawn;url\n"
        "1;4;Trees;More of them.;rejected;<p>No room.</p>;12;0;2024-05-06 07:08:09 +0200;false;x\n"
        "2;4;Benches;Fewer.;;;;0;2024-05-06 07:08:09 UTC;true;x\n"
    )
    read = read_folder(written(tmp_path / "there", {"proposals.csv": proposals}), "en")
    only = read.items[0]
    assert (only.number, only.supports, only.outcome, only.answer, only.made.isoformat(), read.notes[:2]) == (
        1, 12, "rejected", "No room.", "2024-05-06T07:08:09+02:00", [
            "proposals.csv: left out as withdrawn there: 2.",
            "There is no file of comments in the folder; nothing but the proposals comes in.",
        ],
    )  # fmt: skip


def test_the_same_words_in_every_language_are_told(tmp_path: Path) -> None:
    same = changed(NATIVE, "results.csv", "Llibre;Libro;<p>Un llibre.</p>", "Libro;Libro;<p>Un libro.</p>")
    read = read_folder(written(tmp_path / "there", same), "es")
    assert "results.csv: 1 have the same words in every language, so one of them may be wrong." in read.notes


RESULTS, COMMENTS = "results.csv", "result_comments.csv"
ROW = "30;2016-07-02 17:40:43 UTC;Hm;ca;1;0;0;{};{};x"
BROKEN: dict[str, tuple[Files, str]] = {
    "an alignment out of range": (
        changed(FLAT, "comments.csv", "u3,-1", "u3,2"),
        "comments.csv, line 4: “alignment” should be 1, 0 or -1, not “2”."),
    "nobody knows what was rejected": (
        without(FLAT, "proposals.csv", "rejected_message"),
        "proposals.csv, line 1: the column “rejected-message” is missing."),
    "a language is none": (
        changed(NATIVE, COMMENTS, "Dos;es", "Dos;<b>"),
        "result_comments.csv, line 4: “locale” should be a language such as ca, not “<b>”."),
    "a comment on a result that is not there": (
        with_row(NATIVE, COMMENTS, ROW.format(7, "Decidim::Accountability::Result")),
        "result_comments.csv, line 7: item 7 is not in results.csv; one of the two files is not whole."),
    "a circle": (
        with_row(NATIVE, COMMENTS, ROW.format(30, "Decidim::Comments::Comment")),
        "result_comments.csv, line 7: comment 30 answers itself, by way of 1 comments."),
    "a result twice": (
        with_row(NATIVE, RESULTS, "6;1;Llibre;Libro;x;x;2017-02-07 07:58:01 UTC;2;x"),
        "results.csv, line 4: item 6 stands on line 2 already."),
    "a comment in two files": (
        {**NATIVE, "comments.csv": NATIVE[COMMENTS]},
        "result_comments.csv, line 2: comment 20 stands on line 2 of comments.csv already."),
    "no moment": (
        without(NATIVE, RESULTS, "created_at"), "results.csv, line 1: the column “created-at” is missing."),
    "two kinds at once": (
        {**NATIVE, "projects.csv": NATIVE[RESULTS]},
        "there: holds projects.csv and results.csv; put each into a folder of its own, with its comments."),
    "nothing to read": (
        {"summary.csv": "x"}, "there: there is neither proposals.csv nor projects.csv nor results.csv in the folder."),
    "a heading and nothing else": (
        {**NATIVE, RESULTS: NATIVE[RESULTS].split("\n", 1)[0] + "\n"}, "results.csv: holds nothing but its heading."),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(tmp_path: Path, fault: str) -> None:
    files, sentence = BROKEN[fault]
    with pytest.raises(BrokenFile) as refused:
        read_folder(written(tmp_path / "there", files), "en")
    assert refused.value.message == sentence


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile) as refused:
        read_folder(tmp_path / "nowhere")
    assert refused.value.message == "nowhere: there is no such folder."


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff" * 50, b'"' * 999, b"," * 5000, b"a,b\n" * 3])
@pytest.mark.parametrize("name", ["proposals.csv", "projects.csv", "comments.csv"])
def test_no_content_whatever_ends_in_anything_but_a_reason(tmp_path: Path, name: str, content: bytes) -> None:
    there = written(tmp_path / "there", FLAT)
    (there / name).write_bytes(content)
    with pytest.raises(BrokenFile):
        read_folder(there, "en")
