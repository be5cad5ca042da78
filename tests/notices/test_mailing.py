"""Mails about notices: by choice, one for many, nothing of what was hidden, ended by one press."""

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.notices.actions import choose_ways, settle_notice
from roadmap.notices.actions.telling import until_daily
from roadmap.notices.mailing import mail_notices
from roadmap.notices.queries import ways_of
from tests.accounts.people import Visitor, mails
from tests.factories import DAY, NOW
from tests.notices.conftest import Scene


@pytest.fixture
def merged(scene: Scene) -> Scene:
    scene.merge()
    return scene


def sent_to(app: Flask, scene: Scene, name: str, *, daily: bool = True) -> list[str]:
    """The bodies of the mails that a run sends this person."""
    before = len(mails(app))
    mail_notices(account_id=scene.people[name].id, daily=daily)
    assert all(each.to == [scene.people[name].email] for each in mails(app)[before:])
    return [each.body for each in mails(app)[before:]]


def test_authors_get_one_mail_a_day_for_everything(app: Flask, merged: Scene) -> None:
    (body,) = sent_to(app, merged, "Badr")
    assert "No. 2 was merged into No. 1" in body and "No. 3 was merged into No. 1" in body
    assert sent_to(app, merged, "Badr") == []


def test_voters_get_none_unless_they_ask(app: Flask, merged: Scene) -> None:
    assert sent_to(app, merged, "Chen") == []
    choose_ways(merged.actor("Chen"), as_author="off", as_voter="daily", now=NOW)
    assert len(sent_to(app, merged, "Chen")) == 1


def test_a_run_at_once_takes_only_what_is_wanted_at_once(app: Flask, merged: Scene) -> None:
    assert sent_to(app, merged, "Badr", daily=False) == []
    choose_ways(merged.actor("Badr"), as_author="at-once", as_voter="off", now=NOW)
    assert len(sent_to(app, merged, "Badr", daily=False)) == 1


def test_what_was_answered_or_hidden_meanwhile_is_not_told(app: Flask, merged: Scene) -> None:
    """C32: the digest goes out without that entry, and not at all where it was the only one."""
    settle_notice(merged.actor("Ana"), merged.newest("Ana").id, now=NOW)
    merged.proposals["B"].state = "hidden"
    db.session.commit()
    assert sent_to(app, merged, "Ana") == []
    (body,) = sent_to(app, merged, "Badr")
    assert "No. 3" in body and "No. 2" not in body


def test_a_suspended_person_is_not_mailed(app: Flask, merged: Scene) -> None:
    merged.people["Badr"].suspended = NOW
    db.session.commit()
    assert sent_to(app, merged, "Badr") == []


def test_the_mail_holds_no_words_of_proposals_and_leads_to_pages(app: Flask, merged: Scene) -> None:
    (body,) = sent_to(app, merged, "Badr")
    assert "Proposal B" not in body and "One for all" not in body
    assert "http://localhost/en/me/notices" in body


def test_mails_end_by_one_press_without_signing_in(app: Flask, merged: Scene) -> None:
    sent_to(app, merged, "Badr")
    header = mails(app)[-1].extra_headers["List-Unsubscribe"]
    address = header.strip("<>").removeprefix("http://localhost")
    stranger = Visitor(app)
    assert stranger.get(address).status_code == 200
    assert merged_ways(merged) == ("daily", "off")
    assert stranger.press(address, "End these e-mails").status_code == 303
    assert merged_ways(merged) == ("off", "off")


def merged_ways(scene: Scene) -> tuple[str, str]:
    return ways_of(scene.people["Badr"].id)


def test_an_unknown_key_leads_nowhere(app: Flask, merged: Scene) -> None:
    assert Visitor(app).get("/en/me/notices/stop/abc").status_code == 404
    assert Visitor(app).post("/en/me/notices/stop/abc").status_code == 404


def test_the_choice_is_made_on_the_page(app: Flask, merged: Scene) -> None:
    browser = merged.browser(app, "Badr")
    browser.press("/en/me/notices", "Save", as_author="at-once", as_voter="daily")
    assert merged_ways(merged) == ("at-once", "daily")


def test_the_daily_mail_leaves_at_seven() -> None:
    assert until_daily(NOW) == 19 * DAY / 24
    assert until_daily(NOW.replace(hour=7)) == DAY
    assert until_daily(NOW.replace(hour=6)) == DAY / 24


@pytest.mark.parametrize("language", ["fr", "pt", "es", "ar"])
def test_the_mail_is_in_the_persons_language(app: Flask, merged: Scene, language: str) -> None:
    merged.people["Badr"].language = language
    db.session.commit()
    (body,) = sent_to(app, merged, "Badr")
    assert f"http://localhost/{language}/me/notices" in body
