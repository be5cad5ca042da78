"""Countries and M49 regions by name, in the reader's language."""

import unicodedata
from functools import cache

from roadmap.core.i18n import current_language, locale_of
from roadmap.domain.regions import COUNTRIES, region_of


def region_name(code: str) -> str:
    """The name of an M49 region (three digits) in the reader's language; "" for an unknown one."""
    return str(locale_of(current_language()).territories.get(code, ""))


def country_name(code: str) -> str:
    """The name of a country (two letters) in the reader's language; "" for an unknown one."""
    return str(locale_of(current_language()).territories.get(code, ""))


def country_choices() -> list[tuple[str, str]]:
    """(code, name) of every country, sorted as the reader's language sorts them."""
    return _sorted(current_language())


@cache
def _sorted(language: str) -> list[tuple[str, str]]:
    names = locale_of(language).territories
    return sorted(((code, str(names[code])) for code in COUNTRIES), key=lambda pair: _place(pair[1]))


def _place(name: str) -> str:
    """Accents do not count: Égypte stands under E."""
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))


def region_of_country(country: str) -> str:
    """The region under which a country is counted, by name."""
    return region_name(region_of(country))
