"""A pair of proposals as it is stored."""

from roadmap.domain.opposites import NEGATION, NUMBER, cautions
from roadmap.proposals.models import Proposal
from roadmap.similarity.models import LikelyPair


def pair_of(a: Proposal, b: Proposal, similarity: float | None = None) -> LikelyPair:
    """An undecided pair of the older `a` and `b` in their present wordings, marked where they seem opposites."""
    marks = cautions((a.title, a.text, a.language), (b.title, b.text, b.language))
    return LikelyPair(
        edition_id=a.edition_id, a_id=a.id, b_id=b.id, similarity=similarity,
        negation=NEGATION in marks, number=NUMBER in marks, revision_a=a.revision, revision_b=b.revision,
    )  # fmt: skip
