"""Publishing, changing, correcting and withdrawing proposals."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, Refused, TooMany
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.proposals.actions import edit_proposal, let_through, publish_proposal, withdraw_proposal
from roadmap.proposals.corrections import change_proposal, decide_correction
from roadmap.proposals.models import BuiltOn, Correction, Proposal, Revision
from roadmap.proposals.queries import revisions_of
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Vote
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor
from tests.proposals.writing import merged, written


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def awa(app: Flask) -> Actor:
    return the_actor(an_account("Awa"))


@pytest.fixture
def tome(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))


def published(actor: Actor, edition: Edition, nonce: str = "one", **changes: object) -> Proposal:
    return publish_proposal(actor, edition, written(**changes), nonce=nonce, now=NOW)


def deeds() -> list[str]:
    return list(db.session.scalars(select(LogEntry.kind).order_by(LogEntry.position)))


def test_numbers_follow_each_other_in_an_edition(edition: Edition, awa: Actor) -> None:
    assert [published(awa, edition, nonce).number for nonce in ("a", "b", "c")] == [1, 2, 3]


def test_the_same_form_sent_again_is_the_same_proposal(edition: Edition, awa: Actor) -> None:
    assert published(awa, edition).id == published(awa, edition, title="Something else").id


def test_a_form_of_somebody_else_publishes_nothing(edition: Edition, awa: Actor) -> None:
    published(awa, edition)
    with pytest.raises(Refused):
        published(the_actor(an_account("Badr")), edition)


def test_a_published_proposal_keeps_its_first_wording(edition: Edition, awa: Actor) -> None:
    proposal = published(awa, edition)
    assert [(one.kind, one.title) for one in revisions_of(proposal)] == [("first", "Open the archives")]


def test_the_text_is_rendered_when_it_is_saved(edition: Edition, awa: Actor) -> None:
    assert "<strong>now</strong>" in published(awa, edition, text="We ask **now**.").html


def test_control_characters_are_in_no_stored_text(edition: Edition, awa: Actor) -> None:
    """C09."""
    proposal = published(awa, edition, title="before\x0c after\x01", text="one\x0btwo\ufffe three")
    assert (proposal.title, proposal.text) == ("before after", "onetwo three")


def test_people_without_an_account_cannot_publish(edition: Edition) -> None:
    with pytest.raises(Refused):
        published(GUEST, edition)


def test_a_closed_phase_refuses_and_names_the_time(app: Flask, awa: Actor) -> None:
    edition = an_edition(phases={"proposing": (NOW - 9 * DAY, NOW)})
    with pytest.raises(Closed, match="1 September 2026, 13:00"):
        published(awa, edition)


def test_everything_that_is_missing_is_named_at_once(edition: Edition, awa: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        published(awa, edition, title="x" * 121, text="", links=("javascript:alert(1)",), charter=False)
    assert set(caught.value.errors) == {"title", "text", "links", "charter"}


def test_the_thirty_first_proposal_of_an_hour_is_refused(edition: Edition, awa: Actor) -> None:
    for number in range(30):
        a_proposal(edition, db.session.get_one(Account, awa.account), number=number + 1, made=NOW)
    with pytest.raises(TooMany):
        published(awa, edition)


def test_where_moderation_comes_before_a_proposal_waits(edition: Edition, awa: Actor) -> None:
    edition.moderation = "before"
    db.session.commit()
    assert published(awa, edition).state == "waiting"


def test_links_from_an_accounts_first_day_wait(edition: Edition) -> None:
    young = an_account("Young")
    young.made = NOW - timedelta(hours=3)
    db.session.commit()
    states = [
        published(the_actor(young), edition, nonce, **fields).state
        for nonce, fields in (
            ("a", {}),
            ("b", {"links": ("https://example.org/",)}),
            ("c", {"text": "www.a.org"}),
        )
    ]
    assert states == ["published", "waiting", "waiting"]


def test_a_facilitator_lets_a_waiting_proposal_through(edition: Edition, tome: Actor) -> None:
    waiting = a_proposal(edition, an_account(), state="waiting")
    let_through(tome, edition, waiting, now=NOW)
    assert (waiting.state, deeds()) == ("published", ["let-through"])


def test_a_proposal_says_what_it_is_built_on(edition: Edition, awa: Actor) -> None:
    older = a_proposal(edition)
    newer = published(awa, edition, built_on=(older.number,))
    assert db.session.execute(select(BuiltOn.proposal_id, BuiltOn.older_id)).all() == [(newer.id, older.id)]


def test_an_author_who_wants_no_name_is_not_named(edition: Edition, awa: Actor) -> None:
    assert published(awa, edition, author_line="none").author_name == ""


def test_ones_own_name_is_that_of_the_account(edition: Edition, awa: Actor) -> None:
    assert published(awa, edition, author_name="The Minister").author_name == "Awa"


def test_an_author_edits_freely_while_nobody_else_has_voted(edition: Edition, awa: Actor) -> None:
    proposal = published(awa, edition)
    cast_vote(awa, edition, proposal.number, "agree", now=NOW)
    edit_proposal(awa, edition, proposal, written(title="Open all archives"), now=NOW)
    assert [(one.kind, one.title) for one in revisions_of(proposal)] == [
        ("first", "Open the archives"),
        ("edit", "Open all archives"),
    ]


def test_other_line_ends_make_no_new_wording(edition: Edition, awa: Actor) -> None:
    """C43."""
    proposal = published(awa, edition)
    assert (
        edit_proposal(awa, edition, proposal, written(text=proposal.text.replace("\n", "\r\n")), now=NOW)
        is None
    )
    assert proposal.revision == 1


def test_nobody_edits_what_somebody_else_wrote(edition: Edition, awa: Actor) -> None:
    proposal = published(awa, edition)
    with pytest.raises(Refused):
        edit_proposal(the_actor(an_account("Badr")), edition, proposal, written(title="Mine"), now=NOW)


@pytest.fixture
def voted(edition: Edition, awa: Actor) -> Proposal:
    """A proposal on which somebody else has voted."""
    proposal = published(awa, edition)
    cast_vote(the_actor(an_account("Chen")), edition, proposal.number, "agree", now=NOW)
    return proposal


def test_after_others_have_voted_the_author_no_longer_edits(
    edition: Edition, awa: Actor, voted: Proposal
) -> None:
    with pytest.raises(Refused):
        edit_proposal(awa, edition, voted, written(title="Close them"), now=NOW)


def test_after_others_have_voted_a_change_waits_as_a_correction(
    edition: Edition, awa: Actor, voted: Proposal
) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Open the archive"), note="Spelling", now=NOW)
    assert isinstance(asked, Correction)
    assert (asked.state, voted.title) == ("waiting", "Open the archives")


def test_a_vote_on_a_source_counts_as_a_vote_of_others(edition: Edition, awa: Actor) -> None:
    lead, source = published(awa, edition), a_proposal(edition)
    cast_vote(the_actor(an_account("Chen")), edition, source.number, "agree", now=NOW)
    merged(edition, lead, source)
    assert isinstance(change_proposal(awa, edition, lead, written(title="New"), now=NOW), Correction)


def test_asked_again_a_correction_takes_the_place_of_the_former(
    edition: Edition, awa: Actor, voted: Proposal
) -> None:
    for title in ("Open an archive", "Open archives"):
        change_proposal(awa, edition, voted, written(title=title), now=NOW)
    assert list(db.session.scalars(select(Correction.title))) == ["Open archives"]


def test_a_correction_that_is_let_through_becomes_a_wording_and_is_logged(
    edition: Edition, awa: Actor, tome: Actor, voted: Proposal
) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Open archives"), note="Plural", now=NOW)
    assert isinstance(asked, Correction)
    decide_correction(tome, edition, asked, accept=True, answer="Clearer", now=NOW)
    assert [(one.kind, one.title, one.note) for one in revisions_of(voted)][1:] == [
        ("correction", "Open archives", "Plural")
    ]
    assert deeds() == ["correction"]


def test_a_correction_leaves_votes_as_they_were(
    edition: Edition, awa: Actor, tome: Actor, voted: Proposal
) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Open archives"), now=NOW)
    assert isinstance(asked, Correction)
    decide_correction(tome, edition, asked, accept=True, answer="", now=NOW)
    assert db.session.execute(select(Vote.choice, Vote.revision)).all() == [(1, 1)]


def test_a_correction_that_is_refused_changes_nothing(
    edition: Edition, awa: Actor, tome: Actor, voted: Proposal
) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Close archives"), now=NOW)
    assert isinstance(asked, Correction)
    decide_correction(tome, edition, asked, accept=False, answer="Another meaning", now=NOW)
    assert (voted.revision, asked.state, deeds()) == (1, "refused", ["correction-refused"])


def test_a_correction_of_an_older_wording_is_not_let_through(
    edition: Edition, awa: Actor, tome: Actor, voted: Proposal
) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Open archives"), now=NOW)
    assert isinstance(asked, Correction)
    voted.revision = 2
    saved(
        Revision(
            proposal_id=voted.id,
            number=2,
            kind="merged",
            title="M",
            text="M",
            links=[],
            language="en",
            made=NOW,
        )
    )
    with pytest.raises(Conflict):
        decide_correction(tome, edition, asked, accept=True, answer="", now=NOW)


def test_nobody_but_facilitators_decides(edition: Edition, awa: Actor, voted: Proposal) -> None:
    asked = change_proposal(awa, edition, voted, written(title="Open archives"), now=NOW)
    assert isinstance(asked, Correction)
    with pytest.raises(Refused):
        decide_correction(awa, edition, asked, accept=True, answer="", now=NOW)


def test_a_withdrawn_proposal_keeps_its_reason_and_is_logged(edition: Edition, awa: Actor) -> None:
    proposal = published(awa, edition)
    withdraw_proposal(awa, edition, proposal, reason="Said better in No. 2", now=NOW)
    assert (proposal.state, proposal.state_reason, deeds()) == (
        "withdrawn",
        "Said better in No. 2",
        ["withdrawal"],
    )


def test_withdrawing_needs_a_reason(edition: Edition, awa: Actor) -> None:
    with pytest.raises(Invalid):
        withdraw_proposal(awa, edition, published(awa, edition), reason=" ", now=NOW)


def test_the_log_does_not_name_an_author_who_wanted_no_name(edition: Edition, awa: Actor) -> None:
    withdraw_proposal(awa, edition, published(awa, edition, author_line="none"), reason="Done", now=NOW)
    assert list(db.session.scalars(select(LogEntry.personal))) == [""]


def test_what_is_part_of_a_merge_is_not_withdrawn(edition: Edition, awa: Actor) -> None:
    lead = published(awa, edition)
    merged(edition, lead, a_proposal(edition))
    with pytest.raises(Conflict):
        withdraw_proposal(awa, edition, lead, reason="Done", now=NOW)


def test_a_refused_proposal_leaves_nothing_behind(edition: Edition, awa: Actor) -> None:
    with pytest.raises(Invalid):
        published(awa, edition, title="")
    assert db.session.scalar(select(func.count()).select_from(Proposal)) == 0
