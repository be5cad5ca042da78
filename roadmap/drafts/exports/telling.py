"""The outline of a draft in one language: the document's figures in sentences, its texts as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.dates import get_timezone

from roadmap.core.i18n import (
    _,
    current_language,
    date_and_time,
    in_language,
    language_name,
    ngettext,
    number,
    pgettext,
)
from roadmap.domain.outline import Body, Chapter, Entry, Outline, Passage, Range, Source, Words
from roadmap.drafts import naming, reading, sentences
from roadmap.drafts.exports.richtext import body

Document = Mapping[str, Any]


def outline(document: Document, language: str) -> Outline:
    """The whole draft; call it with the language in force."""
    listed = sum(len(section["items"]) for section in document["sections"])
    return Outline(
        language=language,
        title=_("A roadmap for international solidarity"),
        kicker=_("Draft %(version)s, for the Lisbon Forum", version=document["version"]),
        edition=Words(*in_language(document["edition"]["title"])),
        ribbon=_("Demonstration: proposals, people and figures are invented.")
        if document["edition"]["demonstration"]
        else "",
        lede=ngettext(
            "%(listed)s of %(num)s proposal has a place. The order follows what people want, and each "
            "opinion group has its share of the places. Where the votes cannot separate proposals, they "
            "share a place.",
            "%(listed)s of %(num)s proposals have a place. The order follows what people want, and each "
            "opinion group has its share of the places. Where the votes cannot separate proposals, they "
            "share a place.",
            reading.items_in_all(document),
            listed=number(listed),
        ),
        facts=_facts(document),
        introduction=_text(document["edition"].get("introduction", {})),
        contents_heading=_("In this draft"),
        chapters=tuple(_chapter(document, section) for section in document["sections"]),
        passages=(_participation(document), _method(document)),
    )


def _facts(document: Document) -> tuple[tuple[str, str], ...]:
    rows = []
    for name, term in (("as_of", _("Votes counted to")), ("frozen_at", pgettext("draft", "Frozen"))):
        moment = reading.moment(document, name)
        if moment is not None:
            rows.append((term, f"{date_and_time(moment, get_timezone('UTC'))} UTC"))
    name = document["method"]["name"]
    rows.append((_("Method"), f"{naming.method_name(name)}. {naming.method_sentence(name)}"))
    rows += [(_("Voice"), sentence) for sentence in naming.weights(document)]
    rows.append((pgettext("draft", "Fingerprint"), document["fingerprint"]))
    return tuple(rows)


def _chapter(document: Document, section: dict[str, Any]) -> Chapter:
    question = section["question"]
    label = in_language(question["label"])[0]
    about = [
        ngettext("%(num)s proposal", "%(num)s proposals", reading.items_in(section)),
        ngettext("%(num)s vote", "%(num)s votes", reading.votes_in(section)),
        ngettext("%(num)s person voted", "%(num)s people voted", section["people"]),
    ]
    closing: list[Words] = []
    if section["last_place"]:
        sentence = _(
            "The organisers closed this list after place %(place)s.", place=number(section["last_place"])
        )
        closing = [_own(sentence), Words(*in_language(section["last_place_reason"]))]
    return Chapter(
        number=question["number"],
        title=Words(*in_language(question["text"])),
        about=tuple([label, *about] if label else about),
        note=_text(question["note"]),
        ranges=tuple(
            Range(
                band.first,
                band.last,
                ""
                if band.last == band.first
                else _(
                    "Places %(first)s to %(last)s are too close to separate",
                    first=number(band.first),
                    last=number(band.last),
                ),
                tuple(_placed(item, document["method"]) for item in band.items),
            )
            for band in reading.bands(section)
        ),
        empty="" if section["items"] else _("No proposal could be placed in this chapter."),
        closing=tuple(closing),
        minority_heading=_("Strongly backed by one group"),
        minority=tuple(_minority(document, note) for note in section["minority"]),
        unplaced_heading=_("Without a place"),
        unplaced=tuple(_unplaced(item, section) for item in section["not_listed"]),
    )


def _placed(item: dict[str, Any], method: Document) -> Entry:
    low, high = item["score"]["interval"]
    notes = []
    if item["moved"]:
        notes += [_own(sentences.moved(item)), Words(*in_language(item["moved"]["reason"]))]
    return Entry(
        number=item["number"],
        label=sentences.place_label(*item["band"]),
        title=Words(*sentences.title(item)),
        body=_item_text(item),
        about=_about(item),
        tags=tuple(sentences.flags(item)),
        figures=(*sentences.why(item, method), sentences.tally(item["tally"]), *sentences.apart(item)),
        notes=(*notes, *_original(item)),
        interval=(low, item["score"]["support"], high),
        address=item["url"] or "",
        sources=_sources(item),
    )


def _unplaced(item: dict[str, Any], section: dict[str, Any]) -> Entry:
    notes = [Words(*in_language(item["note"]))] if item["note"] else []
    return Entry(
        number=item["number"],
        label="",
        title=Words(*sentences.title(item)),
        body=_item_text(item),
        about=_about(item),
        figures=(sentences.not_listed(item, section), sentences.tally(item["tally"])),
        notes=(*notes, *_original(item)),
        address=item["url"] or "",
        sources=_sources(item),
    )


def _about(item: dict[str, Any]) -> tuple[str, ...]:
    found = [_("No. %(number)s", number=item["number"]), sentences.authors(item), sentences.merged_from(item)]
    return tuple(part for part in found if part)


def _sources(item: dict[str, Any]) -> tuple[Source, ...]:
    """Who stands behind an item that was merged: one line for each of its proposals."""
    if len(item["sources"]) < 2:
        return ()
    return tuple(
        Source(
            _(
                "No. %(number)s: %(authors)s (%(language)s)",
                number=source["number"],
                authors=sentences.authors(source),
                language=language_name(source["language"]),
            ),
            source["url"] or "",
        )
        for source in item["sources"]
    )


def _original(item: dict[str, Any]) -> list[Words]:
    if "original" not in item:
        return []
    notes = [_own(_("Reworded by the organisers."))]
    title = in_language(item["original"].get("title", {}), item["language"])
    if title[0]:
        notes += [_own(_("Original title:")), Words(*title)]
    return notes


def _minority(document: Document, note: dict[str, Any]) -> Words:
    found = reading.find_item(document, note["number"])
    return _own(sentences.minority(note, sentences.title(found[1])[0] if found else ""))


def _participation(document: Document) -> Passage:
    told = document["participation"]
    withheld = _("fewer than 10")
    names = naming.stakeholders()
    not_asked = document["edition"].get("not_asked", [])
    rows = [
        (_("People whose votes count"), number(told["voters"])),
        (pgettext("figure", "Votes"), number(told["votes"])),
        (_("People without an account, shown apart"), number(told["guests"])),
    ]
    rows += [
        (names[name], withheld if people is None else number(people))
        for name, people in told["by_group"].items()
        if "group" not in not_asked
    ]
    rows += [
        (naming.region_name(code), withheld if people is None else number(people))
        for code, people in told["by_region"].items()
        if "country" not in not_asked
    ]
    groups = []
    if len(document["groups"]) > 1:
        groups = [naming.opinion_group(group) for group in document["groups"]]
    note = _(
        "Figures for fewer than 10 people are not shown. Where they could be worked out from the rest, "
        "one more figure is withheld."
    )
    return Passage(_("Who took part"), (*groups, note), tuple(rows))


def _method(document: Document) -> Passage:
    return Passage(
        _("How it is ranked"),
        (
            _(
                "The share of a proposal is how many agree among all who answered, passes included, pulled a "
                "little towards the average while answers are few. People who answer alike form opinion "
                "groups. When a proposal that a group wants is listed, that group has a smaller voice for the "
                "next place: a third, a fifth, a seventh. Places that the votes cannot separate are shared."
            ),
            _(
                "People who come to vote are not a sample of the world. Read the order as a guide for the "
                "debate in Lisbon, not as its outcome."
            ),
            _(
                "Order and bands follow from the JSON file of this draft alone; anyone can compute them again "
                "and compare the fingerprint."
            ),
        ),
        _facts(document)[-1:],
    )


def _text(texts: Mapping[str, str]) -> Body | None:
    text, language = in_language(texts)
    return body(text, language) if text else None


def _item_text(item: dict[str, Any]) -> Body | None:
    text, language = sentences.text(item)
    return body(text, language) if text else None


def _own(text: str) -> Words:
    return Words(text, current_language())
