"""What organisers change by hand in a version that is not frozen yet; each change is public.

`seen` is the last change by hand that whoever acts has seen; None asks for no such look. Where somebody else has
changed the same meanwhile, Invalid is raised and nothing is written.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _, in_language, ngettext
from roadmap.core.permit import permit
from roadmap.domain.adjusting import Change, UnfitChangeError, adjusted, meets, texts_of
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.domain.texts import clean, clean_line
from roadmap.drafts.models import Draft, DraftChange
from roadmap.drafts.queries import changes_of, computed_document, document_of, rows_of_changes
from roadmap.drafts.queries.words import words_before
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record

Texts = Mapping[str, str]


def move_item(
    actor: Actor,
    draft: Draft,
    number: int,
    *,
    place: int,
    reason: Texts,
    now: datetime,
    seen: int | None = None,
) -> DraftChange:
    """Give an item another place in its question's list, with the reason that is printed beside it."""
    section = _section_with(draft, number)
    if not 1 <= place <= len(section["items"]):
        raise Invalid(
            ngettext(
                "Choose a place; this question has %(num)s.",
                "Choose a place from 1 to %(num)s.",
                len(section["items"]),
            )
        )
    question = section["question"]["number"]
    change = Change("move", place, question, number, _reason(reason))
    return _change(actor, draft, change, now=now, seen=seen)


def take_back_move(
    actor: Actor, draft: Draft, number: int, *, now: datetime, seen: int | None = None
) -> DraftChange:
    """Let an item return to its computed place."""
    question = _section_with(draft, number)["question"]["number"]
    return _change(actor, draft, Change("move", None, question, number), now=now, seen=seen)


def leave_out(
    actor: Actor, draft: Draft, number: int, *, reason: Texts, now: datetime, seen: int | None = None
) -> DraftChange:
    """Take an item out of the list; it is printed below it, with the reason."""
    question = _section_with(draft, number)["question"]["number"]
    change = Change("leave-out", True, question, number, _reason(reason))
    return _change(actor, draft, change, now=now, seen=seen)


def put_back(
    actor: Actor, draft: Draft, number: int, *, now: datetime, seen: int | None = None
) -> DraftChange:
    """Undo the leaving out."""
    question = _section_with(draft, number)["question"]["number"]
    return _change(actor, draft, Change("leave-out", None, question, number), now=now, seen=seen)


def set_last_place(
    actor: Actor, draft: Draft, question: int, *, place: int | None, reason: Texts, now: datetime,
    seen: int | None = None,
) -> DraftChange:  # fmt: skip
    """Close a question's list after a place (None: leave it open)."""
    if place is not None and place < 1:
        raise Invalid(_("The last place must be 1 or more."))
    given = {} if place is None else _reason(reason)
    return _change(actor, draft, Change("last-place", place, question, None, given), now=now, seen=seen)


@use_case
def write_wording(
    actor: Actor, draft: Draft, number: int, *, title: str, text: str, now: datetime, seen: int | None = None
) -> list[DraftChange]:
    """Word an item anew, in its own language; the original stays beside it.

    An empty text, or the original one, takes an earlier wording back.
    """
    item = _item(draft, number)
    original = item.get("original", {})
    made = []
    for kind, typed in (("title", clean_line(title)), ("text", clean(text).strip())):
        was, language = in_language(original.get(kind, item[kind]), item["language"])
        shown = in_language(item[kind], item["language"])[0]
        wanted = typed or was
        if wanted != shown:
            value = None if wanted == was else {language: wanted}
            made.append(_change(actor, draft, Change(kind, value, None, number), now=now, seen=seen))
    return made


def write_introduction(
    actor: Actor, draft: Draft, *, text: Texts, now: datetime, seen: int | None = None
) -> DraftChange | None:
    """The organisers' words before the first chapter, by language; None where they are as they were."""
    return _write(actor, draft, Change("introduction", _cleaned(text)), now=now, seen=seen)


def write_note(
    actor: Actor, draft: Draft, question: int, *, text: Texts, now: datetime, seen: int | None = None
) -> DraftChange | None:
    """The organisers' words at the head of a chapter, by language; None where they are as they were."""
    return _write(actor, draft, Change("note", _cleaned(text), question), now=now, seen=seen)


@use_case
def take_over_words(actor: Actor, draft: Draft, *, now: datetime) -> list[DraftChange]:
    """Write anew what `words_before` finds in an earlier version."""
    earlier = words_before(draft)
    changes = earlier.changes if earlier is not None else ()
    return [_change(actor, draft, change, now=now, seen=None) for change in changes]


def _write(
    actor: Actor, draft: Draft, change: Change, *, now: datetime, seen: int | None
) -> DraftChange | None:
    """Keep the languages that differ from what was seen; the others are left as they may be by now."""
    rows = [row for row in rows_of_changes(draft) if seen is None or row.id <= seen]
    before = texts_of([row.plain() for row in rows], change.kind, question=change.question)
    wanted = {code: words for code, words in change.value.items() if words != before.get(code, "")}
    return _change(actor, draft, replace(change, value=wanted), now=now, seen=seen) if wanted else None


@use_case
def _change(actor: Actor, draft: Draft, change: Change, *, now: datetime, seen: int | None) -> DraftChange:
    edition = db.session.get_one(Edition, draft.edition_id)
    permit(actor, Verb.EDIT_DRAFT, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(draft)
    if draft.frozen is not None:
        raise Conflict(_("Draft %(version)s is frozen. A frozen draft never changes.", version=draft.version))
    if seen is not None:
        _refuse_overtaken(draft, change, seen)
    _refuse_unfit(draft, change)
    row = DraftChange(
        draft_id=draft.id,
        kind=change.kind,
        question=change.question,
        number=change.number,
        value=change.value,
        reason=dict(change.reason or {}),
        made=now,
        made_by=actor.account,
    )
    db.session.add(row)
    db.session.flush()
    record(
        actor,
        "draft-change",
        edition_id=edition.id,
        role="organiser",
        now=now,
        facts={
            "version": draft.version,
            "change": change.kind,
            "question": change.question,
            "number": change.number,
            "taken_back": change.value is None,
        },
        reason=" / ".join((change.reason or {}).values()),
    )
    return row


def _refuse_overtaken(draft: Draft, change: Change, seen: int) -> None:
    """Raise Invalid where what is to be changed is no longer what was seen."""
    if any(row.id > seen and meets(row.plain(), change) for row in rows_of_changes(draft)):
        raise Invalid(
            _(
                "Somebody changed this after you opened the page. See how it stands now, and send yours again if"
                " it still holds."
            )
        )


def _refuse_unfit(draft: Draft, change: Change) -> None:
    try:
        adjusted(computed_document(draft), [*changes_of(draft), change])
    except UnfitChangeError as error:
        raise Invalid(
            {
                "last-place": _("An item that you moved stands beyond the last place. Move it first."),
                "question": _("There is no such question in this draft."),
                "number": _("There is no such item in this question."),
            }.get(error.about, _("There is no such place in this question."))
        ) from error


def _section_with(draft: Draft, number: int) -> dict[str, Any]:
    for section in document_of(draft)["sections"]:
        if any(item["number"] == number for item in (*section["items"], *section["not_listed"])):
            found: dict[str, Any] = section
            return found
    raise Invalid(_("There is no such item in this draft."))


def _item(draft: Draft, number: int) -> dict[str, Any]:
    section = _section_with(draft, number)
    return next(item for item in (*section["items"], *section["not_listed"]) if item["number"] == number)


def _reason(reason: Texts) -> dict[str, str]:
    given = {language: text for language, text in _cleaned(reason).items() if text.strip()}
    if not given:
        raise Invalid(_("Give a reason. It is printed in the draft."))
    return given


def _cleaned(texts: Texts) -> dict[str, str]:
    return {language: clean(text).strip() for language, text in texts.items()}
