"""What a draft says beside its figures: the texts of an edition, its questions and its proposals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from roadmap.accounts.models import Voter
from roadmap.core.db import db
from roadmap.core.portions import portions, rows_by_id
from roadmap.domain.document import EditionText, ItemText, Origin, QuestionText, Source
from roadmap.domain.tallies import Tally
from roadmap.editions.choices import asks_of
from roadmap.editions.models import Edition
from roadmap.editions.queries import questions_of
from roadmap.proposals.models import LineageEdge, Proposal
from roadmap.votes.models import EffectiveTally, Vote, VoteEvent
from roadmap.votes.models import Tally as OwnTally
from roadmap.votes.recounts import counts_at


def edition_text(edition: Edition) -> EditionText:
    """Slug, title and introduction of the edition, and what people were not asked: `group`, `country`."""
    asks = asks_of(edition)
    not_asked = [name for name, asked in (("group", asks.group), ("country", asks.country)) if not asked]
    return EditionText(
        edition.slug,
        edition.title,
        edition.is_demonstration,
        {
            "languages": list(edition.languages),
            "introduction": {},
            **({"not_asked": not_asked} if not_asked else {}),
        },
    )


def question_texts(edition: Edition) -> list[QuestionText]:
    """The guiding questions in their exact words."""
    return [
        QuestionText(question.number, question.text, question.label) for question in questions_of(edition)
    ]


def item_texts(
    edition: Edition, numbers: Sequence[int], site: str, *, as_of: datetime | None = None
) -> list[ItemText]:
    """The proposals with these numbers as a draft prints them; `site` is the address the site has.

    With `as_of`: votes that are shown apart, people who are asked again, and sources, as they were then.
    """
    items = _proposals(edition, numbers)
    edges = _edges(edition, as_of)
    sources = {
        proposal.id: proposal for proposal in _by_id({edge for found in edges.values() for edge in found})
    }
    ids = [item.id for item in items]
    tallies = _tallies_at(edition, as_of) if as_of else _tallies(ids, leads=edges.keys())
    printed = []
    for item in items:
        apart, asked_again = tallies.get(item.id, ({}, 0))
        counting = ("guest",) * edition.guests_count + ("paper",) * edition.paper_count
        behind = [sources[at] for at in _all_sources(item.id, edges) if at in sources]
        printed.append(
            ItemText(
                number=item.number,
                title={item.language: item.title},
                text={item.language: item.text},
                origin=Origin(item.origin_platform, item.origin_id or "") if item.origin_platform else None,
                authors=authors_of(item),
                language=item.language,
                region=item.region or None,
                url=_address(edition, item, site),
                sources=tuple(
                    Source(one.number, _named(one), one.language, _address(edition, one, site))
                    for one in sorted([item, *behind], key=lambda one: one.number)
                ),
                asked_again=asked_again,
                apart={
                    name: apart[pool]
                    for pool, name in (("guest", "guests"), ("paper", "paper"))
                    if pool in apart and pool not in counting and apart[pool].answers
                },
            )
        )
    return printed


def guests_of(edition: Edition, as_of: datetime | None = None) -> int:
    """How many people without an account have voted in the edition, up to `as_of` if it is given."""
    if as_of is None:
        voted = (
            select(func.count(Vote.voter_id.distinct()))
            .join(Proposal, Proposal.id == Vote.proposal_id)
            .where(Vote.pool == "guest", Vote.choice.is_not(None))
        )
    else:
        voted = (
            select(func.count(VoteEvent.voter_id.distinct()))
            .join(Proposal, Proposal.id == VoteEvent.proposal_id)
            .join(Voter, Voter.id == VoteEvent.voter_id)
            .where(Voter.kind == "guest", or_(Voter.claimed.is_(None), Voter.claimed >= as_of))
            .where(VoteEvent.at < as_of)
        )
    return int(db.session.scalar(voted.where(Proposal.edition_id == edition.id)) or 0)


def authors_of(proposal: Proposal) -> tuple[str, ...]:
    """How the author wished to be named; empty for no name."""
    return (proposal.author_name,) if proposal.author_line != "none" and proposal.author_name else ()


def _named(source: Proposal) -> tuple[str, ...]:
    """As `authors_of`; nobody's name stands beside what was hidden since it was merged."""
    return authors_of(source) if source.state != "hidden" else ()


def _address(edition: Edition, proposal: Proposal, site: str) -> str:
    return f"{site}/{edition.slug}/proposals/{proposal.number}"


def _proposals(edition: Edition, numbers: Sequence[int]) -> list[Proposal]:
    return [
        proposal
        for part in portions(numbers)
        for proposal in db.session.scalars(
            select(Proposal)
            .where(Proposal.edition_id == edition.id, Proposal.number.in_(part))
            .order_by(Proposal.number)
        )
    ]


def _by_id(ids: Iterable[int]) -> list[Proposal]:
    return list(rows_by_id(Proposal, ids).values())


def _edges(edition: Edition, as_of: datetime | None) -> dict[int, list[int]]:
    """Ids of the sources of each lead, merges in force only: now, or at the moment."""
    in_force: ColumnElement[bool] = LineageEdge.ended.is_(None)
    if as_of is not None:
        in_force = (LineageEdge.made < as_of) & or_(in_force, LineageEdge.ended >= as_of)
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(LineageEdge.lead_id, LineageEdge.source_id)
        .join(Proposal, Proposal.id == LineageEdge.lead_id)
        .where(Proposal.edition_id == edition.id, in_force)
        .order_by(LineageEdge.id)
    )
    for lead, source in rows:
        found[lead].append(source)
    return dict(found)


def _all_sources(lead: int, edges: dict[int, list[int]]) -> Iterator[int]:
    for source in edges.get(lead, ()):
        yield source
        yield from _all_sources(source, edges)


def _tallies(ids: Sequence[int], *, leads: Iterable[int]) -> dict[int, tuple[dict[str, Tally], int]]:
    """By proposal: tallies by pool, and how many people are asked again."""
    leading = frozenset(leads)
    found: dict[int, tuple[dict[str, Tally], int]] = {}
    for part in portions([at for at in ids if at not in leading]):
        for own in db.session.scalars(select(OwnTally).where(OwnTally.proposal_id.in_(part))):
            found.setdefault(own.proposal_id, ({}, 0))[0][own.pool] = Tally(
                own.agree, own.disagree, own.passed
            )
    for part in portions([at for at in ids if at in leading]):
        for row in db.session.scalars(select(EffectiveTally).where(EffectiveTally.lead_id.in_(part))):
            pools, asked = found.get(row.lead_id, ({}, 0))
            pools[row.pool] = Tally(row.agree, row.disagree, row.passed)
            again = row.asked_again if row.pool != "suspended" else 0
            found[row.lead_id] = (pools, asked + again)
    return found


def _tallies_at(edition: Edition, moment: datetime) -> dict[int, tuple[dict[str, Tally], int]]:
    """As `_tallies`, worked out from the answers before the moment."""
    found: dict[int, tuple[dict[str, Tally], int]] = {}
    for (proposal, pool), (agree, disagree, passed, asked) in counts_at(edition, moment).items():
        pools, before = found.get(proposal, ({}, 0))
        pools[pool] = Tally(agree, disagree, passed)
        found[proposal] = (pools, before + (asked if pool != "suspended" else 0))
    return found
