"""I2: no text keeps a process busy, whatever stands in it and however long it is."""

import time
from html import unescape

import pytest

from roadmap.core.markdown import MOST_CHARACTERS, to_html

SECONDS = 5.0
TANGLES = (
    "``a`", "```\n", "~~~\nabc\n\n", "# \n", "# a\n", "[", "![", "[a](", "[a][", "](<", "*_", "*a ", "**a", "_a_", "~~a",
    "> ", "- ", ">- ", "1. ", "* abc\n\n    def\n\n", "    code\n\n", "|a|b|\n|-|-|\n|c|d|\n\n", "<", "<!--", "&lt;", "\\",
    "http://a.b/(", "www.", "a@b.cd ", "a\n\n", "a  \n", "[^1]", "[a]: b\n", "\u0301", "\u202e",
)  # fmt: skip


@pytest.mark.parametrize("sign", TANGLES)
def test_the_longest_text_of_one_sign_takes_seconds_at_most(sign: str) -> None:
    text = (sign * MOST_CHARACTERS)[: MOST_CHARACTERS - 1]
    begun = time.process_time()
    to_html(text)
    assert time.process_time() - begun < SECONDS


def test_what_is_too_tangled_is_shown_as_it_was_typed() -> None:
    typed = "``a`" * 2_000
    shown = unescape(to_html(typed))
    assert (len(shown), shown == f"<p>{typed}</p>") == (len(typed) + 7, True)


def test_a_long_text_with_code_and_headings_stays_markdown() -> None:
    html = to_html("# Part\n\nSome `code` and [a link](https://example.org).\n\n" * 300)
    assert (html.count("<h4>"), html.count("<code>"), html.count("<a ")) == (300, 300, 300)
