"""The sealed ballot file of a frozen version, for auditors (ranking rule 12)."""

from __future__ import annotations

import hashlib
import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roadmap.domain.ranking.groups import letter
from roadmap.domain.ranking.result import Ranking
from roadmap.domain.ranking.snapshot import ORIGINS, STAKEHOLDERS, Snapshot

HEADER = "ballot,proposal,vote,origin,opinion,stakeholder,region"
ROWS_AT_ONCE = 200_000


@dataclass(frozen=True)
class BallotFile:
    """The file, the SHA-256 of its bytes in hexadecimal, its number of rows without the header."""

    content: bytes
    sha256: str
    rows: int


def seal(snapshot: Snapshot, seed: int) -> Snapshot:
    """The same votes in the order of a ballot file: voters in random places, rows by ballot and item.

    `seed` must be drawn for this version and kept secret, or the ballots could be put in order again.
    A frozen version is ranked from the sealed snapshot, so that the file gives the same figures.
    """
    voters = int(np.count_nonzero(np.bincount(snapshot.person, minlength=snapshot.people)))
    return snapshot.of_voters(np.random.default_rng(seed).permutation(voters))


def ballot_file(sealed: Snapshot, ranking: Ranking) -> BallotFile:
    """The file of a sealed snapshot and the ranking computed from it."""
    out = io.BytesIO()
    out.write(HEADER.encode() + b"\n")
    numbers = [str(number) for number in sealed.number.tolist()]
    regions = [0] * sealed.people if sealed.region is None else sealed.region.tolist()
    ends = [
        f",{letter(group)},{STAKEHOLDERS[stakeholder]},{f'{region:03d}' if region else ''}\n"
        for group, stakeholder, region in zip(
            ranking.opinion.tolist(), sealed.stakeholder.tolist(), regions, strict=True
        )
    ]
    for start in range(0, sealed.votes, ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        rows = zip(
            sealed.person[part].tolist(),
            sealed.item[part].tolist(),
            sealed.choice[part].tolist(),
            sealed.origin[part].tolist(),
            strict=True,
        )
        out.write(
            "".join(
                f"{person + 1},{numbers[item]},{choice},{ORIGINS[origin]}{ends[person]}"
                for person, item, choice, origin in rows
            ).encode()
        )
    content = out.getvalue()
    return BallotFile(content, hashlib.sha256(content).hexdigest(), sealed.votes)


class UnreadableBallotsError(ValueError):
    """A ballot file that cannot be read; the text names the row."""


def read_ballot_file(
    content: bytes, number: Sequence[int], question: Sequence[int]
) -> tuple[Snapshot, list[str]]:
    """The snapshot in a ballot file and the opinion letter of each ballot.

    `number` (ascending) and `question` of all items, those without votes included. Raises
    UnreadableBallotsError, naming the first row that is wrong.
    """
    reader = _Reader({b"%d" % item: at for at, item in enumerate(number)})
    lines = io.BytesIO(content)
    if lines.readline() != HEADER.encode() + b"\n":
        raise UnreadableBallotsError(f"the first line is not {HEADER}")
    for row, line in enumerate(lines, 2):
        try:
            reader.take(line)
        except (KeyError, ValueError) as error:
            raise UnreadableBallotsError(f"line {row} cannot be read: {error}") from error
    try:
        snapshot = Snapshot(
            person=np.array(reader.person, dtype=np.int32),
            item=np.array(reader.item, dtype=np.int32),
            choice=np.array(reader.choice, dtype=np.int8),
            origin=np.array(reader.origin, dtype=np.int8),
            number=np.array(number, dtype=np.int64),
            question=np.array(question, dtype=np.int16),
            stakeholder=np.array(reader.stakeholder, dtype=np.int8),
            region=np.array(reader.region, dtype=np.int16),
        )
    except ValueError as error:
        raise UnreadableBallotsError(str(error)) from error
    return snapshot, reader.opinion


class _Reader:
    """Takes one line after the other; the person's columns once per ballot."""

    def __init__(self, items: dict[bytes, int]) -> None:
        self.items = items
        self.choices = {b"1": 1, b"-1": -1, b"0": 0}
        self.origins = {name.encode(): at for at, name in enumerate(ORIGINS)}
        self.stakeholders = {name.encode(): at for at, name in enumerate(STAKEHOLDERS)}
        self.person, self.item = array("i"), array("i")
        self.choice, self.origin = array("b"), array("b")
        self.stakeholder, self.region = array("b"), array("h")
        self.opinion: list[str] = []
        self.ballot = b""
        self.last_item = -1
        self.about = b""

    def take(self, line: bytes) -> None:
        if not line.endswith(b"\n"):
            raise ValueError("it does not end with a line feed")
        ballot, proposal, vote, origin, about = line[:-1].split(b",", 4)
        item = self.items[proposal]
        if ballot != self.ballot:
            self._begin(ballot, about)
        elif about != self.about:
            raise ValueError("opinion, stakeholder or region differ within a ballot")
        elif item <= self.last_item:
            raise ValueError("the proposals of a ballot are not ascending")
        self.last_item = item
        self.person.append(len(self.opinion) - 1)
        self.item.append(item)
        self.choice.append(self.choices[vote])
        self.origin.append(self.origins[origin])

    def _begin(self, ballot: bytes, about: bytes) -> None:
        if ballot != b"%d" % (len(self.opinion) + 1):
            raise ValueError("the ballots are not numbered one by one")
        opinion, stakeholder, region = about.split(b",")
        if region and not (len(region) == 3 and region.isdigit()):
            raise ValueError("the region is not a code of three digits")
        self.opinion.append(opinion.decode("ascii"))
        self.stakeholder.append(self.stakeholders[stakeholder])
        self.region.append(int(region or b"0"))
        self.ballot, self.about = ballot, about
