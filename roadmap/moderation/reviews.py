"""Which accounts organisers look into, and under which voters these voted."""

from dataclasses import dataclass

from sqlalchemy import select

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.editions.models import Edition
from roadmap.moderation.models import AccountReview


@dataclass(frozen=True)
class UnderReview:
    """How many accounts are under review, and their voters' ids; false where there are none."""

    accounts: int
    voters: frozenset[int]

    def __bool__(self) -> bool:
        return self.accounts > 0


def reviews_of(edition: Edition) -> list[AccountReview]:
    """The reviews that have not ended, the newest first."""
    found = select(AccountReview).where(AccountReview.edition_id == edition.id, AccountReview.ended.is_(None))
    return list(db.session.scalars(found.order_by(AccountReview.since.desc(), AccountReview.id.desc())))


def under_review(edition: Edition) -> UnderReview:
    """Accounts under review in the edition now."""
    accounts = {review.account_id for review in reviews_of(edition)}
    voters = db.session.scalars(select(Voter.id).where(Voter.account_id.in_(accounts))) if accounts else ()
    return UnderReview(len(accounts), frozenset(voters))
