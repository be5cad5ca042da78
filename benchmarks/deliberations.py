"""Texts of which is known whether they say the same: real deliberations, and texts in several languages."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

Row = dict[str, str]
DUPLICATES = "duplicates/polis_identical_comments.csv"


@dataclass(frozen=True)
class Case:
    """Texts that stand beside each other in one deliberation, and which pairs of them say the same.

    `known`: the pairs about which that can be said at all, by their places; None for all.
    """

    texts: list[str]
    languages: list[str]
    same: set[tuple[int, int]]
    known: set[tuple[int, int]] | None = None


def folder() -> Path:
    """The folder of real deliberations; raises SystemExit where none is named."""
    named = os.environ.get("ROADMAP_TEST_DATA")
    if not named:
        raise SystemExit("Name the folder of real deliberations with ROADMAP_TEST_DATA.")
    return Path(named)


def rows_of(path: str) -> list[Row]:
    """The rows of a CSV file in the folder."""
    with (folder() / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def identical_comments() -> list[Case]:
    """Conversations with comments that are the same but for case and punctuation: 13 groups in all."""
    marked: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows_of(DUPLICATES):
        marked[row["conversation"]][row["group"]].add(row["comment_id"])
    cases = []
    for conversation, groups in marked.items():
        comments = rows_of(f"polis/{conversation}/comments.csv")
        places = {row["comment-id"]: place for place, row in enumerate(comments)}
        same = {
            pair for ids in groups.values() for pair in combinations(sorted(places[each] for each in ids), 2)
        }
        language = "de" if conversation.startswith("austria") else "en"
        cases.append(Case([row["comment-body"] for row in comments], [language] * len(comments), same))
    return cases


def arguments() -> list[Case]:
    """Arguments about 24 topics; two say the same where they match the same key point, as people labelled them."""
    points: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("argkp-train/labels_train.csv"):
        if row["label"] == "1":
            points[row["arg_id"]].add(row["key_point_id"])
    topics: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of("argkp-train/arguments_train.csv"):
        if row["arg_id"] in points:
            topics[row["topic"]].append(row)
    return [
        Case(
            [row["argument"] for row in rows],
            ["en"] * len(rows),
            {
                (one, other)
                for one, other in combinations(range(len(rows)), 2)
                if points[rows[one]["arg_id"]] & points[rows[other]["arg_id"]]
            },
        )
        for rows in topics.values()
    ]


def goals() -> list[Case]:
    """169 targets, each in English, French, Spanish and Arabic; all beside each other."""
    return [
        _parallel((row["target"], code, row[code]) for row in _targets() for code in ("en", "fr", "es", "ar"))
    ]


def rights() -> list[Case]:
    """30 articles, each in English, French, Portuguese, Spanish and Arabic; all beside each other."""
    codes = ("en", "fr", "pt-PT", "es", "ar")
    rows = [row for row in rows_of("udhr/articles.csv") if row["article"] != "0" and row["lang"] in codes]
    return [_parallel((row["article"], row["lang"], row["text"]) for row in rows)]


def _targets() -> list[Row]:
    return rows_of("sdg/targets.csv")


def _parallel(texts: Iterable[tuple[str, str, str]]) -> Case:
    """Only pairs in two languages are judged: within one nobody said which are the same."""
    found = list(texts)
    known = {
        (one, other) for one, other in combinations(range(len(found)), 2) if found[one][1] != found[other][1]
    }
    same = {(one, other) for one, other in known if found[one][0] == found[other][0]}
    return Case([text for _key, _code, text in found], [code for _key, code, _text in found], same, known)


def many_texts(most: int) -> list[tuple[str, str]]:
    """(language, text) of real proposals, comments and arguments: as many as asked for, each once."""
    found: dict[str, str] = {}
    for path in sorted((folder() / "polis").glob("*/comments.csv")):
        language = "de" if path.parent.name.startswith("austria") else "en"
        for row in rows_of(str(path.relative_to(folder()))):
            found.setdefault(row["comment-body"], language)
    for row in rows_of("argkp-train/arguments_train.csv"):
        found.setdefault(row["argument"], "en")
    for row in _targets():
        for code in ("en", "fr", "es", "ar", "de", "it", "tr", "ru"):
            found.setdefault(row[code], code)
    for row in rows_of("udhr/articles.csv"):
        found.setdefault(row["text"], row["lang"].partition("-")[0])
    texts = [(language, text) for text, language in found.items() if text.strip()]
    if len(texts) < most:
        texts += [(language, f"{text} ({place})") for place, (language, text) in enumerate(texts)]
    return texts[:most]
