"""The numbers that a text names, in figures of any script or in words of five languages."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_FIGURES: Final = re.compile(r"\d+(?:[.,٫٬' \u00a0\u202f’]\d+)*")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,٬' \u00a0\u202f’]\d{3})+")
_TOKEN: Final = re.compile(r"\d[\d.,٫٬' \u00a0\u202f’]*|[^\W\d_]+", re.UNICODE)
_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0640]")
_ALEFS: Final = str.maketrans("أإآى", "اااي")

UNITS: Final = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "pt": "dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete"
    " dezoito dezanove",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve",
    "ar": "اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة",
}
"""From two on: one is an article in most languages."""
TENS: Final = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "ar": "عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين",
}
MORE: Final = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6},
    "pt": {
        "duas": 2, "quatorze": 14, "dezesseis": 16, "dezessete": 17, "dezenove": 19, "cem": 100, "cento": 100,
        "duzentos": 200, "duzentas": 200, "trezentos": 300,
        "trezentas": 300, "quatrocentos": 400, "quinhentos": 500, "seiscentos": 600, "setecentos": 700,
        "oitocentos": 800, "novecentos": 900, "mil": 1000, "milhao": 10**6, "milhoes": 10**6,
    },
    "es": {
        "veintiuno": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26,
        "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "cien": 100, "ciento": 100,
        "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
        "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900,
        "mil": 1000,
        "millon": 10**6, "millones": 10**6,
    },
    "ar": {
        "اثنين": 2, "اثنتين": 2, "ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثماني": 8, "ثمان": 8, "تسع": 9,
        "عشر": 10, "عشرون": 20, "ثلاثون": 30, "اربعون": 40, "خمسون": 50, "مئة": 100, "مائة": 100, "مئتين": 200,
        "الف": 1000, "الاف": 1000, "مليون": 10**6, "ملايين": 10**6,
    },
}  # fmt: skip
AND: Final = {"en": "and", "fr": "et", "pt": "e", "es": "y"}
ONES: Final = frozenset({"one", "un", "une", "um", "uma", "uno", "una"})
"""Counted only behind tens: twenty-one."""
_PER_CENT: Final = re.compile(r"\bpour cent\b|\bpor cento\b|\bpor ciento\b", re.IGNORECASE)


def _table(code: str) -> dict[str, int]:
    words = dict(zip(UNITS[code].split(), range(2, 20), strict=False))
    words.update(zip(TENS[code].split(), range(20, 100, 10), strict=False))
    return {**words, **MORE[code]}


WORDS: Final = {code: _table(code) for code in UNITS}


def numbers_in(text: str, language: str) -> frozenset[str]:
    """The numbers in a text, each once, written in one way (1000, 2.5); an unknown language has only figures."""
    code = language.partition("-")[0]
    words, joint = WORDS.get(code, {}), AND.get(code, "")
    found: set[str] = set()
    run: list[int] = []
    for token in _TOKEN.findall(_PER_CENT.sub("%", text)):
        if token[0].isdigit():
            found |= _told(run)
            run = []
            found |= {_figures(each) for each in _FIGURES.findall(token)}
            continue
        value = _value(_plain(token), words, code)
        if value is None and run and run[-1] >= 20 and _plain(token) in ONES:
            value = 1
        if value is not None:
            run.append(value)
        elif not (run and _plain(token) == joint):
            found |= _told(run)
            run = []
    return frozenset(found | _told(run))


def _plain(word: str) -> str:
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(each)
    )
    return _MARKS.sub("", bare).translate(_ALEFS)


def _value(word: str, words: dict[str, int], code: str) -> int | None:
    if word in words:
        return words[word]
    if code == "ar":  # with “and” or the article before it: وعشرين, الخمسة
        for prefix in ("و", "ال", "وال", "ب", "ل"):
            if word.startswith(prefix) and word[len(prefix) :] in words:
                return words[word[len(prefix) :]]
    if code == "fr" and word.endswith("s") and word[:-1] in ("vingt",):
        return 20
    return None


def _told(run: Iterable[int]) -> set[str]:
    """One number from its words: 3 100 20 5 is 325, 4 20 10 is 90, 5 20 (Arabic) is 25."""
    whole = part = last = 0
    for value in run:
        if value >= 1000:
            whole, part = whole + max(part, 1) * value, 0
        elif value == 100 or (value == 20 and last == 4):
            part = part - last + (last or 1) * value
        else:
            part += value
        last = value if value < 100 else 0
    return {str(whole + part)} if whole + part else set()


def _figures(written: str) -> str:
    western = "".join(
        str(unicodedata.digit(each)) if each.isdigit() else {"٫": ".", "٬": ","}.get(each, each)
        for each in written
    )
    if _GROUPED.fullmatch(western):
        return re.sub(r"\D", "", western).lstrip("0") or "0"
    plain = western.replace(",", ".")
    parts = re.split(r"[' \u00a0\u202f’]", plain)
    return "+".join(
        sorted({part.rstrip("0").rstrip(".") if "." in part else part.lstrip("0") or "0" for part in parts})
    )
