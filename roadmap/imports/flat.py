"""Reading a folder with proposals.csv and comments.csv, in which each comment names its proposal and its parent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roadmap.domain.texts import clean_line, cut_at_word
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
from roadmap.imports.markup import as_line
from roadmap.imports.tables import BrokenFile, Row, Table, content_of, present, read_table

PROPOSALS, COMMENTS = "proposals.csv", "comments.csv"
CUT_TITLE = 120


@dataclass(frozen=True)
class Shape:
    """Which columns hold what. `texts` follow one another; `moments` are one column, or day and time."""

    platform: str
    texts: tuple[str, ...]
    moments: tuple[str, ...]
    declared: str
    body: str
    body_is_html: bool
    comment_moments: tuple[str, ...]
    reactions: tuple[str, str]
    alignment: str = ""
    answer: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """By what “status” holds: how the proposal ended there."""

    @property
    def of_proposals(self) -> tuple[str, ...]:
        """The columns that a proposal needs."""
        return ("id", "title", *self.texts, *self.moments, "supports", *filter(None, [self.answer]))

    @property
    def of_comments(self) -> tuple[str, ...]:
        """The columns that a comment needs."""
        needed = ("id", "proposal-id", "parent-id", *filter(None, [self.alignment]), self.body)
        return (*needed, *self.comment_moments)


def read_flat(folder: Path, shape: Shape, language: str) -> Discussion:
    """The discussion in a folder of this shape; raises BrokenFile. An empty language is guessed."""
    contents = [content_of(present(folder, name)) for name in (PROPOSALS, COMMENTS)]
    proposals = read_table(PROPOSALS, contents[0], shape.of_proposals)
    comments = read_table(COMMENTS, contents[1], shape.of_comments)
    notes: list[str] = []
    language = language or guessed(_texts(proposals, shape.texts), notes)
    items = _items(proposals, shape, language, notes)
    whole = {item.number for item in items}
    found = [(row, _remark(row, comments, shape, language)) for row in comments.rows]
    numbered([(row, remark.number) for row, remark in found], "comment")
    remarks = threads(_of_known(found, proposals, whole, notes), notes)
    note_declared(PROPOSALS, items, remarks, notes)
    note_empty(COMMENTS, remarks, notes)
    _note_reactions(comments, shape, notes)
    notes += cells.not_taken(
        proposals, (*shape.of_proposals, shape.declared, "url", *(["status"] if shape.outcomes else []))
    )
    notes += cells.not_taken(comments, (*shape.of_comments, *shape.reactions, "depth", "ancestry"))
    return Discussion(
        platform=shape.platform, name=folder.resolve().name[:200], digest=digest_of(contents), language=language,
        items=items, remarks=remarks, notes=notes,
    )  # fmt: skip


def _texts(table: Table, names: tuple[str, ...]) -> list[str]:
    places = [table.place(name) for name in names]
    return ["\n".join(row.cells[place] for place in places) for row in table.rows]


def _items(table: Table, shape: Shape, language: str, notes: list[str]) -> list[Item]:
    """The proposals by number; one without title and text is left out, and named."""
    found = [(row, _item(row, table, shape, language)) for row in table.rows]
    if not found:
        raise BrokenFile(table.file, "holds no proposal.")
    numbered([(row, item.number) for row, item in found], "proposal")
    empty = sorted(item.number for _row, item in found if not item.title)
    if empty:
        notes.append(f"{table.file}: left out for want of any text: proposal {', '.join(map(str, empty))}.")
    return sorted((item for _row, item in found if item.title), key=lambda item: item.number)


def _item(row: Row, table: Table, shape: Shape, language: str) -> Item:
    parts = [cells.text_in(row, table.place(name), name) for name in shape.texts]
    text = "\n\n".join(part for part in parts if part)
    status = table.find("status")
    return Item(
        number=row.natural(table.place("id"), "id"),
        title=cells.title_in(row, table.place("title"), "title")
        or titled("\n".join(row.cells[table.place(name)] for name in shape.texts)),
        text=text,
        language=language,
        made=cells.moment_in(row, [table.place(name) for name in shape.moments], shape.moments[0]),
        supports=row.natural(table.place("supports"), "supports"),
        declared=cells.count_in(row, table, shape.declared),
        url=cells.address_in(row, table.find("url")),
        outcome=shape.outcomes.get(row.cells[status].strip(), "") if status is not None else "",
        answer=cells.text_in(row, table.place(shape.answer), shape.answer) if shape.answer else "",
    )


def titled(text: str) -> str:
    """A title for a text that has none, as it stands in the file: its first line, cut at a word."""
    return cut_at_word(clean_line(as_line(text.strip().split("\n", 1)[0])), CUT_TITLE)


def _remark(row: Row, table: Table, shape: Shape, language: str) -> Remark:
    stance = cells.alignment_in(row, table.find(shape.alignment), shape.alignment)
    return Remark(
        number=row.natural(table.place("id"), "id"),
        proposal=row.natural(table.place("proposal-id"), "proposal-id"),
        parent=cells.reference_in(row, table.place("parent-id"), "parent-id"),
        stance=STANCES[stance],
        language=language,
        text=cells.text_in(row, table.place(shape.body), shape.body, html=shape.body_is_html),
        made=cells.moment_in(
            row, [table.place(name) for name in shape.comment_moments], shape.comment_moments[0]
        ),
    )


def _of_known(found: list[Found], proposals: Table, whole: set[int], notes: list[str]) -> list[Found]:
    """Those comments whose proposal came in. Raises BrokenFile for one on a proposal that is not in the file."""
    place = proposals.place("id")
    known = {row.natural(place, "id") for row in proposals.rows}
    for row, remark in found:
        if remark.proposal not in known:
            raise row.broken(
                f"proposal {remark.proposal} is not in {proposals.file}; one of the two files is not whole."
            )
    kept = [(row, remark) for row, remark in found if remark.proposal in whole]
    if len(kept) < len(found):
        notes.append(f"{COMMENTS}: left out with their proposals: {len(found) - len(kept)} comments.")
    return kept


def _note_reactions(table: Table, shape: Shape, notes: list[str]) -> None:
    """Tell how many votes for and against comments there were: comments have none here."""
    counts = [sum(cells.count_in(row, table, name) or 0 for row in table.rows) for name in shape.reactions]
    if any(counts):
        notes.append(
            f"{table.file}: {counts[0]} votes for comments and {counts[1]} against were left out: "
            "comments are not voted on here."
        )
