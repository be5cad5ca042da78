"""Forms of the organisers' pages."""

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField

from roadmap.core.i18n import LANGUAGES, _, lazy
from roadmap.domain.ranking import METHODS
from roadmap.drafts.sentences import method_name
from roadmap.web.forms import AtMost, BaseForm, Filled, choices, cleaned, cleaned_line

LONGEST_REASON = 1000


class CompileForm(BaseForm):
    """By which method to compile; another than the edition's own is for looking."""

    method = SelectField(lazy("Method"))

    def __init__(self, formdata: Any = None, *, own: str, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.method.choices = choices(
            [(own, _("%(name)s (this edition's own)", name=method_name(own)))]
            + [
                (name, _("%(name)s (for looking only)", name=method_name(name)))
                for name in METHODS
                if name != own
            ]
        )
        if formdata is None:
            self.method.data = own


class FreezeForm(BaseForm):
    """The second step of freezing: one tick."""

    sure = BooleanField(lazy("I have looked at this version. Freeze it."))


class PlaceForm(BaseForm):
    """Another place for an item, with the reason that is printed."""

    place = IntegerField(lazy("Move to place"))
    reason = StringField(
        lazy("Reason"),
        filters=[cleaned_line],
        validators=[Filled(lazy("Give a reason. It is printed in the draft.")), AtMost(LONGEST_REASON)],
    )


class WordingForm(BaseForm):
    """An item's title and text, worded anew."""

    title = StringField(lazy("Title"), filters=[cleaned_line], validators=[AtMost(500, "title")])
    text = TextAreaField(lazy("Text"), filters=[cleaned], validators=[AtMost(20_000)])


class WordsForm(BaseForm):
    """An introduction or a chapter's note, in one language."""

    language = SelectField(lazy("Language"))
    text = TextAreaField(lazy("Text"), filters=[cleaned], validators=[AtMost(20_000)])

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.language.choices = choices(list(LANGUAGES.items()))
