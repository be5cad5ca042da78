"""Makes what is built rather than kept: the message catalogues and the web font of the headings.

Runs as a hook of every build (wheel and editable), and by hand as `python hatch_build.py`.
"""

import io
from importlib.resources import files
from pathlib import Path
from typing import Any

import fontpkg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "ŒœŸ–—‘’‚“”„…‹›€•−ªº"
STAND_INS = ((0x202F, 0x20), (0x2009, 0x20), (0x2011, 0x2D))  # thin spaces and the hyphen that does not break
FEATURES = ["kern", "ccmp", "locl", "mark", "lnum"]
WEIGHT = 800


def write_if_changed(target: Path, content: bytes) -> None:
    """Write the file unless it already holds exactly that, so that its time tells when it changed."""
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def catalogues(root: Path) -> None:
    """Compile every message catalogue beside its source."""
    for source in sorted(root.glob("roadmap/translations/*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3])
        memory = io.BytesIO()
        write_mo(memory, catalogue)
        write_if_changed(source.with_suffix(".mo"), memory.getvalue())


def heading_font(folder: Path) -> None:
    """Cut Figtree to one weight and the Latin letters, with its licence beside it; same bytes each time."""
    font = TTFont(fontpkg.path("Figtree", WEIGHT), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=FEATURES))
    cutter.populate(text=LATIN)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHT}, inplace=True)
    for table in font["cmap"].tables:
        for code, like in STAND_INS:
            table.cmap.setdefault(code, table.cmap[like])
    font.flavor = "woff2"
    memory = io.BytesIO()
    font.save(memory)
    write_if_changed(folder / f"figtree-{WEIGHT}.woff2", memory.getvalue())
    write_if_changed(folder / "figtree-licence.txt", (files("fontpkg_figtree") / "LICENSE").read_bytes())


def build(root: Path) -> None:
    """Make all of it in the given checkout."""
    catalogues(root)
    heading_font(root / "static" / "fonts")


class Build(BuildHookInterface[Any]):
    """The hook that hatchling calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before hatchling collects what goes into the wheel."""
        build(Path(self.root))


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
