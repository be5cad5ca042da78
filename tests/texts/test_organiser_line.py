"""The foot of every page says who organises as the organisers themselves say it."""

import pytest
from flask import Flask

from roadmap.editions.actions import found_edition
from roadmap.editions.models import Edition
from roadmap.editions.seed_file import EditionPlan
from roadmap.texts import actions
from roadmap.texts.actions import Others
from roadmap.texts.queries import current_of
from tests.browsing import Browser
from tests.factories import NOW, an_edition
from tests.texts.writing import an_organiser, write


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition(
        texts={"organiser": {"en": "The towns", "fr": "Les villes"}, "short_title": {"en": "Wells"}}
    )


def foot(browser: Browser, language: str = "en", page: str = "2026/questions") -> tuple[str, str]:
    """(who organises, in which language) as the foot of a page says it."""
    line = browser.page(f"/{language}/{page}").select("footer p bdi")[-1]
    return line.text, str(line.get("lang", ""))


def test_it_is_the_one_the_edition_was_planned_with(edition: Edition, browser: Browser) -> None:
    assert [foot(browser, code) for code in ("en", "fr")] == [("The towns", "en"), ("Les villes", "fr")]


def test_it_follows_what_organisers_write(edition: Edition, browser: Browser) -> None:
    write(an_organiser(edition), edition, "campaign", fields={"organiser": "Three towns"})
    assert foot(browser) == ("Three towns", "en")


def test_a_language_that_is_not_translated_yet_shows_the_original(edition: Edition, browser: Browser) -> None:
    organiser = an_organiser(edition)
    write(organiser, edition, "campaign", fields={"organiser": "Three towns"})
    assert foot(browser, "fr") == ("Three towns", "en")
    write(organiser, edition, "campaign", "fr", fields={"organiser": "Trois villes"})
    assert foot(browser, "fr") == ("Trois villes", "fr")


def test_a_change_of_wording_leaves_the_other_languages_as_they_are(
    edition: Edition, browser: Browser
) -> None:
    write(
        an_organiser(edition), edition, "campaign", fields={"organiser": "All towns"}, others=Others.DEFAULT
    )
    assert foot(browser, "fr") == ("Les villes", "fr")


def test_back_to_the_default_it_is_the_planned_one_again(edition: Edition, browser: Browser) -> None:
    organiser = an_organiser(edition)
    write(organiser, edition, "campaign", fields={"organiser": "Three towns"})
    actions.restore_text(organiser, edition, "campaign", "en", number=0, based_on=1, now=NOW)
    assert foot(browser) == ("The towns", "en")


def test_a_placeholder_is_filled(edition: Edition, browser: Browser) -> None:
    write(an_organiser(edition), edition, "campaign", fields={"organiser": "Friends of {edition}"})
    assert foot(browser) == ("Friends of Wells", "en")


def test_nobody_named_is_nobody_shown(edition: Edition, browser: Browser) -> None:
    write(an_organiser(edition), edition, "campaign", fields={"organiser": ""})
    assert (
        browser.page("/en/2026/questions").select("footer p")[0].text == "#SolidAction is a public campaign."
    )


def test_an_edition_that_is_cloned_brings_its_texts_and_the_line_along(
    edition: Edition, browser: Browser
) -> None:
    organiser = an_organiser(edition)
    write(organiser, edition, "campaign", fields={"organiser": "Three towns"})
    plan = EditionPlan("2027", {"en": "Anew", "fr": "Encore"}, ["en", "fr"], "UTC", [], [])
    made = found_edition(organiser, plan, source=edition, with_dates=False, now=NOW)
    assert current_of(made, "campaign")["en"].fields["organiser"] == "Three towns"
    assert made.texts["organiser_shown"]["fr"] == ["Three towns", "en"]
