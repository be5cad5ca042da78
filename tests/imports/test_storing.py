"""Storing imported discussions: exact figures, once, in portions; and how their pages show them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.accounts.models import Voter
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import Conflict
from roadmap.core.signals import edition_filled
from roadmap.domain import ledger
from roadmap.domain.policy import GUEST
from roadmap.editions.actions import create_edition
from roadmap.editions.models import GuidingQuestion
from roadmap.imports import consul, decidim, storing
from roadmap.imports.models import ImportSource
from roadmap.imports.stages import Progress, plan_of, silent
from roadmap.imports.storing import ImportedDiscussion, import_discussion
from roadmap.log.queries import chain
from roadmap.proposals.models import Proposal, Revision
from roadmap.votes.models import VoteEvent
from tests.browsing import Browser
from tests.factories import NOW
from tests.imports.discussions import CONSUL, FLAT, NATIVE, changed, written

COUNTED = (Proposal, Revision, Comment, Voter, VoteEvent, ImportSource)


def imported(
    folder: Path,
    *,
    edition: str = "held",
    question: int = 1,
    language: str = "en",
    progress: Progress = silent,
) -> ImportedDiscussion:
    """Import a folder as the command does."""
    reader = consul if "is_association" in (folder / "proposals.csv").read_text() else decidim
    return import_discussion(
        GUEST,
        reader.read_folder(folder, language),
        edition=edition,
        question=question,
        now=NOW,
        progress=progress,
    )


@pytest.fixture
def held(app: Flask, tmp_path: Path) -> Path:
    """A Decidim folder, not imported yet."""
    return written(tmp_path / "held", FLAT)


@pytest.fixture
def talked(app: Flask, tmp_path: Path) -> ImportedDiscussion:
    """A Consul folder with a deep thread, imported."""
    read = consul.read_folder(written(tmp_path / "talked", CONSUL), "es")
    return import_discussion(GUEST, read, edition="held", question=1, now=NOW)


def stored() -> dict[str, int]:
    """How many rows there are of each kind."""
    return {model.__tablename__: db.session.query(model).count() for model in COUNTED}


def threads() -> list[tuple[str, str | None, int]]:
    """(comment, the one it answers, depth) by their names on the other platform, in the order of our ids."""
    names = {row.id: row.origin_id for row in db.session.query(Comment)}
    rows = db.session.query(Comment).order_by(Comment.id)
    return [(row.origin_id, names.get(row.parent_id), row.depth) for row in rows]


def test_proposals_and_comments_are_stored_and_no_vote(talked: ImportedDiscussion) -> None:
    assert (talked, stored()) == (
        ImportedDiscussion(
            fresh=True, resumed=False, proposals=2, comments=5, supports=7466, time_zone="UTC"
        ),
        {"proposals": 2, "revisions": 2, "comments": 5, "voters": 0, "vote_events": 0, "import_sources": 1},
    )


def test_threads_keep_their_shape(talked: ImportedDiscussion) -> None:
    assert threads() == [
        ("1", None, 0), ("2", "1", 1), ("5", "2", 2), ("6", "5", 3), ("8", None, 0),
    ]  # fmt: skip


def test_the_count_of_comments_is_what_came_in(talked: ImportedDiscussion) -> None:
    counts = {row.origin_id: row.comment_count for row in db.session.query(Proposal)}
    assert counts == {"7": 4, "19": 1}


def test_nobody_is_named(talked: ImportedDiscussion) -> None:
    authors = {(row.author_id, row.author_line, row.author_name) for row in db.session.query(Proposal)}
    writers = {(row.author_id, row.author_name) for row in db.session.query(Comment)}
    assert (authors, writers) == ({(None, "none", "")}, {(None, "")})


def test_times_without_a_zone_are_the_editions_own(held: Path) -> None:
    plan = replace(plan_of("held", "", "en", NOW), time_zone="America/Lima")
    create_edition(plan, now=NOW)
    done = imported(held)
    made = db.session.scalar(select(Proposal.made).where(Proposal.origin_id == "3"))
    assert (made, done.time_zone) == (datetime(2016, 1, 22, 5, tzinfo=UTC), "America/Lima")


def test_rejected_proposals_come_in_published(held: Path) -> None:
    imported(held)
    rows = {row.origin_id: (row.state, row.state_reason) for row in db.session.query(Proposal)}
    assert rows == {"3": ("published", ""), "4": ("published", "")}


def test_a_missing_edition_and_question_are_made(held: Path) -> None:
    imported(held, edition="fresh", question=3)
    questions = [(row.number, row.text) for row in db.session.query(GuidingQuestion)]
    assert questions == [(3, {"en": "Question 3"})]


def test_imported_twice_nothing_changes(held: Path) -> None:
    imported(held)
    before = (stored(), threads(), [row.comment_count for row in db.session.query(Proposal)])
    again = imported(held)
    after = (stored(), threads(), [row.comment_count for row in db.session.query(Proposal)])
    assert (again.fresh, after) == (False, before)


@pytest.mark.parametrize("other", [{"question": 2}, {"language": "ca"}])
def test_under_another_question_or_language_it_is_refused_and_makes_nothing(
    held: Path, other: dict[str, int | str]
) -> None:
    imported(held)
    before = (stored(), db.session.query(GuidingQuestion).count())
    with pytest.raises(Conflict):
        imported(held, **other)
    assert (stored(), db.session.query(GuidingQuestion).count()) == (before[0], before[1])


@pytest.mark.parametrize("stop_after", range(1, 6))
def test_a_stopped_import_goes_on_to_the_same_end(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    monkeypatch.setattr(storing, "PORTION", 2)
    read = consul.read_folder(written(tmp_path / "talked", CONSUL), "es")
    steps = iter(range(stop_after))

    def stop(_kind: str, _done: int, _whole: int) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    def bring(progress: Progress) -> ImportedDiscussion:
        return import_discussion(GUEST, read, edition="held", question=1, now=NOW, progress=progress)

    with pytest.raises(KeyboardInterrupt):
        bring(stop)
    done = bring(silent)
    counts = {row.origin_id: row.comment_count for row in db.session.query(Proposal)}
    assert (done.fresh, [row[:2] for row in threads()], counts) == (
        True, [("1", None), ("2", "1"), ("5", "2"), ("6", "5"), ("8", None)], {"7": 4, "19": 1},
    )  # fmt: skip


def test_it_stands_in_the_public_log_and_the_edition_is_told_once(
    held: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def listen(_sender: object, edition_id: int, **_more: object) -> None:
        told.append(edition_id)

    with edition_filled.connected_to(listen):
        imported(held)
        imported(held)
    entries = chain()
    assert ([entry.fields["kind"] for entry in entries], ledger.first_break(entries), len(told)) == (
        ["import"], None, 1,
    )  # fmt: skip
    sentence = "A deliberation held elsewhere was brought in. Proposals: 2. Comments: 4."
    assert sentence in browser.page("/en/held/log").get_text()


def test_the_page_shows_supports_outcome_answer_and_origin_as_the_platforms_words(
    held: Path, browser: Browser
) -> None:
    imported(held, language="ca")
    page = browser.page("/en/held/proposals/2-free-the-park")
    answer = page.select_one("section[aria-labelledby=answer-elsewhere]")
    facts = [each.get_text() for each in page.select("article > p.meta")[1].select("span")]
    assert (facts[1:3], answer.h2.get_text(), answer.blockquote["lang"], answer.strong.get_text()) == (
        ["413 supports on Decidim", "Rejected on Decidim"], "Answered on Decidim", "ca", "cannot",
    )  # fmt: skip
    link = browser.page("/en/held/proposals/1-open-the-yards").select_one('a[href="https://there.example/a"]')
    assert link["rel"] == ["nofollow", "ugc", "noopener", "noreferrer"]


def test_supports_are_no_votes(held: Path, browser: Browser) -> None:
    imported(held)
    page = browser.page("/en/held/proposals/2-free-the-park")
    assert page.select_one('[data-region="shares"] h3').get_text() == "0 people so far"


def test_a_proposal_of_our_own_says_nothing_of_elsewhere(held: Path, browser: Browser) -> None:
    imported(held)
    db.session.query(Proposal).update({"supports": None, "origin_platform": None, "origin_id": None})
    db.session.commit()
    page = browser.page("/en/held/proposals/2-free-the-park")
    assert ("Decidim" in page.get_text(), page.select_one("#answer-elsewhere")) == (False, None)


def test_a_comment_without_text_says_so_and_keeps_its_answers(
    talked: ImportedDiscussion, browser: Browser
) -> None:
    page = browser.page("/en/held/proposals/1-clean-the-streets")
    empty = next(each for each in page.select(".comment") if "Came here without a text" in each.p.get_text())
    assert (empty.select_one(".comment-text").get_text(), page.get_text().count("Nor in mine.")) == ("", 1)


@pytest.mark.parametrize("place", ["title", "text", "answer", "comment"])
def test_hostile_texts_are_shown_and_never_act(
    app: Flask, browser: Browser, tmp_path: Path, place: str
) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>Seen"
    where: dict[str, Callable[[], dict[str, str]]] = {
        "title": lambda: changed(FLAT, "proposals.csv", "Open the yards", hostile),
        "text": lambda: changed(FLAT, "proposals.csv", "Let children play.", hostile),
        "answer": lambda: changed(FLAT, "proposals.csv", "accepted,,", f"accepted,{hostile},"),
        "comment": lambda: changed(FLAT, "comments.csv", "<p>No.</p>", hostile),
    }
    imported(written(tmp_path / "hostile", where[place]()))
    page = browser.page(browser.get("/en/held/proposals/1").location)
    assert (page.select("[onerror]"), "alert(1)" in page.get_text(), "Seen" in page.get_text()) == (
        [], False, True,
    )  # fmt: skip


def test_texts_of_a_native_export_are_found_by_language_and_by_search(
    app: Flask, browser: Browser, tmp_path: Path
) -> None:
    read = decidim.read_folder(written(tmp_path / "native", NATIVE), "es")
    import_discussion(GUEST, read, edition="held", question=1, now=NOW)
    found = [
        [
            each.get_text()
            for each in browser.page(f"/en/held/questions/1-question-1?{query}").select(".item h3")
        ]
        for query in ("written=ca", "written=es", "q=libro")
    ]
    assert found == [["Fira"], ["Libro"], ["Libro"]]
