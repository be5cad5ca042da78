"""Fields and the error summary: labels, hints, errors, and what ties them together."""

from bs4 import BeautifulSoup
from wtforms import BooleanField, Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from tests.web.drawing_board import described, draw, one, use, words

NAMED = [SelectChoice("own", "My name"), SelectChoice("none", "No name")]


class Sample(Form):
    title = TextAreaField("Title", [Length(max=3, message="Shorten the title.")], description="One sentence")
    name = StringField("Name", [DataRequired("Say who would act.")])
    author = RadioField("Author", [DataRequired("Choose.")], choices=NAMED)
    charter = BooleanField("Charter", [DataRequired("Tick the charter.")])


def filled(source: str) -> BeautifulSoup:
    form = Sample(data={"title": "Too long"})
    form.validate()
    return draw(use("field", "field") + use("error_summary", "error_summary") + source, form=form)


WHOLE = (
    "{{ error_summary(form) }}{{ field(form.title, limit=3) }}{{ field(form.name) }}"
    "{{ field(form.author) }}{{ field(form.charter) }}"
)


def test_a_field_is_described_by_hint_then_error_then_length() -> None:
    html = filled("{{ field(form.title, limit=3) }}")
    assert described(html, one(html, "textarea")) == "One sentence Shorten the title. Up to 3 characters"


def test_a_field_with_an_error_says_so_to_machines() -> None:
    assert one(filled("{{ field(form.name) }}"), "input")["aria-invalid"] == "true"


def test_a_text_that_is_too_long_is_not_cut_off() -> None:
    assert one(filled("{{ field(form.title) }}"), "textarea").has_attr("maxlength") is False


def test_radios_are_a_group_with_a_legend() -> None:
    html = filled("{{ field(form.author) }}")
    named = words(one(html, "fieldset > legend"))
    assert (named, len(html.select("fieldset input[type=radio]"))) == ("Author", 2)


def test_every_control_has_a_label() -> None:
    html = filled(WHOLE)
    controls = {item["id"] for item in html.select("input, textarea")}
    assert controls - {item["for"] for item in html.select("label")} == set()


def test_the_summary_says_what_the_fields_say_and_leads_to_them() -> None:
    html = filled(WHOLE)
    led = {words(link): one(html, str(link["href"])).name for link in html.select(".error-summary a")}
    assert led == {
        "Shorten the title.": "textarea",
        "Say who would act.": "input",
        "Choose.": "input",
        "Tick the charter.": "input",
    }


def test_a_form_without_errors_has_no_summary() -> None:
    html = draw(use("error_summary", "error_summary") + "{{ error_summary(form) }}", form=Sample())
    assert html.get_text(strip=True) == ""


def test_identifiers_of_a_form_are_unique() -> None:
    identifiers = [item["id"] for item in filled(WHOLE).select("[id]")]
    assert len(identifiers) == len(set(identifiers))
