"""Appeals: the author asks once; somebody else from the facilitation team answers with a reason."""

from datetime import datetime

from sqlalchemy import func, select

from roadmap.accounts.models import Membership
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.hooks import text_decided
from roadmap.core.i18n import _
from roadmap.core.jobs import after
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.moderation import mailing
from roadmap.moderation.actions.deciding import LONGEST, fresh, show
from roadmap.moderation.models import Decision
from roadmap.moderation.queries import hiding_of
from roadmap.moderation.things import Thing


@use_case
def appeal(actor: Actor, edition: Edition, thing: Thing, *, reason: str, now: datetime) -> Decision:
    """The author of a hidden text asks for another decision.

    Raises NotFound for anybody else, Invalid without a reason, Conflict where there is nothing to appeal against
    or an appeal was made before.
    """
    permit(actor, Verb.OWN, facts_of(edition, now))
    text = fresh(thing)
    if text.author_id != actor.account:
        raise NotFound
    decision = hiding_of(thing)
    if decision is None:
        raise Conflict(_("This text is not hidden by a decision, so there is nothing to appeal against."))
    if decision.appealed is not None:
        raise Conflict(_("You have appealed already. The answer will stand on this page."))
    reason = texts.clean(reason).strip()
    if not reason:
        raise Invalid(errors={"reason": _("Say why you think the decision was wrong.")})
    decision.appeal, decision.appealed = reason[:LONGEST], now
    return decision


@use_case
def answer_appeal(
    actor: Actor, edition: Edition, thing: Thing, *, reverse: bool, answer: str, now: datetime
) -> Decision:
    """Uphold a decision, or reverse it and show the text again. The answer stands in the public log.

    Not for whoever decided, unless nobody else facilitates the edition. Raises Refused, Conflict, Invalid.
    """
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    text = fresh(thing)
    decision = hiding_of(thing)
    if decision is None or decision.appealed is None or decision.appeal_outcome:
        raise Conflict(_("There is no appeal to answer here: somebody answered it meanwhile."))
    if text.author_id is not None and text.author_id == actor.account:
        raise Conflict(_("This is your own text. Somebody else from the facilitation team decides about it."))
    if not may_answer(actor, edition, decision):
        raise Conflict(_("You hid this text. Somebody else from the facilitation team answers the appeal."))
    answer = texts.clean(answer).strip()[:LONGEST]
    if not answer:
        raise Invalid(errors={"answer": _("Answer the author in a sentence or two.")})
    decision.appeal_outcome = "reversed" if reverse else "upheld"
    decision.appeal_answer, decision.appeal_by, decision.appeal_answered = answer, actor.account, now
    if reverse:
        show(text, now)
    facts = {"number": thing.proposal.number, **({"comment": thing.comment.id} if thing.comment else {})}
    record(
        actor, "appeal-reversed" if reverse else "appeal-upheld", edition_id=edition.id,
        role=Role.FACILITATOR, now=now, facts=facts, reason=answer,
    )  # fmt: skip
    text_decided.run(decision.id)
    after(mailing.tell_author, decision_id=decision.id)
    return decision


def may_answer(actor: Actor, edition: Edition, decision: Decision) -> bool:
    """Whether they may answer an appeal against this decision: not their own, unless they are the only one."""
    return decision.decided_by != actor.account or not _others_facilitate(actor, edition)


def _others_facilitate(actor: Actor, edition: Edition) -> bool:
    count = db.session.scalar(
        select(func.count(Membership.account_id.distinct())).where(
            Membership.edition_id == edition.id,
            Membership.role.in_((Role.FACILITATOR.value, Role.ORGANISER.value)),
            Membership.until.is_(None),
            Membership.account_id != actor.account,
        )
    )
    return bool(count)
