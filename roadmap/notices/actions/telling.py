"""Making notices, after the deed they tell of. Each may run again: nobody is told the same thing twice.

What is no longer so is settled: a proposal that left a merge, a vote that is not carried any longer.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from roadmap.comments.models import Comment
from roadmap.core import clock
from roadmap.core.db import db, use_case
from roadmap.core.jobs import after, job, later_in
from roadmap.core.portions import portions
from roadmap.editions.models import Edition
from roadmap.merging.models import Acceptance, Merge, Split
from roadmap.merging.objected import voices_of
from roadmap.moderation.models import Decision
from roadmap.notices.carried import asked_about_change, carried_by
from roadmap.notices.mailing import mail_notices
from roadmap.notices.models import AUTHOR_KINDS, Notice, NoticeChoice
from roadmap.notices.queries import DEFAULT_CHOICE
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal

GATHERED_FOR = timedelta(minutes=10)
"""How long a mail that is sent at once waits for more to tell."""
DAILY_AT = 7
"""The hour, in UTC, at which the daily mail goes out."""
WRITTEN_AT_ONCE = 5_000

Wanted = tuple[int, str, int]
"""(account, kind, proposal) of a notice."""


def merge_changed(merge_id: int) -> None:
    """Tell of a merge once the deed is done."""
    after(tell_of_merge, merge_id=merge_id)


def split_changed(split_id: int) -> None:
    """Tell of a split once the deed is done."""
    after(tell_of_split, split_id=split_id)


def text_decided(decision_id: int) -> None:
    """Tell of a decision once the deed is done."""
    after(tell_of_decision, decision_id=decision_id)


def correction_accepted(proposal_id: int) -> None:
    """Tell of a correction once the deed is done."""
    after(tell_of_correction, proposal_id=proposal_id)


@job
def tell_of_merge(merge_id: int) -> None:
    """Authors hear that their text was merged, voters that their vote was carried or set aside."""
    _announce(_merge(merge_id, clock.now()))


@job
def tell_of_split(split_id: int) -> None:
    """The author hears that their proposal was split."""
    _announce(_split(split_id, clock.now()))


@job
def tell_of_decision(decision_id: int) -> None:
    """The author hears what was decided; by mail moderation tells it."""
    _decision(decision_id, clock.now())


@job
def tell_of_correction(proposal_id: int) -> None:
    """Whoever voted before the correction hears that the text has changed."""
    _announce(_correction(proposal_id, clock.now()))


@use_case
def _merge(merge_id: int, now: datetime) -> list[Wanted]:
    merge = db.session.get(Merge, merge_id, with_for_update=True)
    if merge is None:
        return []
    edition = db.session.get_one(Edition, merge.edition_id)
    accepted = set(db.session.scalars(select(Acceptance.account_id).where(Acceptance.merge_id == merge.id)))
    wanted: set[Wanted] = {
        (voice.account, "merged", voice.wrote)
        for voice in voices_of(edition, merge)
        if voice.account not in accepted and voice.account != merge.made_by
    }
    top = proposals.lineage_of(edition).lead_of(merge.lead_id)
    for account, asked_again in carried_by(edition, merge, top).items():
        wanted.add((account, "asked-again" if asked_again else "carried", top))
    known = list(db.session.scalars(select(Notice).where(Notice.merge_id == merge.id)))
    for notice in known:
        if notice.settled is None and (notice.account_id, notice.kind, notice.proposal_id) not in wanted:
            notice.settled = now
    told = {(notice.account_id, notice.kind, notice.proposal_id) for notice in known}
    told |= _waiting(top, ("carried", "asked-again"))
    return _add(edition.id, sorted(wanted - told), now, merge_id=merge.id)


@use_case
def _split(split_id: int, now: datetime) -> list[Wanted]:
    split = db.session.get(Split, split_id, with_for_update=True)
    if split is None:
        return []
    known = list(db.session.scalars(select(Notice).where(Notice.split_id == split.id)))
    if split.undone is not None:
        for notice in known:
            notice.settled = notice.settled or now
        return []
    author = db.session.get_one(Proposal, split.original_id).author_id
    if author is None or author == split.made_by or known:
        return []
    return _add(split.edition_id, [(author, "split", split.original_id)], now, split_id=split.id)


@use_case
def _decision(decision_id: int, now: datetime) -> None:
    decision = db.session.get(Decision, decision_id, with_for_update=True)
    if decision is None or decision.outcome == "leave":
        return
    comment = db.session.get(Comment, decision.comment_id) if decision.comment_id else None
    proposal = db.session.get_one(Proposal, comment.proposal_id if comment else decision.proposal_id)
    author = (comment or proposal).author_id
    known = db.session.scalar(select(Notice).where(Notice.decision_id == decision.id))
    if known is not None:
        known.read, known.made = None, now  # the appeal was answered
    elif author is not None:
        db.session.add(
            Notice(
                account_id=author, edition_id=proposal.edition_id, kind="decided", proposal_id=proposal.id,
                decision_id=decision.id, made=now, mailed=now,
            )
        )  # fmt: skip


@use_case
def _correction(proposal_id: int, now: datetime) -> list[Wanted]:
    proposal = db.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None:
        return []
    wanted = {(account, "changed", proposal.id) for account in asked_about_change(proposal)}
    return _add(proposal.edition_id, sorted(wanted - _waiting(proposal.id, ("changed",))), now)


def _waiting(proposal: int, kinds: Collection[str]) -> set[Wanted]:
    """What people are told about a proposal already and have not answered."""
    rows = db.session.execute(
        select(Notice.account_id, Notice.kind, Notice.proposal_id).where(
            Notice.proposal_id == proposal, Notice.kind.in_(kinds), Notice.settled.is_(None)
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _add(edition: int, wanted: list[Wanted], now: datetime, **of: int) -> list[Wanted]:
    for part in portions(wanted, WRITTEN_AT_ONCE):
        db.session.execute(
            insert(Notice),
            [
                {
                    "account_id": account,
                    "edition_id": edition,
                    "kind": kind,
                    "proposal_id": proposal,
                    "made": now,
                    **of,
                }
                for account, kind, proposal in part
            ],
        )
    return wanted


def _announce(told: Iterable[Wanted]) -> None:
    """Plan the mails of those who want one; whatever comes meanwhile goes into the same."""
    kinds: dict[int, set[str]] = {}
    for account, kind, _proposal in told:
        kinds.setdefault(account, set()).add(kind)
    chosen: dict[int, NoticeChoice] = {}
    for part in portions(sorted(kinds)):
        rows = db.session.scalars(select(NoticeChoice).where(NoticeChoice.account_id.in_(part)))
        chosen.update({row.account_id: row for row in rows})
    now = clock.now()
    for account, told_of in kinds.items():
        choice = chosen.get(account)
        ways = {
            (choice.as_author if choice else DEFAULT_CHOICE[0])
            if kind in AUTHOR_KINDS
            else (choice.as_voter if choice else DEFAULT_CHOICE[1])
            for kind in told_of
        }
        if "at-once" in ways:
            later_in(mail_notices, GATHERED_FOR, account_id=account, daily=False)
        if "daily" in ways:
            later_in(mail_notices, until_daily(now), account_id=account, daily=True)


def until_daily(now: datetime) -> timedelta:
    """How long it is to the next daily mail."""
    today = now.replace(hour=DAILY_AT, minute=0, second=0, microsecond=0)
    return (today if today > now else today + timedelta(days=1)) - now
