"""Groups, methods and regions by the names that people read, with what they weigh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roadmap.core.i18n import _, current_language, in_a_row, locale_of, ngettext, percent
from roadmap.core.setting_names import METHODS

Item = Mapping[str, Any]


def stakeholders() -> dict[str, str]:
    """Names of the stakeholder groups."""
    return {
        "decision-maker": _("Decision makers"),
        "civil-society": _("Civil society"),
        "public": _("General public"),
    }


def opinion_group(group: Mapping[str, Any]) -> str:
    """How many people an opinion group has, what it weighs, what it stands out for."""
    said = ngettext(
        "Group %(group)s: %(num)s person, %(weight)s of the voices.",
        "Group %(group)s: %(num)s people, %(weight)s of the voices.",
        group["people"],
        group=group["id"],
        weight=percent(group["weight"]),
    )
    if not group["typical"]:
        return said
    typical = _("Stands out for No. %(numbers)s.", numbers=in_a_row(group["typical"]))
    return f"{said} {typical}"


def by_group(item: Item) -> list[tuple[str, tuple[int, int, int] | None]]:
    """(name, counts) of each stakeholder group, None where withheld: for the row of bars."""
    return [
        (
            stakeholders()[name],
            None if counts is None else (counts["agree"], counts["disagree"], counts["pass"]),
        )
        for name, counts in item["by_group"].items()
    ]


def weights(document: Mapping[str, Any]) -> list[str]:
    """What each stakeholder group weighed; empty where everybody weighs the same."""
    if document["method"]["name"] != "equal-groups":
        return []
    names = stakeholders()
    return [
        ngettext(
            "%(group)s: %(num)s person with %(weight)s of the voices. One vote weighed %(each)s.",
            "%(group)s: %(num)s people with %(weight)s of the voices. One vote weighed %(each)s.",
            row["people"],
            group=" + ".join(names[part] for part in row["group"].split("+")),
            weight=percent(row["weight"], 1),
            each=percent(row["weight"] / row["people"] if row["people"] else 0, 3),
        )
        for row in document["method"]["stakeholders"]
    ]


def method_name(name: str) -> str:
    """A method by its name for people."""
    return str(METHODS[name])


def method_sentence(name: str) -> str:
    """What a method does, in one sentence."""
    return {
        "equal-persons": _("One person, one voice; places are shared among opinion groups."),
        "equal-groups": _("Stakeholder groups have an equal voice; places are shared among opinion groups."),
        "support": _("The share of people who agree."),
        "net-count": _("Agrees minus disagrees, as on many sites; it favours what was shown most."),
        "common-ground": _("What every opinion group can live with."),
        "wilson": _("The share of people who agree, at its cautious end."),
    }[name]


def region_name(code: str) -> str:
    """A region by its M49 code, in the reader's language; the code itself where it has no name."""
    if code == "not-stated":
        return _("Not stated")
    return str(locale_of(current_language()).territories.get(code, code))
