"""An edition with a crowd of voters, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from roadmap.core import clock
from roadmap.core.db import db, to_microseconds
from roadmap.domain.ranking import ORIGINS, Snapshot
from roadmap.proposals.models import Proposal

AT_ONCE = 500_000
TRIGGERS = ("votes_insert", "votes_update", "votes_delete")


def fill(edition: int, questions: list[int], votes: Snapshot, *, answers_only: bool = False) -> None:
    """Write proposals, accounts, what people declare, their votes with events and impressions, as they would stand.

    The tallies are summed up once at the end. `answers_only` leaves out events and impressions.
    """
    driver: Any = db.session.connection().connection.driver_connection
    now = to_microseconds(clock.now())
    for trigger in TRIGGERS:
        driver.execute(f"DROP TRIGGER {trigger}")
    db.session.add_all(
        Proposal(
            id=number, edition_id=edition, question_id=questions[number % len(questions)], number=number,
            title="Share it", text="Share it", html="<p>Share it</p>", language="en", author_line="none",
            made=clock.now(), changed=clock.now(),
        )
        for number in votes.number.tolist()
    )  # fmt: skip
    db.session.flush()
    _people(driver, edition, votes.people, now)
    for begin in range(0, votes.votes, AT_ONCE):
        part = list(_answers(votes, begin))
        driver.executemany(
            "INSERT INTO votes (voter_id, proposal_id, pool, choice, origin, revision, sequence)"
            " VALUES (?, ?, 'account', ?, ?, 1, ?)",
            part,
        )
        if not answers_only:
            driver.executemany(
                "INSERT INTO vote_events (voter_id, proposal_id, revision, choice, origin, id, at)"
                f" VALUES (?, ?, 1, ?, ?, ?, {now})",
                part,
            )
            driver.executemany(
                "INSERT INTO impressions (voter_id, question_id, proposal_id, draw, probability, policy, language,"
                f" answered, at) VALUES (?, ?, ?, ?, 0.01, 'uniform', 'en', 1, {now})",
                [
                    (who, questions[what % len(questions)], what, what)
                    for who, what, _, origin, _ in part
                    if origin == "routed"
                ],
            )
    driver.execute(
        "INSERT INTO tallies (proposal_id, pool, agree, disagree, passed, version) SELECT proposal_id, pool,"
        " sum(choice = 1), sum(choice = -1), sum(choice = 0), count(*) FROM votes GROUP BY proposal_id, pool"
    )
    db.session.commit()


def _people(driver: Any, edition: int, count: int, now: int) -> None:
    people = range(1, count + 1)
    for statement, rows in (
        (
            "INSERT INTO accounts (id, email, email_key, name, name_key, language, time_zone, confirmed, active,"
            " totp_step, made) VALUES (?, ?, ?, '', '', 'en', '', ?, 1, 0, ?)",
            ((each, f"p{each}@example.org", f"p{each}@example.org", now, now) for each in people),
        ),
        (
            "INSERT INTO voters (id, kind, account_id, made, device) VALUES (?, 'account', ?, ?, '')",
            ((each, each, now) for each in people),
        ),
        (
            "INSERT INTO declarations (voter_id, edition_id, stakeholder_group, country, made)"
            " VALUES (?, ?, 'civil-society', 'PT', ?)",
            ((each, edition, now) for each in people),
        ),
    ):
        driver.executemany(statement, rows)


def _answers(votes: Snapshot, begin: int) -> Iterator[tuple[int, int, int, str, int]]:
    part = slice(begin, begin + AT_ONCE)
    person, number = (votes.person[part] + 1).tolist(), votes.number[votes.item[part]].tolist()
    origin = [ORIGINS[each] for each in votes.origin[part].tolist()]
    sequence = range(begin + 1, begin + 1 + len(person))
    return zip(person, number, votes.choice[part].tolist(), origin, sequence, strict=True)
