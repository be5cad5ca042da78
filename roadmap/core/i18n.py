"""Languages, their directions, and the one place that formats numbers, dates and shares."""

from collections.abc import Iterable, Mapping
from datetime import date as Day
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal
from flask_babel import force_locale, get_domain, get_locale
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as lazy
from flask_babel import lazy_pgettext as lazy_p
from flask_babel import pgettext as _pgettext

__all__ = ["_", "force_locale", "lazy", "lazy_p", "ngettext", "pgettext"]


LANGUAGES: dict[str, str] = {
    "en": "English",
    "fr": "Français",
    "pt": "Português",
    "es": "Español",
    "ar": "العربية",
}
LOCALES: dict[str, str] = {"en": "en_GB", "fr": "fr", "pt": "pt_PT", "es": "es", "ar": "ar"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
DEFAULT_LANGUAGE = "en"

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
_DATES = {
    "en": "d MMMM y",
    "fr": "d MMMM y",
    "pt": "d 'de' MMMM 'de' y",
    "es": "d 'de' MMMM 'de' y",
    "ar": "d MMMM y",
}


def _(message: str, **values: object) -> str:
    """The message in the reader's language, its placeholders filled in."""
    return str(_gettext(message, **values))


def pgettext(context: str, message: str, **values: object) -> str:
    """The message in the reader's language, where the same English words mean different things."""
    return str(_pgettext(context, message, **values))


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """The message for a count, with `num` (the count as the language writes it) and the values filled in."""
    return str(plural_message(singular, plural, count) % {"num": number(count), **values})


def plural_message(singular: str, plural: str, count: int) -> str:
    """The translated message for a count, its placeholders still open."""
    return str(get_domain().get_translations().ungettext(singular, plural, count))


def language_name(code: str) -> str:
    """A language in its own words where the platform speaks it, else in the reader's language."""
    if code in LANGUAGES:
        return LANGUAGES[code]
    return str(Locale.parse(LOCALES[current_language()]).languages.get(code, code))


def direction_of(language: str) -> str:
    """`rtl` or `ltr` for a language code."""
    return "rtl" if language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def current_language() -> str:
    """The code of the language in force: one of LANGUAGES."""
    locale = get_locale()
    code = locale.language if locale is not None else DEFAULT_LANGUAGE
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


def locale_of(language: str) -> Locale:
    """The locale by which a language is formatted (glossary: British English, Portugal's Portuguese)."""
    return Locale.parse(LOCALES.get(language, "en_GB"))


def number(value: float, digits: int = 0) -> str:
    """A number in the reader's language, Latin digits in all of them; never abbreviated."""
    language = current_language()
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(value, format=pattern, locale=locale_of(language), numbering_system="latn")
    if language == "es":
        text = text.replace(".", NO_BREAK)
    if language in ("es", "pt") and abs(value) < 10_000:
        text = text.replace(NO_BREAK, "")
    return str(text)


def percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage, the sign spaced as the language has it."""
    figure = number(100 * share, digits)
    return figure + (NO_BREAK + "%" if current_language() in ("fr", "es") else "%")


def listed(names: Iterable[str]) -> str:
    """Names one after the other in a sentence, joined as the reader's language joins them."""
    return str(format_list([str(name) for name in names], locale=locale_of(current_language())))


def in_a_row(words: Iterable[object]) -> str:
    """Numbers or names one after the other, with the comma of the reader's language between them."""
    return _comma().join(str(word) for word in words)


def date(value: datetime | Day, zone: tzinfo | None = None) -> str:
    """A date with its month in words, in the reader's language."""
    language = current_language()
    if isinstance(value, datetime):
        value = value.astimezone(zone or ZoneInfo("UTC")).date()
    written = str(format_date(value, format=_DATES[language], locale=_latin(language)))
    return written.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else written


def date_and_time(value: datetime, zone: tzinfo | None = None) -> str:
    """A date and a 24-hour time, in the reader's language; name the zone beside it."""
    local = value.astimezone(zone or ZoneInfo("UTC"))
    return f"{date(local, local.tzinfo)}{_comma()}{local:%H:%M}"


def timezone_name(zone: tzinfo) -> str:
    """The city and word for a time zone in the reader's language, such as `Lisbon time`."""
    if str(zone) == "UTC":
        return "UTC"
    if str(zone) == "Europe/Lisbon":  # said as people say it; other cities would need articles and elisions
        return str(_("Lisbon time"))
    city = get_timezone_location(zone, locale=locale_of(current_language()), return_city=True)
    return str(_("%(city)s time", city=city))


def short_date(value: datetime, zone: tzinfo | None = None) -> str:
    """Day, month and hour for close quarters."""
    local = value.astimezone(zone or ZoneInfo("UTC"))
    return str(format_datetime(local, format="d MMM, HH:mm", locale=_latin(current_language())))


def _comma() -> str:
    return "، " if current_language() == "ar" else ", "


def _latin(language: str) -> Locale:
    return Locale.parse("ar") if language == "ar" else locale_of(language)


def in_language(texts: Mapping[str, str], language: str | None = None) -> tuple[str, str]:
    """The text in the wanted language, else in English, else in any: (text, its language code)."""
    wanted = language or current_language()
    for code in (wanted, DEFAULT_LANGUAGE, *texts):
        if texts.get(code):
            return texts[code], code
    return "", wanted
