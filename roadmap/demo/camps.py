"""Invented votes of invented people: three camps, uneven exposure, a pure function of a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmap.demo.content import MINUTES_A_DAY, Content

SEED = 2034
PARTICIPANTS = 400
GUEST_SHARE = 0.08
FEWEST_VOTES, MOST_VOTES = 7, 30
VOTING_MINUTES = 21 * MINUTES_A_DAY
# The youngest sitting ends before now even with the most votes in it.
YOUNGEST_SITTING = 40
MINUTES_A_VOTE = 0.8
OPENING_RUSH, RUSH_MINUTES = 0.35, 3 * MINUTES_A_DAY
COME_BACK, VOTE_AT_ONCE = 0.4, 0.6
UNEVEN_EXPOSURE = 0.3
# People who meet a proposal twice in other words mostly answer alike.
ANSWER_ANEW = 0.12
ROUTED = 0.7

Booleans = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Crowd:
    """The participants, one row each.

    `camp`: index into `Content.camps`; `stakeholder`: index into `content.STAKEHOLDERS`; `country`: M49
    code, 0 where not stated; `language`: code; `guest`: has no account, so their votes are not counted;
    `arrived`, `returned`: minutes before now of their two sittings, equal for most people.
    """

    camp: npt.NDArray[np.int8]
    stakeholder: npt.NDArray[np.int8]
    country: npt.NDArray[np.int16]
    language: npt.NDArray[np.str_]
    guest: Booleans
    arrived: Integers
    returned: Integers


@dataclass(frozen=True, eq=False)
class Votes:
    """Votes, one row each, oldest first, at most one per person and proposal.

    `person`: row of `crowd`; `proposal`: index into `Content.proposals`; `choice`: 1 agree, -1 disagree,
    0 pass; `minutes`: before now, at least 1; `routed`: the server drew the proposal, else `direct`.
    """

    crowd: Crowd
    person: npt.NDArray[np.int32]
    proposal: npt.NDArray[np.int32]
    choice: npt.NDArray[np.int8]
    minutes: npt.NDArray[np.int32]
    routed: Booleans


@dataclass(frozen=True, eq=False)
class Shown:
    """Which person answers which proposal, and in which turn (0, 1, ...): columns of one length."""

    person: Integers
    proposal: Integers
    turn: Integers


def votes(
    content: Content, participants: int = PARTICIPANTS, *, seed: int = SEED, guests: float = GUEST_SHARE
) -> Votes:
    """Votes of so many participants, of whom the share `guests` has no account.

    Memory grows with participants times proposals: about 100 MB for 20,000. Raises ValueError for
    fewer than one participant or a share outside 0 to 1.
    """
    if participants < 1:
        raise ValueError("at least one participant is needed")
    if not 0 <= guests <= 1:
        raise ValueError("the share of guests must lie between 0 and 1")
    random = np.random.default_rng(seed)
    crowd = _crowd(content, participants, guests, random)
    shown = _shown(content, crowd, random)
    choice = _choices(content, crowd, shown, random)
    minutes = _times(content, crowd, shown, random)
    routed = random.random(len(shown.person)) < ROUTED
    order = np.lexsort((shown.turn, shown.person, -minutes))
    return Votes(
        crowd,
        shown.person[order].astype(np.int32),
        shown.proposal[order].astype(np.int32),
        choice[order],
        minutes[order].astype(np.int32),
        routed[order],
    )


def _crowd(content: Content, participants: int, guests: float, random: np.random.Generator) -> Crowd:
    camp = _split(participants, [camp.share for camp in content.camps])
    # Every n-th in the order of camps, so that each camp has its share of guests.
    guest = np.diff(np.floor(np.arange(participants + 1) * guests + 0.5)) > 0
    shuffled = random.permutation(participants)
    camp, guest = camp[shuffled], guest[shuffled]
    stakeholder = _drawn(np.array([camp.stakeholders for camp in content.camps])[camp], random)
    weights = np.array([country.weight for country in content.countries], dtype=np.float64)
    home = random.choice(len(weights), size=participants, p=weights / weights.sum())
    arrived, returned = _sittings(participants, random)
    return Crowd(
        camp=camp.astype(np.int8),
        stakeholder=stakeholder.astype(np.int8),
        country=np.array([country.country for country in content.countries], dtype=np.int16)[home],
        language=np.array([country.language for country in content.countries])[home],
        guest=guest,
        arrived=arrived,
        returned=returned,
    )


def _split(participants: int, shares: list[float]) -> Integers:
    """The camp of each participant, camp by camp, sizes within one of the shares."""
    ends = np.rint(np.cumsum(shares) * participants).astype(np.int64)
    return np.repeat(np.arange(len(shares)), np.diff(ends, prepend=0))


def _drawn(shares: Floats, random: np.random.Generator) -> Integers:
    """One column per row of `shares` (rows, columns), drawn with those shares."""
    reached = random.random(len(shares))[:, None] * shares.sum(axis=1, keepdims=True)
    return np.asarray((reached >= np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1))


def _sittings(participants: int, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Minutes before now of the first and second sitting: a rush at the opening, then a steady stream."""
    steady = random.uniform(YOUNGEST_SITTING, VOTING_MINUTES, participants)
    rush = VOTING_MINUTES - random.exponential(RUSH_MINUTES, participants)
    arrived = np.where(random.random(participants) < OPENING_RUSH, rush, steady)
    arrived = np.maximum(arrived, YOUNGEST_SITTING)
    later = random.uniform(YOUNGEST_SITTING, arrived)
    returned = np.where(random.random(participants) < COME_BACK, later, arrived)
    return arrived.astype(np.int64), returned.astype(np.int64)


def _shown(content: Content, crowd: Crowd, random: np.random.Generator) -> Shown:
    people, proposals = len(crowd.camp), len(content.proposals)
    span = MOST_VOTES - FEWEST_VOTES
    wanted = FEWEST_VOTES + np.rint(span * random.beta(2.4, 1.1, people)).astype(np.int64)
    exposure = np.log([proposal.exposure for proposal in content.proposals])
    exposure = exposure + random.normal(0, UNEVEN_EXPOSURE, proposals)
    # The largest keys are a draw without replacement, weighed by exposure.
    keys = np.asarray(exposure + random.gumbel(size=(people, proposals)))
    whole = np.arange(proposals)[None, :]
    at_all = _open(content, crowd.arrived[:, None], whole) | _open(content, crowd.returned[:, None], whole)
    keys[~at_all] = -np.inf
    for column, proposal in enumerate(content.proposals):
        if proposal.seen_by is not None:
            keys[:, column] = _few(keys[:, column], proposal.seen_by * min(1, people / PARTICIPANTS))
    ranked = np.argsort(-keys, axis=1, kind="stable")[:, :MOST_VOTES]
    person, turn = np.nonzero(np.arange(ranked.shape[1])[None, :] < wanted[:, None])
    answered = keys[person, ranked[person, turn]] > -np.inf
    person, turn = person[answered], turn[answered]
    return Shown(person, ranked[person, turn], turn)


def _open(content: Content, minutes: Integers, proposal: Integers) -> Booleans:
    """Whether a proposal can be voted on in a sitting that begins so long before now.

    It has to be published, and not merged into another before the sitting ends.
    """
    published = np.array([proposal.minutes for proposal in content.proposals])
    closed = np.zeros(len(content.proposals), dtype=np.int64)
    place = {proposal.key: index for index, proposal in enumerate(content.proposals)}
    for merge in content.merges:
        if merge.state == "merged":
            closed[[place[source] for source in merge.sources]] = merge.minutes + YOUNGEST_SITTING
    return np.asarray((published[proposal] > minutes) & (minutes > closed[proposal]))


def _few(keys: Floats, number: float) -> Floats:
    """Keys that show a proposal to so many of those it was open to, and to nobody else."""
    first = np.argsort(-keys, kind="stable")[: round(number)]
    first = first[keys[first] > -np.inf]
    few = np.full_like(keys, -np.inf)
    few[first] = np.inf
    return few


def _choices(
    content: Content, crowd: Crowd, shown: Shown, random: np.random.Generator
) -> npt.NDArray[np.int8]:
    """What each person answers: by the stance of their camp, alike on proposals that say the same."""
    stances = np.array([proposal.camps for proposal in content.proposals])
    agree, disagree, _ = stances[shown.proposal, crowd.camp[shown.person]].T
    moods = random.random((len(crowd.camp), len(content.proposals)))
    mood = moods[shown.person, _alike(content)[shown.proposal]]
    anew = random.random(len(mood)) < ANSWER_ANEW
    mood = np.where(anew, random.random(len(mood)), mood)
    choice = np.where(mood < agree, 1, np.where(mood < agree + disagree, -1, 0))
    return np.asarray(choice, dtype=np.int8)


def _alike(content: Content) -> Integers:
    """For each proposal the index of the one it says the same as: its lead, else itself."""
    place = {proposal.key: index for index, proposal in enumerate(content.proposals)}
    same = np.arange(len(content.proposals))
    for merge in content.merges:
        same[[place[source] for source in merge.sources]] = place[merge.lead]
    return same


def _times(content: Content, crowd: Crowd, shown: Shown, random: np.random.Generator) -> Integers:
    """Minutes before now of each vote, in one of the sittings in which the proposal was open."""
    arrived, returned = crowd.arrived[shown.person], crowd.returned[shown.person]
    at_once = random.random(len(shown.person)) < VOTE_AT_ONCE
    first = _open(content, arrived, shown.proposal) & (at_once | ~_open(content, returned, shown.proposal))
    later = np.floor(shown.turn * MINUTES_A_VOTE).astype(np.int64)
    return np.asarray(np.where(first, arrived, returned) - later)
