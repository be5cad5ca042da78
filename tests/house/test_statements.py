"""Lists ask the same number of statements whatever they show, and few; a vote asks four.

Counted are the statements of the session and those on the thread's own driver connection, on which the session
of the reader is looked up. BEGIN and COMMIT of reading are not counted, those of a vote are checked.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from roadmap.accounts.models import Account, Declaration, Undelivered, Voter
from roadmap.comments.models import Comment
from roadmap.core import db as core_db
from roadmap.core.db import db, is_sqlite, own_connection
from roadmap.domain.policy import Role
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.moderation.models import Report
from roadmap.proposals.models import Correction, Proposal
from roadmap.proposals.tagging import make_tag, tag_proposals
from roadmap.standing.actions import renew_all
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.drafts.making import cast, voters
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor

LISTED = re.compile(r"IN \((?:[^()]|%\(\w+\)s)*\)")
MOST = 8
"""What a page may ask, whatever it shows, beside the statement that looks up the reader's sign-in."""


class Counting:
    """A driver connection that remembers what it was asked."""

    def __init__(self, connection: Any, said: list[str]) -> None:
        self.connection, self.said = connection, said

    def execute(self, statement: str, *values: Any) -> Any:
        self.said.append(" ".join(statement.split()))
        return self.connection.execute(statement, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that is asked of the database meanwhile."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(" ".join(statement.split()))

    own_connection()
    kept = core_db._local.connections
    plain = dict(kept)
    kept.update({key: Counting(connection, said) for key, connection in plain.items()})
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
        kept.update(plain)


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def asked(browser: Visitor, address: str) -> list[str]:
    """What a page asks, seen for the second time."""
    browser.get(address)
    with statements() as said:
        assert browser.get(address).status_code == 200, address
    return [
        LISTED.sub("IN (…)", each) for each in said if not each.startswith(("BEGIN", "COMMIT", "ROLLBACK"))
    ]


def proposals(edition: Edition, browser: Visitor, count: int) -> None:
    """So many proposals more, each with a comment and a vote of the reader and of somebody else."""
    other = the_actor(an_account(f"Other {db.session.query(Account).count()}"))
    reader = the_actor(db.session.query(Account).order_by(Account.id).first())  # type: ignore[arg-type]
    for _ in range(count):
        made = a_proposal(edition)
        for actor in (other, reader):
            cast_vote(actor, edition, made.number, "agree", now=NOW)
        saved(
            Comment(proposal_id=made.id, author_id=other.account, language="en", text="x", html="x", made=NOW)
        )


def versions(edition: Edition, browser: Visitor, count: int) -> None:
    organiser = the_actor(a_role(an_account(f"Organiser {count}"), Role.ORGANISER, edition))
    if count == 1:
        a_proposal(edition)
    for _ in range(count):
        freeze_draft(organiser, compile_draft(organiser, edition, site="http://localhost", now=NOW), now=NOW)


def comments(edition: Edition, browser: Visitor, count: int) -> None:
    proposal = a_proposal(edition) if count == 1 else db.session.query(Proposal).first()
    assert proposal is not None
    for _ in range(count):
        above = saved(Comment(proposal_id=proposal.id, language="en", text="x", html="x", made=NOW))
        saved(
            Comment(
                proposal_id=proposal.id,
                parent_id=above.id,
                depth=1,
                language="en",
                text="y",
                html="y",
                made=NOW,
            )
        )


Filling = Callable[[Edition, Visitor, int], None]


def unvoted(edition: Edition, browser: Visitor, count: int) -> None:
    """So many proposals more that the reader has not answered."""
    for _ in range(count):
        a_proposal(edition)


def tagged(edition: Edition, browser: Visitor, count: int) -> None:
    """So many proposals more, all with a tag."""
    proposals(edition, browser, count)
    organiser = the_actor(a_role(an_account(f"Tagging {count}"), Role.ORGANISER, edition))
    if count == 1:
        make_tag(organiser, edition, {"en": "Housing"}, now=NOW)
    numbers = [row[0] for row in db.session.query(Proposal.number)]
    tag_proposals(organiser, edition, numbers, put=[1], now=NOW)


def merges(edition: Edition, browser: Visitor, count: int) -> None:
    """So many merges more into the first proposal, each of one proposal with a comment and a vote."""
    proposals(edition, browser, count + 1 if count == 1 else count)
    organiser = the_actor(a_role(an_account(f"Merging {count}"), Role.ORGANISER, edition))
    lead, *others = db.session.query(Proposal).filter_by(lead_id=None).order_by(Proposal.id).all()
    for other in others[:count]:
        merge_proposals(
            organiser, edition, lead.number, [other.number], title=lead.title, text=lead.text,
            reason="They say the same", now=NOW,
        )  # fmt: skip


def editions(edition: Edition, browser: Visitor, count: int) -> None:
    """Votes of the reader in so many editions more."""
    for number in range(count):
        proposals(an_edition(f"{count}-{number}", is_current=False), browser, 1)


def needs(edition: Edition, browser: Visitor, count: int) -> None:
    """So much more of everything that an organiser has to look at."""
    for number in range(count):
        made = a_proposal(edition, state="waiting")
        reported = a_proposal(edition, author_line="group")
        saved(Report(edition_id=edition.id, proposal_id=reported.id, reason="x", made=NOW))
        saved(
            Correction(
                proposal_id=reported.id, base_revision=1, title="x", text="y", made=NOW
            )
        )  # fmt: skip
        person = an_account(f"Minister {db.session.query(Account).count()}")
        voter = db.session.query(Voter).filter_by(account_id=person.id).one()
        saved(
            Declaration(
                voter_id=voter.id, edition_id=edition.id, stakeholder_group="decision-maker", made=NOW
            )
        )
        address = f"nobody{made.number}-{number}@example.org"
        saved(
            Undelivered(
                edition_id=edition.id, address=address, address_key=address, text="mail-sign-in", reason="server",
                last=NOW,
            )
        )  # fmt: skip


def standing(edition: Edition, browser: Visitor, count: int) -> None:
    """So many proposals more in an edition whose standing is known."""
    proposals(edition, browser, count)
    first = db.session.query(Proposal).order_by(Proposal.id).first()
    assert first is not None
    cast([(voter, first.id, 1) for voter in voters(30)])
    renew_all(now=NOW)


PAGES: list[tuple[str, Filling, int]] = [
    ("/en/", proposals, 8),
    ("/en/2026/questions", proposals, 4),
    ("/en/2026/questions/1-question-1", proposals, 6),
    ("/en/2026/questions/1-question-1", merges, 6),
    ("/en/2026/questions/1-question-1?sort=agreed", merges, 7),
    ("/en/2026/questions/1-question-1?sort=fewest", proposals, 7),
    ("/en/2026/questions/1-question-1?sort=talked", merges, 7),
    ("/en/2026/questions/1-question-1?todo=1&q=share&written=en&sort=agreed", unvoted, 8),
    ("/en/2026/questions/1-question-1/results", standing, 8),
    ("/en/2026/questions/1-question-1?tag=1", tagged, 6),
    ("/en/2026/vote", proposals, 5),
    ("/en/me/votes", proposals, 6),
    ("/en/me/votes", merges, 6),
    ("/en/me/votes", editions, 6),
    ("/en/2026/proposals/1-share-what-works-number-1", comments, 8),
    ("/en/2026/proposals/1-share-what-works-number-1", merges, 9),
    ("/en/2026/roadmap", versions, 3),
    ("/en/2026/manage", versions, 17),
    ("/en/2026/manage", needs, 18),
    ("/en/2026/manage/phases", versions, 2),
    ("/en/2026/manage/roadmap", versions, 3),
    ("/en/2026/manage/roadmap/new", proposals, 7),
]


@pytest.mark.parametrize(
    ("address", "fill", "known"), PAGES, ids=[f"{page[0]} {page[1].__name__}" for page in PAGES]
)
def test_a_list_of_three_asks_what_a_list_of_one_asks(
    app: Flask, edition: Edition, address: str, fill: Filling, known: int
) -> None:
    browser = Visitor(app)
    reader = an_account("Reader")
    browser.sign_in(a_role(reader, Role.ORGANISER, edition) if "/manage" in address else reader, factor=1)
    fill(edition, browser, 1)
    one = asked(browser, address)
    fill(edition, browser, 2)
    three = asked(browser, address)
    assert one == three
    assert len(one) - 1 <= known, "without the look-up of the sign-in"


def test_two_pages_alone_ask_more_than_the_bar() -> None:
    """A proposal whose text was changed since the reader voted: what has changed is one statement more.

    The organiser's day gathers from every feature: it may ask 20, and is read by few.
    """
    more = {(address.split("/")[3], fill.__name__) for address, fill, known in PAGES if known > MOST}
    assert more == {("proposals", "merges"), ("manage", "versions"), ("manage", "needs")}


def test_a_vote_is_one_transaction_of_at_most_four_statements(app: Flask, edition: Edition) -> None:
    """From a browser with a key: what decides on it, the event, the current row; the tally follows by trigger."""
    proposal = a_proposal(edition)
    browser = Visitor(app)
    browser.post(f"/en/2026/proposals/{proposal.number}/vote", {"choice": "agree"})
    with statements() as said:
        browser.post(f"/en/2026/proposals/{proposal.number}/vote", {"choice": "disagree"})
    end = said.index("COMMIT")
    begin = max(place for place, each in enumerate(said[:end]) if each.startswith("BEGIN"))
    deed = [each.split()[0] for each in said[begin + 1 : end]]
    assert deed == ["SELECT"] * (1 if is_sqlite() else 2) + ["INSERT", "INSERT"]
    written = [each for each in said if each.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert (len(written), said.count("COMMIT")) == (2, 1)
