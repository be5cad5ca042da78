"""Pages of proposals in a real browser: narrow screens, endless words, accessibility."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from roadmap.comments.models import Comment
from roadmap.core import clock
from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from tests.factories import a_proposal, an_account, an_edition
from tests.journeys.conftest import Open, violations

pytestmark = [
    pytest.mark.browser,
    # the compressing layer leaves the closing of static files to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

WORD = "https://example.org/" + "a" * 160
TEXT = "\n\n".join(
    (
        f"`{'x' * 400}`",
        "\n".join(("|".join("abcdefghijkl"), "|".join(["---"] * 12), "|".join(["cellcell"] * 12))),
        "ال" + "ـ" * 200 + "م",
    )
)
PAGES = ("/proposals/1", "/proposals/1/history", "/questions/1-question-1", "/propose?question=1")


def open_now() -> Any:
    """Phases that are open in the served site, whose clock runs."""
    now = clock.now()
    return {kind: (now - timedelta(days=3), now + timedelta(days=3)) for kind in ("proposing", "voting")}


def a_talk(proposal: Proposal, length: int) -> int:
    """Comments that each answer the one before; the id of the last."""
    parent: int | None = None
    for depth in range(length):
        comment = Comment(
            proposal_id=proposal.id, parent_id=parent, depth=depth, language="en", stance="question",
            text="z" * 300, html=f"<p>{'z' * 300}</p>", author_name="y" * 80, made=clock.now(),
        )  # fmt: skip
        db.session.add(comment)
        db.session.flush()
        parent = comment.id
    proposal.comment_count = length
    db.session.commit()
    return parent or 0


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_endless_words_do_not_widen_a_page(
    site: tuple[Flask, str], window: Open, language: str, page: str
) -> None:
    """C27."""
    _app, address = site
    proposal = a_proposal(an_edition(phases=open_now()), an_account("y" * 80), title=WORD, text=TEXT)
    a_talk(proposal, 6)
    shown = window(f"{address}/{language}/2026{page}", width=320)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_deep_answer_stays_wide_enough_to_read(site: tuple[Flask, str], window: Open) -> None:
    """C38."""
    _app, address = site
    last = a_talk(a_proposal(an_edition(phases=open_now())), 30)
    page = window(f"{address}/en/2026/comments/{last}", width=320)
    box = page.locator(f"#comment-{last} .comment-text").bounding_box()
    assert box is not None
    assert box["width"] >= 160


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", [*PAGES, "/proposals/1/origins"])
def test_pages_of_proposals_keep_the_rules_of_accessibility(
    site: tuple[Flask, str], window: Open, language: str, width: int, page: str
) -> None:
    _app, address = site
    proposal = a_proposal(
        an_edition(phases=open_now()),
        an_account(),
        title="Open the archives",
        links=["https://example.org/a"],
    )
    a_talk(proposal, 3)
    assert violations(window(f"{address}/{language}/2026{page}", width=width)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_check_page_and_the_form_with_faults_keep_them_too(
    site: tuple[Flask, str], window: Open, language: str
) -> None:
    _app, address = site
    a_proposal(an_edition(phases=open_now()), title="Open the archives")
    page = window(f"{address}/{language}/2026/propose?question=1", width=390, script=False)
    page.locator("main form.card .btn").click()
    assert page.locator(".error-summary li").count() == 4
    page = window(page.url + "?question=1", width=390)
    page.fill("#title", "Open all the archives")
    page.fill("#text", "Because people ask for it.")
    page.fill("#author_name", "Ana")
    page.check("#charter")
    page.locator("main form.card .btn").click()
    page.wait_for_url("**/propose/check**")
    assert violations(page) == []
