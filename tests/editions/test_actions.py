"""Making editions, and moving their phases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from roadmap.core.errors import Closed, Conflict, Invalid, Refused
from roadmap.core.permit import permit
from roadmap.domain.phases import Period, Phase, Verb
from roadmap.domain.policy import Role
from roadmap.editions.actions import change_phases, create_edition
from roadmap.editions.announcements import announcements_of
from roadmap.editions.queries import facts_of, find_current_edition, periods_of, questions_of
from roadmap.editions.seed_file import read_seed
from roadmap.log.queries import newest_of
from tests.factories import DAY, NOW, a_role, an_account, an_edition, the_actor


def test_the_seed_edition_has_its_four_questions_in_their_exact_words(app: Flask) -> None:
    edition = create_edition(read_seed("2026"), now=NOW)
    assert [question.text["en"] for question in questions_of(edition)] == [
        "How could international solidarity be described today? What forms does it take nowadays?",
        "What are the strengths of the current forms of international solidarity? Are they truly impactful?",
        "What are the effective frameworks and tools out there today to sustain solidarity efforts and what are"
        " the key principles for success?",
        "Who are the main and most influential international solidarity agents and how could their efforts for a"
        " more equal, just, and sustainable world be better supported?",
    ]


def test_the_first_edition_becomes_the_current_one(app: Flask) -> None:
    edition = create_edition(read_seed("2026"), now=NOW)
    assert find_current_edition() is edition


def test_an_edition_is_not_made_twice(app: Flask) -> None:
    create_edition(read_seed("2026"), now=NOW)
    with pytest.raises(Conflict):
        create_edition(read_seed("2026"), now=NOW)


@pytest.mark.parametrize("slug", ["about", "me", "fr", "links", "two words", "ä"])
def test_a_slug_that_would_break_the_addresses_is_refused(app: Flask, slug: str) -> None:
    with pytest.raises(Invalid):
        create_edition(replace(read_seed("2026"), slug=slug), now=NOW)


def test_only_organisers_move_phases(app: Flask) -> None:
    edition = an_edition()
    facilitator = the_actor(a_role(an_account(), Role.FACILITATOR, edition))
    with pytest.raises(Refused):
        change_phases(facilitator, edition, [Period(Phase.VOTING, NOW)], reason="", now=NOW)


def test_moving_the_end_of_open_voting_needs_a_reason(app: Flask) -> None:
    edition = an_edition()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    moved = [Period(Phase.VOTING, NOW - 20 * DAY, NOW + 2 * DAY)]
    with pytest.raises(Invalid) as refusal:
        change_phases(organiser, edition, moved, reason=" ", now=NOW)
    assert list(refusal.value.errors) == ["reason"]
    assert len(periods_of(edition)) == 5


def test_a_moved_end_is_announced_and_logged(app: Flask) -> None:
    edition = an_edition()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    moved = [Period(Phase.VOTING, NOW - 20 * DAY, NOW + 2 * DAY)]
    change_phases(organiser, edition, moved, reason="A storm cut the lines.", now=NOW)
    assert periods_of(edition) == tuple(moved)
    assert announcements_of(edition, NOW)[-1].reason == "A storm cut the lines."
    assert [(entry.kind, entry.reason) for entry in newest_of(edition.id, 5)] == [
        ("phase-change", "A storm cut the lines.")
    ]


def test_a_phase_cannot_end_before_it_begins(app: Flask) -> None:
    edition = an_edition()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    with pytest.raises(Invalid) as refusal:
        change_phases(
            organiser, edition, [Period(Phase.FORUM, NOW, NOW - timedelta(hours=1))], reason="x", now=NOW
        )
    assert list(refusal.value.errors) == ["forum"]


def test_saving_without_a_change_leaves_no_entry_in_the_log(app: Flask) -> None:
    edition = an_edition()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    change_phases(organiser, edition, list(periods_of(edition)), reason="", now=NOW)
    assert newest_of(edition.id, 5) == []


def test_a_closed_verb_names_when_it_closed(app: Flask) -> None:
    edition = an_edition(phases={"voting": (NOW - 9 * DAY, NOW)})
    with app.test_request_context("/en/"), pytest.raises(Closed) as refusal:
        permit(the_actor(an_account()), Verb.VOTE, facts_of(edition, NOW), time_zone="Europe/Lisbon")
    assert refusal.value.message == (
        "Voting closed on 1 September 2026, 13:00 (Lisbon time). Your vote was not recorded."
    )
