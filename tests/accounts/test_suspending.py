"""Suspending accounts: who may, what ends, and that the tallies follow both ways."""

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.accounts import actions
from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.domain.policy import GUEST, Role
from roadmap.drafts.actions import compile_draft
from roadmap.drafts.queries import comparison_of
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.merging.actions import undo_merge
from roadmap.merging.models import Merge
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.counts import by_question, participation_of
from roadmap.votes.recounts import recount
from roadmap.votes.snapshots import snapshot
from tests.accounts.people import Visitor, last_link, mailed_link, sign_ins_of
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor, the_question
from tests.votes.counting import effective_tallies, tallies
from tests.votes.pressing import merged

PEOPLE = "/en/2026/manage/people"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def ines(edition: Edition) -> Account:
    return a_role(an_account("Ines"), Role.ORGANISER, edition)


@pytest.fixture
def proposals(edition: Edition) -> list[Proposal]:
    return [a_proposal(edition) for _ in range(3)]


@pytest.fixture
def vera(edition: Edition, proposals: list[Proposal]) -> Account:
    """She agrees with the first two proposals; so does somebody else with the first."""
    vera, other = an_account("Vera"), an_account("Omar")
    for number in (1, 2):
        cast_vote(the_actor(vera), edition, number, "agree", now=NOW)
    cast_vote(the_actor(other), edition, 1, "agree", now=NOW)
    return vera


def page_of(account: Account) -> str:
    return f"{PEOPLE}/accounts/{account.id}/suspension"


class TestVotes:
    def test_their_votes_stop_counting_and_count_again(
        self, edition: Edition, ines: Account, vera: Account, proposals: list[Proposal]
    ) -> None:
        """B11."""
        before = snapshot(edition).votes
        assert actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW) == 2
        assert [tallies(each) for each in proposals] == [
            {"account": (1, 0, 0), "suspended": (1, 0, 0)}, {"suspended": (1, 0, 0)}, {},
        ]  # fmt: skip
        assert (snapshot(edition).votes, recount(edition)) == (1, [])
        assert actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW) == 2
        assert [tallies(each) for each in proposals] == [{"account": (2, 0, 0)}, {"account": (1, 0, 0)}, {}]
        assert (snapshot(edition).votes, recount(edition)) == (before, [])

    def test_effective_votes_on_a_merged_proposal_follow_as_well(
        self, edition: Edition, ines: Account, vera: Account, proposals: list[Proposal]
    ) -> None:
        merged(edition, proposals[0], proposals[1])
        assert effective_tallies(proposals[0]) == {"account": (2, 0, 0, 0)}
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        assert effective_tallies(proposals[0]) == {"account": (1, 0, 0, 0), "suspended": (1, 0, 0, 0)}
        assert recount(edition) == []
        actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)
        assert (effective_tallies(proposals[0]), recount(edition)) == ({"account": (2, 0, 0, 0)}, [])

    def test_a_merge_made_and_undone_meanwhile_keeps_them_apart(
        self, edition: Edition, ines: Account, vera: Account, proposals: list[Proposal]
    ) -> None:
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        merged(edition, proposals[0], proposals[1])
        assert effective_tallies(proposals[0]) == {"account": (1, 0, 0, 0), "suspended": (1, 0, 0, 0)}
        merge = db.session.scalars(select(Merge)).one()
        undo_merge(the_actor(ines), merge, reason="A mistake.", now=NOW)
        actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)
        assert (tallies(proposals[1]), recount(edition)) == ({"account": (1, 0, 0)}, [])

    def test_totals_leave_them_out(self, edition: Edition, ines: Account, vera: Account) -> None:
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        assert by_question(edition)[the_question(edition).id].votes == 1
        assert (participation_of(edition, NOW).people, participation_of(edition, NOW).votes) == (1, 1)

    def test_a_draft_says_how_many_and_what_the_order_would_be_with_them(
        self, app: Flask, edition: Edition, ines: Account, vera: Account
    ) -> None:
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        comparison = comparison_of(compile_draft(the_actor(ines), edition, now=NOW))
        assert comparison is not None
        told = comparison["suspended"]
        assert (told["accounts"], told["votes"], told["orders"][0]["question"]) == (1, 2, 1)
        page = Browser(app).sign_in(ines, factor=2).page("/en/2026/roadmap/1").text
        assert "1 account that had voted is suspended. 2 votes of theirs do not count here." in page

    def test_a_draft_without_any_does_not_speak_of_it(
        self, edition: Edition, ines: Account, vera: Account
    ) -> None:
        comparison = comparison_of(compile_draft(the_actor(ines), edition, now=NOW))
        assert comparison is not None and comparison["suspended"] is None


class TestSignIns:
    def test_a_suspended_person_is_signed_out_and_cannot_come_back(
        self, app: Flask, edition: Edition, ines: Account, vera: Account
    ) -> None:
        browser = Visitor(app)
        browser.sign_in(vera)
        earlier = mailed_link(app, Visitor(app), vera.email)
        actions.suspend(the_actor(ines), edition, vera.id, reason="Threats.", now=NOW)
        assert (browser.is_signed_in, sign_ins_of(vera)) == (False, 0)
        assert Visitor(app).post(earlier).status_code == 410
        later = mailed_link(app, Visitor(app), vera.email)
        answer = Visitor(app).post(later)
        assert (answer.status_code, "The reason given: Threats." in answer.text) == (403, True)
        actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)
        assert Visitor(app).post(last_link(app)).status_code == 303

    def test_a_sign_in_that_is_still_there_opens_nothing(
        self, app: Flask, edition: Edition, vera: Account
    ) -> None:
        browser = Visitor(app)
        browser.sign_in(vera)
        vera.suspended = NOW
        db.session.commit()
        assert not browser.is_signed_in


class TestWho:
    def test_nobody_is_suspended_without_a_reason(
        self, edition: Edition, ines: Account, vera: Account
    ) -> None:
        with pytest.raises(Invalid):
            actions.suspend(the_actor(ines), edition, vera.id, reason=" ", now=NOW)

    def test_nobody_suspends_themselves_or_the_last_administrator(
        self, edition: Edition, ines: Account
    ) -> None:
        root = a_role(an_account("Root"), Role.ADMINISTRATOR, None)
        with pytest.raises(Conflict):
            actions.suspend(the_actor(ines), edition, ines.id, reason="Rest.", now=NOW)
        with pytest.raises(Conflict):
            actions.suspend(GUEST, None, root.id, reason="Rest.", now=NOW)

    def test_an_organiser_decides_on_people_of_this_edition_alone(
        self, edition: Edition, ines: Account, vera: Account
    ) -> None:
        """D10."""
        stranger = an_account("Nobody here")
        root = a_role(an_account("Root"), Role.ADMINISTRATOR, None)
        a_role(vera, Role.FACILITATOR, an_edition("2027", is_current=False))
        for account in (stranger, root, vera):
            with pytest.raises(NotFound):
                actions.suspend(the_actor(ines), edition, account.id, reason="Rest.", now=NOW)
        assert actions.suspend(the_actor(root), edition, vera.id, reason="Two of them.", now=NOW) == 2

    def test_a_second_suspension_is_refused(self, edition: Edition, ines: Account, vera: Account) -> None:
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        with pytest.raises(Conflict):
            actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)
        with pytest.raises(Conflict):
            actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)


class TestPages:
    def test_an_organiser_finds_suspends_and_restores_an_account(
        self, app: Flask, edition: Edition, ines: Account, vera: Account, proposals: list[Proposal]
    ) -> None:
        organiser = Browser(app).sign_in(ines, factor=2)
        answer = organiser.post(f"{PEOPLE}/suspend", {"email": "VERA@example.org"})
        assert answer.location == page_of(vera)
        assert "2 votes in this edition." in organiser.page(page_of(vera)).text
        assert organiser.post(page_of(vera), {"do": "suspend", "reason": ""}).status_code == 422
        organiser.post(page_of(vera), {"do": "suspend", "reason": "Two accounts, one person."})
        section = organiser.page(PEOPLE).select_one("section:has(> #suspended)")
        assert section is not None and "vera@example.org" in section.text
        assert tallies(proposals[1]) == {"suspended": (1, 0, 0)}
        organiser.post(page_of(vera), {"do": "end", "reason": "It was two people."})
        assert tallies(proposals[1]) == {"account": (1, 0, 0)}

    @pytest.mark.parametrize("address", ["nobody@example.org", "no address", ""])
    def test_an_address_of_nobody_here_is_refused_at_its_field(
        self, app: Flask, edition: Edition, ines: Account, address: str
    ) -> None:
        answer = Browser(app).sign_in(ines, factor=2).post(f"{PEOPLE}/suspend", {"email": address})
        assert (answer.status_code, 'id="email-error"' in answer.text) == (422, True)

    def test_the_public_log_tells_it_without_the_name(
        self, app: Flask, browser: Browser, edition: Edition, ines: Account, vera: Account
    ) -> None:
        actions.suspend(the_actor(ines), edition, vera.id, reason="Two of them.", now=NOW)
        actions.restore(the_actor(ines), edition, vera.id, reason="A mistake.", now=NOW)
        page = browser.page("/en/2026/log").text
        assert "An account was suspended. Its votes do not count any longer." in page
        assert "Its votes count again." in page and "Vera" not in page
        entry = db.session.scalars(select(LogEntry).where(LogEntry.kind == "account-suspended")).one()
        assert (entry.edition_id, entry.facts) == (edition.id, {"accounts": 1})

    def test_the_command_tells_it_in_every_edition_with_votes(self, edition: Edition, vera: Account) -> None:
        assert actions.suspend(GUEST, None, vera.id, reason="Two of them.", now=NOW) == 2
        [entry] = db.session.scalars(select(LogEntry).where(LogEntry.kind == "account-suspended"))
        assert (entry.edition_id, entry.role) == (edition.id, "command")
