"""A negation or a number turns a text into another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.numerals import numbers_in
from roadmap.domain.opposites import cautions, differs_by_negation_or_number, negations_in

LANGUAGES = ["en", "fr", "pt", "es", "ar"]
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80)

OPPOSITES = [
    ("en", "Ban cars from the centre", "Do not ban cars from the centre"),
    ("en", "Ban cars without a permit", "Don’t ban cars without a permit"),
    ("fr", "Interdire les voitures au centre", "Ne pas interdire les voitures au centre"),
    ("fr", "Il faut agir", "Il n’y a rien à faire"),
    ("pt", "Proibir os carros no centro", "Não proibir os carros no centro"),
    ("es", "Prohibir los coches en el centro", "No prohibir los coches en el centro"),
    ("ar", "حظر السيارات في المركز", "عدم حظر السيارات في المركز"),
    ("ar", "يجب أن ندفع", "يجب ألا ندفع"),
]
SAME_NUMBER = [
    ("en", "within ten days", "en", "within 10 days"),
    ("en", "1,000 euros", "fr", "1 000 euros"),
    ("en", "twenty-five people", "es", "veinticinco personas"),
    ("fr", "quatre-vingt-dix villes", "pt", "noventa cidades"),
    ("es", "treinta y cinco por ciento", "en", "35 per cent"),
    ("ar", "خمسة وعشرون شخصا", "en", "25 people"),
    ("ar", "٤٨ ساعة", "fr", "quarante-huit heures"),
    ("en", "2.5 million", "fr", "2,5 millions"),
    ("fr", "vingt et un pays", "en", "twenty-one countries"),
    ("pt", "trezentos e vinte", "en", "three hundred and twenty"),
]


@pytest.mark.parametrize(("language", "text", "opposite"), OPPOSITES)
def test_a_denied_text_is_marked(language: str, text: str, opposite: str) -> None:
    assert differs_by_negation_or_number(text, opposite, language, language) == ("negation",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_and_twenty_are_marked(language: str) -> None:
    assert differs_by_negation_or_number("… 10 …", "… 20 …", language, language) == ("number",)


@pytest.mark.parametrize(
    ("language", "ten", "twenty"),
    [
        ("en", "ten years", "twenty years"),
        ("fr", "dix ans", "vingt ans"),
        ("pt", "dez anos", "vinte anos"),
        ("es", "diez años", "veinte años"),
        ("ar", "عشرة أعوام", "عشرين عاما"),
    ],
)
def test_numbers_in_words_are_read_too(language: str, ten: str, twenty: str) -> None:
    assert differs_by_negation_or_number(ten, twenty, language, language) == ("number",)


@pytest.mark.parametrize(("language", "text", "other_language", "other"), SAME_NUMBER)
def test_a_number_is_the_same_in_figures_words_and_scripts(
    language: str, text: str, other_language: str, other: str
) -> None:
    assert numbers_in(text, language) - numbers_in(other, other_language) == frozenset()


def test_a_negation_of_two_words_counts_once() -> None:
    assert [negations_in(text, "fr") for text in ("ne jamais fermer", "sans rien fermer")] == [1, 1]


def test_french_more_and_a_person_are_no_negations() -> None:
    assert negations_in("plus de places pour une personne", "fr") == 0


def test_both_marks_come_in_one_order() -> None:
    assert differs_by_negation_or_number("Give 10", "Do not give 20", "en", "en") == ("negation", "number")


def test_long_texts_that_say_other_things_are_not_compared_by_their_numbers() -> None:
    one = ("Open the depots", "In 2019 we had 14 of them.", "en")
    other = ("Open all depots", "My street would like that very much.", "en")
    assert cautions(one, other) == ()


def test_copies_that_differ_in_a_number_are_marked_although_their_titles_are_the_same() -> None:
    text = "Pay the interpreters who help us at the hospital desk {} euros an hour, from the first hour on."
    assert cautions(("Pay them", text.format(10), "en"), ("Pay them", text.format(20), "en")) == ("number",)


@given(TEXTS, TEXTS, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_it_does_not_matter_which_text_comes_first(a: str, b: str, one: str, other: str) -> None:
    assert differs_by_negation_or_number(a, b, one, other) == differs_by_negation_or_number(b, a, other, one)


@given(TEXTS, st.sampled_from([*LANGUAGES, "pt-BR", "eo"]))
def test_a_text_does_not_differ_from_itself(text: str, language: str) -> None:
    assert differs_by_negation_or_number(text, text, language, language) == ()


@given(TEXTS, st.integers(2, 10**9), st.integers(2, 10**9))
def test_two_figures_are_told_apart(text: str, one: int, other: int) -> None:
    marked = "number" in differs_by_negation_or_number(f"{one} | {text}", f"{other} | {text}", "xx", "xx")
    spoken = {str(one), str(other)} & numbers_in(text, "xx")
    assert marked or one == other or spoken != set()
