"""Codes lead to the address that is printed beside them."""

import re
import struct
import zlib
from xml.etree import ElementTree

import pytest
import segno

from roadmap.share.codes import QUIET, SCALE, code_of, picture

ADDRESS = "https://forum.example.org/2031/4"
STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+)|(-[\d.]+))?")


def expected(address: str) -> list[str]:
    """The code for the address at level M, row by row, its quiet zone around; # is dark."""
    made = segno.make(address, error="m", micro=False, boost_error=False)
    return ["".join("#" if square else "." for square in row) for row in made.matrix_iter(border=4)]


def drawn_in_png(content: bytes) -> list[str]:
    """The rows as the picture shows them: the pixel in the middle of each square; one bit a pixel, 0 is dark."""
    width, height, depth, _kind = struct.unpack(">IIBB", content[16:26])
    assert depth == 1
    at, packed = 8, b""
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        packed += content[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    packed_rows, step, scale = zlib.decompress(packed), (width + 7) // 8 + 1, SCALE["png"]
    lines, above = [], bytes(step - 1)
    for start in range(0, len(packed_rows), step):
        method, line = packed_rows[start], packed_rows[start + 1 : start + step]
        assert method in (0, 2), "as it is, or as the difference from the line above"
        above = bytes((one + other) % 256 for one, other in zip(line, above, strict=True)) if method else line
        lines.append(above)
    middles = range(scale // 2, width, scale)
    return [
        "".join("." if lines[y][x // 8] >> (7 - x % 8) & 1 else "#" for x in middles)
        for y in range(scale // 2, height, scale)
    ]


def drawn_in_svg(content: bytes) -> list[str]:
    """The rows as the drawing shows them: strokes as high as a square."""
    root = ElementTree.fromstring(content)
    side = int(root.attrib["viewBox"].split()[2]) // SCALE["svg"]
    rows = [["."] * side for _row in range(side)]
    line = next(path for path in root.iter("{http://www.w3.org/2000/svg}path") if path.get("stroke"))
    x, y = 0.0, 0.0
    for kind, first, *second in STEP.findall(line.attrib["d"]):
        if kind == "h":
            rows[int(y)][int(x) : int(x) + int(first)] = "#" * int(first)
            x += int(first)
        else:
            down = float(second[0] or second[1])
            x, y = (float(first), down) if kind == "M" else (x + float(first), y + down)
    return ["".join(row) for row in rows]


@pytest.mark.parametrize(
    "address", [ADDRESS, "http://a.b/1", "https://a-rather-long-name.example.org/spring-2031/12"]
)
def test_the_picture_holds_the_squares_of_its_address_and_the_quiet_zone(address: str) -> None:
    assert drawn_in_png(picture(address, "png")) == expected(address)


@pytest.mark.parametrize("address", [ADDRESS, "http://a.b/1"])
def test_the_drawing_holds_the_same_squares(address: str) -> None:
    assert drawn_in_svg(picture(address, "svg")) == expected(address)


def test_no_code_is_of_the_micro_kind_and_each_survives_the_loss_of_15_per_cent() -> None:
    made = code_of("http://a.b/1")
    assert (made.is_micro, made.error) == (False, "M")


def test_the_drawing_is_dark_on_white_and_says_where_it_leads() -> None:
    drawing = picture(ADDRESS, "svg").decode()
    assert f"<title>{ADDRESS}</title>" in drawing
    assert 'fill="#fff"' in drawing
    assert 'stroke="#000"' in drawing
    assert "style=" not in drawing


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_code_is_the_same_bytes_each_time(kind: str) -> None:
    assert picture(ADDRESS, kind) == picture(ADDRESS, kind)


def test_the_quiet_zone_is_as_wide_as_the_standard_asks_for() -> None:
    assert QUIET == 4
