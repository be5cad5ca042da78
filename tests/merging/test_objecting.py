"""Authors accept a merge or object to it; what follows at once, and what it takes to merge again."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Conflict, Invalid, NotFound, Refused
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.merging.actions import accept_merge, leave_apart, merge_proposals, object_to_merge, undo_merge
from roadmap.merging.models import Merge
from roadmap.merging.objected import accepted_by, objected_groups, voices_for, voices_of
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.queries import recount
from tests.factories import NOW, a_proposal, a_role, an_account, the_actor
from tests.merging.conftest import Merging
from tests.votes.counting import effective_of, tallies

LATER = NOW + timedelta(days=2)


class Group:
    """A lead and two sources, each by somebody else, with a vote by Ana on each."""

    def __init__(self, edition: Edition) -> None:
        self.people = [an_account(name) for name in ("Lena", "Sami", "Tilda")]
        self.lead, self.first, self.second = [a_proposal(edition, person) for person in self.people]
        self.voter = the_actor(an_account("Ana"))
        for proposal in (self.first, self.second):
            cast_vote(self.voter, edition, proposal.number, "agree", now=NOW)

    def author(self, place: int) -> Actor:
        return the_actor(self.people[place])


@pytest.fixture
def group(edition: Edition) -> Group:
    return Group(edition)


@pytest.fixture
def other(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Ugo"), Role.FACILITATOR, edition))


def again(
    actor: Actor,
    edition: Edition,
    lead: Proposal,
    *sources: Proposal,
    answer: str = "",
    reason: str = "Same.",
) -> Merge:
    return merge_proposals(
        actor, edition, lead.number, [each.number for each in sources], title="Both", text="Both say so.",
        reason=reason, answers_objection=answer, now=LATER,
    )  # fmt: skip


def kinds() -> list[str]:
    return list(db.session.scalars(select(LogEntry.kind).order_by(LogEntry.position)))


def test_an_author_of_a_source_takes_it_out_at_once_and_the_others_stay(
    edition: Edition, group: Group, merge: Merging
) -> None:
    made = merge(group.lead, group.first, group.second)
    object_to_merge(group.author(1), edition, made, group.first.number, reason="Mine says more.", now=LATER)
    assert [group.first.lead_id, group.second.lead_id] == [None, group.lead.id]
    assert (made.undone, effective_of(group.lead)) == (None, {group.voter.voter: 1})
    assert tallies(group.first) == {"account": (1, 0, 0)}
    assert recount(edition) == []


def test_an_author_of_the_lead_undoes_the_whole_merge_and_its_wording(
    edition: Edition, group: Group, merge: Merging
) -> None:
    before = group.lead.title
    made = merge(group.lead, group.first, group.second)
    object_to_merge(group.author(0), edition, made, group.lead.number, reason="Not mine.", now=LATER)
    assert [group.first.lead_id, group.second.lead_id] == [None, None]
    assert (made.undone, group.lead.title) == (LATER, before)


def test_the_last_source_that_leaves_undoes_the_merge(edition: Edition, group: Group, merge: Merging) -> None:
    made = merge(group.lead, group.first)
    object_to_merge(group.author(1), edition, made, group.first.number, reason="No.", now=LATER)
    assert made.undone == LATER


def test_the_log_names_the_reason_and_both_numbers(edition: Edition, group: Group, merge: Merging) -> None:
    made = merge(group.lead, group.first, group.second)
    object_to_merge(group.author(1), edition, made, group.first.number, reason="Mine says more.", now=LATER)
    entry = db.session.scalars(select(LogEntry).order_by(LogEntry.position.desc())).first()
    assert entry is not None
    assert (entry.kind, entry.role, entry.reason, entry.personal) == (
        "objection", "participant", "Mine says more.", "Sami",
    )  # fmt: skip
    assert entry.facts == {"lead": group.lead.number, "number": group.first.number, "whole": False}


def test_whoever_gave_no_name_is_not_named_in_the_log(edition: Edition, merge: Merging) -> None:
    author = an_account("Noor")
    lead, source = a_proposal(edition), a_proposal(edition, author, author_line="none")
    made = merge(lead, source)
    object_to_merge(the_actor(author), edition, made, source.number, reason="No.", now=LATER)
    entry = db.session.scalars(select(LogEntry).order_by(LogEntry.position.desc())).first()
    assert entry is not None and entry.personal == ""


def test_after_five_days_nobody_can_object(edition: Edition, group: Group, merge: Merging) -> None:
    made = merge(group.lead, group.first)
    with pytest.raises(Conflict, match="five days"):
        object_to_merge(
            group.author(1), edition, made, group.first.number, reason="No.", now=NOW + timedelta(days=5)
        )
    assert group.first.lead_id == group.lead.id


def test_an_objection_needs_a_reason(edition: Edition, group: Group, merge: Merging) -> None:
    made = merge(group.lead, group.first)
    with pytest.raises(Invalid) as refused:
        object_to_merge(group.author(1), edition, made, group.first.number, reason=" ", now=LATER)
    assert set(refused.value.errors) == {"reason"}


def test_somebody_who_wrote_none_of_it_finds_nothing_to_object_to(
    edition: Edition, group: Group, merge: Merging
) -> None:
    made = merge(group.lead, group.first)
    with pytest.raises(NotFound):
        object_to_merge(group.author(2), edition, made, group.first.number, reason="No.", now=LATER)


def test_an_author_cannot_object_for_somebody_elses_proposal(
    edition: Edition, group: Group, merge: Merging
) -> None:
    made = merge(group.lead, group.first, group.second)
    with pytest.raises(Refused):
        object_to_merge(group.author(1), edition, made, group.second.number, reason="No.", now=LATER)


def test_an_author_deeper_down_speaks_for_the_source_they_stand_in(
    edition: Edition, group: Group, merge: Merging
) -> None:
    merge(group.first, group.second)
    made = merge(group.lead, group.first)
    assert [(voice.account, voice.proposal) for voice in voices_of(edition, made)] == [
        (group.people[0].id, group.lead.id),
        (group.people[1].id, group.first.id),
        (group.people[2].id, group.first.id),
    ]
    object_to_merge(group.author(2), edition, made, group.first.number, reason="No.", now=LATER)
    assert [group.first.lead_id, group.second.lead_id] == [None, group.first.id]


def test_an_author_who_joined_later_has_no_say_in_an_older_merge(
    edition: Edition, group: Group, merge: Merging
) -> None:
    older = merge(group.lead, group.first)
    merge(group.lead, group.second)
    assert voices_for(edition, older, group.people[2].id) == []


def test_accepting_is_kept_and_does_not_bind(edition: Edition, group: Group, merge: Merging) -> None:
    made = merge(group.lead, group.first)
    for _ in range(2):
        accept_merge(group.author(1), edition, made, now=LATER)
    assert accepted_by(made) == {group.people[1].id}
    object_to_merge(group.author(1), edition, made, group.first.number, reason="After all.", now=LATER)
    assert made.undone == LATER


class TestMergingAgain:
    @pytest.fixture
    def parted(self, edition: Edition, group: Group, merge: Merging) -> Merge:
        made = merge(group.lead, group.first, group.second)
        object_to_merge(group.author(1), edition, made, group.first.number, reason="Mine.", now=LATER)
        return made

    def test_the_group_is_back_on_the_desk(self, edition: Edition, group: Group, parted: Merge) -> None:
        found = objected_groups(edition)
        assert [(each.left.id, each.lead.id, each.numbers) for each in found] == [
            (group.first.id, group.lead.id, (1, 2, 3))
        ]

    def test_it_needs_an_answer(self, edition: Edition, group: Group, parted: Merge, other: Actor) -> None:
        with pytest.raises(Invalid) as refused:
            again(other, edition, group.lead, group.first)
        assert set(refused.value.errors) == {"answers_objection"}

    def test_whoever_merged_first_cannot_do_it(
        self, edition: Edition, group: Group, parted: Merge, facilitator: Actor, other: Actor
    ) -> None:
        with pytest.raises(Conflict, match="Another facilitator"):
            again(facilitator, edition, group.lead, group.first, answer="It is the same.")

    def test_an_organiser_may_where_there_is_one_facilitator(
        self, edition: Edition, group: Group, parted: Merge
    ) -> None:
        organiser = the_actor(a_role(an_account("Ola"), Role.ORGANISER, edition))
        again(organiser, edition, group.lead, group.first, answer="It is the same.")
        assert group.first.lead_id == group.lead.id

    def test_the_answer_is_public_and_the_group_leaves_the_desk(
        self, edition: Edition, group: Group, parted: Merge, other: Actor
    ) -> None:
        made = again(other, edition, group.lead, group.first, answer="It is the same.")
        entry = db.session.scalars(select(LogEntry).order_by(LogEntry.position.desc())).first()
        assert entry is not None
        assert (entry.kind, entry.reason) == ("objection-answered", "It is the same.")
        assert objected_groups(edition) == []
        assert made.undone is None

    def test_a_second_objection_ends_it(
        self, edition: Edition, group: Group, parted: Merge, other: Actor, facilitator: Actor
    ) -> None:
        made = again(other, edition, group.lead, group.first, answer="It is the same.")
        object_to_merge(group.author(1), edition, made, group.first.number, reason="No.", now=LATER)
        assert objected_groups(edition) == []
        third = the_actor(a_role(an_account("Zoe"), Role.FACILITATOR, edition))
        with pytest.raises(Conflict, match="twice"):
            again(third, edition, group.lead, group.first, answer="But it is.")
        with pytest.raises(Conflict, match="twice"):
            again(third, edition, group.first, group.lead, answer="The other way round.")

    def test_one_who_came_with_the_parted_is_free_elsewhere(
        self, edition: Edition, group: Group, parted: Merge, facilitator: Actor
    ) -> None:
        elsewhere = a_proposal(edition)
        again(facilitator, edition, elsewhere, group.first)
        assert group.first.lead_id == elsewhere.id

    def test_facilitators_may_leave_them_apart(
        self, edition: Edition, group: Group, parted: Merge, facilitator: Actor
    ) -> None:
        (found,) = objected_groups(edition)
        leave_apart(facilitator, edition, found.objection, now=LATER)
        assert (objected_groups(edition), kinds()[-1]) == ([], "objection-followed")
        with pytest.raises(Conflict):
            leave_apart(facilitator, edition, found.objection, now=LATER)


def test_an_undone_merge_takes_no_objection(
    edition: Edition, group: Group, merge: Merging, facilitator: Actor
) -> None:
    made = merge(group.lead, group.first)
    undo_merge(facilitator, made, reason="", now=LATER)
    with pytest.raises(Conflict, match="undone"):
        object_to_merge(group.author(1), edition, made, group.first.number, reason="No.", now=LATER)


def test_an_objection_outlives_the_account_of_its_author(
    edition: Edition, group: Group, merge: Merging
) -> None:
    made = merge(group.lead, group.first)
    objection = object_to_merge(group.author(1), edition, made, group.first.number, reason="No.", now=LATER)
    db.session.execute(delete(Account).where(Account.id == group.people[1].id))
    db.session.commit()
    db.session.refresh(objection)
    assert (objection.account_id, [each.left.id for each in objected_groups(edition)]) == (
        None,
        [group.first.id],
    )
