"""Reading a person's notices, and how they want to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select

from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.paging import Page
from roadmap.core.portions import rows_by_id
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.moderation.models import Decision
from roadmap.notices.models import Notice, NoticeChoice
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal

T = TypeVar("T", Merge, Decision, Edition)
PER_PAGE = 50
DEFAULT_CHOICE = ("daily", "off")
"""How authors and voters are told by mail as long as they choose nothing."""


@dataclass(frozen=True)
class Shown:
    """A notice with what it is about: `lead` is the merge's, `comment` the id of a comment decided about, or 0."""

    notice: Notice
    edition: Edition
    proposal: Proposal
    lead: Proposal | None = None
    undone: bool = False
    comment: int = 0

    @property
    def open(self) -> bool:
        """Whether something is left to do."""
        return self.notice.settled is None


def notices_of(actor: Actor, page: int) -> Page[Shown]:
    """One page of the person's notices, newest first."""
    own = select(Notice).where(Notice.account_id == actor.account)
    total = db.session.scalar(select(func.count()).select_from(own.subquery())) or 0
    rows = db.session.scalars(
        own.order_by(Notice.made.desc(), Notice.id.desc()).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    )
    return Page(shown_of(list(rows)), page, total, PER_PAGE)


def get_notice(actor: Actor, identifier: int) -> Notice:
    """A notice of this very person; raises NotFound."""
    notice = db.session.get(Notice, identifier)
    if notice is None or actor.account is None or notice.account_id != actor.account:
        raise NotFound
    return notice


def shown_of(notices: Sequence[Notice]) -> list[Shown]:
    """The notices with what they are about."""
    merges = rows_by_id(Merge, (notice.merge_id for notice in notices if notice.merge_id is not None))
    decisions = rows_by_id(
        Decision, (notice.decision_id for notice in notices if notice.decision_id is not None)
    )
    editions = rows_by_id(Edition, (notice.edition_id for notice in notices if notice.edition_id is not None))
    found = proposals.by_ids(
        [*(notice.proposal_id for notice in notices), *(merge.lead_id for merge in merges.values())]
    )
    shown = []
    for notice in notices:
        merge = merges.get(notice.merge_id or 0)
        decision = decisions.get(notice.decision_id or 0)
        shown.append(
            Shown(
                notice, editions[notice.edition_id], found[notice.proposal_id],
                found[merge.lead_id] if merge else None, merge is not None and merge.undone is not None,
                (decision.comment_id or 0) if decision else 0,
            )
        )  # fmt: skip
    return shown


def unread(actor: Actor) -> int:
    """How many notices the person has not read."""
    return int(
        db.session.scalar(
            select(func.count()).where(Notice.account_id == actor.account, Notice.read.is_(None))
        )
        or 0
    )


def ways_of(account: int | None) -> tuple[str, str]:
    """How the person is told by mail: as an author, as a voter."""
    choice = db.session.get(NoticeChoice, account) if account is not None else None
    return (choice.as_author, choice.as_voter) if choice is not None else DEFAULT_CHOICE


def find_choice(key: str) -> NoticeChoice | None:
    """Whose mails end by this key."""
    return db.session.scalar(select(NoticeChoice).where(NoticeChoice.key == key)) if key else None
