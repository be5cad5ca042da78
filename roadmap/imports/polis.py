"""Reading an exported Polis conversation: comments, and every answer to them.

Looked at as a whole before anything is stored. Choices: 1 agree, -1 disagree, 0 pass.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from roadmap.core.db import from_microseconds
from roadmap.domain.texts import clean, clean_line, cut_at_word
from roadmap.imports.tables import BrokenFile, Row, Table, content_of, present, read_table, shown

REJECTED = -1
LONGEST_TITLE = 120
COMMENT = re.compile(r"[0-9]{1,18}\Z")
LATEST_MOMENT = 4_102_444_800_000
"""2100-01-01 in milliseconds since 1970; anything later is a broken number."""


@dataclass(frozen=True)
class Statement:
    """A comment: its number there, its text cleaned, whether its moderators rejected it, when it was made."""

    number: int
    text: str
    rejected: bool
    made: datetime | None

    @property
    def title(self) -> str:
        """The first line, cut at a word."""
        return cut_at_word(clean_line(self.text.split("\n", 1)[0]), LONGEST_TITLE)


@dataclass(frozen=True)
class Answer:
    """One answer of one voter; the newest for a statement is the one that counts."""

    voter: int
    statement: int
    choice: int
    at: datetime | None


@dataclass
class Conversation:
    """A whole conversation. `answers` stand in the order in which they were given, repeats included."""

    name: str
    topic: str
    digest: str
    statements: list[Statement]
    answers: list[Answer]
    agree_sign: int = 1
    notes: list[str] = field(default_factory=list)

    @property
    def voters(self) -> list[int]:
        """Everyone who answered, by number."""
        return sorted({answer.voter for answer in self.answers})


def read_folder(folder: Path, *, agree_sign: int = 1) -> Conversation:
    """The conversation in a folder; raises BrokenFile. `agree_sign` is the number that means agree: 1 or -1."""
    comments = content_of(present(folder, "comments.csv"))
    notes: list[str] = []
    statements = _statements(
        read_table("comments.csv", comments, ("comment-id", "moderated", "comment-body")), notes
    )
    known = {statement.number for statement in statements}
    votes, matrix = _vote_file(folder), folder / "participants-votes.csv"
    if votes is None and not matrix.is_file():
        raise BrokenFile(
            folder.name,
            "there is neither votes.csv nor votes.csv.gz nor participants-votes.csv in the folder.",
        )
    used = content_of(votes or matrix)
    if votes is not None:
        table = read_table(votes.name, used, ("timestamp", "comment-id", "voter-id", "vote"))
        answers = _answers(table, known, notes)
        if matrix.is_file():
            _compare(_matrix(matrix, content_of(matrix), known), answers, votes.name, notes)
    else:
        answers = [answer for _row, answer in _matrix(matrix, used, known)]
    empty = {statement.number for statement in statements if not statement.text}
    _note_empty(empty, answers, notes)
    return Conversation(
        name=folder.resolve().name[:200],
        topic=_topic(folder),
        digest=hashlib.sha256(hashlib.sha256(comments).digest() + hashlib.sha256(used).digest()).hexdigest(),
        statements=[statement for statement in statements if statement.text],
        answers=[
            Answer(answer.voter, answer.statement, answer.choice * agree_sign, answer.at)
            for answer in answers
            if answer.statement not in empty
        ],
        agree_sign=agree_sign,
        notes=notes,
    )


def _vote_file(folder: Path) -> Path | None:
    return next((folder / name for name in ("votes.csv", "votes.csv.gz") if (folder / name).is_file()), None)


def _topic(folder: Path) -> str:
    """The conversation's own name, where summary.csv tells it; that file is no more than an aid."""
    try:
        content = content_of(folder / "summary.csv").decode("utf-8-sig")
        rows = list(csv.reader(content.splitlines()))
    except (BrokenFile, UnicodeDecodeError, csv.Error):
        return ""
    return next((clean_line(row[1]) for row in rows if len(row) > 1 and row[0] == "topic"), "")


def _moment(row: Row, place: int | None) -> datetime | None:
    if place is None or not row.cells[place].strip():
        return None
    value = row.whole(place, "timestamp")
    if not 0 <= value < LATEST_MOMENT:
        raise row.broken(f"“timestamp” should be milliseconds since 1970, not “{value}”.")
    return from_microseconds(value * 1000)


def _choice(row: Row, place: int, name: str) -> int:
    value = row.whole(place, name)
    if value not in (-1, 0, 1):
        raise row.broken(f"“{name}” should be 1, 0 or -1, not “{value}”.")
    return value


def _statements(table: Table, notes: list[str]) -> list[Statement]:
    number_at, state_at, body_at = map(table.place, ("comment-id", "moderated", "comment-body"))
    made_at = table.find("timestamp")
    found: dict[int, tuple[Statement, int]] = {}
    doubled = 0
    for row in table.rows:
        statement = Statement(
            number=row.natural(number_at, "comment-id"),
            text=clean(row.cells[body_at]).strip(),
            rejected=_choice(row, state_at, "moderated") == REJECTED,
            made=_moment(row, made_at),
        )
        before, line = found.get(statement.number, (statement, row.line))
        if before != statement:
            raise row.broken(f"comment {statement.number} stands on line {line} already, and differs.")
        doubled += statement.number in found
        found[statement.number] = (before, line)
    if not found:
        raise BrokenFile(table.file, "holds no comment.")
    if doubled:
        notes.append(f"{table.file}: {doubled} repeated rows of the same comment were left out.")
    return [found[number][0] for number in sorted(found)]


def _answers(table: Table, known: set[int], notes: list[str]) -> list[Answer]:
    """Every row, oldest first. Raises BrokenFile where one voter gave two answers at the same moment."""
    places = [table.place(name) for name in ("timestamp", "comment-id", "voter-id", "vote")]
    seen: dict[tuple[int, int, datetime], tuple[int, int]] = {}
    answers = []
    for row in table.rows:
        at = _moment(row, places[0])
        if at is None:
            raise row.broken("“timestamp” is empty.")
        statement = _known(row, row.natural(places[1], "comment-id"), known)
        answer = Answer(row.natural(places[2], "voter-id"), statement, _choice(row, places[3], "vote"), at)
        key = (answer.voter, answer.statement, at)
        if key in seen:
            choice, line = seen[key]
            if choice != answer.choice:
                raise row.broken(
                    f"voter {answer.voter} answers comment {statement} otherwise at the same moment on line {line}."
                )
            continue
        seen[key] = (answer.choice, row.line)
        answers.append((at, row.line, answer))
    answers.sort(key=lambda item: item[:2])
    given = [answer for _at, _line, answer in answers]
    repeats = len(table.rows) - len({(answer.voter, answer.statement) for answer in given})
    if repeats:
        notes.append(f"{table.file}: {repeats} votes were given anew later; the newest counts.")
    return given


def _known(row: Row, statement: int, known: set[int]) -> int:
    if statement not in known:
        raise row.broken(f"comment {statement} is not in comments.csv; one of the two files is not whole.")
    return statement


def _matrix(path: Path, content: bytes, known: set[int]) -> Iterator[tuple[Row, Answer]]:
    """The latest answers from the table of participants by comments."""
    table = read_table(path.name, content, ("participant",))
    columns = [(place, int(name)) for place, name in enumerate(table.columns) if COMMENT.match(name)]
    if not columns:
        raise BrokenFile(path.name, "no column has the number of a comment.", 1)
    for _place, number in columns:
        _known(Row(path.name, 1, []), number, known)
    person_at = table.place("participant")
    lines: dict[int, int] = {}
    for row in table.rows:
        voter = row.natural(person_at, "participant")
        if voter in lines:
            raise row.broken(f"participant {voter} stands on line {lines[voter]} already.")
        lines[voter] = row.line
        given = [
            Answer(voter, number, _choice(row, place, str(number)), None)
            for place, number in columns
            if row.cells[place].strip()
        ]
        _counted(table, row, given)
        yield from ((row, answer) for answer in given)


def _counted(table: Table, row: Row, given: list[Answer]) -> None:
    """The row's own counts must fit its cells, else it is cut off or was changed."""
    for name, count in (
        ("n-votes", len(given)),
        ("n-agree", sum(answer.choice == 1 for answer in given)),
        ("n-disagree", sum(answer.choice == -1 for answer in given)),
    ):
        place = table.find(name)
        if place is not None and row.cells[place].strip() and row.natural(place, name) != count:
            raise row.broken(f"“{name}” says {shown(row.cells[place].strip())}, but the row holds {count}.")


def _compare(
    matrix: Iterator[tuple[Row, Answer]], answers: list[Answer], votes: str, notes: list[str]
) -> None:
    """An answer that only the matrix has shows that the vote file is not whole; other differences are told."""
    latest = {(answer.voter, answer.statement): answer.choice for answer in answers}
    differ = 0
    for row, answer in matrix:
        choice = latest.get((answer.voter, answer.statement))
        if choice is None:
            raise row.broken(
                f"participant {answer.voter} answered comment {answer.statement}, "
                f"but {votes} holds no such row; one of the two files is not whole."
            )
        differ += choice != answer.choice
    if differ:
        notes.append(f"participants-votes.csv differs from {votes} in {differ} answers; {votes} was taken.")


def _note_empty(empty: set[int], answers: list[Answer], notes: list[str]) -> None:
    if empty:
        lost = sum(answer.statement in empty for answer in answers)
        numbers = ", ".join(map(str, sorted(empty)))
        notes.append(f"comments.csv: left out for want of any text: comment {numbers}, with {lost} votes.")
