"""Numbers, shares and dates as each language writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from roadmap.core.i18n import (
    date,
    date_and_time,
    direction_of,
    in_a_row,
    in_language,
    number,
    percent,
    timezone_name,
)

NB, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "12,345"),
        ("fr", f"12{NARROW}345"),
        ("pt", f"12{NB}345"),
        ("es", f"12{NB}345"),
        ("ar", "12,345"),
    ],
)
def test_thousands_are_parted_as_the_language_does(app: Flask, language: str, written: str) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert number(12345) == written


@pytest.mark.parametrize(("language", "written"), [("pt", "1234"), ("es", "1234"), ("en", "1,234")])
def test_four_figures_stay_together_where_the_language_has_it_so(
    app: Flask, language: str, written: str
) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert number(1234) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "83%"), ("fr", f"83{NB}%"), ("pt", "83%"), ("es", f"83{NB}%"), ("ar", "83%")],
)
def test_the_per_cent_sign_stands_as_the_language_has_it(app: Flask, language: str, written: str) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert percent(0.83) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "13 December 2026, 18:00"),
        ("fr", "13 décembre 2026, 18:00"),
        ("pt", "13 de dezembro de 2026, 18:00"),
        ("es", "13 de diciembre de 2026, 18:00"),
        ("ar", "13 ديسمبر 2026، 18:00"),
    ],
)
def test_dates_have_their_month_in_words_and_24_hours(app: Flask, language: str, written: str) -> None:
    moment = datetime(2026, 12, 13, 18, 0, tzinfo=UTC)
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert date_and_time(moment, ZoneInfo("Europe/Lisbon")) == written


def test_the_first_of_a_month_is_premier_in_french(app: Flask) -> None:
    with app.test_request_context("/fr/"):
        app.preprocess_request()
        assert date(datetime(2026, 11, 1, tzinfo=UTC)) == "1er novembre 2026"
        assert date(datetime(2026, 11, 21, tzinfo=UTC)) == "21 novembre 2026"


@pytest.mark.parametrize(
    ("language", "zone", "name"),
    [
        ("en", "Europe/Lisbon", "Lisbon time"),
        ("fr", "Europe/Lisbon", "heure de Lisbonne"),
        ("pt", "Europe/Lisbon", "hora de Lisboa"),
        ("en", "Africa/Cairo", "Cairo time"),
        ("fr", "Africa/Cairo", "heure locale\u00a0: Le Caire"),
        ("fr", "Europe/Athens", "heure locale\u00a0: Athènes"),
        ("pt", "Africa/Cairo", "hora local: Cairo"),
        ("es", "Africa/Cairo", "hora de El Cairo"),
        ("ar", "Africa/Cairo", "بتوقيت القاهرة"),
    ],
)
def test_a_zone_is_named_by_its_city(app: Flask, language: str, zone: str, name: str) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert timezone_name(ZoneInfo(zone)) == name


@pytest.mark.parametrize(("language", "row"), [("en", "12, 5, 30"), ("fr", "12, 5, 30"), ("ar", "12، 5، 30")])
def test_numbers_in_a_row_have_the_comma_of_the_language(app: Flask, language: str, row: str) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        assert in_a_row([12, 5, 30]) == row


def test_a_text_that_is_not_translated_comes_in_english_with_its_code(app: Flask) -> None:
    assert in_language({"en": "Roadmap", "fr": "Feuille de route"}, "pt") == ("Roadmap", "en")


def test_arabic_runs_from_right_to_left() -> None:
    assert (direction_of("ar"), direction_of("pt")) == ("rtl", "ltr")
