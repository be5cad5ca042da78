"""From the votes of an edition to a version of its draft."""

import gzip
import json
import secrets
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.document import DraftVersion, build_document
from roadmap.domain.document.comparison import Reviewed, comparison_figures
from roadmap.domain.phases import Verb, is_open
from roadmap.domain.policy import Actor
from roadmap.domain.ranking import METHODS, Method, Snapshot, rank
from roadmap.domain.ranking.sealed import BallotFile, ballot_file, seal
from roadmap.domain.ranking.sensitivity import plain_order
from roadmap.drafts.models import Draft, DraftBallots
from roadmap.drafts.queries import next_version
from roadmap.drafts.queries.contents import edition_text, guests_of, item_texts, question_texts
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.moderation.reviews import under_review
from roadmap.votes.exposure import exposure_of
from roadmap.votes.snapshots import snapshot
from roadmap.votes.suspending import has_suspended_votes

SEED_BITS = 128
COMPRESSION = 5
"""Of gzip: 9 takes eight times as long for a file smaller by a twelfth."""


def compile_draft(
    actor: Actor,
    edition: Edition,
    *,
    method: str | None = None,
    as_of: datetime | None = None,
    site: str = "",
    now: datetime,
) -> Draft:
    """Rank the votes given before `as_of` (now) and keep the result as a new version.

    The ranking is computed before the write lock is taken, so nobody's vote waits for it. Another method
    than the edition's own is for looking and cannot be frozen. Raises Refused, Invalid for an unknown
    method or a time to come, Conflict where there is no proposal.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    refuse_early(edition, now)
    name = method or edition.method
    if name not in METHODS:
        raise Invalid(_("Choose one of the methods: %(names)s.", names=", ".join(METHODS)))
    moment = as_of or now
    if moment > now:
        raise Invalid(_("Choose a time that has passed."))
    votes = snapshot(edition, as_of=as_of)
    if not votes.items:
        raise Conflict(_("There is no proposal in this edition yet, so there is nothing to compile."))
    sealed = seal(votes, secrets.randbits(SEED_BITS))
    ranking = rank(sealed, Method(name, edition.seed))
    comparison = comparison_figures(
        sealed,
        ranking,
        shown=exposure_of(edition, moment),
        reviewed=_reviewed(edition, votes, ranking.method, as_of),
        suspended=_suspended(edition, votes, ranking.method, as_of),
    )
    document = build_document(
        ranking,
        edition=edition_text(edition),
        questions=question_texts(edition),
        items=item_texts(edition, [int(number) for number in sealed.number], site, as_of=as_of),
        version=DraftVersion(0, software(), guests=guests_of(edition, as_of)),
    )
    document["as_of"] = printed_time(moment)
    ballots = _packed(ballot_file(sealed, ranking)) if name == edition.method else None
    draft = Draft(
        edition_id=edition.id,
        method=name,
        as_of=moment,
        made=now,
        made_by=actor.account,
        comparison=json.dumps(comparison, ensure_ascii=False),
    )
    return _keep(draft, document, ballots)


def _packed(ballots: BallotFile) -> DraftBallots:
    data = gzip.compress(ballots.content, COMPRESSION, mtime=0)
    return DraftBallots(sha256=ballots.sha256, rows=ballots.rows, data=data)


def _reviewed(edition: Edition, votes: Snapshot, method: Method, as_of: datetime | None) -> Reviewed | None:
    """What the votes of accounts under review make of the order; None where there are none."""
    review = under_review(edition)
    if not review:
        return None
    others = snapshot(edition, as_of=as_of, without=review.voters)
    return Reviewed(review.accounts, votes.votes - others.votes, plain_order(others, method))


def _suspended(edition: Edition, votes: Snapshot, method: Method, as_of: datetime | None) -> Reviewed | None:
    """What the votes of suspended accounts would make of the order; None where there are none."""
    if not has_suspended_votes(edition):
        return None
    others = snapshot(edition, as_of=as_of, suspended=True)
    if others.votes == votes.votes:
        return None
    return Reviewed(others.people - votes.people, others.votes - votes.votes, plain_order(others, method))


def refuse_early(edition: Edition, now: datetime) -> None:
    """Raise Conflict while the edition keeps its results until voting closes: a draft would tell them."""
    if edition.results == "at-close" and is_open(Verb.VOTE, facts_of(edition, now).periods, now):
        raise Conflict(_("Shares show when voting closes."))


@use_case
def _keep(draft: Draft, document: dict[str, Any], ballots: DraftBallots | None) -> Draft:
    """Give the draft the next version and keep it; all that takes time was done before the lock was taken."""
    draft.version = document["version"] = next_version(db.session.get_one(Edition, draft.edition_id))
    document.pop("fingerprint", None)
    draft.document = json.dumps(document, ensure_ascii=False)
    db.session.add(draft)
    db.session.flush()
    if ballots is not None:
        ballots.draft_id = draft.id
        db.session.add(ballots)
    return draft


def printed_time(moment: datetime) -> str:
    """The moment as documents print it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def software() -> str:
    """Name and version of what computed the ranking."""
    try:
        return f"roadmap {version('forum-roadmap')}"
    except PackageNotFoundError:
        return "roadmap"
