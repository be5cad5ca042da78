"""The real Consul and Decidim folders come in with exactly the figures of their reference files."""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from roadmap.comments.models import Comment
from roadmap.comments.queries import PER_PAGE
from roadmap.core.db import db
from roadmap.domain.policy import GUEST
from roadmap.imports import consul, decidim
from roadmap.imports.discussions import Discussion
from roadmap.imports.storing import import_discussion
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import address_of
from tests.browsing import Browser
from tests.cli.conftest import Run, environment, run
from tests.factories import NOW

__all__ = ["environment", "run"]
pytestmark = pytest.mark.real_data
Folder = Callable[[str], Path]
MADRID, GRACIA, NATIVE = "decide-madrid", "decidim-barcelona-gracia", "decidim-native-export"


@pytest.fixture
def folder() -> Folder:
    """A real folder, by its name."""
    root = os.environ.get("ROADMAP_TEST_DATA")
    if not root:
        pytest.skip("ROADMAP_TEST_DATA names no folder of real deliberations")
    return lambda name: Path(root) / name


def reference(folder: Path) -> dict[str, Any]:
    """The figures counted straight from the files."""
    figures: dict[str, Any] = json.loads((folder / "reference.json").read_text())
    return figures


def rows_of(path: Path, separator: str = ",") -> list[dict[str, str]]:
    """The rows of a file, read by Python's own reader alone."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=separator))


def store(discussion: Discussion) -> None:
    """Put the discussion into an edition of its own."""
    import_discussion(GUEST, discussion, edition="held", question=1, now=NOW)


def counted(column: Any) -> dict[Any, int]:
    """How many comments have each value."""
    return dict(db.session.execute(select(column, func.count()).group_by(column)).all())


def supports() -> list[tuple[int, int, str]]:
    """(number there, supports, title) of all proposals, most supports first, lower number first."""
    rows = [(int(row.origin_id), row.supports["count"], row.title) for row in db.session.query(Proposal)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def of_reference(rows: list[list[Any]]) -> list[tuple[int, int, str]]:
    """The same from the reference file; titles are stored without white space at their ends."""
    return [(number, count, " ".join(title.split())) for number, count, title in rows]


def depths_from_the_parents() -> Counter[int]:
    """The depth of each stored comment, counted anew from whom it answers."""
    parents = dict(db.session.execute(select(Comment.id, Comment.parent_id)).all())
    depths: dict[int, int] = {}
    for comment in sorted(parents):
        parent = parents[comment]
        depths[comment] = 0 if parent is None else depths[parent] + 1
    return Counter(depths.values())


def test_madrid_equals_its_reference(app: Flask, folder: Folder) -> None:
    figures = reference(folder(MADRID))
    store(consul.read_folder(folder(MADRID), "es"))
    found = supports()
    assert (len(found), sum(row[1] for row in found), found[:20], db.session.query(Comment).count()) == (
        figures["proposals"], figures["supports_total"], of_reference(figures["top20_by_supports"]),
        figures["comments"],
    )  # fmt: skip


def test_madrids_threads_are_as_deep_as_they_were(app: Flask, folder: Folder) -> None:
    """In the reference an answer whose parent is missing counts as depth 1; here it begins a thread."""
    figures = reference(folder(MADRID))
    rows = rows_of(folder(MADRID) / "comments.csv")
    there = {row["id"] for row in rows}
    lost = {row["id"] for row in rows if row["parent_id"] and row["parent_id"] not in there}
    store(consul.read_folder(folder(MADRID), "es"))
    tops: dict[int, bool] = {}
    depths: Counter[int] = Counter()
    for comment in db.session.query(Comment).order_by(Comment.id):
        tops[comment.id] = comment.origin_id in lost if comment.parent_id is None else tops[comment.parent_id]
        depths[comment.depth + tops[comment.id]] += 1
    stored = counted(Comment.depth)
    assert (len(lost), stored[0], depths, depths_from_the_parents()) == (
        figures["replies_whose_parent_is_missing"],
        figures["roots"] + figures["replies_whose_parent_is_missing"],
        {int(depth): count for depth, count in figures["depth"].items()},
        stored,
    )


def test_madrids_notes_tell_what_the_reference_counts(folder: Folder) -> None:
    figures = reference(folder(MADRID))
    notes = " ".join(consul.read_folder(folder(MADRID)).notes)
    assert [
        text in notes
        for text in (
            "taken to be in “es”",
            f"{figures['replies_whose_parent_is_missing']} comments answer one that is not in the file",
            f"{figures['proposals_whose_declared_comments_differ']} proposals declare another number",
            f"{figures['votes_up']} votes for comments and {figures['votes_down']} against were left out",
        )
    ] == [True] * 4


def test_gracia_equals_its_reference(app: Flask, folder: Folder) -> None:
    figures = reference(folder(GRACIA))
    store(decidim.read_folder(folder(GRACIA), "ca"))
    found = supports()
    stances = counted(Comment.stance)
    alignment = figures["comment_alignment"]
    outcomes = Counter(row.supports["outcome"] for row in db.session.query(Proposal))
    assert (len(found), sum(row[1] for row in found), found[:20], outcomes) == (
        figures["proposals"], figures["supports_total"], of_reference(figures["top20_by_supports"]),
        figures["status"],
    )  # fmt: skip
    assert (db.session.query(Comment).count(), stances, counted(Comment.depth)) == (
        figures["comments"],
        {"for": alignment["1"], "against": alignment["-1"], "neutral": alignment["0"] + alignment["none"]},
        {int(depth): count for depth, count in figures["comment_depth"].items()},
    )


def test_gracias_depths_counts_and_answers_are_those_of_the_file(app: Flask, folder: Folder) -> None:
    store(decidim.read_folder(folder(GRACIA), "ca"))
    comments = {row["id"]: int(row["depth"]) for row in rows_of(folder(GRACIA) / "comments.csv")}
    proposals = rows_of(folder(GRACIA) / "proposals.csv")
    stored = {row.origin_id: row for row in db.session.query(Proposal)}
    assert {row.origin_id: row.depth for row in db.session.query(Comment)} == comments
    assert {row["id"]: int(row["comments"]) for row in proposals} == {
        number: row.comment_count for number, row in stored.items()
    }
    assert {row["id"] for row in proposals if row["rejected_message"]} == {
        number for number, row in stored.items() if row.supports.get("answer")
    }


def test_what_a_comment_of_gracia_shows_are_its_words(app: Flask, folder: Folder) -> None:
    store(decidim.read_folder(folder(GRACIA), "ca"))
    shown = {row.origin_id: row.html for row in db.session.query(Comment)}

    def words(html: str) -> str:
        return "".join(BeautifulSoup(html, "html.parser").get_text().split())

    rows = rows_of(folder(GRACIA) / "comments.csv")
    assert [row["id"] for row in rows if words(row["body_html"]) != words(shown[row["id"]])] == []


def test_the_projects_of_the_native_export_equal_their_reference(app: Flask, folder: Folder) -> None:
    figures = reference(folder(NATIVE))
    store(decidim.read_folder(folder(NATIVE), "ca"))
    found = supports()
    assert (len(found), sum(row[1] for row in found)) == (figures["projects"], figures["confirmed_votes"])
    assert [row[:2] for row in found[:10]] == [tuple(row[:2]) for row in figures["top10_by_votes"]]


def test_comments_on_results_are_told_where_the_results_are_not_there(folder: Folder) -> None:
    read = decidim.read_folder(folder(NATIVE), "ca")
    told = (
        f"Left out: {reference(folder(NATIVE))['comments']} comments on what projects.csv does not hold: "
        "Decidim::Accountability::Result."
    )
    assert (read.remarks, told in read.notes) == ([], True)


def test_beside_the_results_that_they_are_about_all_comments_come_in(
    app: Flask, folder: Folder, tmp_path: Path
) -> None:
    """The export holds comments on results and not the results: here each stands as a row with its number alone."""
    figures = reference(folder(NATIVE))
    rows = rows_of(folder(NATIVE) / "result_comments.csv", ";")
    results = {
        row["commentable_id"] for row in rows if row["commentable_type"] == "Decidim::Accountability::Result"
    }
    lines = ["id;component/id;title/ca;description/ca;created_at"]
    lines += [f"{number};8;Result {number};x;2016-01-01 00:00:00 UTC" for number in sorted(results)]
    (tmp_path / "results.csv").write_text("\n".join([*lines, ""]))
    (tmp_path / "result_comments.csv").symlink_to(folder(NATIVE) / "result_comments.csv")
    store(decidim.read_folder(tmp_path, "ca"))
    stances = counted(Comment.stance)
    assert (db.session.query(Comment).count(), counted(Comment.language), counted(Comment.depth)) == (
        figures["comments"], figures["by_locale"], {int(key): n for key, n in figures["by_depth"].items()},
    )  # fmt: skip
    assert {"1": stances["for"], "0": stances["neutral"], "-1": stances["against"]} == figures["by_alignment"]


def test_all_pages_of_the_longest_thread_can_be_read(app: Flask, browser: Browser, folder: Folder) -> None:
    store(consul.read_folder(folder(MADRID), "es"))
    longest = db.session.query(Proposal).order_by(Proposal.comment_count.desc()).first()
    assert longest is not None
    pages, address = -(-longest.comment_count // PER_PAGE), f"/es/held/proposals/{address_of(longest)}"
    read = Counter(
        article["id"]
        for page in range(1, pages + 1)
        for article in browser.page(f"{address}?page={page}").select(".comment")
    )
    assert (len(read), set(read.values())) == (longest.comment_count, {1})


def test_the_deepest_comment_leads_to_where_it_stands(app: Flask, browser: Browser, folder: Folder) -> None:
    store(consul.read_folder(folder(MADRID), "es"))
    deepest = db.session.query(Comment).order_by(Comment.depth.desc()).first()
    assert deepest is not None
    to = browser.get(f"/es/held/comments/{deepest.id}").location
    assert (deepest.depth, len(browser.page(to).select(f"#comment-{deepest.id}"))) == (24, 1)


@pytest.mark.parametrize(("platform", "name"), [("consul", MADRID), ("decidim", GRACIA), ("decidim", NATIVE)])
def test_without_any_vote_a_draft_compiles_and_says_so(
    run: Run, folder: Folder, platform: str, name: str
) -> None:
    words = ("import", platform, str(folder(name)), "--edition", "held", "--question", "1")
    first, again, compiled = run(*words), run(*words), run("compile", "--edition", "held")
    assert (first.exit_code, again.exit_code, compiled.exit_code) == (0, 0, 0)
    assert f"{name} was imported before; nothing changed" in again.output.splitlines()[-1]
    assert "question 1: 0 placed" in compiled.output
