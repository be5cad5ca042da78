"""One small campaign for looking at: every page has something to show, and somebody in each role may see it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask

from roadmap.accounts.actions import suspend
from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account, Link, SignIn
from roadmap.comments.models import Comment
from roadmap.core import clock
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.drafts.models import Draft
from roadmap.editions.actions import close_edition
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.models import Proposal, Revision
from roadmap.proposals.tagging import make_tag, tag_proposals
from roadmap.standing.actions import renew
from roadmap.votes.actions import cast_vote
from tests.drafts.making import cast, voters
from tests.factories import a_proposal, a_role, an_account, an_edition, saved, the_actor

PROPOSALS = 20
ARABIC_TITLE = "افتحوا الأرشيف لكل من يسأل"


@dataclass(frozen=True)
class Campaign:
    """A served site, the sign-ins of those who have a role in it, and the numbers of accounts that pages are about."""

    app: Flask
    address: str
    sign_ins: dict[str, str]
    accounts: dict[str, int] = field(default_factory=dict)

    def at(self, path: str, language: str = "en") -> str:
        """The full address of a path that stands after the language."""
        return f"{self.address}/{language}{path}"


def open_now() -> Any:
    """Phases that are open in a served site, whose clock runs."""
    now = clock.now()
    return {kind: (now - timedelta(days=3), now + timedelta(days=3)) for kind in ("proposing", "voting")}


def closed_by_now() -> Any:
    """Phases that are over."""
    now = clock.now()
    return {kind: (now - timedelta(days=9), now - timedelta(days=3)) for kind in ("proposing", "voting")}


def a_sign_in(account: Account) -> str:
    """The secret of a sign-in of this moment, with a second step."""
    token, now = new_token(), clock.now()
    saved(
        SignIn(
            key=digest(token), account_id=account.id, made=now, seen=now, proved=now,
            factor=2, device="Chromium, Linux", data={},
        )
    )  # fmt: skip
    return token


def a_campaign() -> tuple[dict[str, str], dict[str, int]]:
    """An open edition with others beside it: (sign-ins by role, the numbers of accounts that pages are about)."""
    edition = an_edition(phases=open_now())
    sign_ins = fill(edition)
    accounts = suspended_and_not(edition)
    an_old_edition()
    return sign_ins | editions_beside(), accounts


def fill(edition: Edition) -> dict[str, str]:
    """Proposals in two languages, votes, comments, a changed text, a merge, and three versions of a draft."""
    author, other = an_account("Awa"), an_account("Tomé")
    made = [
        a_proposal(
            edition, author if number == 1 else other, question=1,
            title=ARABIC_TITLE if number == 3 else f"Share tool number {number} with every town",
            language="ar" if number == 3 else "en", region="SN" if number == 2 else "",
        )
        for number in range(1, PROPOSALS + 1)
    ]  # fmt: skip
    writer, carried = an_account("Omar"), an_account("Nadia")
    for one in "ab":
        a_proposal(edition, writer if one == "b" else None, question=2, title=f"Lend rooms, wording {one}")
    cast_vote(the_actor(carried), edition, PROPOSALS + 2, "agree")
    _vote(made)
    _rewrite(made[1])
    _talk(made[0])
    _merge(edition)
    renew(edition.id, now=clock.now())
    organiser = a_role(an_account("Ines"), Role.ORGANISER, edition)
    _draft(edition, organiser)
    _compiled(edition, organiser)
    reader = an_account("Ravi")
    cast_vote(the_actor(reader), edition, 1, "agree")
    people = {
        "author": author, "organiser": organiser, "reader": reader, "writer": writer, "carried": carried,
    }  # fmt: skip
    return {name: a_sign_in(of) for name, of in people.items()}


def suspended_and_not(edition: Edition) -> dict[str, int]:
    """Two people who voted, by what their page is about: one is suspended, the other can be."""
    organiser = the_actor(db.session.query(Account).filter_by(name="Ines").one())
    people = {name: an_account(name) for name in ("Vera", "Kofi")}
    for account in people.values():
        cast_vote(the_actor(account), edition, 2, "agree")
    suspend(organiser, edition, people["Vera"].id, reason="Two accounts, one person.", now=clock.now())
    return {"suspended": people["Vera"].id, "other": people["Kofi"].id}


def a_link_for(account_id: int) -> str:
    """The secret of a mailed link that signs this person in."""
    account, token, now = db.session.get_one(Account, account_id), new_token(), clock.now()
    saved(
        Link(
            key=digest(token), purpose="sign-in", address=account.email, address_key=account.email_key,
            account_id=account.id, made=now, until=now + timedelta(hours=1),
        )
    )  # fmt: skip
    return token


def an_old_edition() -> Edition:
    """An edition whose voting is over."""
    edition = an_edition("2025", phases=closed_by_now(), is_current=False)
    a_proposal(edition, title="What was asked a year ago")
    return edition


def editions_beside() -> dict[str, str]:
    """One edition in preparation and a past one, both Ines's, and an administrator's sign-in."""
    organiser = db.session.query(Account).filter_by(name="Ines").one()
    preparing = an_edition("next", phases=open_now(), opened=None, is_current=False)
    past = an_edition("2024", phases=open_now(), is_current=False)
    for edition in (preparing, past):
        a_role(organiser, Role.ORGANISER, edition)
        a_proposal(edition, title="Mend the bridges together")
    close_edition(the_actor(organiser), past, now=clock.now())
    return {"administrator": a_sign_in(a_role(an_account("Zohra"), Role.ADMINISTRATOR, None))}


def compiled(edition: Edition) -> None:
    """A frozen draft by an organiser of its own."""
    _draft(edition, a_role(an_account("Inês"), Role.ORGANISER, edition), versions=1)


def a_talk(proposal: Proposal, length: int) -> int:
    """Comments that each answer the one before; the id of the last."""
    parent: int | None = None
    for depth in range(length):
        comment = Comment(
            proposal_id=proposal.id, parent_id=parent, depth=depth, language="en", stance="question",
            text="z" * 300, html=f"<p>{'z' * 300}</p>", author_name="y" * 80, made=clock.now(),
        )  # fmt: skip
        db.session.add(comment)
        db.session.flush()
        parent = comment.id
    proposal.comment_count = length
    db.session.commit()
    return parent or 0


def _vote(proposals: list[Proposal]) -> None:
    people = voters(40)
    cast(
        [
            (person, proposal.id, (1, 1, -1, 0)[(at + place * (1 + place % 3)) % 4])
            for at, person in enumerate(people)
            for place, proposal in enumerate(proposals[:-4])
        ]
    )


def _rewrite(proposal: Proposal) -> None:
    now = clock.now()
    proposal.revision, proposal.text = 2, "Neighbours know first what is needed, and say it."
    saved(
        Revision(
            proposal_id=proposal.id, number=2, kind="edit", title=proposal.title, text=proposal.text, links=[],
            language="en", author_id=proposal.author_id, made=now,
        )
    )  # fmt: skip


def _talk(proposal: Proposal) -> None:
    parent: int | None = None
    for depth, (text, language, stance) in enumerate(
        (("Who would pay for it?", "en", "question"), ("البلديات، سنة بعد سنة.", "ar", "for"))
    ):
        comment = saved(
            Comment(
                proposal_id=proposal.id, parent_id=parent, depth=depth, language=language, stance=stance,
                text=text, html=f"<p>{text}</p>", author_name="Marta", made=clock.now(),
            )
        )  # fmt: skip
        parent = comment.id
    proposal.comment_count = 2
    db.session.commit()


def _merge(edition: Edition) -> None:
    facilitator = the_actor(a_role(an_account("Lin"), Role.FACILITATOR, edition))
    words = {
        "title": "Lend rooms to those who have none",
        "text": "Both say so.",
        "reason": "They ask the same.",
    }
    merge_proposals(facilitator, edition, PROPOSALS + 1, [PROPOSALS + 2], now=clock.now(), **words)
    tag = make_tag(facilitator, edition, {"en": "Sharing tools", "ar": "مشاركة الأدوات"}, now=clock.now())
    tag_proposals(facilitator, edition, [1, 2, 3], put=[tag.number], now=clock.now())


def _draft(edition: Edition, organiser: Account, versions: int = 2) -> None:
    for _version in range(versions):
        freeze_draft(
            the_actor(organiser), _compiled(edition, organiser), reason="The merge is known.", now=clock.now()
        )


def _compiled(edition: Edition, organiser: Account) -> Draft:
    return compile_draft(the_actor(organiser), edition, site="https://forum.example.org", now=clock.now())
