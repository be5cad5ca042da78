"""How well real texts that say the same are found, at the thresholds at which facilitators are shown them."""

import os

import pytest

from benchmarks import deliberations
from benchmarks.similarity import identical_groups, measure
from roadmap.similarity import encoders

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not os.environ.get("ROADMAP_TEST_DATA"), reason="needs ROADMAP_TEST_DATA"),
]
TWO_THIRDS = 2 / 3


def test_all_identical_comments_are_found_by_their_words() -> None:
    assert identical_groups(encoders.WORDS) == (13, 13)


def test_all_identical_comments_are_found_by_meaning(meaning: encoders.Encoder) -> None:
    assert identical_groups(meaning) == (13, 13)


def test_at_most_one_suggestion_in_three_is_wrong_by_words() -> None:
    assert measure(encoders.WORDS, deliberations.arguments()[::3]).precision >= TWO_THIRDS


def test_at_most_one_suggestion_in_three_is_wrong_by_meaning(meaning: encoders.Encoder) -> None:
    assert measure(meaning, deliberations.arguments()[::3]).precision >= TWO_THIRDS


@pytest.mark.parametrize("texts", ["goals", "rights"])
def test_nine_in_ten_of_the_same_texts_in_two_languages_are_found(
    meaning: encoders.Encoder, texts: str
) -> None:
    figures = measure(meaning, getattr(deliberations, texts)())
    assert (figures.precision >= 0.9, figures.recall >= 0.9) == (True, True)
