"""Publishing, changing and withdrawing proposals."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from roadmap.accounts.models import Account
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound, Refused, TooMany
from roadmap.core.i18n import _
from roadmap.core.markdown import to_html
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, proposal_changed, proposal_published
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.editions.queries import get_question
from roadmap.log.actions import record
from roadmap.proposals import queries
from roadmap.proposals.counts import others_voted
from roadmap.proposals.fields import Fields, faults, wording_faults
from roadmap.proposals.models import BuiltOn, Proposal, Revision, UnfinishedProposal

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_AN_HOUR = 30
LONGEST_REASON = 1_000
_LINK = re.compile(r"https?://|www\.|\]\(", re.IGNORECASE)


@use_case
def publish_proposal(
    actor: Actor, edition: Edition, fields: Fields, *, nonce: str, now: datetime, held: bool = False
) -> Proposal:
    """Publish a new proposal, or hand back the one that the same form has made already.

    It waits for a facilitator where the edition is moderated before, or where it carries links and the
    account is younger than a day. `held`: in any case, since a program may have sent it.
    Raises Closed, Refused, Invalid, TooMany.
    """
    sent_before = db.session.scalar(select(Proposal).where(Proposal.nonce == nonce))
    if sent_before is not None:
        if sent_before.author_id != actor.account:
            raise Refused
        return sent_before
    permit(actor, Verb.PROPOSE, facts_of_edition(edition, now), time_zone=edition.time_zone)
    fields = named(actor, fields).cleaned()
    if found := faults(fields, languages_for(edition)):
        raise Invalid(errors=found)
    question = get_question(edition, fields.question)
    _check_rate(actor, now)
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    newest = db.session.scalar(select(func.max(Proposal.number)).where(Proposal.edition_id == edition.id))
    proposal = Proposal(
        edition_id=edition.id, question_id=question.id, number=(newest or 0) + 1,
        state="waiting" if held or must_wait(actor, edition, fields.text, fields.links, now) else "published",
        title=fields.title, text=fields.text, html=to_html(fields.text), links=list(fields.links),
        language=fields.language, region=fields.region, author_id=actor.account,
        author_line=fields.author_line, author_name=fields.author_name,
        author_contact=fields.author_contact if fields.author_line in ("organisation", "group") else "",
        nonce=nonce, made=now, changed=now, revision=0,
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    add_revision(proposal, "first", fields, author_id=actor.account, now=now)
    _build_on(edition, proposal, fields.built_on)
    _log_built_on(actor, proposal, now)
    for kept in db.session.scalars(select(UnfinishedProposal).where(UnfinishedProposal.nonce == nonce)):
        db.session.delete(kept)
    if proposal.state == "published":
        after_commit(proposal_published, proposal_id=proposal.id)
    return proposal


def named(actor: Actor, fields: Fields) -> Fields:
    """The fields with the name that the author line asks for: one's own is the account's, where it has one."""
    own = {"none": "", "name": actor.name or fields.author_name}
    return replace(fields, author_name=own.get(fields.author_line, fields.author_name))


def must_wait(
    actor: Actor, edition: Edition, text: str, links: tuple[str, ...] | list[str], now: datetime
) -> bool:
    """Whether a facilitator reads it before others do."""
    if _facilitates(actor, edition.id):
        return False
    if edition.moderation == "before":
        return True
    account = db.session.get(Account, actor.account)
    new = account is None or account.made > now - DAY
    return new and bool(links or _LINK.search(text))


def _facilitates(actor: Actor, edition_id: int) -> bool:
    return any(actor.has(role, edition_id) for role in (Role.FACILITATOR, Role.ORGANISER))


def _check_rate(actor: Actor, now: datetime) -> None:
    lately = db.session.scalar(
        select(func.count()).where(Proposal.author_id == actor.account, Proposal.made >= now - HOUR)
    )
    if (lately or 0) >= MOST_AN_HOUR:
        raise TooMany(
            _("You have published %(max)s proposals within an hour. Wait a little; your text is kept.",
              max=MOST_AN_HOUR)
        )  # fmt: skip


def _build_on(edition: Edition, proposal: Proposal, numbers: Iterable[int]) -> None:
    """Tie the proposal to those that it takes up, as far as they may be read."""
    for number in dict.fromkeys(numbers):
        older = queries.find_proposal(edition, number)
        if older is not None and older.id != proposal.id and older.state in ("published", "closed"):
            db.session.add(BuiltOn(proposal_id=proposal.id, older_id=older.id))
    db.session.flush()


def _log_built_on(actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Tell in the log what a proposal takes up, once everybody may read it."""
    older = select(BuiltOn.older_id).where(BuiltOn.proposal_id == proposal.id)
    numbers = sorted(db.session.scalars(select(Proposal.number).where(Proposal.id.in_(older))))
    if numbers and proposal.state == "published":
        doer = replace(actor, name=proposal.author_name if proposal.author_line == "name" else "")
        record(
            doer, "built-on", edition_id=proposal.edition_id, role="participant", now=now,
            facts={"number": proposal.number, "sources": numbers},
        )  # fmt: skip


def add_revision(
    proposal: Proposal, kind: str, fields: Fields, *, author_id: int | None, now: datetime, note: str = ""
) -> Revision:
    """Give the proposal a new wording and keep it; to be called inside a deed."""
    proposal.revision += 1
    proposal.title, proposal.text, proposal.html = fields.title, fields.text, to_html(fields.text)
    proposal.links, proposal.language, proposal.changed = list(fields.links), fields.language, now
    revision = Revision(
        proposal_id=proposal.id, number=proposal.revision, kind=kind, title=fields.title, text=fields.text,
        links=list(fields.links), language=fields.language, author_id=author_id, note=note, made=now,
    )  # fmt: skip
    db.session.add(revision)
    db.session.flush()
    return revision


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, and nobody else changes it or votes on it until the deed is done."""
    found = db.session.scalar(
        select(Proposal)
        .where(Proposal.id == proposal.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def same_wording(proposal: Proposal, fields: Fields) -> bool:
    """Whether these cleaned fields say what the proposal says already."""
    return (proposal.title, proposal.text.strip(), list(proposal.links), proposal.language) == (
        fields.title, fields.text, list(fields.links), fields.language,
    )  # fmt: skip


def permit_change(actor: Actor, edition: Edition, proposal: Proposal, now: datetime) -> None:
    """Let the author pass while the phase is open, whoever has voted."""
    facts = queries.facts_of(edition, proposal, now)
    permit(actor, Verb.EDIT_PROPOSAL, facts, time_zone=edition.time_zone)


def _others_voted(edition: Edition, proposal: Proposal) -> bool:
    sources = queries.lineage_of(edition).all_sources(proposal.id)
    return others_voted(proposal, [proposal.id, *sources])


def must_ask(edition: Edition, proposal: Proposal, actor: Actor) -> bool:
    """Whether a change has to be let through by a facilitator."""
    before = edition.moderation == "before" and not _facilitates(actor, edition.id)
    return before or _others_voted(edition, proposal)


@use_case
def edit_proposal(
    actor: Actor, edition: Edition, proposal: Proposal, fields: Fields, *, now: datetime
) -> Revision | None:
    """A new wording by the author while nobody else has voted; None where nothing is different.

    Raises Refused once others have voted, Invalid, Closed.
    """
    proposal, fields = locked(proposal), fields.cleaned()
    facts = queries.facts_of(edition, proposal, now, others_voted=_others_voted(edition, proposal))
    permit(actor, Verb.EDIT_PROPOSAL, facts, time_zone=edition.time_zone)
    if found := wording_faults(fields, languages_for(edition, proposal.language)):
        raise Invalid(errors=found)
    proposal.region = fields.region
    if same_wording(proposal, fields):
        return None
    if must_wait(actor, edition, fields.text, fields.links, now) and edition.moderation != "before":
        proposal.state, proposal.state_at = "waiting", now
    revision = add_revision(proposal, "edit", fields, author_id=actor.account, now=now)
    after_commit(proposal_changed, proposal_id=proposal.id)
    return revision


@use_case
def withdraw_proposal(
    actor: Actor, edition: Edition, proposal: Proposal, *, reason: str, now: datetime
) -> Proposal:
    """The author takes the proposal back; its page stays as a stub with the reason."""
    proposal = locked(proposal)
    permit_change(actor, edition, proposal, now)
    if not reason.strip():
        raise Invalid(
            errors={"reason": _("Say in a sentence why you withdraw it. The reason is shown to everybody.")}
        )
    if queries.edges_around([proposal.id]):
        raise Conflict(_("This proposal is part of a merge. Write to the facilitators to take it out first."))
    proposal.state, proposal.state_at = "withdrawn", now
    proposal.state_reason = reason.strip()[:LONGEST_REASON]
    doer = replace(actor, name=proposal.author_name if proposal.author_line == "name" else "")
    record(
        doer, "withdrawal", edition_id=edition.id, role="participant", now=now,
        facts={"number": proposal.number}, reason=proposal.state_reason,
    )  # fmt: skip
    after_commit(proposal_changed, proposal_id=proposal.id)
    return proposal


@use_case
def let_through(
    actor: Actor, edition: Edition, proposal: Proposal, *, seen: int = 0, now: datetime
) -> Proposal:
    """A facilitator publishes a proposal that waited.

    Raises Conflict where it does not wait, or has another revision than the one `seen`.
    """
    proposal = locked(proposal)
    permit(actor, Verb.MODERATE, queries.facts_of(edition, proposal, now), time_zone=edition.time_zone)
    if proposal.state != "waiting":
        raise Conflict(_("This proposal does not wait any longer."))
    if seen and seen != proposal.revision:
        raise Conflict(_("The text was changed meanwhile. Read it again, then decide."))
    proposal.state, proposal.state_at = "published", now
    record(
        actor, "let-through", edition_id=edition.id, role=Role.FACILITATOR, now=now,
        facts={"number": proposal.number},
    )  # fmt: skip
    _log_built_on(Actor(account=proposal.author_id), proposal, now)
    after_commit(proposal_published, proposal_id=proposal.id)
    return proposal


@use_case
def forget_author(account_id: int) -> None:
    """Take the person's name and contact off their proposals, when the account is erased."""
    db.session.execute(
        update(Proposal)
        .where(Proposal.author_id == account_id)
        .values(author_line="none", author_name="", author_contact="")
    )
