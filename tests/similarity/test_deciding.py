"""Facilitators decide that proposals are related, or not the same; in public, and never for good."""

import pytest

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.log.phrases import line
from roadmap.proposals.models import Proposal
from roadmap.similarity import queries
from roadmap.similarity.actions import decide_group, decide_pair, undo_decision
from roadmap.similarity.models import LikelyPair
from tests.factories import DAY, NOW, a_role, an_account, the_actor


def decisions() -> list[tuple[int, int, str | None]]:
    rows = db.session.query(LikelyPair).order_by(LikelyPair.a_id, LikelyPair.b_id)
    return [(row.a_id, row.b_id, row.decision) for row in rows]


def logged() -> list[tuple[str, dict[str, object], str]]:
    return [
        (row.kind, row.facts, row.reason) for row in db.session.query(LogEntry).order_by(LogEntry.position)
    ]


def test_a_decision_is_stored_with_who_and_when(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    pair = decide_pair(facilitator, edition, 2, 1, decision="related", now=NOW)
    assert (pair.decision, pair.decided_by, pair.decided) == ("related", facilitator.account, NOW)


def test_a_group_is_decided_with_the_pairs_that_nobody_found(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    decide_group(facilitator, edition, [1, 2, 3], decision="different", now=NOW)
    one, two, three = (each.id for each in alike)
    assert decisions() == [(one, two, "different"), (one, three, "different"), (two, three, "different")]


def test_it_stands_in_the_public_log(edition: Edition, facilitator: Actor, alike: list[Proposal]) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", reason="One is about towns.", now=NOW)
    assert logged() == [("pair-different", {"numbers": [1, 2]}, "One is about towns.")]


def test_the_log_tells_it_in_a_sentence() -> None:
    assert line("pair-related", {"numbers": [1, 2]}) == "Proposals were linked as related: No. 1, 2."


def test_it_can_be_taken_back(edition: Edition, facilitator: Actor, alike: list[Proposal]) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", now=NOW)
    undo_decision(facilitator, edition, [1, 2], now=NOW)
    assert ([kind for kind, _facts, _reason in logged()], len(queries.groups_of(edition))) == (
        ["pair-different", "pair-undecided"],
        1,
    )


def test_taking_back_leaves_nothing_of_a_pair_that_nobody_found(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    before = decisions()
    decide_group(facilitator, edition, [1, 2, 3], decision="related", now=NOW)
    undo_decision(facilitator, edition, [1, 2, 3], now=NOW)
    assert decisions() == before


def test_it_cannot_be_taken_back_twice(edition: Edition, facilitator: Actor, alike: list[Proposal]) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", now=NOW)
    undo_decision(facilitator, edition, [1, 2], now=NOW)
    with pytest.raises(Conflict):
        undo_decision(facilitator, edition, [1, 2], now=NOW)


def test_a_later_decision_replaces_the_earlier_one(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    for decision in ("different", "related"):
        decide_pair(facilitator, edition, 1, 2, decision=decision, now=NOW)
    assert [decision for _a, _b, decision in decisions()] == ["related"]


def test_a_text_that_changed_since_it_was_read_is_no_text_to_decide_about(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    alike[1].revision = 2
    db.session.commit()
    with pytest.raises(Conflict, match=r"No\. 2 was changed meanwhile"):
        decide_pair(facilitator, edition, 1, 2, decision="related", revisions={1: 1, 2: 1}, now=NOW)


@pytest.mark.parametrize("role", [None, Role.TRANSLATOR])
def test_others_do_not_decide(edition: Edition, alike: list[Proposal], role: Role | None) -> None:
    person = an_account("Other")
    actor = the_actor(a_role(person, role, edition, ["fr"]) if role else person)
    with pytest.raises(Refused):
        decide_pair(actor, edition, 1, 2, decision="related", now=NOW)


def test_a_guest_does_not_decide(edition: Edition, alike: list[Proposal]) -> None:
    with pytest.raises(Refused):
        decide_pair(GUEST, edition, 1, 2, decision="related", now=NOW)


def test_nothing_is_decided_after_drafting(
    edition: Edition, facilitator: Actor, alike: list[Proposal]
) -> None:
    with pytest.raises(Closed):
        decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW + 61 * DAY)


@pytest.mark.parametrize("numbers", [[], [1], [1, 1]])
def test_one_proposal_is_no_pair(
    edition: Edition, facilitator: Actor, alike: list[Proposal], numbers: list[int]
) -> None:
    with pytest.raises(Invalid):
        decide_group(facilitator, edition, numbers, decision="related", now=NOW)


def test_an_unknown_decision_is_refused(edition: Edition, facilitator: Actor, alike: list[Proposal]) -> None:
    with pytest.raises(Invalid):
        decide_pair(facilitator, edition, 1, 2, decision="merge", now=NOW)


def test_an_unknown_number_is_not_found(edition: Edition, facilitator: Actor, alike: list[Proposal]) -> None:
    with pytest.raises(NotFound):
        decide_pair(facilitator, edition, 1, 99, decision="related", now=NOW)


def test_a_hidden_proposal_is_not_decided_about(
    edition: Edition, facilitator: Actor, author: Account, alike: list[Proposal]
) -> None:
    alike[1].state = "hidden"
    db.session.commit()
    with pytest.raises(Conflict, match=r"No\. 2 is not published"):
        decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW)
