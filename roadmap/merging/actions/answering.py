"""What an objection asks of whoever wants to merge again: to be somebody else, and to answer."""

from collections.abc import Collection, Sequence
from collections.abc import Set as Group
from datetime import datetime

from roadmap.core.db import db
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _
from roadmap.domain import texts
from roadmap.domain.objections import Ruling, ruling, to_answer
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge, Objection
from roadmap.merging.objected import as_rule, objections_in


def check_objections(
    actor: Actor, edition: Edition, trees: Sequence[Group[int]], answer_given: str
) -> list[Objection]:
    """The objections that a merge of these trees answers. Raises Conflict where it may not be made by this person,
    or not at all any longer, and Invalid without an answer."""
    rows = {row.id: row for row in objections_in(edition)}
    rules = [as_rule(row) for row in rows.values()]
    decided = ruling(trees, rules)
    if decided is Ruling.FREE:
        return []
    if decided is Ruling.ENDED:
        raise Conflict(
            _("Authors have objected to this merge twice, so it cannot be made again. Link them instead.")
        )
    met = [rows[rule.identifier] for rule in to_answer(trees, rules)]
    merged_by = {db.session.get_one(Merge, row.merge_id).made_by for row in met}
    if actor.account in merged_by:
        raise Conflict(
            _(
                "You made the merge that an author objected to. Another facilitator, or an organiser, "
                "decides whether it is made again."
            )
        )
    if any(row.account_id is not None and row.account_id == actor.account for row in met):
        raise Conflict(_("You objected to this merge yourself. Another facilitator decides about it."))
    if not answer_given.strip():
        sentence = _("Answer the reason that the author gave. Everybody can read it in the public log.")
        raise Invalid(sentence, {"answers_objection": sentence})
    return met


def answer(objections: Collection[Objection], merge: Merge, text: str, now: datetime) -> None:
    """Note which merge answered these objections, and how."""
    for objection in objections:
        objection.answer, objection.answered = texts.as_reason(text), now
        objection.answered_by = merge.id
