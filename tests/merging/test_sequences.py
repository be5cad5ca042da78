"""Whatever people do, and in whatever order: everybody counts once, and nothing is lost.

Random sequences of propose, vote, change, withdraw, merge, merge again, split, undo, object, withdraw a proposal,
hide, delete an account. What is kept is compared with a recount by the words of the rule, from the raw events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.accounts.actions.erasing import erase
from roadmap.accounts.models import Account
from roadmap.comments.actions import post_comment
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import DomainError
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging import queries as merging
from roadmap.merging.actions import (
    Part,
    leave_apart,
    merge_proposals,
    object_to_merge,
    split_proposal,
    undo_merge,
    undo_split,
)
from roadmap.merging.models import Merge, Objection, Split
from roadmap.merging.objected import voices_of
from roadmap.moderation.actions import decide, restore
from roadmap.moderation.things import Thing
from roadmap.proposals.actions import publish_proposal, withdraw_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import LineageEdge, Proposal, Revision, SplitPart
from roadmap.proposals.story import split_story
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import EffectiveVote, VoteEvent
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

DEEDS = (
    "propose", "vote", "vote", "vote", "merge", "merge", "merge", "split", "undo", "undo-split", "object",
    "withdraw", "hide", "restore", "erase", "comment", "apart", "there-and-back",
)  # fmt: skip
CHOICES = ("agree", "disagree", "pass", "clear")
SLUGS = count(1)
Step = tuple[str, int, int, int]
Outcome = int | str | None


@dataclass
class Town:
    """An edition with three people who write and vote, and two who facilitate."""

    edition: Edition
    people: list[Account]
    facilitators: list[Actor]
    gone: set[int] = field(default_factory=set)
    nonces: Iterator[int] = field(default_factory=count)

    @classmethod
    def founded(cls) -> "Town":
        name = f"t{next(SLUGS)}"
        edition = an_edition(name, is_current=False)
        people = [an_account(f"Person {name} {place}") for place in range(4)]
        facilitators = [
            the_actor(a_role(an_account(f"Facilitator {name} {place}"), Role.FACILITATOR, edition))
            for place in range(2)
        ]
        for person in people[:3]:
            a_proposal(edition, person)
        return cls(edition, people, facilitators)

    def proposals(self) -> list[Proposal]:
        return db.session.query(Proposal).filter_by(edition_id=self.edition.id).order_by(Proposal.id).all()

    def actor(self, place: int) -> Actor | None:
        place %= len(self.people)
        return None if place in self.gone else the_actor(self.people[place])

    def do(self, step: Step) -> None:
        """One deed as far as it is possible; what is refused changes nothing."""
        deed, first, second, third = step
        try:
            getattr(self, deed.replace("-", "_"))(first, second, third)
        except DomainError:
            db.session.rollback()

    def propose(self, first: int, second: int, third: int) -> None:
        if actor := self.actor(first):
            fields = Fields(
                question=1 + second % 2, title="Another", text="More.", language="en", author_name=actor.name,
                charter=True, built_on=(third,),
            )  # fmt: skip
            publish_proposal(
                actor, self.edition, fields, nonce=f"{self.edition.id}-{next(self.nonces)}", now=NOW
            )

    def vote(self, first: int, second: int, third: int) -> None:
        if actor := self.actor(first):
            numbers = [each.number for each in self.proposals()]
            cast_vote(actor, self.edition, numbers[second % len(numbers)], CHOICES[third % 4], now=NOW)

    def comment(self, first: int, second: int, third: int) -> None:
        if actor := self.actor(first):
            made = self.proposals()
            post_comment(
                actor, self.edition, made[second % len(made)], text="Indeed.", stance="neutral", language="en",
                parent_id=None, nonce=f"{self.edition.id}-c{next(self.nonces)}", now=NOW,
            )  # fmt: skip

    def merge(self, first: int, second: int, third: int) -> Merge:
        numbers = [each.number for each in self.proposals()]
        lead, source = numbers[first % len(numbers)], numbers[second % len(numbers)]
        sources = sorted({source, numbers[third % len(numbers)]} - {lead})
        return merge_proposals(
            self.facilitators[third % 2], self.edition, lead, sources, title="Both", text="Both.", reason="",
            answers_objection="They are the same." if first % 2 else "", now=NOW,
        )  # fmt: skip

    def there_and_back(self, first: int, second: int, third: int) -> None:
        """A merge that is undone at once leaves everything as it was."""
        before = self.standing()
        try:
            merge = self.merge(first, second, third)
        except DomainError:
            db.session.rollback()
        else:
            undo_merge(self.facilitators[0], merge, reason="", now=NOW)
        assert self.standing() == before

    def standing(self) -> list[object]:
        rows = db.session.query(EffectiveVote).order_by(EffectiveVote.lead_id, EffectiveVote.voter_id)
        return [
            [(each.id, each.lead_id, each.state, each.title, each.text) for each in self.proposals()],
            [(row.lead_id, row.voter_id, row.choice, row.conflict, row.origin) for row in rows],
        ]

    def merges(self) -> list[Merge]:
        return db.session.query(Merge).filter_by(edition_id=self.edition.id).order_by(Merge.id).all()

    def undo(self, first: int, second: int, third: int) -> None:
        if made := self.merges():
            undo_merge(self.facilitators[0], made[first % len(made)], reason="", now=NOW)

    def object(self, first: int, second: int, third: int) -> None:
        if made := self.merges():
            merge = made[first % len(made)]
            voices = [
                voice for voice in voices_of(self.edition, merge)
                if voice.account in {person.id for at, person in enumerate(self.people) if at not in self.gone}
            ]  # fmt: skip
            if voices:
                voice = voices[second % len(voices)]
                author = the_actor(db.session.get_one(Account, voice.account))
                number = db.session.get_one(Proposal, voice.proposal).number
                object_to_merge(author, self.edition, merge, number, reason="It is not the same.", now=NOW)

    def apart(self, first: int, second: int, third: int) -> None:
        made = db.session.query(Objection).filter_by(edition_id=self.edition.id).order_by(Objection.id).all()
        if made:
            leave_apart(self.facilitators[0], self.edition, made[first % len(made)], now=NOW)

    def split(self, first: int, second: int, third: int) -> None:
        numbers = [each.number for each in self.proposals()]
        parts = [Part("One half", "One."), Part("The other half", "Two.")]
        split_proposal(
            self.facilitators[0], self.edition, numbers[first % len(numbers)], parts, reason="", now=NOW
        )

    def undo_split(self, first: int, second: int, third: int) -> None:
        made = db.session.query(Split).filter_by(edition_id=self.edition.id).order_by(Split.id).all()
        if made:
            undo_split(self.facilitators[0], made[first % len(made)], reason="", now=NOW)

    def withdraw(self, first: int, second: int, third: int) -> None:
        if actor := self.actor(first):
            made = self.proposals()
            proposal = made[second % len(made)]
            withdraw_proposal(actor, self.edition, proposal, reason="No longer.", now=NOW)

    def hide(self, first: int, second: int, third: int) -> None:
        made = self.proposals()
        decide(
            self.facilitators[0], self.edition, Thing(made[first % len(made)]), outcome="hide", rule="1",
            sentence="Mind the words.", now=NOW,
        )  # fmt: skip

    def restore(self, first: int, second: int, third: int) -> None:
        made = self.proposals()
        restore(self.facilitators[0], self.edition, Thing(made[first % len(made)]), reason="Fine.", now=NOW)

    def erase(self, first: int, second: int, third: int) -> None:
        place = first % len(self.people)
        actor = self.actor(place)
        if actor and third % 3 == 0:
            erase(actor, now=NOW)
            self.gone.add(place)


def by_the_words(
    lead: int, edges: dict[int, list[tuple[int, int]]], last: dict[int, tuple[int, int | None]]
) -> Outcome:
    """A person's effective vote as section "one effective vote" words it; `last` holds their answers."""
    own = last.get(lead)
    joined: list[Outcome] = [own[1]] if own else []
    for source, sequence in edges.get(lead, []):
        if own is None or own[0] <= sequence:
            joined.append(by_the_words(source, edges, last))
    if "conflict" in joined or {1, -1} <= set(joined):
        return "conflict"
    return next((value for value in (1, -1, 0) if value in joined), None)


def check(town: Town, seen: dict[str, int]) -> None:
    """Everything that has to hold after every deed."""
    made = town.proposals()
    ids = [each.id for each in made]
    edges: dict[int, list[tuple[int, int]]] = {}
    above: dict[int, int] = {}
    for edge in db.session.query(LineageEdge).filter(
        LineageEdge.ended.is_(None), LineageEdge.lead_id.in_(ids)
    ):
        edges.setdefault(edge.lead_id, []).append((edge.source_id, edge.sequence))
        above[edge.source_id] = edge.lead_id
    answers: dict[int, dict[int, tuple[int, int | None]]] = {}
    events = db.session.query(VoteEvent).filter(VoteEvent.proposal_id.in_(ids)).order_by(VoteEvent.id).all()
    for event in events:
        answers.setdefault(event.voter_id, {})[event.proposal_id] = (event.id, event.choice)
    kept = {
        (row.lead_id, row.voter_id): "conflict" if row.conflict else row.choice
        for row in db.session.query(EffectiveVote).filter(EffectiveVote.lead_id.in_(ids))
    }
    leads = {each for each in edges if each not in above}
    for lead in leads:
        for voter, last in answers.items():
            assert kept.get((lead, voter)) == by_the_words(lead, edges, last)
    assert {lead for lead, _ in kept} <= leads
    assert recount(town.edition) == []
    _check_provenance(made, above)
    _check_nothing_is_lost(town, ids, len(events), seen)


def _check_provenance(made: list[Proposal], above: dict[int, int]) -> None:
    by_id = {each.id: each for each in made}
    for proposal in made:
        top = proposal.id
        while top in above:
            top = above[top]
        assert proposal.lead_id == (top if top != proposal.id else None)
        if top != proposal.id:
            assert proposal in merging.sources_of(by_id[top])
            named = {number for author in merging.authors_of(by_id[top]) for number in author.numbers}
            assert proposal.number in named
    for row in db.session.query(SplitPart).filter(SplitPart.part_id.in_(by_id)):
        assert split_story(by_id[row.part_id]).original is by_id[row.original_id]


def _check_nothing_is_lost(town: Town, ids: list[int], events: int, seen: dict[str, int]) -> None:
    counts = {
        "proposals": len(ids),
        "events": events,
        "comments": db.session.query(Comment).filter(Comment.proposal_id.in_(ids)).count(),
        "first wordings": db.session.query(Revision).filter(Revision.proposal_id.in_(ids), Revision.number == 1).count(),
    }  # fmt: skip
    assert counts["first wordings"] == counts["proposals"]
    assert {name: counts[name] >= number for name, number in seen.items()} == dict.fromkeys(seen, True)
    seen.update(counts)


STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 11), st.integers(0, 11), st.integers(0, 11)),
    min_size=4,
    max_size=25,
)


@given(STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_everybody_counts_once_and_nothing_is_lost(app: Flask, steps: list[Step]) -> None:
    town, seen = Town.founded(), dict[str, int]()
    for step in steps:
        town.do(step)
        check(town, seen)
