"""The form of a comment on a page of its own."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, TextAreaField

from roadmap.core.i18n import language_name, lazy, lazy_p
from roadmap.web.forms import BaseForm, choices, cleaned

STANCE_CHOICES = [
    ("for", lazy_p("stance", "For")),
    ("against", lazy_p("stance", "Against")),
    ("question", lazy_p("stance", "Question")),
    ("neutral", lazy_p("stance", "Remark")),
]


class CommentForm(BaseForm):
    """A comment's text, its stance and its language; faults are found by the deed."""

    text = TextAreaField(
        lazy("Your comment"),
        filters=[cleaned],
        description=lazy(
            "Say what would make this better, or why it would not work. Plain words, in any of the languages here."
        ),
    )
    stance = RadioField(
        lazy("What kind of comment is it?"), choices=choices(STANCE_CHOICES), validate_choice=False
    )
    language = SelectField(lazy("Written in"), choices=[], validate_choice=False)

    def __init__(
        self, languages: Sequence[str], formdata: MultiDict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.language.choices = choices([(code, language_name(code)) for code in languages])
