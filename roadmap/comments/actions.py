"""Writing, changing and removing comments. The proposal's count is kept in the same transaction."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from roadmap.accounts.keys import digest
from roadmap.comments.models import STANCES, Comment
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound, Refused, TooMany
from roadmap.core.i18n import _
from roadmap.core.markdown import to_html
from roadmap.core.permit import permit
from roadmap.core.signals import after_commit, comment_posted
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of as facts_of_edition
from roadmap.log.actions import record
from roadmap.proposals import queries as proposals
from roadmap.proposals.actions import must_wait
from roadmap.proposals.models import Proposal

LONGEST = 3_000
MOST_AN_HOUR = 120
HOUR = timedelta(hours=1)


@use_case
def post_comment(
    actor: Actor, edition: Edition, proposal: Proposal, *, text: str, stance: str, language: str,
    parent_id: int | None, nonce: str, now: datetime, held: bool = False,
) -> Comment:  # fmt: skip
    """Write a comment, or hand back the one that the same form has made already.

    An answer stands where the comment it answers stands; anything else sent to a merged proposal stands
    under its lead. `held`: it waits for a facilitator, since a program may have sent it.
    Raises Closed, Refused, Invalid, Conflict, TooMany.
    """
    key = digest(f"{nonce}:{parent_id or 0}") if nonce else None
    sent_before = db.session.scalar(select(Comment).where(Comment.nonce == key)) if key else None
    if sent_before is not None:
        if sent_before.author_id != actor.account:
            raise Refused
        return sent_before
    lead = proposals.lead_of(edition, proposal)
    facts = proposals.facts_of(edition, lead, now)
    permit(actor, Verb.COMMENT, facts, time_zone=edition.time_zone)
    text = _checked(text, stance, language, languages_for(edition))
    parent = _parent(edition, lead, parent_id)
    _check_rate(actor, now)
    comment = Comment(
        proposal_id=parent.proposal_id if parent else lead.id, parent_id=parent.id if parent else None,
        depth=parent.depth + 1 if parent else 0, author_id=actor.account, author_name=actor.name,
        stance=stance, language=language, text=text, html=to_html(text), nonce=key, made=now,
        state="waiting" if held or must_wait(actor, edition, text, [], now) else "published",
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()
    if comment.state == "published":
        _count(comment, 1)
        after_commit(comment_posted, comment_id=comment.id)
    return comment


def _checked(text: str, stance: str, language: str, languages: Collection[str]) -> str:
    text = texts.clean(text).strip()
    errors: dict[str, str] = {}
    if not text:
        errors["text"] = _("Write your comment.")
    elif len(text) > LONGEST:
        errors["text"] = _("Shorten the text to %(max)s characters; it has %(n)s.", max=LONGEST, n=len(text))
    if stance not in STANCES:
        errors["stance"] = _("Choose whether you are for or against, ask a question, or remark on something.")
    if language not in languages:
        errors["language"] = _("Choose the language you wrote in.")
    if errors:
        raise Invalid(errors=errors)
    return text


def _parent(edition: Edition, lead: Proposal, parent_id: int | None) -> Comment | None:
    """The comment that is answered: of this proposal or one merged into it, and still to be read."""
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id)
    places = {lead.id, *proposals.lineage_of(edition).all_sources(lead.id)}
    if parent is None or parent.proposal_id not in places:
        raise NotFound
    if parent.state != "published":
        raise Conflict(_("The comment that you answer is no longer shown. Your text is kept."))
    return parent


def _check_rate(actor: Actor, now: datetime) -> None:
    lately = db.session.scalar(
        select(func.count()).where(Comment.author_id == actor.account, Comment.made >= now - HOUR)
    )
    if (lately or 0) >= MOST_AN_HOUR:
        raise TooMany(
            _("You have written %(max)s comments within an hour. Wait a little; your text is kept.",
              max=MOST_AN_HOUR)
        )  # fmt: skip


def _count(comment: Comment, step: int) -> None:
    """Add to what the proposal counts as readable; said to the database, so that nothing is lost between."""
    db.session.execute(
        update(Proposal)
        .where(Proposal.id == comment.proposal_id)
        .values(comment_count=Proposal.comment_count + step)
        .execution_options(synchronize_session="fetch")
    )


def _own(actor: Actor, comment: Comment) -> None:
    if not actor.signed_in or comment.author_id != actor.account:
        raise NotFound
    if comment.state not in ("published", "waiting"):
        raise Conflict(_("This comment is no longer shown, so it cannot be changed."))


@use_case
def edit_comment(
    actor: Actor, edition: Edition, comment: Comment, *, text: str, stance: str, language: str, now: datetime
) -> Comment:
    """Change one's own comment; unchanged text changes nothing. Raises NotFound for anybody else's."""
    _own(actor, comment)
    permit(actor, Verb.COMMENT, facts_of_edition(edition, now), time_zone=edition.time_zone)
    text = _checked(text, stance, language, languages_for(edition, comment.language))
    if (comment.text, comment.stance, comment.language) == (text, stance, language):
        return comment
    comment.text, comment.html, comment.stance, comment.language = text, to_html(text), stance, language
    comment.edited = now
    if comment.state == "published" and must_wait(actor, edition, text, [], now):
        comment.state = "waiting"
        _count(comment, -1)
    return comment


@use_case
def remove_comment(actor: Actor, edition: Edition, comment: Comment, *, now: datetime) -> Comment:
    """Take back one's own comment: its text goes, answers to it stay."""
    _own(actor, comment)
    permit(actor, Verb.OWN, facts_of_edition(edition, now))
    if comment.state == "published":
        _count(comment, -1)
    comment.state, comment.state_at, comment.text, comment.html = "removed", now, "", ""
    return comment


@use_case
def let_through(
    actor: Actor, edition: Edition, comment: Comment, *, seen: str = "", now: datetime
) -> Comment:
    """A facilitator publishes a comment that waited.

    Raises Conflict where it does not wait, or has other words than those `seen`.
    """
    permit(actor, Verb.MODERATE, facts_of_edition(edition, now), time_zone=edition.time_zone)
    db.session.refresh(comment, with_for_update=True)
    if comment.state != "waiting":
        raise Conflict(_("This comment does not wait any longer."))
    if seen and seen != comment.wording:
        raise Conflict(_("The text was changed meanwhile. Read it again, then decide."))
    comment.state, comment.state_at = "published", now
    _count(comment, 1)
    record(
        actor, "comment-let-through", edition_id=edition.id, role=Role.FACILITATOR, now=now,
        facts={"comment": comment.id},
    )  # fmt: skip
    after_commit(comment_posted, comment_id=comment.id)
    return comment


@use_case
def forget_writer(account_id: int) -> None:
    """Take the person's name off their comments, when the account is erased."""
    db.session.execute(update(Comment).where(Comment.author_id == account_id).values(author_name=""))


@use_case
def erase_comments(account_id: int, now: datetime) -> None:
    """Take the words out of everything that the person said; answers to it stay."""
    for comment in db.session.scalars(select(Comment).where(Comment.author_id == account_id)):
        if comment.state == "published":
            _count(comment, -1)
        comment.state, comment.state_at, comment.text, comment.html = "removed", now, "", ""
