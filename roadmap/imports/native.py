"""Decidim's own export: proposals, budget projects or results, each title and text in a column for each language.

A comment names what it answers by type and number; what stands in none of the folder's files cannot be shown,
and so comments on it are left out, and told.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from roadmap.domain.texts import clean_line
from roadmap.imports import cells
from roadmap.imports.discussions import (
    STANCES,
    Discussion,
    Found,
    Item,
    Remark,
    digest_of,
    guessed,
    note_declared,
    note_empty,
    numbered,
    threads,
)
from roadmap.imports.flat import titled
from roadmap.imports.tables import BrokenFile, Row, Table, content_of, read_table, shown


@dataclass(frozen=True)
class Kind:
    """Something that Decidim exports with comments: the files, and the type that a comment names."""

    file: str
    comments: str
    type: str


KINDS = (
    Kind("proposals.csv", "proposal_comments.csv", "Decidim::Proposals::Proposal"),
    Kind("projects.csv", "project_comments.csv", "Decidim::Budgets::Project"),
    Kind("results.csv", "result_comments.csv", "Decidim::Accountability::Result"),
)
COMMENT_FILES = ("comments.csv", *(kind.comments for kind in KINDS))
COMMENT = "Decidim::Comments::Comment"
OF_COMMENTS = ("id", "created-at", "body", "locale", "alignment", "commentable-id", "commentable-type")
IN_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z0-9]{2,4}))?\Z")
TEXTS, ANSWERS = ("body", "description"), ("answer",)
SUPPORTS, MOMENTS = ("confirmed-votes", "supports", "votes"), ("created-at", "published-at")
OUTCOMES = {"accepted": "accepted", "rejected": "rejected"}


@dataclass(frozen=True)
class _Columns:
    """Where an item's texts stand, by language; the empty language where there is one column for all."""

    title: Mapping[str, int]
    text: Mapping[str, int]
    answer: Mapping[str, int]
    made: str
    supports: str

    @property
    def places(self) -> set[int]:
        """All places from which texts are taken."""
        return {*self.title.values(), *self.text.values(), *self.answer.values()}


def is_native(table: Table) -> bool:
    """Whether a table of proposals has the columns of Decidim's own export."""
    return table.find("component/id") is not None or any(name.startswith("title/") for name in table.columns)


def read_native(
    folder: Path, kind: Kind, table: Table, content: bytes, *, platform: str, language: str
) -> Discussion:
    """The items of one kind with the comments on them; raises BrokenFile."""
    notes: list[str] = []
    columns = _columns(table)
    wanted = language or next((code for code in columns.title if code), "")
    wanted = wanted or guessed(_raw(table, [*columns.title.values(), *columns.text.values()]), notes)
    found = [(row, _item(row, table, columns, wanted)) for row in table.rows]
    if not found:
        raise BrokenFile(table.file, "holds nothing but its heading.")
    numbered([(row, item.number) for row, item in found], "item")
    items = _kept(found, table, columns, wanted, notes)
    files = {name: content_of(folder / name) for name in COMMENT_FILES if (folder / name).is_file()}
    remarks = _remarks(
        files, kind, known={item.number for _row, item in found}, kept={item.number for item in items},
        language=wanted, notes=notes,
    )  # fmt: skip
    note_declared(table.file, items, remarks, notes)
    taken = {"id", "url", "comments", "state", "withdrawn", columns.made, columns.supports}
    notes += cells.not_taken(table, [*taken, *(table.columns[place] for place in columns.places)])
    return Discussion(
        platform=platform, name=folder.resolve().name[:200], digest=digest_of([content, *files.values()]),
        language=wanted, items=items, remarks=remarks, notes=notes,
    )  # fmt: skip


def _columns(table: Table) -> _Columns:
    titles, texts = _by_language(table, ("title",)), _by_language(table, TEXTS)
    made = next((name for name in MOMENTS if table.find(name) is not None), MOMENTS[0])
    table.place(made)
    if not titles:
        table.place("title")
    supports = next((name for name in SUPPORTS if table.find(name) is not None), "")
    return _Columns(titles, texts, _by_language(table, ANSWERS), made, supports)


def _by_language(table: Table, names: tuple[str, ...]) -> dict[str, int]:
    """Places of the columns of one text, by language."""
    found = {}
    for place, column in enumerate(table.columns):
        name, _slash, language = column.partition("/")
        code = IN_LANGUAGE.match(language)
        if name in names and (code or not language):
            found[_code(language) if code else ""] = place
    return found


def _code(text: str) -> str:
    """A language as the platform writes it: `pt-BR`."""
    language, _hyphen, region = text.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _raw(table: Table, places: list[int]) -> list[str]:
    return [" ".join(row.cells[place] for place in places) for row in table.rows]


def _item(row: Row, table: Table, columns: _Columns, wanted: str) -> Item:
    chosen = _chosen(row, columns, wanted)
    title_at, text_at, answer_at = (
        by_language.get(chosen, by_language.get(""))
        for by_language in (columns.title, columns.text, columns.answer)
    )
    text = cells.text_in(row, text_at, table.columns[text_at]) if text_at is not None else ""
    title = cells.title_in(row, title_at, table.columns[title_at]) if title_at is not None else ""
    state = table.find("state")
    return Item(
        number=row.natural(table.place("id"), "id"),
        title=title or (titled(row.cells[text_at]) if text_at is not None else ""),
        text=text,
        language=chosen or wanted,
        made=cells.moment_in(row, [table.place(columns.made)], columns.made),
        supports=cells.count_in(row, table, columns.supports),
        declared=cells.count_in(row, table, "comments"),
        url=cells.address_in(row, table.find("url")),
        outcome=OUTCOMES.get(row.cells[state].strip(), "") if state is not None else "",
        answer=cells.text_in(row, answer_at, table.columns[answer_at]) if answer_at is not None else "",
    )


def _chosen(row: Row, columns: _Columns, wanted: str) -> str:
    """The language in which this item is taken: the wanted one, or the first in which it has most of its texts."""
    codes = [wanted, *(code for code in columns.title if code != wanted)]

    def texts_in(code: str) -> int:
        places = (columns.title.get(code), columns.text.get(code))
        return sum(place is not None and bool(row.cells[place].strip()) for place in places)

    return max(codes, key=texts_in)


def _kept(
    found: list[tuple[Row, Item]], table: Table, columns: _Columns, wanted: str, notes: list[str]
) -> list[Item]:
    """The items that come in, by number. What is left out, or stands in another language, is told."""
    withdrawn = {item.number for row, item in found if _is_withdrawn(row, table)}
    empty = {item.number for _row, item in found if not item.title} - withdrawn
    for reason, numbers in (("as withdrawn there", withdrawn), ("for want of any text", empty)):
        if numbers:
            notes.append(f"{table.file}: left out {reason}: {', '.join(map(str, sorted(numbers)))}.")
    items = [item for _row, item in found if item.number not in withdrawn | empty]
    others = Counter(item.language for item in items if item.language != wanted)
    for code, count in sorted(others.items()):
        notes.append(f"{table.file}: {count} have no text in “{wanted}” and were taken in “{code}”.")
    same = sum(
        len({row.cells[place].strip() for place in columns.title.values()}) == 1
        and len({row.cells[place].strip() for place in columns.text.values()}) == 1
        for row, _item in found
    )
    if len(columns.title) > 1 and same:
        notes.append(
            f"{table.file}: {same} have the same words in every language, so one of them may be wrong."
        )
    return sorted(items, key=lambda item: item.number)


def _is_withdrawn(row: Row, table: Table) -> bool:
    state, mark = table.find("state"), table.find("withdrawn")
    return (state is not None and row.cells[state].strip() == "withdrawn") or (
        mark is not None and row.cells[mark].strip().lower() == "true"
    )


@dataclass(frozen=True)
class _Said:
    """A comment with the type and the number of what it answers."""

    row: Row
    remark: Remark
    type: str
    answers: int


def _remarks(
    files: Mapping[str, bytes],
    kind: Kind,
    *,
    known: set[int],
    kept: set[int],
    language: str,
    notes: list[str],
) -> list[Remark]:
    if not files:
        notes.append("There is no file of comments in the folder; nothing but the proposals comes in.")
        return []
    said: list[_Said] = []
    for name, content in files.items():
        table = read_table(name, content, OF_COMMENTS)
        said += [_said(row, table, language) for row in table.rows]
        notes += cells.not_taken(table, [*OF_COMMENTS, "depth", "root-commentable-url"])
    numbered([(each.row, each.remark.number) for each in said], "comment")
    placed = _placed(said, kind, known, kept, notes)
    remarks = threads(placed, notes)
    note_empty(", ".join(files), remarks, notes)
    return remarks


def _said(row: Row, table: Table, language: str) -> _Said:
    type_ = row.cells[table.place("commentable-type")].strip()
    answers = row.natural(table.place("commentable-id"), "commentable-id")
    locale = clean_line(row.cells[table.place("locale")]).lower().replace("_", "-")
    if locale and not IN_LANGUAGE.match(locale):
        raise row.broken(f"“locale” should be a language such as ca, not “{shown(locale)}”.")
    remark = Remark(
        number=row.natural(table.place("id"), "id"),
        proposal=-1,
        parent=answers if type_ == COMMENT else None,
        stance=STANCES[cells.alignment_in(row, table.place("alignment"), "alignment")],
        language=_code(locale) or language,
        text=cells.text_in(row, table.place("body"), "body"),
        made=cells.moment_in(row, [table.place("created-at")], "created-at"),
    )
    return _Said(row, remark, type_, answers)


def _placed(said: list[_Said], kind: Kind, known: set[int], kept: set[int], notes: list[str]) -> list[Found]:
    """The comments whose thread begins on an item that comes in, with its number.

    Raises BrokenFile for a comment on an item of this kind that is not in the file.
    """
    tops = _tops(said)
    placed: list[Found] = []
    elsewhere: Counter[str] = Counter()
    for each in said:
        top = tops[each.remark.number]
        if top.type == kind.type and top.answers not in known:
            raise top.row.broken(
                f"item {top.answers} is not in {kind.file}; one of the two files is not whole."
            )
        if top.type == kind.type and top.answers in kept:
            placed.append((each.row, replace(each.remark, proposal=top.answers)))
        else:
            elsewhere[top.type] += 1
    for type_, count in sorted(elsewhere.items()):
        what = (
            f"what {kind.file} does not hold: {shown(type_)}" if type_ != kind.type else "what was left out"
        )
        notes.append(f"Left out: {count} comments on {what}.")
    return placed


def _tops(said: list[_Said]) -> dict[int, _Said]:
    """The comment with which the thread of each begins; for one whose way up is broken, the last that is there."""
    by_number = {each.remark.number: each for each in said}
    tops: dict[int, _Said] = {}
    for each in said:
        way: dict[int, None] = {}
        at = each
        while at.remark.number not in tops and at.remark.parent in by_number:
            if at.remark.number in way:
                raise at.row.broken(
                    f"comment {at.remark.number} answers itself, by way of {len(way)} comments."
                )
            way[at.remark.number] = None
            at = by_number[at.remark.parent]
        top = tops.get(at.remark.number, at)
        tops.update(dict.fromkeys([*way, at.remark.number], top))
    return tops
