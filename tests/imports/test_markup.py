"""Foreign texts as Markdown: what is shown in the end is what was meant, and never anything that acts."""

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from roadmap.core.markdown import to_html
from roadmap.domain.texts import clean
from roadmap.imports import markup
from roadmap.imports.markup import as_line, as_markdown, from_html, from_plain, resolved

SIGNS = st.text(alphabet="ab1 \n\t*_~`#>-+=.[]()!|:\\&;<>{}\"'/@é")
PIECES = st.lists(
    st.sampled_from(
        ["http://x.y/a_b", "www.a.org", "a@b.co", "&lt;", "&amp;", "&copy;", "&#42;", "***", "---", "===", "```",
         "~~~", "1. ", "- ", "\n", "\n\n", "    ", "[a]: http://x", " ", "word", "_x_", "*b*", "\\", "<b", "|--|"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
WORDS = st.sampled_from(
    [
        "a",
        "b ",
        " c",
        "*",
        "_",
        "1. x",
        "- y",
        "#",
        "\n",
        "x_y_",
        "http://a.b/c_d*",
        "&lt;i&gt;",
        "&amp;amp;",
        "[q](w)",
    ]
)
TAGS = (
    "b", "i", "em", "strong", "s", "p", "div", "ul", "ol", "li", "blockquote", "h2", "span", "br",
    "a href='http://z.z/(q_r)'", "td", "tr", "table", "font", "script",
)  # fmt: skip
HTML = st.recursive(
    WORDS,
    lambda inside: st.tuples(st.sampled_from(TAGS), st.lists(inside, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].split()[0]}>"
    ),
    max_leaves=14,
)


def words(html: str) -> str:
    """All that is read in a piece of HTML, without white space, and without the bars that part cells of a table."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for acting in soup(["script", "style"]):
        acting.decompose()
    return "".join(soup.get_text().replace("|", " ").split())


@given(st.one_of(SIGNS, PIECES))
def test_a_plain_text_shows_as_it_is(text: str) -> None:
    assert words(to_html(from_plain(text))) == "".join(clean(resolved(text)).replace("|", " ").split())


@given(HTML)
def test_of_html_all_words_are_shown_and_nothing_else(html: str) -> None:
    assert words(to_html(from_html(html))) == words(markup._CLEANER.clean(html))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("<p>one</p><p>two</p>", "<p>one</p>\n<p>two</p>"),
        ("<p>a <b>b </b>c</p>", "<p>a <strong>b</strong> c</p>"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
         "<ul>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"),
        ("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("#tag and 1. and - and *", "<p>#tag and 1. and - and *</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("R&amp;D &lt;b&gt;", "<p>R&amp;D &lt;b&gt;</p>"),
        ("one\n<i>two</i>", "<p>one<br>\n<em>two</em></p>"),
    ],
)  # fmt: skip
def test_what_was_meant_is_what_is_shown(text: str, html: str) -> None:
    assert to_html(as_markdown(text)) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='https://x.example'></iframe>", "<svg onload=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<style>p{}</style>", "<p onclick='x()'>y</p>", "[x](javascript:alert(1))", "<a href='/en/sign-out'>x</a>",
        "<!-- <script>alert(1)</script> -->", "<form action='https://x.example'><input name=q></form>",
    ],
)  # fmt: skip
def test_nothing_that_acts_or_leads_astray_is_left(text: str) -> None:
    soup = BeautifulSoup(to_html(as_markdown(text)), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p"}


def test_addresses_stay_links() -> None:
    linked = "<p><a href='https://x.example/a_b_(c)?d=1&amp;copy=2'>there</a> https://y.example/a_*b</p>"
    soup = BeautifulSoup(to_html(as_markdown(linked)), "html.parser")
    assert [link["href"] for link in soup.find_all("a")] == [
        "https://x.example/a_b_%28c%29?d=1&copy=2",
        "https://y.example/a_*b",
    ]


def test_an_address_is_no_entity() -> None:
    assert resolved("?region=1&copy=2&amp;x&#233;") == "?region=1&copy=2&xé"


def test_control_characters_are_taken_out_even_as_entities() -> None:
    assert (as_markdown("a\x0bb&#8238;c"), as_line("a&#x202e;b\x00c"), from_html("<p>a&#8238;b</p>")) == (
        "abc", "abc", "ab",
    )  # fmt: skip


def test_a_title_is_plain() -> None:
    assert as_line("<b>R&amp;D</b> *now* &lt;3") == "R&D *now* <3"


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<blockquote>", "<ul><li>", "<b><p>", "<a href='http://x'>", "<", "<table>", "[x](", "*", "<a "],
)
def test_tangled_texts_are_done_with_soon(piece: str) -> None:
    began = time.process_time()
    as_markdown(piece * (90_000 // len(piece)) + "x")
    assert time.process_time() - began < 10
