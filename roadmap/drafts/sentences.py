"""The figures of a draft in words, for pages and exports alike. Everything comes from the printed document."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from roadmap.core.i18n import _, in_a_row, in_language, ngettext, number, percent, pgettext

Item = Mapping[str, Any]


def place_label(first: int, last: int | None = None) -> str:
    """A place, or the places that a band shares."""
    return number(first) if last in (None, first) else f"{number(first)}–{number(last or first)}"


def why(item: Item, method: Mapping[str, Any]) -> list[str]:
    """Why a listed item stands where it stands: whole sentences, each a message of its own."""
    told, score = item["why"], item["score"]
    first, last = item["band"]
    figures = {
        "share": percent(score["support"]),
        "margin": number(100 * told["margin"]),
        "against": percent(score["opposition"]),
        "rank": number(item["rank"]),
    }
    if last > first:
        sentences = [
            ngettext(
                "Place %(rank)s, in the band %(low)s–%(high)s; within it the order is not certain. "
                "%(share)s agree (±%(margin)s), %(against)s disagree, %(num)s person answered.",
                "Place %(rank)s, in the band %(low)s–%(high)s; within it the order is not certain. "
                "%(share)s agree (±%(margin)s), %(against)s disagree, %(num)s people answered.",
                score["answers"],
                low=number(first),
                high=number(last),
                **figures,
            )
        ]
    else:
        sentences = [
            ngettext(
                "Place %(rank)s. %(share)s agree (±%(margin)s), %(against)s disagree, "
                "%(num)s person answered.",
                "Place %(rank)s. %(share)s agree (±%(margin)s), %(against)s disagree, "
                "%(num)s people answered.",
                score["answers"],
                **figures,
            )
        ]
    if told["reason"] == "widely-supported":
        sentences.append(_("Widely supported."))
    elif told["reason"] == "opinion-group":
        sentences.append(
            _(
                "Listed here because group %(group)s (%(weight)s of voices) wants it and had little above it.",
                group=told["group"],
                weight=percent(told["weight"]),
            )
        )
    if score["set_aside"]:
        sentences.append(set_aside(item))
    if item["stays"] is not None:
        sentences.append(
            _(
                "In %(times)s of 100 recalculations it stays in the first %(places)s.",
                times=number(100 * item["stays"]),
                places=number(method["parameters"]["k"]),
            )
        )
    return sentences


def set_aside(item: Item) -> str:
    """That votes people chose to give themselves do not decide its place; empty where all do."""
    score = item["score"]
    if not score or not score["set_aside"]:
        return ""
    return ngettext(
        "%(num)s person chose this proposal themselves and answered differently; its place follows the "
        "%(others)s to whom it was given at random.",
        "%(num)s people chose this proposal themselves and answered differently; its place follows the "
        "%(others)s to whom it was given at random.",
        score["set_aside"],
        others=number(score["answers"]),
    )


def moved(item: Item) -> str:
    """That the organisers gave it another place, and from where; empty where they did not."""
    if not item["moved"]:
        return ""
    return _("Moved by the organisers. Its computed place is %(place)s.", place=number(item["moved"]["from"]))


def flags(item: Item) -> list[tuple[str, str]]:
    """(look, words) of the labels beside an item, in the order in which they matter."""
    many = len(item.get("claims") or ()) > 1
    words = {
        "common-ground": ("agree", _("All groups agree") if many else _("Most people agree")),
        "contested": ("disagree", _("Divided between groups")),
        "group-priority": ("", _("Backed by one group")),
        "few-decision-makers": ("", _("Few decision makers")),
        "set-aside": ("", _("Direct votes set aside")),
        "merged": ("", pgettext("flag", "Merged")),
    }
    found = [words[name] for name in words if name in item.get("flags", ())]
    label = evidence(item)
    if label and item["why"]["evidence"] != "firm":
        found.append(("pass", label))
    if item.get("moved"):
        found.append(("sun", _("Moved by the organisers")))
    return found


def evidence(item: Item) -> str:
    """How much the answers can carry; empty where nothing needs to be said."""
    return {
        "too-early": _("Too early"),
        "provisional": _("Provisional"),
        "firm": _("Firm"),
    }.get(item["why"]["evidence"] or "", "")


def inclusion(item: Item) -> str:
    """How surely it stays among the first places; empty for methods without draws."""
    return {
        "secure": pgettext("staying in the first places", "Secure"),
        "likely": pgettext("staying in the first places", "Likely"),
        "borderline": pgettext("staying in the first places", "Borderline"),
        "unlikely": pgettext("staying in the first places", "Unlikely"),
    }.get(item["why"]["inclusion"] or "", "")


def places(item: Item) -> str:
    """Between which places the recalculations put it; empty for methods without draws."""
    if item["places"] is None:
        return ""
    first, last = item["places"]
    if last is None:
        return _(
            "In nine of ten recalculations it stands between place %(first)s and the end of the list.",
            first=number(first),
        )
    if first == last:
        return _("In nine of ten recalculations it stands at place %(place)s.", place=number(first))
    return _(
        "In nine of ten recalculations it stands between place %(first)s and place %(last)s.",
        first=number(first),
        last=number(last),
    )


def not_listed(item: Item, section: Mapping[str, Any]) -> str:
    """Why an item has no place."""
    answers = item["score"]["answers"] if item["score"] else 0
    if item["reason"] == "too-few-votes" and not answers:
        return _("No votes yet")
    if item["reason"] == "too-few-votes":
        return ngettext(
            "Too few votes to place: %(num)s person answered, %(needed)s are needed.",
            "Too few votes to place: %(num)s people answered, %(needed)s are needed.",
            answers,
            needed=number(ceil(section["needed"])),
        )
    return {
        "no-group-in-favour": _("No opinion group is more for it than against it."),
        "below-the-last-place": _("Below the last place, where the organisers closed this list."),
        "left-out-by-organisers": _("Left out by the organisers."),
        "waits-for-routed-answers": _("Waits for answers from people to whom it is given at random."),
    }[item["reason"]]


def agreement(item: Item) -> str:
    """Share and interval in one sentence, as beside the interval line."""
    low, high = item["score"]["interval"]
    return _(
        "%(share)s agree (likely %(low)s–%(high)s)",
        share=percent(item["score"]["support"]),
        low=number(100 * low),
        high=percent(high),
    )


def tally(counts: Mapping[str, int]) -> str:
    """The exact counts in one sentence."""
    return _(
        "Agree: %(agree)s. Disagree: %(disagree)s. Pass: %(passed)s.",
        agree=number(counts["agree"]),
        disagree=number(counts["disagree"]),
        passed=number(counts["pass"]),
    )


def apart(item: Item) -> list[str]:
    """What is shown beside the tally and does not count, and who is asked again."""
    said = []
    for kind, counts in sorted(item["apart"].items()):
        if kind == "guests":
            said.append(
                _("Shown apart, not counted: votes without an account. %(tally)s", tally=tally(counts))
            )
        else:
            said.append(_("Shown apart, not counted: votes on paper. %(tally)s", tally=tally(counts)))
    if item["asked_again"]:
        said.append(
            ngettext(
                "%(num)s opposite answer, asked again",
                "%(num)s opposite answers, asked again",
                item["asked_again"],
            )
        )
    return said


def minority(note: Mapping[str, Any], title: str) -> str:
    """What one opinion group wants strongly and the order has far down."""
    return _(
        "No. %(number)s, “%(title)s”: opinion group %(group)s wants it strongly (%(claim)s on a scale "
        "from −1 to 1), no other group does. It stands at place %(place)s. Listed so that Lisbon hears it.",
        number=note["number"],
        title=title,
        group=note["group"],
        claim=number(note["claim"], 2),
        place=number(note["place"]),
    )


def authors(item: Mapping[str, Any]) -> str:
    """Who put it forward, as they wished to be named."""
    return in_a_row(item["authors"]) or _("no name given")


def merged_from(item: Item) -> str:
    """The numbers behind an item; empty where it stands for itself."""
    numbers = [source["number"] for source in item["sources"]]
    if len(numbers) < 2:
        return ""
    return _("from No. %(numbers)s", numbers=in_a_row(numbers))


def title(item: Mapping[str, Any]) -> tuple[str, str]:
    """(title, its language): as the proposal has it, reworded or not."""
    return in_language(item["title"], item.get("language"))


def text(item: Mapping[str, Any]) -> tuple[str, str]:
    """(Markdown text, its language)."""
    return in_language(item["text"], item.get("language"))
