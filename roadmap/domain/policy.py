"""Who may do what: the whole policy, read from top to bottom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from roadmap.domain.phases import Period, Verb, is_open


class Role(StrEnum):
    """What a person was granted in an edition (the administrator: everywhere)."""

    FACILITATOR = "facilitator"
    TRANSLATOR = "translator"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with an account, or a guest (`account` None).

    `voter` is the number under which votes are kept, None for a guest who has not voted yet.
    `roles` are pairs of edition id (None: the whole site) and role, already in force.
    `asleep` are roles that wait for a second factor. `time_zone` is the one they chose, "" for none.
    `translates` are pairs of edition id and language, for translators. `reads` are the languages they read, empty
    as long as they have not said so (domain.reading).
    """

    account: int | None = None
    voter: int | None = None
    name: str = ""
    email: str = ""
    language: str = ""
    roles: frozenset[tuple[int | None, Role]] = frozenset()
    asleep: frozenset[tuple[int | None, Role]] = frozenset()
    time_zone: str = ""
    translates: frozenset[tuple[int | None, str]] = frozenset()
    reads: tuple[str, ...] = ()

    @property
    def signed_in(self) -> bool:
        return self.account is not None

    def awake(self) -> "Actor":
        """The same person, once the second factor is given."""
        return replace(self, roles=self.roles | self.asleep, asleep=frozenset())

    def has(self, role: Role, edition: int | None) -> bool:
        """Whether the role is held in this edition; administrators hold every role."""
        return (
            (edition, role) in self.roles
            or (None, role) in self.roles
            or (None, Role.ADMINISTRATOR) in self.roles
        )


GUEST = Actor()


@dataclass(frozen=True)
class Facts:
    """What a decision rests on. Features fill in what the verb needs."""

    now: datetime
    edition: int | None = None
    periods: tuple[Period, ...] = ()
    archived: bool = False
    opened: bool = True
    live: bool = True
    author: int | None = None
    others_voted: bool = False
    language: str = ""


Rule = Callable[[Actor, Facts, Verb], bool]


def anyone(_actor: Actor, _facts: Facts, _verb: Verb) -> bool:
    """People with an account and guests alike."""
    return True


def signed_in(actor: Actor, _facts: Facts, _verb: Verb) -> bool:
    """People with a confirmed address."""
    return actor.signed_in


def author(actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Whoever wrote the thing."""
    return actor.signed_in and actor.account == facts.author


def nobody_else_voted(_actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """No one but the author has voted on it."""
    return not facts.others_voted


def live(_actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Published: neither waiting, hidden nor withdrawn."""
    return facts.live


def current(_actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """The edition is not a past one."""
    return not facts.archived


def opened(_actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """The edition is no longer in preparation."""
    return facts.opened


def in_phase(_actor: Actor, facts: Facts, verb: Verb) -> bool:
    """Some open phase allows the verb."""
    return is_open(verb, facts.periods, facts.now)


def facilitator(actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Facilitators of the edition; organisers facilitate too."""
    return actor.has(Role.FACILITATOR, facts.edition) or actor.has(Role.ORGANISER, facts.edition)


def acting_role(actor: Actor, edition_id: int) -> Role:
    """By which role somebody acts where facilitators and organisers both may."""
    return Role.FACILITATOR if actor.has(Role.FACILITATOR, edition_id) else Role.ORGANISER


def translator(actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Translators of the edition."""
    return actor.has(Role.TRANSLATOR, facts.edition)


def of_this_language(actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Translators of the language that is written; of any, where none is named."""
    return not facts.language or (facts.edition, facts.language) in actor.translates


def organiser(actor: Actor, facts: Facts, _verb: Verb) -> bool:
    """Organisers of the edition."""
    return actor.has(Role.ORGANISER, facts.edition)


def organiser_somewhere(actor: Actor, _facts: Facts, _verb: Verb) -> bool:
    """Organisers of any edition."""
    return any(role is Role.ORGANISER for _edition, role in actor.roles)


def administrator(actor: Actor, _facts: Facts, _verb: Verb) -> bool:
    """Administrators of the whole site."""
    return (None, Role.ADMINISTRATOR) in actor.roles


POLICY: dict[Verb, list[list[Rule]]] = {  # allowed when every rule of at least one row holds
    Verb.READ: [[anyone, opened], [organiser]],
    Verb.REPORT: [[anyone, opened, current]],
    Verb.WRITE: [[anyone, opened, current]],
    Verb.VOTE: [[anyone, opened, current, live, in_phase]],
    Verb.PROPOSE: [[signed_in, opened, current, in_phase]],
    Verb.EDIT_PROPOSAL: [[author, opened, current, live, in_phase, nobody_else_voted]],
    Verb.COMMENT: [[signed_in, opened, current, live, in_phase]],
    Verb.ASK: [[anyone, opened, current, in_phase]],
    Verb.OWN: [[signed_in, opened, current]],
    Verb.DESK: [[facilitator], [translator]],
    Verb.MERGE: [[facilitator, opened, current, in_phase]],
    Verb.MODERATE: [[facilitator, current, in_phase]],
    Verb.TRANSLATE: [[translator, current, in_phase], [facilitator, current, in_phase]],
    Verb.MANAGE: [[organiser, current]],
    Verb.OVERSEE: [[organiser]],
    Verb.WRITE_TEXTS: [[organiser, current], [translator, of_this_language, current]],
    Verb.EDIT_DRAFT: [[organiser, opened, current, in_phase]],
    Verb.FREEZE: [[organiser, opened, current, in_phase]],
    Verb.PUBLISH: [[organiser, opened, current, in_phase]],
    Verb.TRACK: [[organiser, opened, current, in_phase]],
    Verb.CREATE_EDITION: [[organiser_somewhere], [administrator]],
    Verb.ADMINISTER: [[administrator]],
}
"""Verb x role. Correcting a proposal after others voted is not editing: anyone who wrote it may ask for it."""

ROLE_RULES: frozenset[Rule] = frozenset(
    {facilitator, translator, organiser, organiser_somewhere, administrator, signed_in, author}
)


def permits(actor: Actor, verb: Verb, facts: Facts) -> bool:
    """Whether the actor may do it, given the facts."""
    return any(all(rule(actor, facts, verb) for rule in row) for row in POLICY[verb])


def could_ever(actor: Actor, verb: Verb, facts: Facts) -> bool:
    """Whether the actor's roles alone would let them in: what a door asks before it reads anything."""
    return any(
        all(rule(actor, facts, verb) for rule in row if rule in ROLE_RULES and rule is not author)
        for row in POLICY[verb]
    )


def stands_still(verb: Verb, facts: Facts) -> bool:
    """Whether nobody at all may do it as long as the edition is in preparation, or because it is past."""
    return all(
        (opened in row and not facts.opened) or (current in row and facts.archived) for row in POLICY[verb]
    )


def who_may(verb: Verb) -> list[str]:
    """The kinds of people in the rows of a verb, for the list of doors: `anyone`, `signed_in`, `organiser` ..."""
    kinds = (
        anyone, signed_in, author, facilitator, translator, organiser, organiser_somewhere, administrator,
    )  # fmt: skip
    named = {rule for row in POLICY[verb] for rule in row}
    if anyone in named:
        return [anyone.__name__]
    return [kind.__name__ for kind in kinds if kind in named]
