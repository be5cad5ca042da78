"""The pages of notices: reading changes nothing, buttons answer, nobody sees another's."""

import pytest
import time_machine
from flask import Flask

from roadmap.core.db import db
from roadmap.notices.models import Notice
from roadmap.votes import pacing
from roadmap.votes.models import VoteEvent
from tests.accounts.people import Visitor
from tests.factories import DAY, NOW
from tests.notices.conftest import Scene
from tests.votes.counting import effective_of


@pytest.fixture
def merged(scene: Scene) -> Scene:
    scene.merge()
    return scene


def address(scene: Scene, name: str) -> str:
    return f"/en/me/notices/{scene.newest(name).id}"


def test_reading_changes_nothing(app: Flask, merged: Scene) -> None:
    browser = merged.browser(app, "Chen")
    for page in ("/en/me/notices", address(merged, "Chen")):
        assert browser.get(page).status_code == 200
    assert (merged.newest("Chen").read, merged.newest("Chen").settled) == (None, None)


def test_the_header_counts_what_is_new_until_it_is_read(app: Flask, merged: Scene) -> None:
    browser = merged.browser(app, "Badr")
    assert "My account (2 new notices)" in browser.get("/en/2026/questions").text
    browser.press("/en/me/notices", "Mark all as read")
    assert "new notice" not in browser.get("/en/2026/questions").text


def test_keeping_a_vote_writes_no_vote(app: Flask, merged: Scene) -> None:
    events = db.session.query(VoteEvent).count()
    answer = merged.browser(app, "Chen").press(address(merged, "Chen"), "Keep my vote")
    assert (answer.status_code, db.session.query(VoteEvent).count()) == (303, events)
    assert merged.told("Chen") == [("carried", 1, False)]


@pytest.mark.parametrize(("label", "value"), [("Disagree", -1), ("Pass", 0), ("Withdraw my vote", None)])
def test_a_carried_vote_is_changed_or_withdrawn_by_one_press(
    app: Flask, merged: Scene, label: str, value: int | None
) -> None:
    chen = merged.actor("Chen").voter
    merged.browser(app, "Chen").press(address(merged, "Chen"), label)
    assert effective_of(merged.proposals["A"])[chen or 0] == value
    newest = db.session.query(VoteEvent).order_by(VoteEvent.id.desc()).first()
    assert newest is not None and (newest.origin, newest.choice) == ("direct", value)
    assert merged.told("Chen") == [("carried", 1, False)]


def test_opposite_answers_are_asked_again_by_three_buttons(app: Flask, merged: Scene) -> None:
    page = merged.browser(app, "Dora").get(address(merged, "Dora")).text
    assert "Keep my vote" not in page
    merged.browser(app, "Dora").press(address(merged, "Dora"), "Agree")
    assert effective_of(merged.proposals["A"])[merged.actor("Dora").voter or 0] == 1


def test_answers_from_a_notice_keep_the_same_pace_as_all_votes(
    app: Flask, merged: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I3: keeping writes no vote and is not counted."""
    monkeypatch.setattr(pacing, "VOTES_AN_HOUR", 1)
    browser = merged.browser(app, "Chen")
    browser.press("/en/me/notices", "Mark all as read")
    seen = [browser.post(address(merged, "Chen"), {"choice": choice}) for choice in ("agree", "disagree")]
    assert [answer.status_code for answer in seen] == [303, 429]
    assert "Retry-After" in seen[1].headers
    assert browser.post(address(merged, "Chen"), {"choice": "keep"}).status_code == 303


def test_there_is_no_vote_to_keep_where_answers_were_opposite(app: Flask, merged: Scene) -> None:
    browser = merged.browser(app, "Dora")
    browser.press("/en/me/notices", "Mark all as read")
    answer = browser.post(address(merged, "Dora"), {"choice": "keep"})
    assert (answer.status_code, merged.told("Dora")) == (409, [("asked-again", 1, True)])


def test_after_voting_has_closed_the_page_says_so_and_keeps(
    app: Flask, merged: Scene, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + 31 * DAY)
    browser = merged.browser(app, "Chen")
    page = browser.get(address(merged, "Chen")).text
    assert "Voting closed on" in page and "Disagree" not in page
    assert browser.press(address(merged, "Chen"), "Keep my vote").status_code == 303


def test_an_author_objects_from_the_notice(app: Flask, merged: Scene) -> None:
    notice = merged.newest("Badr")
    reason = {f"m{notice.merge_id}-2-reason": "Mine is another."}
    answer = merged.browser(app, "Badr").press(address(merged, "Badr"), "Object", **reason)
    assert (answer.status_code, merged.proposals["B"].lead_id) == (303, None)


def test_nobody_opens_or_answers_the_notice_of_another(app: Flask, merged: Scene) -> None:
    browser = merged.browser(app, "Ana")
    browser.press("/en/me/notices", "Mark all as read")
    where = address(merged, "Chen")
    assert (browser.get(where).status_code, browser.post(where, {"choice": "clear"}).status_code) == (
        404,
        404,
    )
    assert "Proposal B" not in browser.get("/en/me/notices").text


def test_hidden_texts_are_on_no_notice(app: Flask, merged: Scene) -> None:
    """C32: what was hidden since shows on no page of notices."""
    merged.proposals["A"].state = "hidden"
    db.session.commit()
    for name in ("Ana", "Badr", "Chen", "Dora"):
        for page in ("/en/me/notices", address(merged, name)):
            text = merged.browser(app, name).get(page).text
            assert "One for all" not in text and "All say so" not in text


def test_without_notices_the_page_says_so(app: Flask, scene: Scene) -> None:
    assert "Nothing has happened" in scene.browser(app, "Chen").get("/en/me/notices").text


def test_strangers_are_led_to_sign_in(app: Flask, merged: Scene) -> None:
    assert Visitor(app).get("/en/me/notices").status_code == 303
    assert db.session.query(Notice).filter(Notice.read.is_not(None)).count() == 0
