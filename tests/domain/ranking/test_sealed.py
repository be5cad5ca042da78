"""The sealed ballot file."""

import csv
import hashlib
import io

import numpy as np
import pytest

from roadmap.domain.ranking import rank
from roadmap.domain.ranking.sealed import HEADER, UnreadableBallotsError, ballot_file, read_ballot_file, seal
from tests.domain.ranking.examples import drawn


def test_the_ballot_file_holds_a_row_per_vote_sorted_by_ballot_and_proposal() -> None:
    snapshot = drawn(1, 40, 12, answers=5, groups=True)
    sealed = seal(snapshot, 11)
    ballots = ballot_file(sealed, rank(sealed))
    rows = list(csv.DictReader(io.StringIO(ballots.content.decode())))
    assert ballots.content.decode().splitlines()[0] == HEADER
    assert b"\r" not in ballots.content
    assert ballots.rows == len(rows) == snapshot.votes
    assert ballots.sha256 == hashlib.sha256(ballots.content).hexdigest()
    keys = [(int(row["ballot"]), int(row["proposal"])) for row in rows]
    assert keys == sorted(keys)
    assert {row["opinion"] for row in rows} == {"A"}
    assert {row["region"] for row in rows} == {""}


def test_another_seed_numbers_the_ballots_otherwise_and_ranks_the_same() -> None:
    snapshot = drawn(1, 90, 12, answers=8)
    one, two = seal(snapshot, 1), seal(snapshot, 2)
    assert ballot_file(one, rank(one)).sha256 != ballot_file(two, rank(two)).sha256
    assert rank(one).sections == rank(two).sections


def test_a_ballot_file_is_read_again_as_it_was_written() -> None:
    snapshot = drawn(1, 40, 12, answers=5, groups=True)
    region = np.arange(40) % 3
    sealed = seal(snapshot.__class__(**{**vars(snapshot), "region": region}), 11)
    ranking = rank(sealed)
    again, letters = read_ballot_file(
        ballot_file(sealed, ranking).content, sealed.number.tolist(), sealed.question.tolist()
    )
    for name in ("person", "item", "choice", "origin", "stakeholder", "region"):
        assert np.array_equal(getattr(again, name), getattr(sealed, name))
    assert letters == ["A"] * 40


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1,99,1,direct,A,public,", "line 2"),
        ("1,10,2,direct,A,public,", "line 2"),
        ("1,10,1,telepathy,A,public,", "line 2"),
        ("2,10,1,direct,A,public,", "one by one"),
        ("1,10,1,direct,A,public,7", "three digits"),
        ("1,10,1", "line 2"),
        ("1,10,1,direct,A,public,\n1,10,1,direct,A,public,", "ascending"),
        ("1,10,1,direct,A,public,\n1,13,1,direct,B,public,", "differ"),
    ],
)
def test_a_bad_row_of_a_ballot_file_is_named(line: str, message: str) -> None:
    content = f"{HEADER}\n{line}\n".encode()
    with pytest.raises(UnreadableBallotsError, match=message):
        read_ballot_file(content, [10, 13], [1, 1])


def test_a_ballot_file_with_another_header_or_cut_short_is_refused() -> None:
    with pytest.raises(UnreadableBallotsError, match="first line"):
        read_ballot_file(b"ballot,vote\n", [10], [1])
    with pytest.raises(UnreadableBallotsError, match="line feed"):
        read_ballot_file(f"{HEADER}\n1,10,1,direct,A,public,".encode(), [10], [1])
