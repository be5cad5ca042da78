"""Keeping account of mail that could not be delivered, no longer than it is of use."""

from datetime import datetime

from sqlalchemy import delete, select

from roadmap.accounts.models import Undelivered
from roadmap.accounts.undelivered import KEPT
from roadmap.core.db import db, use_case
from roadmap.core.errors import NotFound
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.editions.queries import outline_of


@use_case
def note_failure(address: str, *, key: str, edition_id: int, text: str, reason: str, now: datetime) -> None:
    """Remember that a message did not reach the address, once for each edition; what is old is forgotten."""
    db.session.execute(delete(Undelivered).where(Undelivered.last <= now - KEPT))
    noted = db.session.scalar(
        select(Undelivered).where(Undelivered.edition_id == edition_id, Undelivered.address_key == key)
    )
    if noted is None:
        noted = Undelivered(edition_id=edition_id, address=address, address_key=key, times=0)
        db.session.add(noted)
    noted.text, noted.reason, noted.times, noted.last = text, reason, noted.times + 1, now


@use_case
def forget_failures(key: str) -> None:
    """A message arrived: nothing is wrong with the address any longer."""
    db.session.execute(delete(Undelivered).where(Undelivered.address_key == key))


@use_case
def set_aside(actor: Actor, edition: Edition, number: int, *, now: datetime) -> None:
    """An organiser has seen it. Raises NotFound for another edition's."""
    permit(actor, Verb.MANAGE, outline_of(edition, now))
    noted = db.session.get(Undelivered, number)
    if noted is None or noted.edition_id != edition.id:
        raise NotFound
    db.session.delete(noted)
