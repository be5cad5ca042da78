"""Plain functions that make the things tests are about; each commits what it made."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from roadmap.accounts.models import Account, Membership, Voter
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.markdown import to_html
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition, EditionPhase, GuidingQuestion
from roadmap.proposals.models import Proposal, Revision

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


T = TypeVar("T")


def saved(thing: T) -> T:
    """Store it and come back with its id."""
    db.session.add(thing)
    db.session.commit()
    return thing


def an_edition(
    slug: str = "2026", *, phases: dict[str, tuple[datetime, datetime | None]] | None = None, **fields: Any
) -> Edition:
    """An edition in which proposing and voting are open, with two guiding questions."""
    values: dict[str, Any] = {
        "title": {"en": "Solidarity", "fr": "La solidarité", "ar": "التضامن"},
        "languages": ["en", "fr", "pt", "es", "ar"],
        "time_zone": "Europe/Lisbon",
        "is_current": True,
        "made": NOW - 90 * DAY,
        "opened": NOW - 90 * DAY,
        "texts": {},
        **fields,
    }
    edition = saved(Edition(slug=slug, **values))
    dates = phases or {
        "listening": (NOW - 60 * DAY, NOW - 30 * DAY),
        "proposing": (NOW - 30 * DAY, NOW + 30 * DAY),
        "voting": (NOW - 20 * DAY, NOW + 30 * DAY),
        "drafting": (NOW + 30 * DAY, NOW + 60 * DAY),
        "forum": (NOW + 60 * DAY, NOW + 62 * DAY),
    }
    for kind, (opens, closes) in dates.items():
        db.session.add(EditionPhase(edition_id=edition.id, kind=kind, opens=opens, closes=closes))
    for number, text in ((1, "What forms does solidarity take?"), (2, "What makes it work?")):
        db.session.add(
            GuidingQuestion(
                edition_id=edition.id,
                number=number,
                text={"en": text},
                label={"en": f"Question {number}"},
                note={},
            )
        )
    db.session.commit()
    return edition


def the_question(edition: Edition, number: int = 1) -> GuidingQuestion:
    return db.session.query(GuidingQuestion).filter_by(edition_id=edition.id, number=number).one()


def an_account(name: str = "Awa", **fields: Any) -> Account:
    """A person with a confirmed address, and the voter behind their votes."""
    address = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    account = saved(
        Account(
            email=address, email_key=address.casefold(), name=name, name_key=name.casefold(),
            confirmed=NOW - DAY, made=NOW - DAY, **fields,
        )
    )  # fmt: skip
    saved(Voter(kind="account", account_id=account.id, made=NOW - DAY))
    return account


def a_role(
    account: Account, role: Role, edition: Edition | None, languages: list[str] | None = None
) -> Account:
    """Grant a role from yesterday on; to a translator in these languages."""
    saved(
        Membership(
            account_id=account.id, edition_id=edition.id if edition else None, role=role,
            languages=languages or [], since=NOW - DAY,
        )
    )  # fmt: skip
    return account


def the_voter(account: Account) -> Voter:
    return db.session.query(Voter).filter_by(account_id=account.id).one()


def the_actor(account: Account) -> Actor:
    """The account as the one who acts, with the roles it holds."""
    held = db.session.query(Membership).filter_by(account_id=account.id, until=None).all()
    return Actor(
        account.id, the_voter(account).id, account.name, account.email, account.language,
        frozenset((each.edition_id, Role(each.role)) for each in held),
        translates=frozenset(
            (each.edition_id, code)
            for each in held if each.role == Role.TRANSLATOR for code in each.languages
        ),
        reads=tuple(account.reads),
    )  # fmt: skip


def a_proposal(
    edition: Edition, author: Account | None = None, *, question: int = 1, **fields: Any
) -> Proposal:
    """A published proposal with its first revision."""
    last = db.session.query(Proposal).filter_by(edition_id=edition.id).count()
    title = fields.pop("title", f"Share what works, number {last + 1}")
    text = fields.pop("text", "Neighbours know first what is needed.")
    proposal = saved(
        Proposal(
            edition_id=edition.id, question_id=the_question(edition, question).id,
            number=fields.pop("number", last + 1), title=title, text=text, html=to_html(text),
            language=fields.pop("language", "en"), author_id=author.id if author else None,
            author_line=fields.pop("author_line", "name"), author_name=author.name if author else "",
            made=fields.pop("made", NOW - DAY), changed=NOW - DAY, **fields,
        )
    )  # fmt: skip
    saved(
        Revision(
            proposal_id=proposal.id, number=1, kind="first", title=title, text=text, links=[],
            language=proposal.language, author_id=proposal.author_id, made=proposal.made,
        )
    )  # fmt: skip
    return proposal


def a_comment(proposal: Proposal, writer: Account | None = None, **fields: Any) -> Comment:
    """A published comment that takes no side."""
    text = fields.pop("text", "It works in our town.")
    return saved(
        Comment(
            proposal_id=proposal.id, author_id=writer.id if writer else None,
            author_name=writer.name if writer else "", language=fields.pop("language", "en"),
            text=text, html=to_html(text), made=NOW - DAY, **fields,
        )
    )  # fmt: skip
