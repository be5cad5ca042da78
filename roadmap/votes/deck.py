"""The deck: which proposal comes next for a reader, drawn so that looking again draws the same."""

import hmac
import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import text

from roadmap.core.db import db, to_microseconds
from roadmap.domain.policy import Actor
from roadmap.domain.ranking.routing import UNIFORM_EACH
from roadmap.domain.reading import is_read
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import by_ids, find_proposal
from roadmap.votes.ballots import Ballot
from roadmap.votes.impressions import ADAPTIVE, ASKED_AGAIN, TAKES_UP, UNIFORM, Drawn
from roadmap.votes.queries import ballots_of
from roadmap.votes.routing import Board, Figures, group_of

ROUND = 20
"""After so many answers the deck pauses, and offers to keep the votes."""

_VOTED_ON = """(
    EXISTS (SELECT 1 FROM votes o WHERE o.voter_id = :voter AND o.proposal_id = {older} AND o.choice IS NOT NULL)
    OR EXISTS (SELECT 1 FROM effective_votes e WHERE e.voter_id = :voter AND e.lead_id = {older}
      AND (e.choice IS NOT NULL OR e.conflict)))"""
_OPEN = """
SELECT p.id, p.question_id, v.sequence, f.conflict, v.choice, f.choice, p.number,
  COALESCE(k.times, 0),
  EXISTS (SELECT 1 FROM built_on b WHERE b.proposal_id = p.id AND {on_base}),
  EXISTS (SELECT 1 FROM split_parts s WHERE s.part_id = p.id AND s.ended IS NULL AND {on_original}),
  p.language
FROM proposals p LEFT JOIN votes v ON v.voter_id = :voter AND v.proposal_id = p.id
  LEFT JOIN effective_votes f ON f.lead_id = p.id AND f.voter_id = :voter
  LEFT JOIN (SELECT i.proposal_id, count(*) AS times FROM impressions i
    WHERE i.voter_id = :voter AND NOT i.answered GROUP BY i.proposal_id) k ON k.proposal_id = p.id
WHERE p.edition_id = :edition AND p.state = 'published' AND p.lead_id IS NULL
  AND (p.author_id IS NULL OR p.author_id <> :account)
ORDER BY p.number
"""
_OPEN = _OPEN.replace("{on_base}", _VOTED_ON.replace("{older}", "b.older_id"))
_OPEN = _OPEN.replace("{on_original}", _VOTED_ON.replace("{older}", "s.original_id"))
_DRAWS = "SELECT i.question_id, count(*) FROM impressions i WHERE i.voter_id = :voter GROUP BY i.question_id"


@dataclass(frozen=True)
class Card:
    """An open proposal as the deck sees it; `skipped` counts how often the reader passed it over.

    `takes_up` tells that it takes up one on which the reader has voted: it was built on it, or is a `part` of it
    since a split.
    """

    proposal: int
    question: int
    number: int
    skipped: int
    asked_again: bool
    takes_up: bool = False
    part: bool = False
    language: str = ""

    def comes_to(self, reads: tuple[str, ...]) -> bool:
        """Whether somebody who reads these languages is asked about it.

        What the reader's own votes lead to is asked in any language: their contradiction, and the parts of what
        they voted on.
        """
        return self.asked_again or self.part or is_read(self.language, reads)


@dataclass(frozen=True)
class Hand:
    """What the deck holds for a reader: the proposal to show (None: nothing is left), and how far they are.

    `drawn` is what the form has to carry, None where nothing was drawn: for a reader without a key. `fresh` tells
    that the proposal was not skipped before. `answered` and `left` count proposals of the deck, `elsewhere` those
    left in languages that the reader does not read. `written` are the languages of all that is open in the edition.
    """

    proposal: int | None
    drawn: Drawn | None
    answered: int
    left: int
    fresh: bool
    elsewhere: int = 0
    written: frozenset[str] = frozenset()

    @property
    def goal(self) -> int:
        """Where the present round ends: a multiple of 20, or sooner where there are no more."""
        return min((self.answered // ROUND + 1) * ROUND, self.answered + self.left)


def hand_for(
    actor: Actor,
    edition: Edition,
    question: int | None,
    *,
    secret: str,
    language: str,
    board: Board | None = None,
    now: datetime,
    passed: int = 0,
) -> Hand:
    """Draw for the reader among the open proposals of a question (by id), or of all of them.

    Those in languages that they do not read are left out, unless their own votes lead to them.
    Whoever is asked again is asked first; then comes what takes up a proposal they voted on. `passed` counts what
    a reader without a key has skipped.
    The figures of the `board` say which proposals need answers, without one all are alike; each seventh draw is
    uniform.
    """
    every = _open_rows(actor, edition)
    rows = [row for row in every if question is None or row[1] == question]
    unanswered = _unanswered(rows)
    cards = [card for card in unanswered if card.comes_to(actor.reads)]
    answered = sum(1 for row in rows if not row[3] and (row[4] is not None or row[5] is not None))
    written = frozenset(str(row[10]) for row in every)
    nothing = Hand(None, None, answered, len(cards), False, len(unanswered) - len(cards), written)
    draws = _draws(actor)
    pile = _pile(cards, draws)
    if not pile:
        return nothing
    count = draws[pile[0].question]
    who = f"voter {actor.voter}" if actor.voter is not None else f"new {now:%Y-%m-%dT%H}"
    policy = UNIFORM if count % UNIFORM_EACH == UNIFORM_EACH - 1 else ADAPTIVE
    policy = ASKED_AGAIN if pile[0].asked_again else TAKES_UP if pile[0].takes_up else policy
    figures = board.figures(edition, now) if board and policy == ADAPTIVE and len(pile) > 1 else None
    chance = _chances(pile, figures, group_of(actor, edition) if figures else "")
    in_turn = sorted(pile, key=lambda card: _wait(_lot(secret, who, card, count), chance[card.proposal]))
    chosen = in_turn[0 if actor.voter is not None else passed % len(in_turn)]
    drawn = None
    if actor.voter is not None:
        drawn = Drawn(
            actor.voter, chosen.question, chosen.proposal, count, chance[chosen.proposal], policy, language,
            to_microseconds(now),
        )  # fmt: skip
    return replace(nothing, proposal=chosen.proposal, drawn=drawn, fresh=chosen.skipped == 0)


@dataclass(frozen=True)
class Deck:
    """What the deck's page shows: the proposal and its ballot, how far the reader is, and what was saved before.

    `proposal` is None where nothing is left. `saved` is the ballot that was just answered, None without one.
    """

    hand: Hand
    proposal: Proposal | None
    question: GuidingQuestion | None
    ballot: Ballot | None
    drawn: Drawn | None
    saved: Ballot | None


def deck_of(edition: Edition, actor: Actor, hand: Hand, *, saved: int, again: int, now: datetime) -> Deck:
    """The hand with all that is shown of it. `again` puts the number whose vote was taken back on top."""
    chosen = hand.proposal
    top = find_proposal(edition, again) if again else None
    if top is not None and top.state == "published" and top.lead_id is None:
        chosen = top.id
    before = find_proposal(edition, saved) if saved else None
    before = before if before is not None and before.state == "published" else None
    found = by_ids(each for each in (chosen, before.id if before else None) if each is not None)
    ballots = ballots_of(list(found.values()), actor, edition, now)
    proposal = found.get(chosen) if chosen is not None else None
    return Deck(
        hand=hand,
        proposal=proposal,
        question=db.session.get(GuidingQuestion, proposal.question_id) if proposal else None,
        ballot=ballots[proposal.id] if proposal else None,
        drawn=hand.drawn if proposal is not None and chosen == hand.proposal else None,
        saved=ballots[before.id] if before is not None and ballots[before.id].choice else None,
    )


def _open_rows(actor: Actor, edition: Edition) -> list[tuple[Any, ...]]:
    values = {"edition": edition.id, "voter": actor.voter, "account": actor.account or 0}
    return [tuple(row) for row in db.session.execute(text(_OPEN), values)]


def _unanswered(rows: list[tuple[Any, ...]]) -> list[Card]:
    return [
        Card(
            row[0], row[1], row[6], row[7], asked_again=bool(row[3]), takes_up=bool(row[8] or row[9]),
            part=bool(row[9]), language=row[10],
        )
        for row in rows
        if row[3] or (row[2] is None and row[3] is None)
    ]  # fmt: skip


def _draws(actor: Actor) -> Counter[int]:
    if actor.voter is None:
        return Counter()
    return Counter({row[0]: row[1] for row in db.session.execute(text(_DRAWS), {"voter": actor.voter})})


def _pile(cards: list[Card], draws: Counter[int]) -> list[Card]:
    """The cards among which is drawn: those skipped least, of one question.

    Before them come, one by one, those asked again, and then those that take up what the reader has voted on.
    """
    if not cards:
        return []
    fewest = min(card.skipped for card in cards)
    pile = [card for card in cards if card.skipped == fewest]
    first = [card for card in pile if card.asked_again] or [card for card in pile if card.takes_up]
    if first:
        return first[:1]
    question = min({card.question for card in pile}, key=lambda each: (draws[each], each))
    return [card for card in pile if card.question == question]


def _chances(pile: list[Card], figures: Figures | None, group: str) -> dict[int, float]:
    """The probability of each card of the pile, by proposal."""
    if figures is None:
        return {card.proposal: 1 / len(pile) for card in pile}
    found = figures.chances([card.proposal for card in pile], pile[0].question, group)
    return dict(zip((card.proposal for card in pile), found, strict=True))


def _wait(lot: float, chance: float) -> float:
    """How long a card waits for its turn: the shortest is drawn, and is that of each card with just its chance.

    A race of exponential waits (Efraimidis and Spirakis 2006): a card that leaves the pile changes no other draw,
    and figures that change a little hardly ever do.
    """
    return -math.log(lot) / chance


def _lot(secret: str, who: str, card: Card, count: int) -> float:
    """The lot of a card, above 0 and below 1: the same whenever the same draw is looked at."""
    drawing = f"{who}|{card.question}|{count}|{card.number}"
    digest = hmac.digest(secret.encode(), drawing.encode(), "sha256")
    return (int.from_bytes(digest[:6]) + 0.5) / 2**48
