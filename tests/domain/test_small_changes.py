"""A slip of the pen, and what is more than one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.small_changes import is_correction

QUESTION = "What are the strengths of the current forms of international solidarity?"


@pytest.mark.parametrize(
    "after",
    [
        "What are the strenghts of the current forms of international solidarity?",
        "What are strengths of the current forms of international solidarity?",
        "What are the strengths of the current  forms of International Solidarity?",
        "What are the strengths of the current forms of international solidarity",
        "What are the strengths of the current form of international solidarity?",
    ],
)
def test_spelling_signs_and_one_word_are_corrections(after: str) -> None:
    assert is_correction(QUESTION, after)


@pytest.mark.parametrize(
    "after",
    [
        "",
        "What are the weaknesses of the current forms of international solidarity?",
        "What are the strengths of the current forms of solidarity?",
        "What are the strengths of the current forms of international solidarity and aid?",
        "Who should pay for the current forms of international solidarity?",
    ],
)
def test_other_words_are_not(after: str) -> None:
    assert not is_correction(QUESTION, after)


def test_a_short_label_may_change_by_three_letters() -> None:
    assert is_correction("Forms", "Form of")
    assert not is_correction("Forms", "Reforms of")


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    assert is_correction(one, other) == is_correction(other, one)


@given(st.text(max_size=60))
def test_a_text_corrects_itself(text: str) -> None:
    assert is_correction(text, text)
