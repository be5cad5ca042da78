"""Proposals whose titles say nearly the same, for the writer of a new one to look at."""

from rapidfuzz import fuzz, process
from sqlalchemy import select

from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.proposals.orders import folded
from roadmap.proposals.queries import by_ids

LEAST = 62
"""Least likeness, of 100, at which a proposal is shown."""
MOST_LOOKED_AT = 20_000


def similar_to(edition: Edition, title: str, text: str, *, most: int = 3) -> list[Proposal]:
    """The published proposals of the edition whose titles are most like this one, the most alike first.

    Words count wherever they stand in the title; the first sentence of the text is compared as well.
    """
    rows = db.session.execute(
        select(Proposal.id, Proposal.title)
        .where(Proposal.edition_id == edition.id, Proposal.state == "published", Proposal.lead_id.is_(None))
        .order_by(Proposal.id.desc())
        .limit(MOST_LOOKED_AT)
    )
    titles = {row.id: folded(row.title) for row in rows}
    likeness: dict[int, float] = {}
    for wanted in {folded(title), folded(text.partition(".")[0])[:240]} - {""}:
        for _title, score, key in process.extract(
            wanted, titles, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=most
        ):
            likeness[key] = max(score, likeness.get(key, 0))
    best = sorted(likeness, key=lambda key: (-likeness[key], key))[:most]
    found = by_ids(best)
    return [found[key] for key in best]
