"""Two at once: overlapping merges, votes that arrive meanwhile, a text edited while the facilitator looks at it."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from roadmap.core.db import close_own_connections, db
from roadmap.core.errors import Conflict
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import (
    Changed,
    Part,
    merge_proposals,
    object_to_merge,
    split_proposal,
    undo_merge,
)
from roadmap.merging.models import Merge, Split
from roadmap.proposals import corrections
from roadmap.proposals.actions import publish_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import LineageEdge, Proposal
from roadmap.proposals.queries import find_proposal, lineage_of
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import VoteEvent
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, a_role, an_account, the_actor
from tests.merging.conftest import Merging

Deed = Callable[[Edition], object]


def at_once(app: Flask, deeds: Sequence[Deed]) -> Counter[str]:
    """All of them in threads that start together; answers how often each outcome came."""
    db.session.remove()
    close_own_connections()
    start, outcomes = threading.Barrier(len(deeds)), list[str]()

    def run(deed: Deed) -> None:
        with app.app_context():
            edition = db.session.query(Edition).one()
            db.session.rollback()
            start.wait(30)
            try:
                deed(edition)
                outcomes.append("done")
            except Conflict:
                outcomes.append("conflict")
            except Exception as error:
                outcomes.append(repr(error))
            finally:
                db.session.remove()
                close_own_connections()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(outcomes)


def merging(actor: Actor, lead: int, *sources: int) -> Deed:
    return lambda edition: merge_proposals(
        actor, edition, lead, sources, title="One", text="One.", reason="", now=NOW
    )


def voting(actor: Actor, number: int, choice: str) -> Deed:
    return lambda edition: cast_vote(actor, edition, number, choice, now=NOW)


def the_edition() -> Edition:
    return db.session.query(Edition).one()


@pytest.fixture
def other(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Ugo"), Role.FACILITATOR, edition))


@pytest.mark.parametrize("turn", range(3))
def test_overlapping_merges_leave_whole_merges_and_one_lineage(
    app: Flask, edition: Edition, facilitator: Actor, other: Actor, turn: int
) -> None:
    for _ in range(6):
        a_proposal(edition)
    outcomes = at_once(
        app,
        [merging(facilitator, 1, 2, 3), merging(other, 4, 3, 5), merging(facilitator, 5, 1), merging(other, 2, 1, 6)],
    )  # fmt: skip
    assert set(outcomes) <= {"done", "conflict"} and outcomes["done"] >= 1
    edition = the_edition()
    assert len(lineage_of(edition).edges) == db.session.query(LineageEdge).filter_by(ended=None).count()
    sources = {1: 2, 2: 2, 4: 2, 5: 1}
    for merge in db.session.query(Merge):
        lead = db.session.get_one(Proposal, merge.lead_id)
        edges = db.session.query(LineageEdge).filter_by(merge_id=merge.id).count()
        assert (lead.title, edges) == ("One", sources[lead.number])
    assert db.session.query(Merge).count() == outcomes["done"]


def test_votes_that_arrive_during_a_merge_and_its_undo_are_all_kept(
    app: Flask, edition: Edition, facilitator: Actor, merge: Merging
) -> None:
    lead, *_sources = [a_proposal(edition) for _ in range(3)]
    made = merge(lead, _sources[0])
    voters = [the_actor(an_account(f"Person {place}")) for place in range(8)]
    identifier = made.id
    deeds: list[Deed] = [voting(voter, 1 + at % 3, "agree") for at, voter in enumerate(voters)]
    deeds += [
        lambda edition: undo_merge(facilitator, db.session.get_one(Merge, identifier), reason="", now=NOW),
        merging(facilitator, 1, 3),
    ]
    assert at_once(app, deeds) == Counter(done=10)
    assert db.session.query(VoteEvent).count() == 8
    assert recount(the_edition()) == []


def test_an_objection_and_votes_at_once_lose_no_vote(app: Flask, edition: Edition, merge: Merging) -> None:
    author = an_account("Sami")
    lead, source = a_proposal(edition), a_proposal(edition, author)
    identifier, objector = merge(lead, source).id, the_actor(author)
    voters = [the_actor(an_account(f"Person {place}")) for place in range(6)]
    deeds: list[Deed] = [voting(voter, 1 + at % 2, "agree") for at, voter in enumerate(voters)]
    deeds += [
        lambda edition: object_to_merge(
            objector, edition, db.session.get_one(Merge, identifier), 2, reason="No.", now=NOW
        )
    ] * 2
    assert at_once(app, deeds) == Counter(done=7, conflict=1)
    assert db.session.query(VoteEvent).count() == 6
    assert recount(the_edition()) == []


def test_votes_during_a_split_are_kept_or_refused(app: Flask, edition: Edition, facilitator: Actor) -> None:
    a_proposal(edition)
    voters = [the_actor(an_account(f"Person {place}")) for place in range(6)]
    author = the_actor(an_account("Noor"))
    fields = Fields(
        question=1, title="Another", text="More.", language="en", author_name="Noor", charter=True
    )
    deeds: list[Deed] = [voting(voter, 1, "agree") for voter in voters]
    deeds.append(
        lambda edition: split_proposal(
            facilitator, edition, 1, [Part("One", "x"), Part("Two", "y")], reason="", now=NOW
        )
    )
    deeds.append(lambda edition: publish_proposal(author, edition, fields, nonce="n", now=NOW))
    outcomes = at_once(app, deeds)
    assert (outcomes["done"] + outcomes["conflict"], db.session.query(Split).count()) == (8, 1)
    assert db.session.query(VoteEvent).count() == outcomes["done"] - 2
    assert sorted(row[0] for row in db.session.query(Proposal.number)) == [1, 2, 3, 4]
    assert recount(the_edition()) == []


class TestAnEditMeanwhile:
    @pytest.fixture
    def seen(self, edition: Edition) -> dict[int, int]:
        """What the facilitator saw: the first wording of both."""
        a_proposal(edition)
        a_proposal(edition, an_account("Sami"), title="Give the ships", text="Now.")
        return {1: 1, 2: 1}

    def edit(self, edition: Edition) -> None:
        proposal = find_proposal(edition, 2)
        assert proposal is not None
        author = Actor(account=proposal.author_id, name="Sami")
        fields = Fields(title="Give the ships back", text="Now.", language="en")
        corrections.change_proposal(author, edition, proposal, fields, now=NOW)

    def test_is_told_with_the_difference_and_nothing_is_merged(
        self, edition: Edition, facilitator: Actor, seen: dict[int, int]
    ) -> None:
        self.edit(edition)
        with pytest.raises(Changed) as refused:
            merge_proposals(
                facilitator, edition, 1, [2], title="One", text="One.", reason="", now=NOW, expected=seen
            )
        (change,) = refused.value.changes.values()
        assert (refused.value.status, list(refused.value.changes)) == (409, [2])
        assert (
            "".join(token.text for token in change.title if token.kind != "removed") == "Give the ships back"
        )
        assert db.session.query(Merge).count() == 0

    def test_what_was_seen_as_it_is_now_is_merged(
        self, edition: Edition, facilitator: Actor, seen: dict[int, int]
    ) -> None:
        self.edit(edition)
        seen[2] = 2
        merge_proposals(facilitator, edition, 1, [2], title="O", text="o", reason="", now=NOW, expected=seen)
        assert db.session.query(Merge).count() == 1

    def test_at_the_same_moment_is_either_before_or_after(
        self, app: Flask, edition: Edition, facilitator: Actor, seen: dict[int, int]
    ) -> None:
        deeds: list[Deed] = [
            self.edit,
            lambda edition: merge_proposals(
                facilitator, edition, 1, [2], title="O", text="o", reason="", now=NOW, expected=seen
            ),
        ]
        outcomes = at_once(app, deeds)
        assert set(outcomes) <= {"done", "conflict"}
        source = find_proposal(the_edition(), 2)
        assert source is not None and source.title == "Give the ships back"
        assert db.session.query(Merge).count() == outcomes["done"] - 1
