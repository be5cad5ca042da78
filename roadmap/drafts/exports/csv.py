"""The draft as a table for spreadsheet programs: one row per item, placed or not."""

from collections.abc import Iterator, Mapping
from typing import Any

from roadmap.core.i18n import _
from roadmap.domain.cells import table
from roadmap.drafts import reading, sentences

COLUMNS = (
    "question", "number", "rank", "band_first", "band_last", "places_first", "places_last", "stays",
    "computed_place", "moved_reason", "title", "text", "language", "authors", "sources", "agree", "disagree",
    "pass", "asked_again", "support", "opposition", "low", "high", "answers", "claims", "flags", "reason",
    "reason_text", "url", "edition", "version", "votes_counted_to", "frozen_at", "method", "fingerprint", "note",
)  # fmt: skip


def write(document: Mapping[str, Any]) -> bytes:
    """UTF-8 with its mark, RFC 4180; numbers are bare, texts that a program could take for a formula are not."""
    common = _common(document)
    rows = ({**_row(section, item), **common} for section, item in reading.all_items(document))
    return table(COLUMNS, ([row.get(name) for name in COLUMNS] for row in rows))


def _row(section: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    title, language = sentences.title(item)
    score = item["score"] or {}
    low, high = score.get("interval", (None, None))
    return {
        "question": section["question"]["number"],
        "number": item["number"],
        "title": title,
        "text": sentences.text(item)[0],
        "language": language,
        "authors": "; ".join(item["authors"]),
        "sources": "; ".join(str(source["number"]) for source in item["sources"]),
        **item["tally"],
        "asked_again": item["asked_again"],
        "support": score.get("support"),
        "opposition": score.get("opposition"),
        "low": low,
        "high": high,
        "answers": score.get("answers"),
        "claims": "; ".join(f"{group} {claim}" for group, claim in (item["claims"] or {}).items()),
        "url": item["url"],
        **(_standing(item) if "rank" in item else _without(section, item)),
    }


def _standing(item: dict[str, Any]) -> dict[str, Any]:
    first, last = item["places"] or (None, None)
    return {
        "rank": item["rank"],
        "band_first": item["band"][0],
        "band_last": item["band"][1],
        "places_first": first,
        "places_last": last,
        "stays": item["stays"],
        "computed_place": item["why"]["place"],
        "moved_reason": "; ".join(_texts(item["moved"]["reason"])) if item["moved"] else None,
        "flags": "; ".join(item["flags"]),
    }


def _without(section: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    said = [sentences.not_listed(item, section), *_texts(item["note"])]
    return {"reason": item["reason"], "reason_text": " ".join(said)}


def _texts(texts: Mapping[str, str]) -> Iterator[str]:
    yield from texts.values()


def _common(document: Mapping[str, Any]) -> dict[str, Any]:
    edition = document["edition"]
    return {
        "edition": edition["slug"],
        "version": document["version"],
        "votes_counted_to": document["as_of"],
        "frozen_at": document["frozen_at"],
        "method": document["method"]["name"],
        "fingerprint": document["fingerprint"],
        "note": _("Demonstration: proposals, people and figures are invented.")
        if edition["demonstration"]
        else None,
    }
