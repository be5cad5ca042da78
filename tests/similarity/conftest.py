"""An edition, facilitators, and proposals of which some say the same."""

from collections.abc import Iterator

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from roadmap.similarity import encoders
from roadmap.similarity.actions import compare_edition
from roadmap.similarity.models import LikelyPair, Vector
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

SEAT = "Give mutual-aid networks a seat at the table"
SEAT_TOO = "Give the mutual-aid networks a seat at the table"
DEPOTS = "Open the bus depots at night"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def author(edition: Edition) -> Account:
    return an_account("Awa")


@pytest.fixture
def facilitator(edition: Edition) -> Actor:
    return the_actor(a_role(an_account("Fatou"), Role.FACILITATOR, edition))


@pytest.fixture
def meaning(app: Flask) -> Iterator[encoders.Encoder]:
    """Proposals are compared by meaning."""
    encoders.set_up("auto")
    yield encoders.encoder()
    encoders.set_up("words")


@pytest.fixture
def alike(edition: Edition, author: Account) -> list[Proposal]:
    """No. 1 and No. 2 say the same, No. 3 something else; all are compared."""
    made = [a_proposal(edition, author, title=title) for title in (SEAT, SEAT_TOO, DEPOTS)]
    compare_edition(edition, now=NOW)
    return made


def pairs() -> list[tuple[int, int]]:
    """The stored pairs by the ids of their proposals."""
    rows = db.session.query(LikelyPair).order_by(LikelyPair.a_id, LikelyPair.b_id)
    return [(row.a_id, row.b_id) for row in rows]


def everything() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """All that is stored, as values."""
    kept = sorted(
        (row.proposal_id, row.encoder, row.revision, row.digest, row.content, row.compared)
        for row in db.session.query(Vector)
    )
    found = sorted(
        (row.id, row.a_id, row.b_id, row.similarity, row.negation, row.number, row.revision_a, row.revision_b)
        for row in db.session.query(LikelyPair)
    )
    return list(kept), list(found)
