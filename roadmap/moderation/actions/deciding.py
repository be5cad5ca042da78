"""Deciding about a text: leave it, ask its author to edit it, hide it, hide it and warn; and taking that back."""

from datetime import datetime

from sqlalchemy import select, update

from roadmap.comments.models import Comment
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.hooks import text_decided
from roadmap.core.i18n import _
from roadmap.core.jobs import after
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, comment_posted, proposal_changed
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.moderation import mailing
from roadmap.moderation.models import Decision, Report
from roadmap.moderation.queries import Seen, seen_of
from roadmap.moderation.rules import NUMBERS
from roadmap.moderation.things import Thing
from roadmap.proposals.actions import locked
from roadmap.proposals.models import Proposal
from roadmap.proposals.story import resting_state

OUTCOMES = ("leave", "ask", "hide", "warn")
HIDING = ("hide", "warn")
LOGGED_AS = {outcome: f"moderation-{outcome}" for outcome in OUTCOMES}
LONGEST = 1_000


@use_case
def decide(
    actor: Actor,
    edition: Edition,
    thing: Thing,
    *,
    outcome: str,
    rule: str,
    sentence: str,
    seen: Seen | None = None,
    now: datetime,
) -> Decision:
    """Decide about a text, whether somebody reported it or not; all open reports on it are answered by this.

    `sentence` is for its author; asking and hiding need one, and hiding needs the rule. Nobody decides about
    their own text. Raises Refused, Invalid, Conflict where the text is not shown any longer, and where it or
    what was decided about it is not any longer what the facilitator has `seen`.
    """
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    text = fresh(thing)
    if text.author_id is not None and text.author_id == actor.account:
        raise Conflict(_("This is your own text. Somebody else from the facilitation team decides about it."))
    if text.state not in ("published", "waiting", "closed"):
        raise Conflict(_("This text is not shown any longer: somebody decided meanwhile."))
    if seen is not None:
        _check_seen(thing, seen)
    sentence = texts.clean(sentence).strip()[:LONGEST]
    _check(outcome, rule, sentence)
    decision = Decision(
        edition_id=edition.id, **thing.keys, outcome=outcome, rule=rule if outcome != "leave" else "",
        sentence=sentence, decided_by=actor.account, at=now,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    db.session.execute(
        update(Report)
        .filter_by(**thing.keys)
        .where(Report.decision_id.is_(None))
        .values(decision_id=decision.id)
        .execution_options(synchronize_session=False)
    )
    if outcome in HIDING:
        hide(text, rule, now)
    record(
        actor, LOGGED_AS[outcome], edition_id=edition.id, role=Role.FACILITATOR, now=now,
        facts=_facts(thing, rule if outcome != "leave" else ""),
    )  # fmt: skip
    _tell(thing, "proposal" if thing.comment is None else "comment")
    text_decided.run(decision.id)
    if outcome != "leave":
        after(mailing.tell_author, decision_id=decision.id)
    return decision


@use_case
def restore(actor: Actor, edition: Edition, thing: Thing, *, reason: str, now: datetime) -> Decision:
    """Show a hidden text again. Raises Invalid without a reason, Conflict where it is not hidden."""
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    text = fresh(thing)
    if text.author_id is not None and text.author_id == actor.account:
        raise Conflict(_("This is your own text. Somebody else from the facilitation team decides about it."))
    if text.state != "hidden":
        raise Conflict(_("This text is not hidden."))
    reason = texts.clean(reason).strip()[:LONGEST]
    if not reason:
        raise Invalid(
            errors={"reason": _("Say why it is shown again; everybody will read it in the public log.")}
        )
    show(text, now)
    decision = Decision(
        edition_id=edition.id,
        **thing.keys,
        outcome="restore",
        sentence=reason,
        decided_by=actor.account,
        at=now,
    )
    db.session.add(decision)
    db.session.flush()
    record(
        actor, "moderation-restore", edition_id=edition.id, role=Role.FACILITATOR, now=now,
        facts=_facts(thing, ""), reason=reason,
    )  # fmt: skip
    _tell(thing, "proposal" if thing.comment is None else "comment")
    return decision


def fresh(thing: Thing) -> Proposal | Comment:
    """The text as it stands now, which nobody else changes until the deed is done."""
    if thing.comment is None:
        return locked(thing.proposal)
    return db.session.scalars(
        select(Comment)
        .where(Comment.id == thing.comment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def hide(text: Proposal | Comment, rule: str, now: datetime) -> None:
    """Take a text off every page; a stub with the rule and the date stays."""
    if text.state == "published":
        _count(text, -1)
    text.state, text.state_rule, text.state_at = "hidden", rule, now


def show(text: Proposal | Comment, now: datetime) -> None:
    """Put a hidden text back into its place."""
    text.state = "published" if isinstance(text, Comment) else resting_state(text)
    text.state_rule, text.state_at = "", now
    _count(text, 1)


def _count(text: Proposal | Comment, step: int) -> None:
    if isinstance(text, Comment):
        db.session.execute(
            update(Proposal)
            .where(Proposal.id == text.proposal_id)
            .values(comment_count=Proposal.comment_count + step)
            .execution_options(synchronize_session="fetch")
        )


def _check_seen(thing: Thing, seen: Seen) -> None:
    still = seen_of(thing)
    if still.wording != seen.wording:
        raise Conflict(_("The text was changed meanwhile. Read it again, then decide."))
    if still.decision != seen.decision:
        raise Conflict(
            _("Somebody decided about this text meanwhile: see below what, then decide again if you must.")
        )


def _check(outcome: str, rule: str, sentence: str) -> None:
    errors = {}
    if outcome not in OUTCOMES:
        errors["outcome"] = _("Choose what is to happen with the text.")
    if rule not in ("", *NUMBERS) or (outcome in HIDING and not rule):
        errors["rule"] = _("Choose the rule of the charter that the text breaks.")
    if outcome in OUTCOMES[1:] and not sentence:
        errors["sentence"] = _("Write a sentence to the author: what is wrong, and what they can do.")
    if errors:
        raise Invalid(errors=errors)


def _facts(thing: Thing, rule: str) -> dict[str, int | str]:
    facts: dict[str, int | str] = {"number": thing.proposal.number}
    if thing.comment is not None:
        facts["comment"] = thing.comment.id
    return {**facts, "rule": rule} if rule else facts


def _tell(thing: Thing, kind: str) -> None:
    if kind == "proposal":
        after_commit(proposal_changed, proposal_id=thing.proposal.id)
    elif thing.comment is not None:
        after_commit(comment_posted, comment_id=thing.comment.id)
