"""How the log's entries are told, by kind."""

from collections.abc import Mapping
from typing import Any

from roadmap.core.i18n import _, pgettext

ROLES = ("organiser", "facilitator", "translator", "administrator", "participant")


def line(kind: str, role: str, name: str | None, facts: Mapping[str, Any]) -> str:
    """One sentence: what was done, by which role and (unless erased) by whom."""
    deeds = {
        "phase-change": _("The dates of the phases were changed."),
        "merge": _("Proposals were merged into No. %(lead)s: No. %(sources)s.", **_numbers(facts)),
        "undo-merge": _("A merge into No. %(lead)s was undone.", **_numbers(facts)),
        "correction": _("A correction of No. %(number)s was accepted.", **_numbers(facts)),
        "correction-refused": _("A correction of No. %(number)s was refused.", **_numbers(facts)),
        "withdrawal": _("No. %(number)s was withdrawn.", **_numbers(facts)),
        "let-through": _("No. %(number)s was published after review.", **_numbers(facts)),
        "comment-let-through": _("A comment was published after review."),
        "freeze": _("Draft %(version)s was frozen.", **_numbers(facts)),
        "ballot-download": _(
            "The sealed ballot file of draft %(version)s was downloaded.", **_numbers(facts)
        ),
        "draft-change": _("Draft %(version)s was changed by hand.", **_numbers(facts)),
        "role-change": _("A role was granted or ended."),
    }
    deed = deeds.get(kind, kind)
    doer = name or _("a former participant")
    return _("%(deed)s By %(role)s: %(name)s", deed=deed, role=role_name(role), name=doer)


def _numbers(facts: Mapping[str, Any]) -> dict[str, str]:
    sources = ", ".join(str(number) for number in facts.get("sources", []))
    return {
        "lead": str(facts.get("lead", "")),
        "sources": sources,
        "number": str(facts.get("number", "")),
        "version": str(facts.get("version", "")),
    }


def role_name(role: str) -> str:
    """The role as a function, not as a person."""
    return {
        "organiser": pgettext("role", "Organisers"),
        "facilitator": pgettext("role", "Facilitators"),
        "translator": pgettext("role", "Translators"),
        "administrator": pgettext("role", "Administrators"),
        "participant": pgettext("role", "Participants"),
    }.get(role, role)
