"""The style sheet and the script: contrast, size, direction, and what old browsers cannot read."""

import gzip
import re
from pathlib import Path

import pytest

from roadmap.root import STATIC, TEMPLATES
from roadmap.web.stylesheet import DARK, DESK_PARTS, LIGHT, SCRIPT_PARTS, SHEET_PARTS, join_sheet, made_files

SHEET = join_sheet()
PALETTES = {"light": LIGHT, "dark": LIGHT | DARK}

CONTRAST = [
    ("ink", "ground", 7.0),
    ("ink", "surface", 7.0),
    ("ink", "tint", 7.0),
    ("ink", "wash", 7.0),
    ("muted", "ground", 4.5),
    ("muted", "surface", 4.5),
    ("muted", "tint", 4.5),
    ("brand", "ground", 4.5),
    ("brand", "surface", 4.5),
    ("brand", "tint", 4.5),
    ("brand", "wash", 4.5),
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-strong", 4.5),
    ("on-deep", "deep", 7.0),
    ("deep-muted", "deep", 4.5),
    ("on-sun", "sun", 4.5),
    ("on-sun", "sun-strong", 4.5),
    ("sun", "deep", 3.0),
    ("agree", "surface", 4.5),
    ("on-agree", "agree", 4.5),
    ("agree", "agree-tint", 4.5),
    ("disagree", "surface", 4.5),
    ("on-disagree", "disagree", 4.5),
    ("disagree", "disagree-tint", 4.5),
    ("pass", "surface", 4.5),
    ("on-pass", "pass", 4.5),
    ("pass", "pass-tint", 4.5),
    ("danger", "surface", 4.5),
    ("danger", "ground", 4.5),
    ("danger", "danger-tint", 4.5),
    ("ink", "danger-tint", 4.5),
    ("ink", "good-tint", 4.5),
    ("good", "surface", 4.5),
    ("good", "good-tint", 4.5),
    ("edge", "surface", 3.0),
    ("edge", "ground", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "ground", 3.0),
    ("ink", "highlight", 4.5),
    ("halo", "focus", 3.0),
    ("tile", "surface", 3.0),
    ("agree", "disagree-tint", 3.0),
    ("agree", "pass-tint", 3.0),
]
"""Foreground, ground, and the ratio WCAG 2.2 (1.4.3, 1.4.6, 1.4.11) or the house asks for."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("front", "ground", "needed"), CONTRAST)
def test_a_pair_of_colours_can_be_told_apart(palette: str, front: str, ground: str, needed: float) -> None:
    colours = PALETTES[palette]
    assert contrast(colours[front], colours[ground]) >= needed


@pytest.mark.parametrize(
    ("front", "ground", "light", "dark"),
    [
        ("ink", "ground", 14.93, 16.16),
        ("disagree", "disagree-tint", 4.84, 6.68),
        ("edge", "ground", 4.00, 5.87),
    ],
)
def test_contrast_is_what_the_design_measured(front: str, ground: str, light: float, dark: float) -> None:
    measured = [round(contrast(palette[front], palette[ground]), 2) for palette in PALETTES.values()]
    assert measured == [light, dark]


def test_dark_colours_all_have_a_light_one() -> None:
    assert set(DARK) - set(LIGHT) == set()


def test_every_colour_is_used_by_the_sheet() -> None:
    assert [name for name in LIGHT if f"var(--{name})" not in SHEET] == []


def test_every_custom_property_that_is_used_is_set() -> None:
    used, known = set(re.findall(r"var\((--[\w-]+)\)", SHEET)), set(re.findall(r"(--[\w-]+):", SHEET))
    assert used - known == set()


def test_the_sheet_stays_under_ten_kilobytes() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) <= 10_000


def test_the_scripts_stay_under_six_kilobytes() -> None:
    assert len(gzip.compress((STATIC / "js" / "app.js").read_bytes(), 9)) <= 6_000


@pytest.mark.parametrize("path", sorted(made_files()), ids=lambda path: path.name)
def test_a_served_file_is_what_its_parts_make(path: Path) -> None:
    assert path.read_text("utf-8") == made_files()[path], "run: python -m roadmap.web.stylesheet"


def test_every_part_of_the_sheet_is_joined() -> None:
    assert {path.stem for path in (STATIC / "css" / "parts").glob("*.css")} == set(SHEET_PARTS)


def test_every_part_of_the_script_is_joined() -> None:
    assert {path.stem for path in (STATIC / "js" / "parts").glob("*.js")} == {*SCRIPT_PARTS, *DESK_PARTS}


@pytest.mark.parametrize("path", sorted((STATIC / "js" / "parts").glob("*.js")), ids=lambda path: path.stem)
def test_a_script_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", sorted((STATIC / "js" / "parts").glob("*.js")), ids=lambda path: path.stem)
def test_a_script_writes_no_markup_from_text(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\("
    assert re.findall(forbidden, path.read_text("utf-8")) == []


PHYSICAL = re.compile(
    r"[{;]((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|float"
    r"|border-(?:top|bottom)-(?:left|right)-radius|text-align:(?:left|right))\b"
)


def test_the_sheet_knows_no_left_and_right() -> None:
    assert PHYSICAL.findall(SHEET.replace(": ", ":")) == []


@pytest.mark.parametrize("new", ["@layer", ":dir(", "&", ":has(", "@container", ":where("])
def test_the_sheet_keeps_to_what_older_phones_read(new: str) -> None:
    assert new not in SHEET


def test_braces_of_the_sheet_match() -> None:
    assert SHEET.count("{") == SHEET.count("}")


def test_the_sheet_asks_for_our_own_files_only() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", SHEET)
    assert addresses == ["../fonts/figtree-800.woff2", "../img/strip.svg"]


def test_each_theme_is_said_for_the_system_and_for_the_choice() -> None:
    assert SHEET.count("--ground:#10122A") == 2


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("[cel]*/*.html")), ids=lambda path: path.name)
def test_every_class_of_a_component_has_a_rule(path: Path) -> None:
    plain = re.sub(r"\{[{%#].*?[}%#]\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    words = {word for group in re.findall(r'class="([^"]*)"', plain) for word in group.split()}
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", SHEET)) | WITHOUT_RULE
    assert {word for word in words if not word.endswith("-")} - known == set()


WITHOUT_RULE = {"ballot", "ballot-box", "menu-name"}
"""Names for the script, the tests and the reader of a page, without a look of their own."""
