"""A field that only programs fill in: what they send is read first, or dropped, and looks as if it had worked."""

import pytest
from flask import Flask

from roadmap.accounts.models import Account, Link
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.domain.policy import GUEST
from roadmap.editions.models import Edition
from roadmap.moderation.models import Report
from roadmap.proposals import unfinished
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, an_account, an_edition, the_actor

FILLED = {"extra": "https://spam.example"}
FIELDS = Fields(
    question=1,
    title="Open the archives",
    text="They are ours.",
    language="en",
    author_name="Awa",
    charter=True,
)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(edition: Edition) -> Account:
    return an_account("Awa", email="awa@example.org")


@pytest.fixture
def signed_in(app: Flask, awa: Account) -> Browser:
    return Browser(app).sign_in(awa)


@pytest.mark.parametrize(("sent", "state"), [({}, "published"), (FILLED, "waiting")])
def test_a_comment_waits_for_a_facilitator(
    edition: Edition, signed_in: Browser, sent: dict[str, str], state: str
) -> None:
    a_proposal(edition)
    answer = signed_in.post(
        "/en/2026/proposals/1/comments", {"text": "Buy.", "stance": "neutral", "language": "en", **sent}
    )
    assert (answer.status_code, db.session.query(Comment).one().state) == (303, state)


@pytest.mark.parametrize(("sent", "state"), [({}, "published"), (FILLED, "waiting")])
def test_a_proposal_waits_for_a_facilitator(
    edition: Edition, awa: Account, signed_in: Browser, sent: dict[str, str], state: str
) -> None:
    kept, _ = unfinished.keep(the_actor(awa), "", edition, FIELDS, now=NOW)
    answer = signed_in.post(
        "/en/2026/propose/check", {"unfinished": str(kept.id), "nonce": kept.nonce, **sent}
    )
    assert (answer.status_code, db.session.query(Proposal).one().state) == (303, state)


@pytest.mark.parametrize(("sent", "links"), [({}, 1), (FILLED, 0)])
def test_no_mail_goes_to_an_address_that_a_program_wrote(
    edition: Edition, browser: Browser, sent: dict[str, str], links: int
) -> None:
    kept, key = unfinished.keep(GUEST, "", edition, FIELDS, now=NOW)
    browser.client.set_cookie("unfinished", key)
    answer = browser.post(
        "/en/2026/propose/check", {"unfinished": str(kept.id), "email": "victim@example.org", **sent}
    )
    assert answer.location == f"/en/2026/propose/check?unfinished={kept.id}&sent=1"
    assert db.session.query(Link).count() == links


@pytest.mark.parametrize(("sent", "reports"), [({}, 1), (FILLED, 0)])
def test_a_report_is_dropped(edition: Edition, browser: Browser, sent: dict[str, str], reports: int) -> None:
    a_proposal(edition)
    answer = browser.post("/en/2026/proposals/1/report", {"rule": "", "reason": "Buy.", **sent})
    assert (answer.status_code, db.session.query(Report).count()) == (303, reports)


def test_the_field_says_what_it_is_and_nobody_reaches_it_by_chance(
    edition: Edition, signed_in: Browser
) -> None:
    a_proposal(edition)
    page = signed_in.page("/en/2026/proposals/1-share-what-works-number-1")
    field = page.select_one("input[name=extra]")
    assert field is not None
    label = page.select_one(f"label[for={field['id']}]")
    assert label is not None and label.text == "Leave this field empty"
    assert (field["autocomplete"], field["tabindex"], field["value"]) == ("off", "-1", "")
    assert field.parent is not None and field.parent["class"] == ["vh"]
