"""Reading what was imported before."""

from collections.abc import Collection

from sqlalchemy import func, select

from roadmap.accounts.models import Voter
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.portions import portions
from roadmap.imports.models import ImportSource
from roadmap.proposals.models import Proposal


def find_source(edition_id: int, platform: str, digest: str) -> ImportSource | None:
    """The conversation with this content in an edition, under whichever question, if it was ever begun."""
    return db.session.scalar(
        select(ImportSource).where(
            ImportSource.edition_id == edition_id,
            ImportSource.platform == platform,
            ImportSource.digest == digest,
        )
    )


def proposals_of(source: ImportSource) -> dict[str, int]:
    """Ids of the imported proposals, by their name on the other platform."""
    rows = db.session.execute(
        select(Proposal.origin_id, Proposal.id).where(Proposal.import_source_id == source.id)
    )
    return {str(origin): number for origin, number in rows}


def comments_of(source: ImportSource, names: Collection[str]) -> dict[str, int]:
    """Ids of those imported comments that have one of these names on the other platform, by the name."""
    found: dict[str, int] = {}
    for part in portions(sorted(names)):
        rows = db.session.execute(
            select(Comment.origin_id, Comment.id).where(
                Comment.import_source_id == source.id, Comment.origin_id.in_(part)
            )
        )
        found.update({str(origin): number for origin, number in rows})
    return found


def voters_of(source: ImportSource) -> dict[str, int]:
    """Ids of the imported voters, by their name on the other platform."""
    rows = db.session.execute(select(Voter.reference, Voter.id).where(Voter.import_source_id == source.id))
    return {str(reference): number for reference, number in rows}


def last_number(edition_id: int) -> int:
    """The highest public number of a proposal in an edition, 0 where there is none."""
    return db.session.scalar(select(func.max(Proposal.number)).where(Proposal.edition_id == edition_id)) or 0
