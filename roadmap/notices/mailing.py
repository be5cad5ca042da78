"""One mail about all notices that wait; its links open pages with buttons, and act on nothing."""

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from roadmap.accounts.keys import new_token
from roadmap.accounts.mailing import send_text
from roadmap.accounts.models import Account
from roadmap.core import clock
from roadmap.core.db import db, use_case
from roadmap.core.i18n import LOCALES, force_locale
from roadmap.core.jobs import job
from roadmap.notices.models import AUTHOR_KINDS, Notice, NoticeChoice
from roadmap.notices.queries import DEFAULT_CHOICE, Shown, shown_of
from roadmap.notices.sentences import sentence
from roadmap.proposals.queries import STUBS

MOST_LINES = 20


@job
def mail_notices(account_id: int, daily: bool) -> None:
    """Send what waits, if there is something: all of it once a day, else what the person wants at once.

    What was hidden, withdrawn or settled meanwhile is not told of.
    """
    taken = _take(account_id, daily, clock.now())
    account = db.session.get(Account, account_id)
    if taken is None or account is None:
        return
    shown, key = taken
    base = f"{current_app.config['SETTINGS'].base_url}/{account.language}/me/notices"
    with force_locale(LOCALES[account.language]):
        lines = [sentence(each) for each in shown[:MOST_LINES]]
        if len(shown) > MOST_LINES:
            lines.append("…")
    send_text(
        shown[0].edition, "mail-notices", account.email, account.language, name=account.name,
        headers={"List-Unsubscribe": f"<{base}/stop/{key}>"},
        notices="\n".join(lines), link=base, stop=f"{base}/stop/{key}",
    )  # fmt: skip


@use_case
def _take(account_id: int, daily: bool, now: datetime) -> tuple[list[Shown], str] | None:
    """What is to be told now, marked as told, and the key that ends these mails; None where nothing is."""
    account = db.session.get(Account, account_id, with_for_update=True)
    if account is None or not account.active or account.suspended is not None:
        return None
    choice = choice_of(account_id)
    waiting = db.session.scalars(
        select(Notice)
        .where(Notice.account_id == account_id, Notice.mailed.is_(None), Notice.settled.is_(None))
        .order_by(Notice.id)
    )
    due = []
    for each in shown_of(list(waiting)):
        way = choice.as_author if each.notice.kind in AUTHOR_KINDS else choice.as_voter
        told_in_words = each.proposal.state not in STUBS and (
            each.lead is None or each.lead.state not in STUBS
        )
        if way == "at-once" or (daily and way == "daily"):
            each.notice.mailed = now
            if told_in_words and each.notice.read is None:
                due.append(each)
    return (due, choice.key) if due else None


def choice_of(account_id: int) -> NoticeChoice:
    """The person's choice, made with the defaults where there is none yet; to be called inside a deed."""
    choice = db.session.get(NoticeChoice, account_id)
    if choice is None:
        choice = NoticeChoice(
            account_id=account_id, as_author=DEFAULT_CHOICE[0], as_voter=DEFAULT_CHOICE[1], key=new_token()
        )
        db.session.add(choice)
        db.session.flush()
    return choice
