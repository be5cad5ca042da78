"""Guiding questions: writing, ordering and removing them; correcting them once voting has begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _, language_name
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.domain.small_changes import is_correction
from roadmap.editions.actions.settings import locked
from roadmap.editions.fixed import fixed_since, is_used, proposals_under, why_fixed
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import facts_of, get_question, questions_of
from roadmap.log.actions import record
from roadmap.log.queries import page_of

PARTS: Final = ("text", "label", "note")
LONGEST: Final = {"text": 500, "label": 80, "note": 2_000}
"""Most characters of each part in one language."""
LONGEST_REASON: Final = 1_000
MOST_CORRECTIONS: Final = 10_000

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """A question as it is to be worded; languages that are not named stay as they are."""

    text: Texts
    label: Texts
    note: Texts

    def over(self, question: GuidingQuestion | None) -> dict[str, dict[str, str]]:
        """The whole wording by part: this one laid over the question's own; empty texts are left out."""
        found = {}
        for part in PARTS:
            own = dict(getattr(question, part)) if question is not None else {}
            whole = {**own, **getattr(self, part)}
            found[part] = {code: text for code, text in whole.items() if text}
        return found


@use_case
def write_question(actor: Actor, edition: Edition, wording: Wording, *, now: datetime) -> GuidingQuestion:
    """Add a question after the others. Raises Invalid, and Conflict once voting has begun."""
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    edition = locked(edition)
    _refuse_fixed(edition, now)
    if found := _faults(wording, None):
        raise Invalid(errors=found)
    last = db.session.scalar(
        select(func.max(GuidingQuestion.number)).where(GuidingQuestion.edition_id == edition.id)
    )
    question = GuidingQuestion(edition_id=edition.id, number=(last or 0) + 1, **wording.over(None))
    db.session.add(question)
    db.session.flush()
    _tell(actor, edition, "added", question.number, now=now)
    return question


@use_case
def reword_question(
    actor: Actor, edition: Edition, number: int, wording: Wording, *, reason: str = "", now: datetime
) -> bool:
    """Word a question anew; False where nothing is different.

    Once voting has begun this is a correction: it needs a reason, changes no more than a slip of the pen
    (counted from the wording that stood when voting began), and is logged word by word. Texts may still be
    added where there was none. Raises Invalid with a sentence by field (`text_fr`).
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    edition = locked(edition)
    question = get_question(edition, number)
    before = {part: dict(getattr(question, part)) for part in PARTS}
    after = wording.over(question)
    changed = [
        (part, code)
        for part in PARTS
        for code in dict.fromkeys((*before[part], *after[part]))
        if before[part].get(code, "") != after[part].get(code, "")
    ]
    if not changed:
        return False
    found = _faults(wording, question)
    if fixed_since(edition, now) is not None:
        found = {**_correction_faults(edition, question, after, changed, reason), **found}
    if found:
        raise Invalid(errors=found)
    for part in PARTS:
        setattr(question, part, after[part])
    edition.revision += 1
    if fixed_since(edition, now) is None:
        _tell(actor, edition, "reworded", number, now=now)
        return True
    for part, code in changed:
        record(
            actor, "question-correction", edition_id=edition.id, role="organiser", now=now,
            facts={"question": number, "part": part, "language": code,
                   "before": before[part].get(code, ""), "after": after[part].get(code, "")},
            reason=texts.clean(reason).strip(),
        )  # fmt: skip
    return True


def _correction_faults(
    edition: Edition,
    question: GuidingQuestion,
    after: Mapping[str, Texts],
    changed: list[tuple[str, str]],
    reason: str,
) -> dict[str, str]:
    found = {}
    first = _worded_first(edition, question.number)
    for part, code in changed:
        old = first.get((part, code), getattr(question, part).get(code, ""))
        if old and not is_correction(old, after[part].get(code, "")):
            found[f"{part}_{code}"] = _(
                "This says more than a correction may: people have voted on the words as they stand. You can"
                " mend up to a tenth of the letters, and add or leave out one word."
            )
    if not reason.strip():
        found["reason"] = _("Say what is mended; everybody will read it.")
    elif texts.length(reason) > LONGEST_REASON:
        found["reason"] = _too_long(LONGEST_REASON, texts.length(reason))
    return found


def _worded_first(edition: Edition, number: int) -> dict[tuple[str, str], str]:
    """How the corrected parts of a question stood when voting began, so that small steps lead nowhere far."""
    found: dict[tuple[str, str], str] = {}
    for entry in page_of(edition.id, ("question-correction",), 1, MOST_CORRECTIONS).items:  # newest first
        if entry.facts.get("question") == number and entry.facts["before"]:
            found[entry.facts["part"], entry.facts["language"]] = entry.facts["before"]
    return found


@use_case
def move_question(actor: Actor, edition: Edition, number: int, *, up: bool, now: datetime) -> int:
    """Change places with the question before or after; hands back the new number.

    Numbers are part of addresses: in an edition that is open a question with proposals keeps its own. Raises
    Conflict there, and once voting has begun; at the end of the list nothing moves.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    edition = locked(edition)
    _refuse_fixed(edition, now)
    question = get_question(edition, number)
    asked = questions_of(edition)
    place = asked.index(question) + (-1 if up else 1)
    if not 0 <= place < len(asked):
        return number
    other = asked[place]
    if edition.opened is not None and any(proposals_under(edition).get(one.id) for one in (question, other)):
        raise Conflict(
            _("The number of a question is part of its address. It stays once there are proposals under it.")
        )
    reached = other.number
    question.number = -reached
    db.session.flush()
    other.number = number
    db.session.flush()
    question.number = reached
    edition.revision += 1
    _tell(actor, edition, "moved", reached, now=now, before=number)
    return reached


@use_case
def remove_question(actor: Actor, edition: Edition, number: int, *, now: datetime) -> None:
    """Remove a question under which nothing was proposed; the others move up while the edition is not open.

    Raises Conflict where there are proposals, and once voting has begun.
    """
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    edition = locked(edition)
    _refuse_fixed(edition, now)
    question = get_question(edition, number)
    if is_used(question):
        raise Conflict(_("There are proposals under this question, so it stays."))
    db.session.delete(question)
    db.session.flush()
    if edition.opened is None:
        for place, other in enumerate(questions_of(edition), 1):
            other.number = place
            db.session.flush()
    edition.revision += 1
    _tell(actor, edition, "removed", number, now=now)


def _refuse_fixed(edition: Edition, now: datetime) -> None:
    since = fixed_since(edition, now)
    if since is not None:
        raise Conflict(why_fixed(edition, since))


def _faults(wording: Wording, question: GuidingQuestion | None) -> dict[str, str]:
    found = {
        f"{part}_{code}": _too_long(LONGEST[part], texts.length(text))
        for part in PARTS
        for code, text in getattr(wording, part).items()
        if texts.length(text) > LONGEST[part]
    }
    if not wording.over(question)["text"] and wording.text:
        code = next(iter(wording.text))
        found[f"text_{code}"] = _("Write the question in %(language)s.", language=language_name(code))
    return found


def _too_long(most: int, length: int) -> str:
    return _("Shorten the text to %(max)s characters; it has %(n)s.", max=most, n=length)


def _tell(
    actor: Actor, edition: Edition, deed: str, number: int, *, now: datetime, before: int | None = None
) -> None:
    facts = {"question": number, "deed": deed, **({"from": before} if before is not None else {})}
    record(actor, "question-change", edition_id=edition.id, role="organiser", now=now, facts=facts)
