"""Making tags and putting them on proposals; each deed stands in the public log."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Invalid, NotFound
from roadmap.core.i18n import _
from roadmap.core.permit import permit
from roadmap.core.portions import portions
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, acting_role
from roadmap.editions.actions.settings import locked
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record
from roadmap.proposals.models import Proposal
from roadmap.proposals.tags import MOST, NAME, Tag, find_tag, tags_of


@use_case
def make_tag(actor: Actor, edition: Edition, name: Mapping[str, str], *, now: datetime) -> Tag:
    """A new tag with a name in at least one language of the edition.

    Raises Refused or Closed where the actor may not make it, Invalid with a sentence by field such as `name_fr`.
    """
    edition = _permitted(actor, edition, now)
    known = tags_of(edition)
    if len(known) >= MOST:
        raise Invalid(_("An edition has %(max)s tags at most. Remove one first.", max=MOST))
    tag = Tag(max((each.number for each in known), default=0) + 1, _named(edition, name, known))
    _keep(edition, [*known, tag])
    _log(actor, edition, "tag-made", tag, now)
    return tag


@use_case
def rename_tag(actor: Actor, edition: Edition, number: int, name: Mapping[str, str], *, now: datetime) -> Tag:
    """Give a tag other names. Raises NotFound too."""
    edition = _permitted(actor, edition, now)
    before = _found(edition, number)
    others = [each for each in tags_of(edition) if each.number != number]
    tag = Tag(number, _named(edition, name, others))
    if tag != before:
        _keep(edition, [tag if each.number == number else each for each in tags_of(edition)])
        _log(actor, edition, "tag-renamed", tag, now, before=dict(before.name))
    return tag


@use_case
def remove_tag(actor: Actor, edition: Edition, number: int, *, now: datetime) -> None:
    """Take a tag from every proposal, and out of the edition. Raises NotFound too."""
    edition = _permitted(actor, edition, now)
    tag = _found(edition, number)
    rows = db.session.execute(select(Proposal.id, Proposal.tags).where(Proposal.edition_id == edition.id))
    _change(edition, [row.id for row in rows if number in row.tags], (), {number})
    _keep(edition, [each for each in tags_of(edition) if each.number != number])
    _log(actor, edition, "tag-removed", tag, now)


@use_case
def tag_proposals(
    actor: Actor,
    edition: Edition,
    numbers: Collection[int],
    *,
    put: Collection[int] = (),
    take: Collection[int] = (),
    now: datetime,
) -> list[int]:
    """Put tags on the proposals with these numbers, or take them off; answers the numbers that changed.

    Raises NotFound for what is no tag or no proposal of the edition, Invalid where nothing was chosen.
    """
    edition = _permitted(actor, edition, now)
    wanted = {number: _found(edition, number) for number in {*put, *take}}
    if not numbers:
        raise Invalid(_("Tick the proposals that the tag is about."))
    rows = db.session.execute(
        select(Proposal.id, Proposal.number).where(
            Proposal.edition_id == edition.id, Proposal.number.in_(set(numbers))
        )
    ).all()
    if len(rows) != len(set(numbers)):
        raise NotFound
    changed = _change(edition, [row.id for row in rows], set(put), set(take))
    for kind, tags in (("tag-put", put), ("tag-taken", take)):
        for number in sorted(set(tags)):
            if about := sorted(one for one, difference in changed.items() if number in difference):
                _log(actor, edition, kind, wanted[number], now, numbers=about)
    return sorted(changed)


def _permitted(actor: Actor, edition: Edition, now: datetime) -> Edition:
    """The edition as it stands now; no other deed about its tags begins before this one is done."""
    permit(actor, Verb.MODERATE, facts_of(edition, now), time_zone=edition.time_zone)
    return locked(edition)


def _found(edition: Edition, number: int) -> Tag:
    tag = find_tag(edition, number)
    if tag is None:
        raise NotFound
    return tag


def _named(edition: Edition, name: Mapping[str, str], others: Collection[Tag]) -> dict[str, str]:
    """The name as it is kept: without empty languages. Raises Invalid."""
    words = {code: texts.clean_line(name.get(code, "")) for code in edition.languages}
    errors: dict[str, str] = {}
    for code, word in words.items():
        if len(word) > NAME:
            errors[f"name_{code}"] = _(
                "Shorten the name to %(max)s characters; it has %(n)s.", max=NAME, n=len(word)
            )
        elif word and word.casefold() in {each.name.get(code, "").casefold() for each in others}:
            errors[f"name_{code}"] = _("There is a tag with this name already.")
    if not any(words.values()):
        errors[f"name_{edition.languages[0]}"] = _("Write the name in at least one language.")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    return {code: word for code, word in words.items() if word}


def _change(
    edition: Edition, ids: Collection[int], put: Collection[int], take: Collection[int]
) -> dict[int, set[int]]:
    """Change the tags of these proposals; by public number, which tags came or went."""
    changed: dict[int, set[int]] = {}
    for part in portions(sorted(ids)):
        held = select(Proposal).where(Proposal.id.in_(part)).order_by(Proposal.id)
        for proposal in db.session.scalars(
            held.with_for_update().execution_options(populate_existing=True)
        ).all():
            before = set(proposal.tags)
            after = (before | set(put)) - set(take)
            if after != before:
                proposal.tags = sorted(after)
                changed[proposal.number] = before ^ after
    db.session.flush()
    return changed


def _keep(edition: Edition, tags: Collection[Tag]) -> None:
    edition.tags = [{"number": tag.number, "name": dict(tag.name)} for tag in tags]
    db.session.flush()


def _log(actor: Actor, edition: Edition, kind: str, tag: Tag, now: datetime, **facts: object) -> None:
    record(
        actor, kind, edition_id=edition.id, role=acting_role(actor, edition.id), now=now,
        facts={"tag": dict(tag.name), **facts},
    )  # fmt: skip
