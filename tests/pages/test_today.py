"""The organiser's day: what needs a hand, what changed, what comes next."""

from typing import Any

import pytest
from bs4 import Tag
from flask import Flask

from roadmap.accounts.models import Account, Declaration, Undelivered, Voter
from roadmap.core import jobs
from roadmap.core.db import db, use_case
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.log.actions import record
from roadmap.log.models import LogMark
from roadmap.moderation.models import Report
from roadmap.proposals.models import Correction
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor

PAGE = "/en/2026/manage"


@pytest.fixture
def browser(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition(languages=["en"])


@pytest.fixture
def ines(edition: Edition) -> Account:
    return a_role(an_account("Ines"), Role.ORGANISER, edition)


@pytest.fixture
def organiser(edition: Edition, ines: Account, browser: Visitor) -> Visitor:
    browser.sign_in(ines)
    return browser


def block(browser: Visitor, name: str) -> Tag:
    found = browser.page(PAGE).select_one(f"section[aria-labelledby={name}]")
    assert found is not None
    return found


def needs(browser: Visitor) -> list[tuple[str, str]]:
    return [(link.text, str(link["href"])) for link in block(browser, "needs").select("li a")]


def sentences(browser: Visitor, name: str) -> list[str]:
    return [" ".join(line.get_text(" ").split()) for line in block(browser, name).select("li, tbody tr")]


def logged(actor: Account, edition: Edition, kind: str, **facts: Any) -> None:
    use_case(record)(the_actor(actor), kind, edition_id=edition.id, role="organiser", now=NOW, facts=facts)


def taking_part(edition: Edition, count: int, group: str, country: str = "", **fields: Any) -> None:
    """So many people who declared to be something and voted."""
    proposal = a_proposal(edition)
    for _number in range(count):
        person = an_account(f"{group} {country} {db.session.query(Account).count()}")
        voter = db.session.query(Voter).filter_by(account_id=person.id).one()
        saved(
            Declaration(
                voter_id=voter.id, edition_id=edition.id, stakeholder_group=group, country=country, made=NOW,
                **fields,
            )
        )  # fmt: skip
        cast_vote(the_actor(person), edition, proposal.number, "agree", now=NOW)


def test_each_block_says_plainly_when_there_is_nothing(edition: Edition, organiser: Visitor) -> None:
    for phase in db.session.execute(db.text("SELECT id FROM phases")).scalars().all():
        db.session.execute(db.text("DELETE FROM phases WHERE id = :id"), {"id": phase})
    db.session.commit()
    said = {name: block(organiser, name).text for name in ("needs", "changes", "ahead", "jobs")}
    assert "Nothing needs a hand now." in said["needs"]
    assert "Nothing has changed." in said["changes"]
    assert "No date lies ahead." in said["ahead"]
    assert "None waits, and none failed." in said["jobs"]


def test_reports_and_posts_that_wait_lead_to_the_desk(edition: Edition, organiser: Visitor) -> None:
    reported = a_proposal(edition)
    saved(Report(edition_id=edition.id, proposal_id=reported.id, reason="x", made=NOW))
    a_proposal(edition, state="waiting")
    assert needs(organiser) == [
        ("1 text was reported", "/en/2026/desk/reports"),
        ("1 text waits to be read before it appears", "/en/2026/desk/reports"),
    ]


def test_corrections_lead_to_the_one_that_waits_longest(edition: Edition, organiser: Visitor) -> None:
    newer, older = a_proposal(edition), a_proposal(edition)
    for proposal, made in ((newer, NOW), (older, NOW - DAY)):
        saved(Correction(proposal_id=proposal.id, base_revision=1, title="x", text="y", made=made))
    assert needs(organiser) == [
        (
            "2 corrections of proposals wait for a decision",
            "/en/2026/proposals/2-share-what-works-number-2",
        )
    ]


def test_declared_decision_makers_and_names_wait_to_be_confirmed(
    edition: Edition, organiser: Visitor
) -> None:
    a_proposal(edition, author_line="organisation")
    voter = db.session.query(Voter).filter_by(account_id=an_account("Minister").id).one()
    saved(Declaration(voter_id=voter.id, edition_id=edition.id, stakeholder_group="decision-maker", made=NOW))
    assert needs(organiser) == [
        (
            "1 participant says that they are a decision maker, and waits to be confirmed",
            "/en/2026/manage/people#decision-makers",
        ),
        (
            "1 name of an organisation or a group waits to be confirmed",
            "/en/2026/manage/people#authors",
        ),
    ]


def test_mail_that_was_not_delivered_leads_to_the_addresses(edition: Edition, organiser: Visitor) -> None:
    saved(
        Undelivered(
            edition_id=edition.id, address="a@example.org", address_key="a@example.org", text="mail-sign-in",
            reason="address", last=NOW,
        )
    )  # fmt: skip
    assert needs(organiser) == [
        ("Mail to 1 address could not be delivered", "/en/2026/manage/people#undelivered")
    ]


def test_languages_without_all_texts_lead_to_the_texts(app: Flask, browser: Visitor) -> None:
    edition = an_edition(languages=["en", "fr"])
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    form = "/en/2026/manage/texts/about/en"
    browser.press(form, "Save the text", body="We begin anew.")
    assert [need for need in needs(browser) if "translated" in need[0]] == [
        ("1 text is not translated yet: Français", "/en/2026/manage/texts")
    ]


def test_groups_far_below_the_others_are_named_with_small_numbers_told_as_such(
    edition: Edition, organiser: Visitor
) -> None:
    taking_part(edition, 3, "civil-society")
    taking_part(edition, 40, "public")
    told = [sentence for sentence, _href in needs(organiser) if sentence.startswith("Stakeholder groups")]
    assert told == [
        "Stakeholder groups that hardly take part: Civil society and Decision maker (fewer than 10 people each)"
    ]


def test_a_decision_maker_counts_as_one_once_confirmed(edition: Edition, organiser: Visitor) -> None:
    taking_part(edition, 20, "civil-society")
    taking_part(edition, 20, "decision-maker", confirmed=NOW)
    taking_part(edition, 20, "decision-maker", confirmed_by=1)
    assert [
        sentence for sentence, _href in needs(organiser) if sentence.startswith("Stakeholder groups")
    ] == []


def test_regions_far_below_the_others_are_named(edition: Edition, organiser: Visitor) -> None:
    taking_part(edition, 30, "public", "PT")
    (told,) = [sentence for sentence, _href in needs(organiser) if sentence.startswith("Regions")]
    assert ("Western Africa" in told, "Southern Europe" in told) == (True, False)


def test_what_is_not_asked_is_not_missed(app: Flask, browser: Visitor) -> None:
    edition = an_edition(languages=["en"], texts={"asks": {"group": False, "country": False}})
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    taking_part(edition, 30, "public", "PT")
    assert needs(browser) == []


@jobs.job
def _failing() -> None:
    raise ValueError("on purpose")


def test_failed_jobs_are_told_of_until_an_administrator_has_looked(
    app: Flask, edition: Edition, organiser: Visitor
) -> None:
    jobs.later(_failing)
    assert needs(organiser) == [("1 background job failed", "#jobs")]
    assert organiser.post("/en/manage/jobs").status_code == 403
    administrator = Visitor(app)
    administrator.sign_in(a_role(an_account("Ada"), Role.ADMINISTRATOR, None))
    assert administrator.press(PAGE, "I have looked into it").location == f"{PAGE}#jobs"
    assert needs(organiser) == []


def test_nothing_needs_a_hand_in_a_past_edition(app: Flask, browser: Visitor) -> None:
    edition = an_edition(archived=NOW - DAY)
    a_proposal(edition, state="waiting")
    browser.sign_in(a_role(an_account("Ines"), Role.ORGANISER, edition))
    assert needs(browser) == []
    assert "This edition is over." in block(browser, "needs").text
    assert block(browser, "ahead").select("tbody tr") == []


def test_what_changed_is_told_in_sentences_and_the_same_once(
    edition: Edition, ines: Account, organiser: Visitor
) -> None:
    for kind, facts in (("invitation", {"role": "facilitator"}),) * 2 + (("freeze", {"version": 1}),):
        logged(ines, edition, kind, **facts)
    assert sentences(organiser, "changes") == [
        "Draft 1 was frozen. 1 September 2026",
        "Somebody was invited to a role: Facilitators. 2 times, last on 1 September 2026",
    ]


def test_looking_changes_nothing(edition: Edition, ines: Account, organiser: Visitor) -> None:
    logged(ines, edition, "freeze", version=1)
    first = sentences(organiser, "changes")
    assert sentences(organiser, "changes") == first
    assert db.session.query(LogMark).count() == 0


def test_what_was_seen_is_not_told_again(edition: Edition, ines: Account, organiser: Visitor) -> None:
    logged(ines, edition, "freeze", version=1)
    assert organiser.press(PAGE, "I have seen this").location == f"{PAGE}#changes"
    assert sentences(organiser, "changes") == []
    logged(ines, edition, "freeze", version=2)
    assert sentences(organiser, "changes") == ["Draft 2 was frozen. 1 September 2026"]


def test_what_came_while_somebody_read_is_told_the_next_time(
    edition: Edition, ines: Account, organiser: Visitor
) -> None:
    logged(ines, edition, "freeze", version=1)
    seen = block(organiser, "changes").select_one("input[name=position]")
    assert seen is not None
    logged(ines, edition, "freeze", version=2)
    organiser.post(f"{PAGE}/seen", {"position": str(seen["value"])})
    assert sentences(organiser, "changes") == ["Draft 2 was frozen. 1 September 2026"]


@pytest.mark.parametrize("position", ["", "x", "-5", "99999999999999999999"])
def test_a_forged_position_hides_nothing_that_comes(
    edition: Edition, ines: Account, organiser: Visitor, position: str
) -> None:
    logged(ines, edition, "freeze", version=1)
    assert organiser.post(f"{PAGE}/seen", {"position": position}).status_code == 303
    logged(ines, edition, "freeze", version=2)
    assert "Draft 2 was frozen. 1 September 2026" in sentences(organiser, "changes")


def test_each_organiser_has_a_mark_of_their_own(
    app: Flask, edition: Edition, ines: Account, organiser: Visitor
) -> None:
    logged(ines, edition, "freeze", version=1)
    organiser.press(PAGE, "I have seen this")
    other = Visitor(app)
    other.sign_in(a_role(an_account("Omar"), Role.ORGANISER, edition))
    assert len(sentences(other, "changes")) == 1


def test_dates_ahead_stand_in_order_and_in_the_editions_time_zone(app: Flask, browser: Visitor) -> None:
    edition = an_edition(
        time_zone="Asia/Tokyo",
        phases={"proposing": (NOW - DAY, NOW + 2 * DAY), "voting": (NOW + DAY, NOW + 3 * DAY)},
    )
    browser.sign_in(a_role(an_account("Ines", time_zone="America/Lima"), Role.ORGANISER, edition))
    assert sentences(browser, "ahead") == [
        "2 September 2026, 21:00 The phase “Voting” begins.",
        "3 September 2026, 21:00 The phase “Proposing” ends.",
        "4 September 2026, 21:00 The phase “Voting” ends.",
    ]
    assert "Tokyo" in block(browser, "ahead").text


def test_an_open_invitation_runs_out_on_a_date(edition: Edition, organiser: Visitor) -> None:
    organiser.post(
        "/en/2026/manage/people/invite",
        {"addresses": "new@example.org", "role": "facilitator", "language": "en"},
    )
    told = [line for line in sentences(organiser, "ahead") if "invitation" in line]
    assert told == ["8 September 2026, 13:00 The invitation to new@example.org expires."]
