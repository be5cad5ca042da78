"""Keeping deeds of one kind apart in an edition, while people go on voting and writing."""

from sqlalchemy import select

from roadmap.core.db import db
from roadmap.editions.models import Edition


def hold(edition_id: int) -> None:
    """Until the deed is done, whoever else holds the edition waits; readers and voters do not."""
    db.session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update(key_share=True))
