"""The figures by which the deck draws, kept in the process and looked up again each minute or 200 votes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import text

from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.domain.ranking import STAKEHOLDERS, Method, scores
from roadmap.domain.ranking.arrays import Integers
from roadmap.domain.ranking.routing import chances, closeness, weights
from roadmap.editions.models import Edition
from roadmap.votes import pulse
from roadmap.votes.ballots import Figures as Counts
from roadmap.votes.queries import figures_of

LIFE, VOTES = timedelta(minutes=1), 200
"""After this time, or so many votes in this process, the figures are looked up again."""
METHOD = Method()

_OPEN = """
SELECT p.id, p.question_id, (SELECT count(*) FROM
  (SELECT 1 FROM impressions i WHERE i.proposal_id = p.id AND i.answered LIMIT :enough) given)
FROM proposals p WHERE p.edition_id = :edition AND p.state = 'published' AND p.lead_id IS NULL
"""
_BY_GROUP = """
SELECT v.proposal_id, CASE WHEN d.stakeholder_group = 'civil-society' THEN 'civil-society'
    WHEN d.stakeholder_group = 'decision-maker' AND d.confirmed IS NOT NULL THEN 'decision-maker' ELSE 'public' END,
  count(*)
FROM votes v JOIN proposals p ON p.id = v.proposal_id
  LEFT JOIN declarations d ON d.voter_id = v.voter_id AND d.edition_id = p.edition_id
WHERE p.edition_id = :edition AND v.choice IS NOT NULL GROUP BY 1, 2
"""
_GROUP = (
    "SELECT stakeholder_group, confirmed FROM declarations WHERE voter_id = :voter AND edition_id = :edition"
)


@dataclass(frozen=True)
class Figures:
    """Weights of an edition's open proposals, by stakeholder group ("" for all) and proposal.

    `new` is the weight of a proposal that came after the figures were looked up, by question.
    """

    weight: dict[str, dict[int, float]]
    new: dict[int, float]
    at: datetime
    beats: int

    def stale(self, edition: int, now: datetime) -> bool:
        """Whether to look them up again."""
        return not self.at <= now < self.at + LIFE or pulse.beats(edition) >= self.beats + VOTES

    def chances(self, proposals: Sequence[int], question: int, group: str) -> list[float]:
        """The probability of each of these proposals of a question, for a reader of this group."""
        known, new = self.weight[group], self.new.get(question, 1.0)
        found = chances([known.get(each, new) for each in proposals], METHOD.eps)
        return [float(each) for each in found]


class Board:
    """The figures of each edition. They are looked up beside the pages, which draw by those before until then."""

    def __init__(self, beside: Callable[[Callable[[], None]], None]) -> None:
        """`beside` runs what it is given, at once or in a thread, with a session of the database."""
        self._beside = beside
        self._figures: dict[int, Figures] = {}
        self._looking = threading.Lock()

    def figures(self, edition: Edition, now: datetime) -> Figures | None:
        """The newest figures; None as long as they were never looked up."""
        identifier = edition.id
        found = self._figures.get(identifier)
        if (found is None or found.stale(identifier, now)) and self._looking.acquire(blocking=False):
            self._beside(lambda: self._look(identifier, now))
        return self._figures.get(identifier)

    def _look(self, identifier: int, now: datetime) -> None:
        try:
            self._figures[identifier] = look_up(db.session.get_one(Edition, identifier), now)
        finally:
            self._looking.release()


def group_of(actor: Actor, edition: Edition) -> str:
    """The group whose answers decide for this reader: their own where groups weigh alike, else that of all."""
    if edition.method != "equal-groups":
        return ""
    row = db.session.execute(text(_GROUP), {"voter": actor.voter, "edition": edition.id}).first()
    known = row is not None and row[0] in STAKEHOLDERS and (row[0] != "decision-maker" or row[1] is not None)
    return str(row[0]) if row is not None and known else "public"


def look_up(edition: Edition, now: datetime) -> Figures:
    """From the tallies: at most one row per proposal and pool, never the votes, unless groups weigh alike."""
    beats = pulse.beats(edition.id)
    values = {"edition": edition.id, "enough": METHOD.guard_min_routed}
    rows = [tuple(row) for row in db.session.execute(text(_OPEN), values)]
    counts = figures_of(edition, [row[0] for row in rows])
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    questions = np.array([row[1] for row in rows], dtype=np.int64)
    tally = _tally([counts.get(row[0], Counts()) for row in rows])
    given = _given(tally.sum(axis=0), np.array([row[2] for row in rows], dtype=np.int64))
    answers = {"": given} if edition.method != "equal-groups" else _by_group(edition, ids, given)
    average = scores.estimate(tally[:, tally.sum(axis=0) > 0], METHOD)
    weight: dict[str, dict[int, float]] = {group: {} for group in answers}
    new: dict[int, float] = {}
    for question in np.unique(questions).tolist():
        here = np.flatnonzero(questions == question)
        close = closeness(tally[:, here], METHOD, average)
        new[question] = float(weights([0], [close.unknown], METHOD)[0])
        for group, number in answers.items():
            found = weights(number[here], close.near, METHOD, groups=len(answers))
            weight[group].update(zip(ids[here].tolist(), found.tolist(), strict=True))
    return Figures(weight, new, now, beats)


def _tally(counts: list[Counts]) -> Integers:
    rows = [[each.agree, each.disagree, each.passed] for each in counts]
    return np.array(rows, dtype=np.int64).reshape(-1, 3).T


def _given(answers: Integers, routed: Integers) -> Integers:
    """Answers that a proposal has no need of. Below ten that were given at random, only those count here.

    So what waits for its tenth comes forward, however many picked it themselves.
    """
    return np.where(routed < METHOD.guard_min_routed, np.minimum(routed, answers), answers)


def _by_group(edition: Edition, ids: Integers, given: Integers) -> dict[str, Integers]:
    place = {proposal: at for at, proposal in enumerate(ids.tolist())}
    found = {group: np.zeros(len(ids), dtype=np.int64) for group in STAKEHOLDERS}
    for proposal, group, number in db.session.execute(text(_BY_GROUP), {"edition": edition.id}):
        if proposal in place:
            found[group][place[proposal]] = number
    return {group: np.minimum(number, given) for group, number in found.items()}
