"""The frame of a page and the error pages, drawn without an application."""

import pytest
from bs4 import BeautifulSoup
from wtforms import Form, StringField
from wtforms.validators import DataRequired

from tests.web.drawing_board import LANGUAGES, TEMPLATES, environment

PAGE = (
    '{% extends "layouts/page.html" %}{% block title %}Propose{% endblock %}'
    "{% block main %}<h1>Propose</h1>{% endblock %}"
)
ERRORS = [403, 404, 405, 409, 410, 413, 429, 500, 503]
ALONE = [500, 503]


def page(source: str = PAGE, **context: object) -> BeautifulSoup:
    given = {"language": "en", "direction": "ltr"} | context
    return BeautifulSoup(environment().from_string(source).render(**given), "html.parser")


def addresses() -> list[tuple[str, str, str]]:
    return [(code, name, f"https://example.org/{code}/propose") for code, name in LANGUAGES]


def title(html: BeautifulSoup) -> str:
    return html.select_one("title").get_text(strip=True)  # type: ignore[union-attr]


class Empty(Form):
    name = StringField("Name", [DataRequired("Say who.")])


def test_a_title_names_the_page_and_the_campaign() -> None:
    assert title(page()) == "Propose – #SolidAction"


def test_a_title_in_arabic_isolates_the_campaign() -> None:
    assert title(page(language="ar", direction="rtl")) == "Propose – \u2066#SolidAction\u2069"


def test_a_title_begins_with_error_when_the_form_has_one() -> None:
    form = Empty()
    form.validate()
    assert title(page(form=form)) == "Error: Propose – #SolidAction"


def test_the_first_link_skips_to_the_main_content() -> None:
    first = page().select("a")[0]
    assert (first["href"], page().select_one("#main").name) == ("#main", "main")  # type: ignore[union-attr]


def test_only_places_that_exist_are_linked() -> None:
    html = page(navigation=[("/en/2026/questions", "Questions", "page"), ("/en/2026/vote", "Vote", False)])
    links = [(link.get_text(), link.get("aria-current")) for link in html.select(".places a")]
    assert links == [("Questions", "page"), ("Vote", None)]


def test_each_page_names_its_other_languages() -> None:
    html = page(alternates=addresses)
    named = [link["hreflang"] for link in html.select("link[rel=alternate]")]
    assert named == ["en", "x-default", "fr", "pt", "es", "ar"]


def test_the_language_switch_names_each_language_in_itself() -> None:
    html = page(alternates=addresses)
    assert [(link["lang"], link.get_text()) for link in html.select(".menu a")] == LANGUAGES


def test_a_demonstration_says_so_on_every_page() -> None:
    html = page(edition_is_demonstration=True)
    assert html.select_one(".demonstration").get_text(strip=True) == (  # type: ignore[union-attr]
        "Demonstration: proposals, people and figures are invented."
    )


def test_the_chosen_theme_is_written_by_the_server() -> None:
    assert page(theme="dark").html["data-theme"] == "dark"  # type: ignore[index]


def test_the_theme_of_the_system_needs_no_mark() -> None:
    assert page().html.has_attr("data-theme") is False  # type: ignore[union-attr]


def test_the_number_of_own_votes_stands_in_the_header() -> None:
    assert page(vote_count=3).select_one("[data-vote-count]").get_text() == "Your votes (3)"  # type: ignore[union-attr]


def test_the_font_is_not_fetched_early_where_no_latin_heading_uses_it() -> None:
    assert page(language="ar", direction="rtl").select("link[rel=preload]") == []


def test_a_result_of_an_action_is_spoken() -> None:
    notices = page(notices=[("good", "Published.")]).select(".notices [role=status]")
    assert [notice.get_text(strip=True) for notice in notices] == ["Published."]


def test_desk_pages_are_wider() -> None:
    assert page(PAGE.replace("page.html", "desk.html")).body["class"] == ["desk"]  # type: ignore[index]


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_has_one_heading_and_one_way_on(status: int) -> None:
    html = page((TEMPLATES / f"errors/{status}.html").read_text("utf-8"))
    assert (len(html.select("h1")), len(html.select("main .btn"))) == (1, 1)


@pytest.mark.parametrize("status", ALONE)
def test_a_page_about_our_own_fault_needs_nothing_from_the_application(status: int) -> None:
    source = (TEMPLATES / f"errors/{status}.html").read_text("utf-8")
    assert environment().from_string(source).render().strip().startswith("<!doctype html>")


@pytest.mark.parametrize("status", [403, 409, 413, 429])
def test_a_refused_text_is_shown_to_be_copied(status: int) -> None:
    source = (TEMPLATES / f"errors/{status}.html").read_text("utf-8")
    html = page(source, kept=[("Your comment", "Typed <i>text</i>")])
    assert [area.get_text() for area in html.select("textarea")] == ["Typed <i>text</i>"]


def test_only_somebody_who_is_not_signed_in_is_sent_to_the_sign_in() -> None:
    source = (TEMPLATES / "errors/403.html").read_text("utf-8")
    ways = [page(source, person=person).select_one("main .btn") for person in (None, object())]
    assert [way and way.get_text() for way in ways] == ["Sign in", "Go to the questions"]


def test_a_refusal_in_its_own_words_replaces_the_general_sentence() -> None:
    source = (TEMPLATES / "errors/409.html").read_text("utf-8")
    html = page(source, message="Voting closed on 13 December 2026. Your vote was not recorded.")
    assert [p.get_text() for p in html.select("main .read > p")] == [
        "Voting closed on 13 December 2026. Your vote was not recorded."
    ]


def test_a_page_about_being_busy_says_what_is_busy_and_what_to_do() -> None:
    said = "Making the PDF took too long. Choose another format."
    html = environment().get_template("errors/503.html").render(language="en", direction="ltr", message=said)
    assert said in html
