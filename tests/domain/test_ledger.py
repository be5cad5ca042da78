"""The hash chain under the public log."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.ledger import FIRST, Entry, entry_hash, erase, first_break, personal_digest, sealed

DEEDS = ("merge", "objection", "undo", "phase change", "freezing")


def chain(deeds: tuple[str, ...] = DEEDS) -> list[Entry]:
    """Entries at the positions 1, 2, 3 and so on, one for each deed."""
    entries: list[Entry] = []
    previous = FIRST
    for position, deed in enumerate(deeds, start=1):
        entry = sealed(
            position,
            {"kind": deed, "at": "2026-09-30T12:00:00Z", "facts": {"lead": 128, "sources": [77, 12]}},
            personal="Facilitator 1",
            salt=f"{position:032x}",
            previous=previous,
        )
        entries.append(entry)
        previous = entry.hash
    return entries


def test_an_untouched_chain_holds() -> None:
    assert first_break(chain()) is None


def test_an_empty_log_holds() -> None:
    assert first_break([]) is None


def test_a_hash_does_not_depend_on_the_order_of_fields() -> None:
    assert entry_hash(FIRST, {"a": 1, "b": 2}) == entry_hash(FIRST, {"b": 2, "a": 1})


def test_a_hash_depends_on_the_hash_before() -> None:
    assert entry_hash(FIRST, {"a": 1}) != entry_hash("1" * 64, {"a": 1})


def test_the_hash_of_known_fields_is_known() -> None:
    """SHA-256 of {"fields":{"é":1},"previous":"00…0"}, so that a chain written today can be read for ever."""
    known = "524b772b5ebd1225a30c3fd75f2b6901a3b0c5e0d186f79297445539ad8d0787"
    assert entry_hash(FIRST, {"é": 1}) == known


def test_what_has_no_canonical_form_is_an_error() -> None:
    with pytest.raises(ValueError, match=str(2**60)):
        entry_hash(FIRST, {"number": 2**60})


@pytest.mark.parametrize(
    "change",
    [
        {"fields": {"kind": "phase change", "at": "2026-09-30T12:00:01Z", "facts": {}}},
        {"personal": "Facilitator 2"},
        {"salt": "ff"},
        {"personal": None},
        {"salt": None},
        {"personal_digest": "0" * 64},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
        {"position": 7},
        {"fields": {"number": 2**60}},
    ],
    ids="-".join,
)
def test_a_changed_entry_is_named(change: dict[str, object]) -> None:
    entries = chain()
    entries[2] = replace(entries[2], **change)  # type: ignore[arg-type]
    assert first_break(entries) == entries[2].position


def test_a_missing_entry_is_named_by_the_one_after_it() -> None:
    entries = chain()
    del entries[2]
    assert first_break(entries) == 4


def test_a_missing_beginning_is_found() -> None:
    assert first_break(chain()[1:]) == 2


def test_entries_that_changed_places_are_found() -> None:
    entries = chain()
    entries[1], entries[2] = entries[2], entries[1]
    assert first_break(entries) == 3


def test_an_entry_sealed_anew_breaks_the_next() -> None:
    entries = chain()
    entries[2] = sealed(3, {"kind": "nothing"}, personal="", salt="00", previous=entries[1].hash)
    assert first_break(entries) == 4


def test_a_part_of_the_log_can_be_checked_by_itself() -> None:
    entries = chain()
    assert first_break(entries[3:], previous=entries[2].hash) is None


def test_erasing_every_name_leaves_the_chain_whole() -> None:
    assert first_break([erase(entry) for entry in chain()]) is None


def test_nothing_of_the_name_is_left_once_erased() -> None:
    erased = erase(chain()[0])
    assert (erased.erased, erased.personal, erased.salt) == (True, None, None)


def test_one_person_has_another_digest_under_each_salt() -> None:
    assert personal_digest("Facilitator 1", "01") != personal_digest("Facilitator 1", "02")


@given(st.sets(st.integers(0, len(DEEDS) - 1)), st.integers(0, len(DEEDS) - 1))
def test_a_change_is_found_whoever_was_erased(erased: set[int], changed: int) -> None:
    entries = [erase(entry) if place in erased else entry for place, entry in enumerate(chain())]
    entries[changed] = replace(entries[changed], fields={"kind": "something else"})
    assert first_break(entries) == changed + 1
