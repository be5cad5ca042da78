"""Comparing proposals with each other: what is new or changed is encoded, then its likely pairs are stored.

Nothing is computed while the write lock is held. What was encoded is stored first and compared afterwards, so that
of two proposals that are compared at the same time at least one sees the other. Whatever is stopped half-way is
found by `compare_rest`, since `compared` is still empty; done twice, nothing changes.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Select, delete, or_, select, update

from roadmap.core.db import db, use_case
from roadmap.core.portions import portions
from roadmap.domain.similar import copied_by, said
from roadmap.editions.holding import hold
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import by_ids
from roadmap.similarity.encoders import encoder
from roadmap.similarity.likeness import Kept, likely_pairs
from roadmap.similarity.models import LikelyPair, Vector
from roadmap.similarity.pairs import pair_of
from roadmap.similarity.pending import current, pending_ids

PORTION = 8
"""Proposals encoded at a time."""
BLOCK = 128
"""Proposals compared at a time with all others of the edition."""
REST = 1.0
"""In the background the processor is left to others for as long as each portion took."""

Progress = Callable[[str, int, int], None]


def silent(_kind: str, _done: int, _whole: int) -> None:
    """Tell nobody how far it is."""


def compare_proposal(proposal_id: int, *, now: datetime) -> int:
    """Compare one proposal with those of its edition; how many likely pairs were new. Nothing where it is done."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None:
        return 0
    edition_id = proposal.edition_id
    return _compare(edition_id, pending_ids(edition_id, only=proposal_id), now=now)


def compare_edition(
    edition: Edition, *, now: datetime, anew: bool = False, rest: float = 0.0, progress: Progress = silent
) -> int:
    """Compare what is new or changed in an edition, or (`anew`) everything; how many likely pairs were new.

    Decisions of facilitators stay in either case, as long as the texts do. `rest`: how long to pause
    after each portion, as a multiple of the time that it took.
    """
    edition_id = edition.id
    if anew:
        _forget(edition_id)
    return _compare(edition_id, pending_ids(edition_id), now=now, rest=rest, progress=progress)


def compare_rest(*, now: datetime) -> int:
    """Compare whatever was left, in all editions: after a stop, an import, or a change of encoder."""
    editions = db.session.scalars(select(Edition.id).order_by(Edition.id)).all()
    return sum(_compare(each, pending_ids(each), now=now, rest=REST) for each in editions)


def _compare(
    edition_id: int, ids: Sequence[int], *, now: datetime, rest: float = 0.0, progress: Progress = silent
) -> int:
    if not ids:
        return 0
    using = encoder()
    done = 0
    for portion in portions(ids, PORTION):
        begun = time.perf_counter()
        wordings = _wordings(portion)
        _let_go()
        _keep(edition_id, using.name, wordings, using.encode([each.said for each in wordings]), now)
        done += len(portion)
        progress("encoded", done, len(ids))
        _pause(rest, begun)
    kept = _all_kept(edition_id, using.name)
    _let_go()
    places = {key: place for place, key in enumerate(kept.ids)}
    compared = [places[key] for key in ids if key in places]
    done = found = 0
    for block in portions(compared, BLOCK):
        begun = time.perf_counter()
        pairs = list(likely_pairs(using, kept, block))
        found += _store(edition_id, kept, block, pairs, now)
        done += len(block)
        progress("compared", done, len(compared))
        _pause(rest, begun)
    return found


def _pause(rest: float, begun: float) -> None:
    if rest:
        time.sleep(rest * (time.perf_counter() - begun))


def _let_go() -> None:
    """End reading before what takes a while, unless all of it belongs to somebody's deed."""
    if not db.session().info.get("use_case"):
        db.session.rollback()


@dataclass(frozen=True)
class Wording:
    """A proposal at a revision, as it is encoded."""

    id: int
    revision: int
    language: str
    said: str
    digest: str
    copied: str


def _wordings(ids: Collection[int]) -> list[Wording]:
    return [
        Wording(
            each.id, each.revision, each.language, said(each.title, each.text),
            blake2b(f"{each.title}\0{each.text}".encode(), digest_size=16).hexdigest(), copied_by(each.text),
        )
        for each in by_ids(ids).values()
    ]  # fmt: skip


@use_case
def _keep(
    edition_id: int, name: str, wordings: Sequence[Wording], contents: Sequence[bytes], now: datetime
) -> None:
    """Store what was encoded. Pairs of a changed text go; where only the revision is another one, they stay."""
    hold(edition_id)
    ids = [each.id for each in wordings]
    standing = _revisions(select(Proposal.id, Proposal.revision).where(Proposal.id.in_(ids)))
    before = {
        row.proposal_id: row for row in db.session.scalars(select(Vector).where(Vector.proposal_id.in_(ids)))
    }
    for wording, content in zip(wordings, contents, strict=True):
        if standing.get(wording.id) != wording.revision:
            continue  # changed meanwhile: the change brings its own job
        vector = before.get(wording.id)
        if vector is None:
            vector = Vector(proposal_id=wording.id, edition_id=edition_id)
            db.session.add(vector)
        elif vector.digest == wording.digest:
            _renumber(wording)
            if current(vector, name, wording.language):
                vector.revision = wording.revision
                vector.compared = vector.compared or now
                continue
            _drop_pairs([wording.id], undecided=True)
        else:
            _drop_pairs([wording.id], undecided=False)
        vector.encoder, vector.revision, vector.language = name, wording.revision, wording.language
        vector.digest, vector.copied = wording.digest, wording.copied
        vector.content, vector.compared = content, None


def _renumber(wording: Wording) -> None:
    """The pair was compared at an earlier revision with the same title and text."""
    for side, revision in ((LikelyPair.a_id, "revision_a"), (LikelyPair.b_id, "revision_b")):
        db.session.execute(update(LikelyPair).where(side == wording.id).values({revision: wording.revision}))


def _drop_pairs(ids: Collection[int], *, undecided: bool) -> None:
    condition = or_(LikelyPair.a_id.in_(ids), LikelyPair.b_id.in_(ids))
    statement = delete(LikelyPair).where(condition)
    db.session.execute(statement.where(LikelyPair.decision.is_(None)) if undecided else statement)


def _all_kept(edition_id: int, name: str) -> Kept:
    rows = db.session.execute(
        select(Vector.proposal_id, Vector.revision, Vector.language, Vector.copied, Vector.content)
        .where(Vector.edition_id == edition_id, Vector.encoder == name)
        .order_by(Vector.proposal_id)
    ).all()
    return Kept(*(list(column) for column in zip(*rows, strict=True))) if rows else Kept([], [], [], [], [])


@use_case
def _store(
    edition_id: int, kept: Kept, block: Sequence[int], pairs: Sequence[tuple[int, int, float]], now: datetime
) -> int:
    """Store the pairs that are not there yet and say that the block is compared; how many pairs were new."""
    hold(edition_id)
    ids = [kept.ids[place] for place in block]
    touched = {kept.ids[place] for pair in pairs for place in pair[:2]} | set(ids)
    standing: dict[int, int] = {}
    for part in portions(sorted(touched)):
        kept_now = select(Vector.proposal_id, Vector.revision).where(Vector.proposal_id.in_(part))
        standing.update(_revisions(kept_now))
    rows = db.session.execute(
        select(LikelyPair.a_id, LikelyPair.b_id).where(
            or_(LikelyPair.a_id.in_(ids), LikelyPair.b_id.in_(ids))
        )
    )
    known = {(row.a_id, row.b_id) for row in rows}
    texts = by_ids(touched)
    new: dict[tuple[int, int], LikelyPair] = {}
    for one, other, value in pairs:
        a, b = kept.ids[one], kept.ids[other]
        as_compared = all(standing.get(kept.ids[place]) == kept.revisions[place] for place in (one, other))
        if as_compared and (a, b) not in known and (a, b) not in new:
            new[a, b] = pair_of(texts[a], texts[b], value)
    db.session.add_all(new.values())
    done = [kept.ids[place] for place in block if standing.get(kept.ids[place]) == kept.revisions[place]]
    db.session.execute(update(Vector).where(Vector.proposal_id.in_(done)).values(compared=now))
    return len(new)


@use_case
def _forget(edition_id: int) -> None:
    hold(edition_id)
    undecided = LikelyPair.edition_id == edition_id, LikelyPair.decision.is_(None)
    db.session.execute(delete(LikelyPair).where(*undecided))
    db.session.execute(update(Vector).where(Vector.edition_id == edition_id).values(encoder=""))


def _revisions(query: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}
