"""Where a proposal is about: countries and world regions by the names the reader's language has for them."""

import unicodedata

from babel import Locale

from roadmap.core.i18n import current_language, locale_of

_NO_COUNTRY = frozenset({"ZZ", "EU", "UN", "EZ", "QO", "XA", "XB"})
_REGIONS = ("002", "019", "142", "150", "009")
"""Africa, the Americas, Asia, Europe, Oceania in the United Nations' M49."""


def place_name(code: str) -> str:
    """The name of a country (ISO 3166, two letters) or a world region (M49, three digits); "" for none."""
    return _names().get(code, "") if code else ""


def places() -> list[tuple[str, str]]:
    """(code, name) of the world regions, then of all countries by name."""
    names = _names()
    countries = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRY]
    return [*((code, names[code]) for code in _REGIONS), *sorted(countries, key=lambda pair: _plain(pair[1]))]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()


def _names() -> dict[str, str]:
    locale: Locale = locale_of(current_language())
    return {code: name for code, name in locale.territories.items() if len(code) in (2, 3)}
