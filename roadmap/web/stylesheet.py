"""Colours of the interface, and the joining of the style sheet and the script from their parts.

`python -m roadmap.web.stylesheet` writes what is served: `static/css/app.css`, the scripts in `static/js`, and the
two tile pictures. A test fails while a part is newer than what was written from it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from roadmap.root import STATIC
from roadmap.web.tiles import icon_file, strip_file

LIGHT = {
    "ground": "#F5F2EC",
    "surface": "#FFFFFF",
    "tint": "#E9EDF8",
    "wash": "#FFF3D6",
    "ink": "#191B3A",
    "muted": "#50526E",
    "line": "#D3CEC4",
    "edge": "#77758A",
    "brand": "#2A43AD",
    "brand-strong": "#1B2E80",
    "on-brand": "#FFFFFF",
    "deep": "#161D56",
    "on-deep": "#FFFFFF",
    "deep-muted": "#C9D0F2",
    "sun": "#F6B42C",
    "sun-strong": "#FFC959",
    "on-sun": "#191B3A",
    "highlight": "#FFDD8C",
    "agree": "#00677A",
    "on-agree": "#FFFFFF",
    "agree-tint": "#DDF0F2",
    "disagree": "#AF440C",
    "on-disagree": "#FFFFFF",
    "disagree-tint": "#FCE8DB",
    "pass": "#63616F",
    "on-pass": "#FFFFFF",
    "pass-tint": "#ECEAEF",
    "danger": "#A3122F",
    "danger-tint": "#FDE7EA",
    "good": "#1F6B3B",
    "good-tint": "#E2F3E6",
    "focus": "#191B3A",
    "halo": "#F6B42C",
    "tile": "#2A43AD",
    "tile-soft": "#AEBBEA",
    "wall": "#24308A",
}
DARK = {
    "ground": "#10122A",
    "surface": "#1A1D3D",
    "tint": "#252A56",
    "wash": "#3A2F12",
    "ink": "#F3F0E9",
    "muted": "#BCBED6",
    "line": "#383C68",
    "edge": "#8C8FB4",
    "brand": "#AAB9FF",
    "brand-strong": "#D0D9FF",
    "on-brand": "#10122A",
    "deep": "#0A0C20",
    "highlight": "#6A4D0C",
    "agree": "#5CC9D6",
    "on-agree": "#10122A",
    "agree-tint": "#12373F",
    "disagree": "#FF9F6B",
    "on-disagree": "#10122A",
    "disagree-tint": "#47261A",
    "pass": "#B3B0C0",
    "on-pass": "#10122A",
    "pass-tint": "#2C2E48",
    "danger": "#FF97A6",
    "danger-tint": "#48182A",
    "good": "#7FD79B",
    "good-tint": "#163524",
    "focus": "#F6B42C",
    "halo": "#10122A",
    "tile": "#7E93F0",
    "tile-soft": "#38447F",
}
"""Only what differs from LIGHT."""

SHEET_PARTS = (
    "tokens",
    "base",
    "layout",
    "frame",
    "buttons",
    "cards",
    "ballot",
    "charts",
    "forms",
    "home",
    "lists",
    "proposal",
    "deck",
    "desk",
    "draft",
    "live",
    "print",
)
SCRIPT_PARTS = ("speak", "vote", "keys", "length", "focus", "menu", "times", "similar")
DESK_PARTS = ("copy", "bench")
"""What only pages of organisers and facilitators need."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def declarations(colours: dict[str, str]) -> str:
    """Custom properties of a palette, as the inside of a rule."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def join_sheet(folder: Path = STATIC / "css" / "parts") -> str:
    """The whole style sheet: the parts in their order, with colours filled in, comments and indents gone."""
    text = "\n".join((folder / f"{part}.css").read_text("utf-8") for part in SHEET_PARTS)
    for place, colours in (("--light: all;", LIGHT), ("--dark: all;", DARK)):
        text = text.replace(place, declarations(colours))
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return re.sub(r"(?<=[{:;,]) | (?=\{)|;(?=\})", "", "".join(line for line in lines if line)) + "\n"


def join_script(parts: Iterable[str] = SCRIPT_PARTS, folder: Path = STATIC / "js" / "parts") -> str:
    """A whole script: the parts in their order, without comment lines and breaks after an opening or a comma."""
    lines = (
        line.strip() for part in parts for line in (folder / f"{part}.js").read_text("utf-8").splitlines()
    )
    text = "".join(line + "\n" for line in lines if line and not line.startswith("//"))
    return re.sub(r"(?<=[{(\[,])\n", "", text)


def made_files() -> dict[Path, str]:
    """Every file of `static/` that is written from something else, with what it should hold."""
    return {
        STATIC / "css" / "app.css": join_sheet(),
        STATIC / "js" / "app.js": join_script(),
        STATIC / "js" / "desk.js": join_script(DESK_PARTS),
        STATIC / "img" / "icon.svg": icon_file(),
        STATIC / "img" / "strip.svg": strip_file(),
    }


def write_files() -> None:
    """Write them all."""
    for path, text in made_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write_files()
