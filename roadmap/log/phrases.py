"""How the log's entries are told, by kind: the sentence and the doer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from roadmap.core.i18n import (
    _,
    date_and_time,
    in_a_row,
    in_language,
    language_name,
    ngettext,
    number,
    pgettext,
)
from roadmap.core.phrases import PHASES, TEXTS
from roadmap.core.setting_names import SETTINGS, value_told

ROLES = ("organiser", "facilitator", "translator", "administrator", "participant")


def line(kind: str, facts: Mapping[str, Any]) -> str:
    """One sentence: what was done."""
    deeds = {
        "edition-creation": _edition_made(facts),
        "edition-opening": _("The edition was opened to everybody."),
        "edition-current": _("The edition became the one that the home page shows."),
        "edition-closing": _("The edition was closed. It can be read, and nothing in it can be changed."),
        "edition-reopening": _("The closing of the edition was taken back."),
        "phase-change": _("The dates of the phases were changed."),
        "pair-related": _("Proposals were linked as related: No. %(numbers)s.", **_numbers(facts)),
        "pair-different": _("Proposals were found not to say the same: No. %(numbers)s.", **_numbers(facts)),
        "pair-undecided": _(
            "A decision about whether proposals say the same was taken back: No. %(numbers)s.",
            **_numbers(facts),
        ),
        **_lineage(facts),
        **_tagging(facts),
        "correction": _("A correction of No. %(number)s was accepted.", **_numbers(facts)),
        "correction-refused": _("A correction of No. %(number)s was refused.", **_numbers(facts)),
        "withdrawal": _("No. %(number)s was withdrawn.", **_numbers(facts)),
        "let-through": _("No. %(number)s was published after review.", **_numbers(facts)),
        "comment-let-through": _("A comment was published after review."),
        "moderation-leave": _("A report about %(text)s was answered: the text stays.", text=_text(facts)),
        "moderation-ask": _("The author of %(text)s was asked to edit it.", text=_text(facts)),
        "moderation-hide": _("Hidden: %(text)s. %(rule)s", text=_text(facts), rule=_rule(facts)),
        "moderation-warn": _(
            "Hidden, and its author warned: %(text)s. %(rule)s", text=_text(facts), rule=_rule(facts)
        ),
        "moderation-restore": _("Shown again: %(text)s.", text=_text(facts)),
        "appeal-upheld": _("An appeal about %(text)s was answered: it stays hidden.", text=_text(facts)),
        "appeal-reversed": _("An appeal about %(text)s was answered: it is shown again.", text=_text(facts)),
        "freeze": _("Draft %(version)s was frozen.", **_numbers(facts)),
        "ballot-download": _(
            "The sealed ballot file of draft %(version)s was downloaded.", **_numbers(facts)
        ),
        "draft-change": _("Draft %(version)s was changed by hand.", **_numbers(facts)),
        "import": _import(facts),
        "role-change": _role_change(facts),
        "invitation": _("Somebody was invited to a role: %(role)s.", role=role_name(facts.get("role", ""))),
        "decision-maker-confirmed": _("A participant was confirmed as a decision maker."),
        "decision-maker-not-confirmed": _("A participant could not be confirmed as a decision maker."),
        "author-confirmed": _("The name under No. %(number)s was confirmed.", **_numbers(facts)),
        "author-not-confirmed": _(
            "The name under No. %(number)s is not confirmed any longer.", **_numbers(facts)
        ),
        **_accounts(facts),
        "text-change": _text_change(facts),
        "settings-change": _setting_changed(facts),
        "question-change": _question_changed(facts),
        "question-correction": _(
            "The words of question %(number)s were corrected (%(language)s).",
            number=str(facts.get("question", "")),
            language=language_name(str(facts.get("language", "en"))),
        ),
    }
    return deeds.get(kind, kind)


def _lineage(facts: Mapping[str, Any]) -> dict[str, str]:
    """What is done with proposals as wholes."""
    return {
        "merge": _("Proposals were merged into No. %(lead)s: No. %(sources)s.", **_numbers(facts)),
        "undo-merge": _("A merge into No. %(lead)s was undone.", **_numbers(facts)),
        "objection": _objection(facts),
        "objection-answered": _(
            "An objection was answered, and the merge into No. %(lead)s made again: No. %(sources)s.",
            **_numbers(facts),
        ),
        "objection-followed": _(
            "After an objection No. %(number)s stays a proposal of its own.", **_numbers(facts)
        ),
        "split": _("No. %(number)s was split into No. %(parts)s.", **_numbers(facts)),
        "undo-split": _("The split of No. %(number)s was undone.", **_numbers(facts)),
        "built-on": _("No. %(number)s was built on No. %(sources)s.", **_numbers(facts)),
    }


def _accounts(facts: Mapping[str, Any]) -> dict[str, str]:
    """What is decided about accounts, never whose they are."""
    return {
        "review-begun": _account_reviews(facts, begun=True),
        "review-ended": _account_reviews(facts, begun=False),
        "account-suspended": _("An account was suspended. Its votes do not count any longer."),
        "account-restored": _("The suspension of an account was ended. Its votes count again."),
    }


def _tagging(facts: Mapping[str, Any]) -> dict[str, str]:
    """What is done with the tags by which proposals are gathered."""
    told = {"tag": _in_any_language(facts.get("tag")), **_numbers(facts)}
    return {
        "tag-made": _("The tag “%(tag)s” was made.", **told),
        "tag-renamed": _(
            "The tag “%(before)s” is called “%(tag)s” now.",
            before=_in_any_language(facts.get("before")),
            **told,
        ),
        "tag-removed": _("The tag “%(tag)s” was removed from all proposals.", **told),
        "tag-put": _("The tag “%(tag)s” was put on proposals: No. %(numbers)s.", **told),
        "tag-taken": _("The tag “%(tag)s” was taken off proposals: No. %(numbers)s.", **told),
    }


def _in_any_language(words: Any) -> str:
    """A name by language as the reader has it; other kinds of entries use the same words for something else."""
    return in_language(words)[0] if isinstance(words, dict) else ""


def _account_reviews(facts: Mapping[str, Any], *, begun: bool) -> str:
    count = int(facts.get("accounts", 1))
    if begun:
        return ngettext(
            "%(num)s account was put under review. Its votes go on counting.",
            "%(num)s accounts were put under review. Their votes go on counting.",
            count,
        )
    return ngettext(
        "%(num)s account is not under review any longer.",
        "%(num)s accounts are not under review any longer.",
        count,
    )


def _import(facts: Mapping[str, Any]) -> str:
    if "comments" in facts:
        return _(
            "A deliberation held elsewhere was brought in. Proposals: %(proposals)s. Comments: %(comments)s.",
            proposals=number(facts.get("proposals", 0)),
            comments=number(facts["comments"]),
        )
    return _(
        "A deliberation held elsewhere was brought in. Proposals: %(proposals)s. People who voted: %(voters)s.",
        proposals=number(facts.get("proposals", 0)),
        voters=number(facts.get("voters", 0)),
    )


def _text_change(facts: Mapping[str, Any]) -> str:
    name, code = str(facts.get("text", "")), str(facts.get("language", ""))
    told = {
        "text": str(TEXTS.get(name, name)),
        "language": language_name(code) if code else "",
        "version": str(facts.get("version", "")),
    }
    if facts.get("default"):
        return _(
            "The text “%(text)s” went back to its default in %(language)s (version %(version)s).", **told
        )
    return _("The text “%(text)s” was changed in %(language)s (version %(version)s).", **told)


def _edition_made(facts: Mapping[str, Any]) -> str:
    if facts.get("clone_of"):
        return _("The edition was made as a clone of the edition “%(slug)s”.", slug=facts["clone_of"])
    return _("The edition was made.")


def _setting_changed(facts: Mapping[str, Any]) -> str:
    setting = str(facts.get("setting", ""))
    name = str(SETTINGS.get(setting, setting))
    if facts.get("language"):
        return _(
            "Setting changed: %(setting)s (%(language)s).",
            setting=name,
            language=language_name(str(facts["language"])),
        )
    return _("Setting changed: %(setting)s.", setting=name)


def _question_changed(facts: Mapping[str, Any]) -> str:
    asked, earlier = str(facts.get("question", "")), str(facts.get("from", ""))
    return {
        "added": _("Question %(number)s was added.", number=asked),
        "moved": _("Question %(before)s became question %(number)s.", before=earlier, number=asked),
        "removed": _("Question %(number)s was removed.", number=asked),
    }.get(str(facts.get("deed", "")), _("Question %(number)s was reworded.", number=asked))


def before_and_after(kind: str, facts: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """What stood before and what stands now, in which language ("": the reader’s); None for most kinds."""
    if kind == "settings-change":
        setting = str(facts.get("setting", ""))
        told = (value_told(setting, facts.get("before", "")), value_told(setting, facts.get("after", "")))
        return (*told, str(facts.get("language", "")))
    if kind == "phase-change":
        return _dates_told(facts.get("before", {}), facts.get("after", {}))
    if kind == "question-correction":
        return str(facts.get("before", "")), str(facts.get("after", "")), str(facts.get("language", ""))
    return None


def _dates_told(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """The dates of the phases that changed, in UTC, so that they are the same for every reader."""
    changed = [phase for phase in PHASES if before.get(phase) != after.get(phase)]
    if not changed:
        return None
    old, new = (" · ".join(_dates(phase, dates.get(phase)) for phase in changed) for dates in (before, after))
    return old, new, ""


def _dates(phase: str, dates: Any) -> str:
    name = str(PHASES[phase])
    if not dates:
        return _("%(phase)s: no dates", phase=name)
    opens, closes = (date_and_time(datetime.fromisoformat(end)) if end else "" for end in dates)
    if not closes:
        return _("%(phase)s: from %(opens)s (UTC), without an end", phase=name, opens=opens)
    return _("%(phase)s: from %(opens)s to %(closes)s (UTC)", phase=name, opens=opens, closes=closes)


def doer(role: str, name: str | None) -> str:
    """By which role and, where a name is kept, by whom. An erased name (None) is said to be erased."""
    if name is None:
        return _("%(role)s (the name was erased)", role=role_name(role))
    return _("%(role)s: %(name)s", role=role_name(role), name=name) if name else role_name(role)


def numbers_in(facts: Mapping[str, Any]) -> list[int]:
    """The numbers of the proposals that an entry is about."""
    lists = (facts.get(name, []) for name in ("sources", "parts", "numbers"))
    found = [facts.get("lead"), facts.get("number"), *(each for numbers in lists for each in numbers)]
    return [number for number in found if isinstance(number, int)]


def _objection(facts: Mapping[str, Any]) -> str:
    if facts.get("whole"):
        return _(
            "An author of No. %(lead)s objected to a merge into it; the merge was undone.", **_numbers(facts)
        )
    return _("An author objected; No. %(number)s left the merge into No. %(lead)s.", **_numbers(facts))


def _role_change(facts: Mapping[str, Any]) -> str:
    if "granted" in facts:
        return _("A role was granted: %(role)s.", role=role_name(facts["granted"]))
    return _("A role ended: %(role)s.", role=role_name(facts.get("ended", "")))


def _numbers(facts: Mapping[str, Any]) -> dict[str, str]:
    return {
        "lead": str(facts.get("lead", "")),
        "sources": in_a_row(facts.get("sources", [])),
        "numbers": in_a_row(facts.get("numbers", [])),
        "parts": in_a_row(facts.get("parts", [])),
        "number": str(facts.get("number", "")),
        "version": str(facts.get("version", "")),
    }


def _text(facts: Mapping[str, Any]) -> str:
    if "comment" in facts:
        return _("a comment on No. %(number)s", **_numbers(facts))
    return _("proposal No. %(number)s", **_numbers(facts))


def _rule(facts: Mapping[str, Any]) -> str:
    return _("Rule %(rule)s of the charter.", rule=facts["rule"]) if facts.get("rule") else ""


def role_name(role: str) -> str:
    """The role as a function, not as a person."""
    return {
        "organiser": pgettext("role", "Organisers"),
        "facilitator": pgettext("role", "Facilitators"),
        "translator": pgettext("role", "Translators"),
        "administrator": pgettext("role", "Administrators"),
        "participant": pgettext("role", "Participants"),
        "command": pgettext("role", "Whoever runs the server"),
    }.get(role, role)
