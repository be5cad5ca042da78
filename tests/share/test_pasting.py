"""Texts to paste: the edition's own words, dates and address, in the length that was asked for."""

import itertools
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from roadmap.core.i18n import LANGUAGES, LOCALES, force_locale
from roadmap.share.invitations import Invitation
from roadmap.share.pasting import LEAST, LONGEST_POST, message, post, shortened
from roadmap.share.sentences import Audience
from tests.share.inviting import AHEAD, LONG, OPEN, OVER, QUESTION, TITLE, an_invitation

DEMONSTRATION = "Demonstration: proposals, people and figures are invented."
TIMES = {"open": (OPEN, OPEN), "voting ahead": (OPEN, AHEAD), "ahead": (AHEAD, AHEAD), "over": (OVER, OVER)}
WHAT = {"edition": {}, "question": {"question": QUESTION}, "long question": {"question": LONG}}


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def every_text(invitation: Invitation) -> Iterator[tuple[str, str, str]]:
    """(language, message, post) for each audience."""
    for language, audience in itertools.product(LANGUAGES, Audience):
        with force_locale(LOCALES[language]):
            yield language, message(invitation, audience), post(invitation, audience)


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("time", TIMES)
def test_a_post_fits_and_ends_with_the_address(what: str, time: str) -> None:
    proposing, voting = TIMES[time]
    invitation = an_invitation(proposing=proposing, voting=voting, **WHAT[what])
    assert [
        text
        for _language, _message, text in every_text(invitation)
        if len(text) > LONGEST_POST or not text.endswith(f"\n{invitation.address}")
    ] == []


@pytest.mark.parametrize("what", ["edition", "question"])
def test_a_message_has_about_sixty_words(what: str) -> None:
    """Arabic joins small words to the next one, so it counts fewer."""
    counted = {
        (language, len(text.split())) for language, text, _post in every_text(an_invitation(**WHAT[what]))
    }
    assert {pair for pair in counted if not 35 <= pair[1] <= 75} == set()


def test_title_dates_in_the_editions_time_and_address_stand_in_a_message() -> None:
    assert message(an_invitation(), Audience.PUBLIC) == (
        "On #SolidAction, people work out a roadmap together: “Sharing tools between towns”\n"
        "Read a few of the proposals and say whether you agree; a few minutes are enough, and every answer counts."
        "\n\nYou can take part until 1 October 2026, 13:00 (Lisbon time). No account is needed to vote."
        "\n\nhttps://forum.example.org/2031"
    )


def test_a_post_of_a_question_names_question_last_day_and_address() -> None:
    assert post(an_invitation(question=QUESTION), Audience.DECISION_MAKERS) == (
        "“What should towns lend each other, and who should begin?”\n"
        "Decision makers: read what people propose, and say what can be carried out.\n"
        "Until 1 October 2026.\n"
        "https://forum.example.org/2031/1"
    )


def test_the_three_audiences_are_spoken_to_differently() -> None:
    texts = {audience: message(an_invitation(), audience) for audience in Audience}
    assert len(set(texts.values())) == 3


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("length", [message, post])
def test_every_text_of_a_demonstration_says_so(what: str, length: object) -> None:
    texts = [length(an_invitation(demonstration=True, **WHAT[what]), audience) for audience in Audience]  # type: ignore[operator]
    assert [text for text in texts if DEMONSTRATION not in text.splitlines()] == []


def test_no_other_text_says_so() -> None:
    assert [text for text in every_text(an_invitation()) if "Demonstration" in " ".join(text)] == []


@pytest.mark.parametrize("time", TIMES)
def test_nobody_is_shouted_at(time: str) -> None:
    proposing, voting = TIMES[time]
    texts = every_text(an_invitation(proposing=proposing, voting=voting))
    assert [text for _language, *both in texts for text in both if "!" in text or "¡" in text] == []


def test_nobody_is_asked_to_vote_when_everything_is_over() -> None:
    text = message(an_invitation(proposing=OVER, voting=OVER), Audience.PUBLIC)
    assert text.splitlines()[1:4] == [
        "Read what they proposed, how they voted, and what came of it.",
        "",
        "Taking part ended on 31 August 2026, 13:00 (Lisbon time).",
    ]


def test_voting_that_opens_later_is_announced_with_both_dates() -> None:
    text = message(an_invitation(voting=AHEAD), Audience.PUBLIC)
    assert "You can vote from 11 September 2026 until 1 October 2026, 13:00 (Lisbon time)." in text


def test_without_a_date_none_is_named() -> None:
    text = message(an_invitation(proposing=None, voting=(OPEN[0], None)), Audience.PUBLIC)  # type: ignore[index]
    assert "You can vote now. No account is needed to vote." in text


def test_a_long_question_is_cut_after_a_word() -> None:
    first = post(an_invitation(question=LONG), Audience.PUBLIC).splitlines()[0]
    assert first.startswith("“What could neighbourhoods, ")
    assert first.endswith("…”")
    assert f"{LONG['en']} ".startswith(first.strip("“”").removesuffix("…"))
    assert len(first) > LEAST


def test_an_address_that_leaves_no_room_is_still_whole() -> None:
    invitation = an_invitation(base=f"https://{'a' * 200}.example.org", demonstration=True)
    assert post(invitation, Audience.PUBLIC) == invitation.address


def test_a_title_that_runs_the_other_way_is_kept_apart() -> None:
    with force_locale("ar"):
        text = message(an_invitation(title={"en": TITLE["en"]}), Audience.PUBLIC)
    assert f"«\u2068{TITLE['en']}\u2069»" in text


@given(st.text(max_size=400), st.integers(0, 300))
def test_what_is_shortened_never_passes_the_limit(words: str, most: int) -> None:
    assert len(shortened(words, most)) <= most


@given(st.text(max_size=100))
def test_what_fits_is_left_as_it_is(words: str) -> None:
    assert shortened(words, 100) == words
