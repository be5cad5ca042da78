"""Filling an empty database with the demonstration: an invented edition, all of it in one transaction.

Proposals, comments and merges go through the same deeds as real ones, at the moments at which they are
said to have happened; votes are stored in bulk between them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import select

from roadmap.accounts.actions import demonstration_link
from roadmap.accounts.models import Account, Membership
from roadmap.comments.actions import post_comment
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict
from roadmap.demo.camps import PARTICIPANTS, SEED, votes
from roadmap.demo.content import Comment, Content, Merge, load
from roadmap.demo.content import Proposal as Written
from roadmap.demo.crowd import ADDRESS, Box, account_row, add_accounts, add_crowd, country_code, declare
from roadmap.domain.phases import Period, Phase
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.drafts.models import Draft
from roadmap.editions.actions import create_edition
from roadmap.editions.models import Edition
from roadmap.editions.queries import all_editions
from roadmap.editions.seed_file import read_seed, seed_slugs
from roadmap.merging.actions import merge_proposals
from roadmap.proposals.actions import publish_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import lineage_of
from roadmap.similarity.actions import compare_edition
from roadmap.similarity.pairs import pair_of
from roadmap.similarity.queries import pairs_among
from roadmap.votes.effective import settle_lead

SLUG = seed_slugs()[-1]
ROLES = ("participant", *(role.value for role in Role))
DAY = timedelta(days=1)
BEFORE = 60 * DAY
"""How long ago everybody's account was made."""

Progress = Callable[[str, int, int], None]
Thing = Written | Comment | Merge


@dataclass(frozen=True)
class Filled:
    """What there is: the edition, and how many of each."""

    edition: Edition
    proposals: int
    comments: int
    voters: int
    votes: int


def silent(_kind: str, _done: int, _whole: int) -> None:
    """Tell nobody how far it is."""


def find_demonstration() -> Edition | None:
    """The edition that is a demonstration, if there is one."""
    return next((edition for edition in all_editions() if edition.is_demonstration), None)


def is_empty() -> bool:
    """Whether nobody has used this database yet."""
    return not all_editions() and db.session.scalar(select(Account.id).limit(1)) is None


@use_case
def fill(
    *, now: datetime, participants: int = PARTICIPANTS, seed: int = SEED, progress: Progress = silent
) -> Filled:
    """Make the demonstration, dated back from `now`. Raises Conflict where the database holds anything."""
    if not is_empty():
        raise Conflict("The database is not empty, so it is left as it is.")
    content = load()
    edition = create_edition(
        replace(read_seed(SLUG), periods=periods(now)), now=now - BEFORE, demonstration=True
    )
    _add_role_holders(edition, now)
    story = Story(edition, content, _add_writers(edition, content, now), now)
    cast = votes(content, participants, seed=seed)
    box = Box(cast, add_crowd(cast, edition.id, now), (), now)
    things: list[Thing] = [*content.proposals, *content.comments, *_merged(content)]
    moments = sorted(things, key=_moment)
    for done, thing in enumerate(moments, 1):
        if isinstance(thing, Merge):
            box.proposals = story.in_order()
            box.fill_until(thing.minutes)
        story.tell(thing)
        progress("texts", done, len(moments))
    box.proposals = story.in_order()
    progress("votes", box.fill_until(-1), len(cast.person))
    lineage = lineage_of(edition)
    _find_alike(story, now)
    for merge in _merged(content):
        settle_lead(story.proposals[merge.lead].id, lineage)
    return Filled(
        edition, len(content.proposals), len(content.comments), len(cast.crowd.guest), len(cast.person)
    )


def periods(now: datetime) -> list[Period]:
    """Proposing and voting are open; what comes before and after is dated round them."""
    day = now.replace(hour=12, minute=0, second=0, microsecond=0)
    return [
        Period(Phase.LISTENING, day - 70 * DAY, day - 40 * DAY),
        Period(Phase.PROPOSING, day - 40 * DAY, day + 21 * DAY),
        Period(Phase.VOTING, day - 30 * DAY, day + 28 * DAY),
        Period(Phase.DRAFTING, day + 28 * DAY, day + 60 * DAY),
        Period(Phase.FORUM, day + 61 * DAY, day + 63 * DAY),
        Period(Phase.FOLLOW_UP, day + 63 * DAY, None),
    ]


def _merged(content: Content) -> list[Merge]:
    return [merge for merge in content.merges if merge.state == "merged"]


def _find_alike(story: "Story", now: datetime) -> None:
    """Compare the proposals; what nobody has decided yet waits on the desk, also where only words are compared."""
    compare_edition(story.edition, now=now)
    for merge in story.content.merges:
        if merge.state != "desk":
            continue
        both = sorted(
            (story.proposals[key] for key in (merge.lead, *merge.sources)), key=lambda each: each.id
        )
        for a, b in combinations(both, 2):
            if not pairs_among(story.edition, [a.number, b.number]):
                db.session.add(pair_of(a, b, merge.similarity))
    db.session.flush()


def _moment(thing: Thing) -> tuple[int, int]:
    """Oldest first; at the same minute proposals before comments before merges."""
    return -thing.minutes, (Written, Comment, Merge).index(type(thing))


def _add_role_holders(edition: Edition, now: datetime) -> None:
    """One account for each role, to sign in as; participants hold none."""
    rows = [account_row(role, f"Demonstration {role}", "en", now - BEFORE) for role in ROLES]
    for role, (account, _voter) in zip(ROLES, add_accounts(rows), strict=True):
        if role == "participant":
            continue
        everywhere = role == Role.ADMINISTRATOR.value
        db.session.add(
            Membership(
                account_id=account, edition_id=None if everywhere else edition.id, role=role,
                languages=["fr", "ar"] if role == Role.TRANSLATOR.value else [], since=now - BEFORE,
            )
        )  # fmt: skip
    db.session.flush()


def _add_writers(edition: Edition, content: Content, now: datetime) -> dict[str, Actor]:
    """Accounts of those who write, by their key in the content."""
    rows = [account_row(person.key, person.name, person.language, now - BEFORE) for person in content.people]
    pairs = add_accounts(rows)
    declare(
        edition.id,
        [
            (voter, person.stakeholder, person.country)
            for person, (_, voter) in zip(content.people, pairs, strict=True)
        ],
        now,
    )
    return {
        person.key: Actor(account, voter, person.name, ADDRESS.format(name=person.key), person.language)
        for person, (account, voter) in zip(content.people, pairs, strict=True)
    }


@dataclass
class Story:
    """What was written and merged, told in its order."""

    edition: Edition
    content: Content
    writers: dict[str, Actor]
    now: datetime

    def __post_init__(self) -> None:
        self.proposals: dict[str, Proposal] = {}
        self.comments: dict[str, int] = {}

    def in_order(self) -> tuple[int, ...]:
        """Ids of the proposals in the order of the content, 0 where one is not published yet."""
        return tuple(
            self.proposals[each.key].id if each.key in self.proposals else 0
            for each in self.content.proposals
        )

    def tell(self, thing: Thing) -> None:
        """Do what happened, at its moment."""
        at = self.now - timedelta(minutes=thing.minutes)
        if isinstance(thing, Written):
            self._publish(thing, at)
        elif isinstance(thing, Comment):
            self._comment(thing, at)
        else:
            self._merge(thing, at)

    def _publish(self, written: Written, at: datetime) -> None:
        fields = Fields(
            question=written.question,
            title=written.title,
            text=written.text,
            language=written.language,
            region=country_code(written.region or 0),
            links=written.links,
            author_line=written.line,
            author_name=written.group or "",
            author_contact=ADDRESS.format(name=written.key) if written.group else "",
            charter=True,
        )
        made = publish_proposal(
            self.writers[written.author], self.edition, fields, nonce=f"demonstration-{written.key}", now=at
        )
        made.author_confirmed = at + DAY if written.group else None
        self.proposals[written.key] = made

    def _comment(self, comment: Comment, at: datetime) -> None:
        made = post_comment(
            self.writers[comment.author], self.edition, self.proposals[comment.proposal],
            text=comment.text, stance=comment.stance, language=comment.language,
            parent_id=self.comments[comment.answers] if comment.answers else None,
            nonce=f"demonstration-{comment.key}", now=at,
        )  # fmt: skip
        self.comments[comment.key] = made.id

    def _merge(self, merge: Merge, at: datetime) -> None:
        sources = [self.proposals[key].number for key in merge.sources]
        merge_proposals(
            role_holder("facilitator", self.edition), self.edition, self.proposals[merge.lead].number, sources,
            title=merge.title, text=merge.text, reason=merge.reason, now=at,
        )  # fmt: skip


def holder_account(role: str) -> Account | None:
    """The account to sign in as in a role of the demonstration."""
    return db.session.scalar(select(Account).where(Account.email_key == ADDRESS.format(name=role)))


def role_holder(role: str, edition: Edition) -> Actor:
    """Somebody of the demonstration who holds the role in its edition."""
    account = holder_account(role)
    if account is None:
        raise Conflict("The demonstration’s own accounts are gone.")
    held = (None if role == Role.ADMINISTRATOR.value else edition.id, Role(role))
    return Actor(account.id, None, account.name, account.email, account.language, frozenset({held}))


def freeze_first_draft(edition: Edition, *, site: str, now: datetime) -> Draft | None:
    """Compile and freeze draft 1 unless a frozen one is there; None where it is."""
    frozen = select(Draft.id).where(Draft.edition_id == edition.id, Draft.frozen.is_not(None)).limit(1)
    if db.session.scalar(frozen) is not None:
        return None
    organiser = role_holder("organiser", edition)
    draft = compile_draft(organiser, edition, site=site, now=now)
    return freeze_draft(organiser, draft, now=now)


def sign_in_links(*, now: datetime) -> dict[str, str]:
    """The path of a fresh one-time link for each role of the demonstration."""
    accounts = {role: holder_account(role) for role in ROLES}
    return {
        role: demonstration_link(account, now=now)
        for role, account in accounts.items()
        if account is not None
    }
