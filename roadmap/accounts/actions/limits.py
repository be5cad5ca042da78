"""How often something may be tried in an hour: counted in one statement, so that none slips through."""

from datetime import datetime

from sqlalchemy import delete, text, update

from roadmap.accounts.keys import digest
from roadmap.accounts.models import Attempt
from roadmap.core.db import db, use_case

HOUR = 3600
MAILS_AN_ADDRESS = 6
MAILS_A_CLIENT = 60
PASSWORDS_AN_ACCOUNT = 20
PASSWORDS_A_CLIENT = 100
CODES_AN_ACCOUNT = 10

_CHARGE = text(
    "INSERT INTO attempts (key, hour, count) VALUES (:key, :hour, 1)"
    " ON CONFLICT (key, hour) DO UPDATE SET count = attempts.count + 1 RETURNING count"
)


@use_case
def charge(kind: str, what: str, most: int, *, now: datetime) -> bool:
    """Count one more try of `kind` for `what`; whether it is still within `most` in this hour.

    Counts of earlier hours are forgotten here, so nothing about who tried stays longer than that.
    """
    hour = int(now.timestamp()) // HOUR
    db.session.execute(delete(Attempt).where(Attempt.hour < hour - 1))
    count = db.session.execute(_CHARGE, {"key": digest(f"{kind}:{what}"), "hour": hour}).scalar_one()
    return int(count) <= most


@use_case
def give_back(kind: str, what: str, *, now: datetime) -> None:
    """Take one try off the count: it was a right one."""
    hour = int(now.timestamp()) // HOUR
    db.session.execute(
        update(Attempt)
        .where(Attempt.key == digest(f"{kind}:{what}"), Attempt.hour == hour, Attempt.count > 0)
        .values(count=Attempt.count - 1)
    )
