"""From words to pages and messages: whatever is kept can be shown, and nothing of it runs."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.core.i18n import LANGUAGES
from roadmap.domain.placeholders import names_in
from roadmap.texts.catalogue import TEXTS, Look
from roadmap.texts.checking import cleaned, in_braces, problems_of
from roadmap.texts.defaults import file_of
from roadmap.texts.messages import message
from roadmap.texts.queries import ShownText, Words
from roadmap.texts.rendering import Rendered, page_html
from tests.security.pages import faults_in

VALUES = {
    "site_name": "#SolidAction",
    "contact_address": "contact@example.org",
    "edition": "A <title> & more",
    "link": "http://localhost/en/links/abc?a=1&b=2",
    "name": "<b>Awa</b> {link}",
    "device": "",
}
PIECES = st.one_of(
    st.sampled_from(
        ["{link}", "{name}", "{edition}", "{site_name}", "{contact_address}", "{device}", "{nmae}", "{", "}", "{}",
         "[a]({site_name})", "[{contact_address}](mailto:{contact_address})", "<b onclick=x>", "<{link}>",
         "`{edition}`", "[x]: {edition}", "{a\nb}", "\n\n", "## ", "> ", "|a|b|\n|-|-|\n|{name}|", "javascript:alert(1)",
         "[x](javascript:{edition})", "//evil.example/{edition}", "[y](//evil.example)", "\r\nBcc: x@example.org"]
    ),
    st.text(max_size=12),
)  # fmt: skip
WRITTEN = st.lists(PIECES, max_size=8).map("".join)


def shown(name: str, values: dict[str, str], language: str = "en") -> ShownText:
    return ShownText(TEXTS[name], language, {field: Words(text, language) for field, text in values.items()})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["home", "campaign", "about"]), WRITTEN, st.sampled_from(sorted(LANGUAGES)))
def test_a_page_is_shown_whole_and_harmless_or_refused_with_the_right_names(
    name: str, written: str, language: str
) -> None:
    text = TEXTS[name]
    values = cleaned(text, {field.name: written for field in text.fields})
    problems = problems_of(text, values)
    for field in text.fields:
        if field.name in problems:
            wrong = set(names_in(values[field.name])) - set(field.placeholders)
            told = in_braces(field.placeholders) in problems[field.name]
            assert told == bool(wrong) or not values[field.name]
            continue
        page = Rendered(shown(name, values, language), VALUES)
        html = str(page.html(field.name)) if field.look is Look.MARKDOWN else ""
        assert faults_in(html, scripts=0) == []
        seen = BeautifulSoup(html, "html.parser").text + "".join(line.text for line in page.lines(field.name))
        assert not {f"{{{each}}}" for each in field.placeholders} & set(re.findall(r"\{\w+\}", seen))


@settings(max_examples=150, deadline=None)
@given(WRITTEN, WRITTEN, st.sampled_from(sorted(LANGUAGES)))
def test_a_message_is_sent_whole_or_refused(subject: str, body: str, language: str) -> None:
    text = TEXTS["mail-sign-in"]
    values = cleaned(text, {"subject": subject, "body": body})
    if problems_of(text, values):
        return
    sent = message(shown("mail-sign-in", values, language), VALUES)
    assert (len(sent.subject.splitlines()) <= 1, VALUES["link"] in sent.text) == (True, True)
    links = BeautifulSoup(sent.html, "html.parser").find_all("a")
    assert {link["href"] for link in links} == {VALUES["link"]}
    assert faults_in(str(sent.html), scripts=0) == []


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("campaign", "translation-note")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_default_can_be_kept_as_it_is(name: str, language: str) -> None:
    values = {field.name: str(file_of(language, name).get(field.name, "")) for field in TEXTS[name].fields}
    assert (cleaned(TEXTS[name], values), problems_of(TEXTS[name], values)) == (values, {})


def test_links_within_the_site_lead_to_the_readers_language() -> None:
    html = page_html("[Charter](charter) [Votes](me/votes) [Up](/x) [Out](https://example.org)", {}, "fr")
    assert re.findall(r'href="([^"]+)"', html) == ["/fr/charter", "/fr/me/votes", "/x", "https://example.org"]


def test_an_address_inside_a_link_is_not_a_link_again() -> None:
    html = page_html("[Write to {contact_address}](mailto:{contact_address})", VALUES, "en")
    assert html == (
        '<p><a href="mailto:contact@example.org">Write to <bdi dir="ltr">contact@example.org</bdi></a></p>'
    )


def test_a_page_never_has_a_heading_of_the_first_level() -> None:
    assert page_html("# One\n\n## Two", {}, "en") == "<h2>One</h2>\n<h2>Two</h2>"


def test_html_in_a_text_is_shown_as_it_was_typed() -> None:
    assert page_html("<script>alert(1)</script>", {}, "en") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_a_message_says_the_same_in_both_its_forms() -> None:
    sent = message(
        shown(
            "mail-sign-in",
            {"subject": "{site_name}", "body": "From {device}\n\nHello {name},\npress\n\n{link}"},
        ),
        VALUES,
    )
    assert sent.subject == "#SolidAction"
    assert sent.text == "Hello <b>Awa</b> {link},\npress\n\nhttp://localhost/en/links/abc?a=1&b=2\n"
    assert sent.html == (
        "<p>Hello <bdi>&lt;b&gt;Awa&lt;/b&gt; {link}</bdi>,<br>\npress</p>\n"
        '<p><a href="http://localhost/en/links/abc?a=1&amp;b=2" dir="ltr">'
        "http://localhost/en/links/abc?a=1&amp;b=2</a></p>"
    )
