"""Finding the words of a search in proposals."""

from sqlalchemy import or_, select

from roadmap.core.db import db
from roadmap.editions.models import GuidingQuestion
from roadmap.proposals.models import Proposal
from roadmap.proposals.orders import folded

SEARCHED_HERE = 5_000
"""Up to so many texts are folded and searched here; beyond it the database compares them as they are."""


def holding(question: GuidingQuestion, text: str) -> set[int]:
    """Ids of the question's proposals in which every word of the text occurs."""
    asked = select(Proposal.id, Proposal.title, Proposal.text).where(
        Proposal.question_id == question.id, Proposal.state == "published"
    )
    words = folded(text).split()[:10]
    rows = db.session.execute(asked.limit(SEARCHED_HERE + 1)).all()
    if len(rows) <= SEARCHED_HERE:
        searched = ((row.id, folded(f"{row.title} {row.text}")) for row in rows)
        return {key for key, held in searched if all(word in held for word in words)}
    for word in text.split()[:10]:
        held = Proposal.title.icontains(word, autoescape=True)
        asked = asked.where(or_(held, Proposal.text.icontains(word, autoescape=True)))
    return {row.id for row in db.session.execute(asked)}
