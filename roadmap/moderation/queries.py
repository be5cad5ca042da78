"""Reading reports, decisions, appeals and notes; what waits longest comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from roadmap.accounts.models import Account
from roadmap.comments import queries as comments
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import NotFound
from roadmap.core.portions import rows_by_id
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.moderation.models import Decision, FacilitatorNote, Report
from roadmap.moderation.things import Thing
from roadmap.proposals import queries as proposals
from roadmap.proposals.models import Proposal


@dataclass(frozen=True)
class Case:
    """A text that waits for a decision, why, and since when."""

    thing: Thing
    why: str
    since: datetime
    reports: int


@dataclass(frozen=True)
class Seen:
    """What somebody had before them when they decided: the words, and the last decision about them."""

    wording: str
    decision: int


@dataclass(frozen=True)
class Waiting:
    """What waits at the desk: how many, and since when the oldest."""

    reports: int
    appeals: int
    unread: int
    oldest: datetime | None

    @property
    def total(self) -> int:
        return self.reports + self.appeals + self.unread


def get_thing(edition: Edition, kind: str, number: int, actor: Actor) -> Thing:
    """The proposal with this number or the comment with this id, if the person may know of it; raises NotFound."""
    if kind == "comments":
        comment, proposal = comments.get_comment(edition, number, actor)
        if comment.state == "removed":
            raise NotFound
        return Thing(proposal, comment)
    return Thing(proposals.get_proposal(edition, number, actor))


def cases_of(edition: Edition) -> list[Case]:
    """Everything that waits: reports, appeals, and texts nobody has read yet; the oldest first."""
    open_reports = db.session.execute(
        select(Report.proposal_id, Report.comment_id, func.min(Report.made), func.count())
        .where(Report.edition_id == edition.id, Report.decision_id.is_(None))
        .group_by(Report.proposal_id, Report.comment_id)
    ).all()
    appeals = db.session.execute(
        select(Decision.proposal_id, Decision.comment_id, Decision.appealed)
        .where(Decision.edition_id == edition.id, Decision.appealed.is_not(None), Decision.appeal_outcome == "")
    ).all()  # fmt: skip
    things = _things([*((row[0], row[1]) for row in open_reports), *((row[0], row[1]) for row in appeals)])
    cases = [Case(things[row[0], row[1]], "report", row[2], row[3]) for row in open_reports]
    cases += [Case(things[row[0], row[1]], "appeal", row[2], 0) for row in appeals if row[2]]
    cases += _unread(edition)
    return sorted(cases, key=lambda case: case.since)


def waiting_at(edition: Edition) -> Waiting:
    """How much waits at the desk of an edition."""
    cases = cases_of(edition)
    count = {why: sum(case.why == why for case in cases) for why in ("report", "appeal", "unread")}
    return Waiting(
        count["report"], count["appeal"], count["unread"], min((case.since for case in cases), default=None)
    )


def _unread(edition: Edition) -> list[Case]:
    waiting = db.session.scalars(
        select(Proposal).where(Proposal.edition_id == edition.id, Proposal.state == "waiting")
    )
    found = [Case(Thing(proposal), "unread", proposal.changed, 0) for proposal in waiting]
    for comment, proposal in comments.comments_waiting(edition):
        found.append(Case(Thing(proposal, comment), "unread", comment.edited or comment.made, 0))
    return found


def _things(keys: Iterable[tuple[int | None, int | None]]) -> dict[tuple[int | None, int | None], Thing]:
    wanted = set(keys)
    said = rows_by_id(Comment, {comment for _, comment in wanted if comment})
    written = proposals.by_ids(
        {proposal for proposal, _ in wanted if proposal} | {comment.proposal_id for comment in said.values()}
    )
    return {
        (proposal, comment): Thing(written[said[comment].proposal_id], said[comment])
        if comment
        else Thing(written[proposal or 0])
        for proposal, comment in wanted
    }


def reports_on(thing: Thing) -> list[Report]:
    """The reports about a text that no decision has answered, oldest first."""
    return list(
        db.session.scalars(
            select(Report).filter_by(**thing.keys).where(Report.decision_id.is_(None)).order_by(Report.id)
        )
    )


def decisions_on(thing: Thing) -> list[Decision]:
    """What was decided about a text, newest first."""
    return list(db.session.scalars(select(Decision).filter_by(**thing.keys).order_by(Decision.id.desc())))


def seen_of(thing: Thing) -> Seen:
    """The text and the last decision about it as they stand now."""
    last = db.session.scalar(select(func.max(Decision.id)).filter_by(**thing.keys))
    return Seen(thing.wording, last or 0)


def get_decision(edition: Edition, number: int) -> tuple[Thing, Decision] | None:
    """A decision of the edition with the text that it is about."""
    decision = db.session.get(Decision, number) if number else None
    if decision is None or decision.edition_id != edition.id:
        return None
    key = (decision.proposal_id, decision.comment_id)
    return _things([key])[key], decision


def hiding_of(thing: Thing) -> Decision | None:
    """The decision by which a hidden text is hidden; none for imported texts and for what is not hidden."""
    if thing.text.state != "hidden":
        return None
    return next((each for each in decisions_on(thing) if each.outcome in ("hide", "warn")), None)


def notes_on(thing: Thing) -> list[tuple[FacilitatorNote, str]]:
    """What facilitators wrote to each other about a text, oldest first, each with its writer's name."""
    rows = db.session.execute(
        select(FacilitatorNote, Account.name)
        .outerjoin(Account, Account.id == FacilitatorNote.account_id)
        .filter_by(**thing.keys)
        .order_by(FacilitatorNote.id)
    )
    return [(note, name or "") for note, name in rows]


def around(edition: Edition, thing: Thing, actor: Actor) -> tuple[Comment | None, list[Comment]]:
    """What stands around a comment: the one that it answers, and the answers to it. Nothing for a proposal."""
    if thing.comment is None:
        return None, []
    above = db.session.get(Comment, thing.comment.parent_id) if thing.comment.parent_id else None
    below = db.session.scalars(
        select(Comment)
        .where(Comment.parent_id == thing.comment.id, Comment.state == "published")
        .order_by(Comment.id)
        .limit(20)
    )
    shown = above if above is not None and above.state == "published" else None
    return shown, list(below)
