"""What people do about their notices: answer, mark as read, choose how they are told."""

from datetime import datetime

from sqlalchemy import update

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Facts
from roadmap.editions.models import Edition
from roadmap.notices.mailing import choice_of
from roadmap.notices.models import VOTER_KINDS, WAYS, Notice, NoticeChoice
from roadmap.notices.queries import find_choice, get_notice
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import Cast, cast_vote

KEEP = "keep"


def answer_notice(actor: Actor, identifier: int, choice: str, *, now: datetime) -> Cast | None:
    """Answer a notice about a vote: `keep`, or `agree`, `disagree`, `pass`, `clear` on the proposal that leads.

    Keeping writes no vote: the carried one keeps its origin and its wording. Raises NotFound for anybody else's
    notice, Conflict where there is nothing to keep, and whatever voting raises.
    """
    notice = get_notice(actor, identifier)
    if notice.kind not in VOTER_KINDS:
        raise NotFound
    if choice == KEEP:
        if notice.kind == "asked-again":
            raise Conflict(
                _("There is no vote to keep: your answers were opposite. Choose one of the three.")
            )
        settle_notice(actor, identifier, now=now)
        return None
    edition = db.session.get_one(Edition, notice.edition_id)
    proposal = db.session.get_one(Proposal, notice.proposal_id)
    number = proposals.lead_of(edition, proposal).number
    done = cast_vote(actor, edition, number, choice, now=now)
    settle_notice(actor, identifier, now=now)
    return done


@use_case
def settle_notice(actor: Actor, identifier: int, *, now: datetime) -> Notice:
    """Nothing is left to do about a notice of one's own."""
    permit(actor, Verb.OWN, Facts(now=now))
    notice = get_notice(actor, identifier)
    notice.read, notice.settled = notice.read or now, notice.settled or now
    return notice


@use_case
def mark_read(actor: Actor, *, now: datetime) -> None:
    """All of one's notices so far are read."""
    permit(actor, Verb.OWN, Facts(now=now))
    db.session.execute(
        update(Notice)
        .where(Notice.account_id == actor.account, Notice.read.is_(None), Notice.made <= now)
        .values(read=now)
    )


@use_case
def choose_ways(actor: Actor, *, as_author: str, as_voter: str, now: datetime) -> NoticeChoice:
    """Choose how to be told by mail, as an author and as a voter."""
    permit(actor, Verb.OWN, Facts(now=now))
    if as_author not in WAYS or as_voter not in WAYS or actor.account is None:
        raise Invalid(_("Choose one of the answers."))
    choice = choice_of(actor.account)
    choice.as_author, choice.as_voter = as_author, as_voter
    return choice


@use_case
def stop_mails(key: str, *, now: datetime) -> None:
    """End the mails of whoever the key belongs to; raises NotFound for a key that nobody has."""
    choice = find_choice(key)
    if choice is None:
        raise NotFound
    choice.as_author = choice.as_voter = "off"
