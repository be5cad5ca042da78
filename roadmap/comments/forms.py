"""The form of a comment on a page of its own."""

from wtforms import RadioField, SelectField, TextAreaField

from roadmap.core.i18n import LANGUAGES, lazy, lazy_p
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
    language = SelectField(
        lazy("Written in"), choices=choices(list(LANGUAGES.items())), validate_choice=False
    )
