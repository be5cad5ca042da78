"""Every route of the site, its address filled in with things that are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.routing import Rule

from roadmap.core.db import db
from roadmap.domain.phases import Verb
from roadmap.domain.policy import who_may
from roadmap.drafts.exports import LABELS
from roadmap.proposals.queries import address_of
from tests.security.world import ROLES, World

PEOPLE: dict[str, frozenset[str]] = {
    "anyone": frozenset(ROLES),
    "signed_in": frozenset(ROLES) - {"guest"},
    "author": frozenset(),
    "facilitator": frozenset({"facilitator", "organiser", "administrator"}),
    "translator": frozenset({"translator", "administrator"}),
    "organiser": frozenset({"organiser", "administrator"}),
    "organiser_somewhere": frozenset({"organiser", "elsewhere"}),
    "administrator": frozenset({"administrator"}),
}
"""Whom each word in the list of doors lets in, written a second time on purpose."""

OPEN_DRAFT = {
    "drafts.edit",
    "drafts.change",
    "drafts.word",
    "drafts.reword",
    "drafts.freeze",
    "drafts.freeze_now",
}
OWN = {"proposals.edit", "proposals.change", "proposals.withdraw"}
PERSON = {"people.suspension", "people.suspend"}
TAGS = {"proposals.tag", "proposals.change_tag"}
DIVIDED = {"duplicates.undoing_split", "duplicates.undo_split"}
WAITING = {"proposals.let_through": "waiting", "comments.let_through": "waiting"}


@dataclass(frozen=True)
class Door:
    """A route with one method, at an address that leads somewhere. `people` are the roles that pass."""

    endpoint: str
    method: str
    address: str
    people: frozenset[str]


def doors(world: World, *methods: str) -> list[Door]:
    """All routes that take one of the methods; the style sheet stands for all static files."""
    return [
        Door(rule.endpoint, method, address, _people(world, rule))
        for rule in world.app.url_map.iter_rules()
        for method in methods
        if method in (rule.methods or set())
        for address in addresses(world, rule)
    ]


def _people(world: World, rule: Rule) -> frozenset[str]:
    verb: Verb | None = getattr(world.app.view_functions[rule.endpoint], "entry_verb", None)
    if verb is None:
        return PEOPLE["anyone"]
    return frozenset().union(*(PEOPLE[word] for word in who_may(verb)))


def addresses(world: World, rule: Rule) -> Iterator[str]:
    """The route's address; one for each format of a file."""
    values = values_for(world, rule)
    for form in LABELS if "format" in rule.arguments else ("",):
        filled = {name: value for name, value in {**values, "format": form}.items() if name in rule.arguments}
        yield world.app.url_map.bind("localhost").build(rule.endpoint, filled)


def values_for(world: World, rule: Rule) -> dict[str, Any]:
    """A good value for every part of an address."""
    endpoint = rule.endpoint
    proposal = world.proposals["plain" if endpoint in OWN else WAITING.get(endpoint, "lead")]
    if endpoint in DIVIDED:
        proposal = world.proposals["divided"]
    comment = world.comments[WAITING.get(endpoint, "published")]
    return {
        "language": "en",
        "edition": "2026",
        "number_slug": "1-question-1" if endpoint.startswith("questions.") else address_of(proposal),
        "number": _number(world, endpoint, proposal.number),
        "slug": "2026",
        "picture": "svg",
        "comment_id": comment.id,
        "v": 2 if endpoint in OPEN_DRAFT else 1,
        "w": 1,
        "name": "about",
        "written": "fr",
        "secret": world.link,
        "notice_id": world.notice,
        "key": world.stop,
        "group": f"{world.proposals['lead'].number}-{world.proposals['plain'].number}",
        "merge": world.merge,
        "kind": "proposals",
        "path": "questions",
        "filename": "css/app.css",
    }


def _number(world: World, endpoint: str, otherwise: int) -> int:
    if endpoint in PERSON:
        return world.people["participant"].id
    return 1 if endpoint.startswith(("share.", "short.")) or endpoint in TAGS else otherwise


def state(world: World) -> dict[str, list[Any]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(table.select())))
        for table in db.metadata.sorted_tables
    }
