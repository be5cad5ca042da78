"""Words that texts side by side have in common."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.shared_words import marked


def shared(texts: list[list[str]]) -> list[list[str]]:
    """The marked pieces of each text."""
    return [[piece.text for part in parts for piece in part if piece.shared] for parts in marked(texts)]


def test_words_are_marked_in_each_text_that_has_them() -> None:
    assert shared([["Give mutual-aid networks a seat"], ["Listen to mutual-aid networks"], ["Something else"]]) == [
        ["mutual", "networks"],
        ["mutual", "networks"],
        [],
    ]  # fmt: skip


def test_another_form_of_a_word_is_the_same_word() -> None:
    assert shared([["crisis plans"], ["communities plan"], ["a community"]]) == [
        ["plans"],
        ["communities plan"],
        ["community"],
    ]


def test_accents_and_the_arabic_article_make_no_difference() -> None:
    assert shared([["Économie solidaire"], ["economie locale"]]) == [["Économie"], ["economie"]]
    assert shared([["التضامن الدولي"], ["تضامن الشعوب"]]) == [["التضامن"], ["تضامن"]]


def test_words_that_say_nothing_by_themselves_are_not_marked() -> None:
    assert shared([["They should have more of this"], ["They should have more of that"]]) == [[], []]


def test_a_title_does_not_mark_its_own_text() -> None:
    assert shared([["Networks first", "Networks are first."], ["Nothing"]]) == [[], []]


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=2), max_size=4))
def test_the_pieces_together_are_the_text(texts: list[list[str]]) -> None:
    assert [["".join(piece.text for piece in part) for part in parts] for parts in marked(texts)] == texts
