"""The proposals nearest to a text that is just being written, from what each process keeps in memory.

The words of every published proposal, and what the encoder made of it, are read once and again where it changed.
"""

import threading
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import func, select

from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.domain.similar import Likenesses, least_of, said, words_of
from roadmap.proposals.models import Proposal
from roadmap.similarity.encoders import SLACK, WORDS, Encoder, encoder_at_once
from roadmap.similarity.models import Vector

FEWEST_WORDS = 2
MOST_LOOKED_AT = 20_000
MOST_FOUND = 12
EDITIONS_KEPT = 3


@dataclass
class Shelf:
    """Of one edition, by proposal id: (revision, language, words), and (revision, what the encoder made).

    `stamp`: counts and sums that change with whatever is published, changed, hidden or compared.
    """

    stamp: tuple[Any, ...] = ()
    encoder: str = ""
    words: dict[int, tuple[int, str, bytes]] = field(default_factory=dict)
    content: dict[int, tuple[int, bytes]] = field(default_factory=dict)


_shelves: dict[tuple[str, int], Shelf] = {}
_turn = threading.Lock()


def nearest_ids(edition_id: int, title: str, text: str, language: str) -> list[int]:
    """Ids of published proposals, merged ones too, that may say the same; most alike first, at most twelve."""
    wording = said(title, text)
    if len(words_of(wording)) < FEWEST_WORDS:
        return []
    using = encoder_at_once()
    with _turn:
        shelf = _refreshed(edition_id, using)
    ids = list(shelf.words)
    if not ids:
        return []
    kept = [shelf.words[key][2] for key in ids]
    excess = WORDS.likeness(WORDS.encode([wording]), kept)[0] - (WORDS.same - SLACK)
    if using is not None and using is not WORDS and shelf.content:
        np.maximum(excess, _by_meaning(using, wording, language, shelf, ids), out=excess)
    rounded = np.round(excess.astype(np.float64), 3)
    order = np.lexsort((np.array(ids), -rounded))[:MOST_FOUND]
    return [ids[place] for place in order if rounded[place] >= 0]


def _by_meaning(using: Encoder, wording: str, language: str, shelf: Shelf, ids: list[int]) -> Likenesses:
    """By how much each exceeds the least likeness that counts; far below for those not encoded yet."""
    encoded = [place for place, key in enumerate(ids) if key in shelf.content]
    kept = [shelf.content[ids[place]][1] for place in encoded]
    languages = [shelf.words[ids[place]][1] for place in encoded]
    likeness = using.likeness(using.encode([wording]), kept)[0]
    least = least_of([language], languages, same=using.same - SLACK, across=using.across)[0]
    excess = np.full(len(ids), -1, np.float32)
    excess[encoded] = likeness - least
    return excess


def _refreshed(edition_id: int, using: Encoder | None) -> Shelf:
    """The shelf as the database has it now; another one than before, which readers may go on with."""
    key = (db.engine.url.render_as_string(), edition_id)
    before = _shelves.pop(key, None) or Shelf()
    stamp = _stamp(edition_id, using)
    if before.stamp == stamp:
        _shelves[key] = before
        return before
    shelf = Shelf(stamp, before.encoder, _words(before, edition_id), before.content)
    if using is not None and using is not WORDS:
        shelf.content = _content(shelf, edition_id, using.name)
        shelf.encoder = using.name
    _shelves[key] = shelf  # the last one used stands last
    while len(_shelves) > EDITIONS_KEPT:
        del _shelves[next(iter(_shelves))]
    return shelf


def _stamp(edition_id: int, using: Encoder | None) -> tuple[Any, ...]:
    name = using.name if using is not None else ""
    published = select(func.count(), func.sum(Proposal.id), func.sum(Proposal.revision)).where(
        Proposal.edition_id == edition_id, Proposal.state == "published"
    )
    encoded = select(func.count(), func.sum(Vector.revision)).where(
        Vector.edition_id == edition_id, Vector.encoder == name
    )
    return (name, *db.session.execute(published).one(), *db.session.execute(encoded).one())


def _words(before: Shelf, edition_id: int) -> dict[int, tuple[int, str, bytes]]:
    standing = {
        row.id: (row.revision, row.language)
        for row in db.session.execute(
            select(Proposal.id, Proposal.revision, Proposal.language)
            .where(Proposal.edition_id == edition_id, Proposal.state == "published")
            .order_by(Proposal.id.desc())
            .limit(MOST_LOOKED_AT)
        )
    }
    words = {key: kept for key, kept in before.words.items() if standing.get(key) == kept[:2]}
    for part in portions([key for key in standing if key not in words]):
        rows = db.session.execute(
            select(Proposal.id, Proposal.revision, Proposal.language, Proposal.title, Proposal.text).where(
                Proposal.id.in_(part)
            )
        ).all()
        for row, kept in zip(rows, WORDS.encode([said(row.title, row.text) for row in rows]), strict=True):
            words[row.id] = (row.revision, row.language, kept)
    return words


def _content(shelf: Shelf, edition_id: int, name: str) -> dict[int, tuple[int, bytes]]:
    before = shelf.content if shelf.encoder == name else {}
    rows = db.session.execute(
        select(Vector.proposal_id, Vector.revision).where(
            Vector.edition_id == edition_id, Vector.encoder == name
        )
    )
    standing = {row.proposal_id: row.revision for row in rows}
    content = {
        key: kept for key, kept in before.items() if key in shelf.words and standing.get(key) == kept[0]
    }
    for part in portions([key for key in standing if key in shelf.words and key not in content]):
        found = db.session.execute(
            select(Vector.proposal_id, Vector.revision, Vector.content).where(Vector.proposal_id.in_(part))
        )
        content.update({row.proposal_id: (row.revision, row.content) for row in found})
    return content
