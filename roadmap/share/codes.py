"""An address as a code that a phone reads: dark on white, its quiet zone kept, the same bytes each time."""

from io import BytesIO
from typing import Any

import segno

CORRECTION = "m"
"""Still read with 15% of its squares gone (ISO/IEC 18004)."""
QUIET = 4
"""Squares of white around the code, as the standard asks for."""
SCALE = {"svg": 2, "png": 24}
"""What a square measures, in millimetres of a drawing and in pixels of a picture: enough for a page of print."""
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def code_of(address: str) -> Any:
    """The code itself; never the micro kind, which most phones do not read."""
    return segno.make_qr(address, error=CORRECTION, boost_error=False)


def picture(address: str, kind: str) -> bytes:
    """The code as one of TYPES' pictures; the drawing says where it leads."""
    drawn = BytesIO()
    options: dict[str, Any] = {
        "kind": kind,
        "scale": SCALE[kind],
        "border": QUIET,
        "dark": "#000",
        "light": "#fff",
    }
    if kind == "svg":
        options |= {"title": address, "unit": "mm", "svgclass": None, "lineclass": None}
    code_of(address).save(drawn, **options)
    return drawn.getvalue()
