"""Forms of the organisers' pages."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from roadmap.core.i18n import LANGUAGES, _, lazy
from roadmap.domain import texts
from roadmap.domain.ranking import METHODS
from roadmap.drafts.naming import method_name
from roadmap.web.forms import BaseForm, choices, cleaned

LONGEST_REASON = 1_000
LONGEST_TEXT = 20_000
NEEDS_REASON = frozenset({"up", "down", "place", "leave-out", "last-place"})


class CompileForm(BaseForm):
    """By which method to compile; another than the edition's own is for looking."""

    method = SelectField(lazy("Method"))

    def __init__(self, formdata: Any = None, *, own: str) -> None:
        super().__init__(formdata)
        self.method.choices = choices(
            [(own, _("%(name)s (this edition’s own)", name=method_name(own)))]
            + [
                (name, _("%(name)s (for looking only)", name=method_name(name)))
                for name in METHODS
                if name != own
            ]
        )
        if formdata is None:
            self.method.data = own


class FreezeForm(BaseForm):
    """The second step of freezing: one tick, and a reason where something is open."""

    reason = TextAreaField(
        lazy("Why you freeze in spite of it"),
        filters=[cleaned],
        description=lazy("Everybody will read it in the public log."),
    )
    sure = BooleanField(
        lazy("I have looked at this version. Freeze it."),
        validators=[InputRequired(lazy("Tick the box to freeze this version."))],
    )

    def __init__(self, formdata: Any = None) -> None:
        super().__init__(formdata)
        self.seen = _whole((formdata or {}).get("seen", ""))
        """The last change by hand when the page was made."""


class ChangeForm:
    """One change by hand, as typed on the page of all items. `about` names what it is about: `12`, `q3`.

    `errors` holds a sentence for each field that has to be mended, `values` what was typed. `texts` are the
    organisers' words by language, `seen` is the last change by hand that the page showed.
    """

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        self.values: dict[str, str] = dict(sent.items()) if sent is not None else {}
        self.errors: dict[str, str] = {}
        self.do = self.values.get("do", "")
        self.reason = texts.clean_line(self.values.get("reason", ""))
        self.texts = {
            code: texts.clean(self.values[f"text_{code}"]).strip()
            for code in LANGUAGES
            if f"text_{code}" in self.values
        }
        self.number, self.question, self.place, self.seen = (
            _whole(self.values.get(name, "")) for name in ("number", "question", "place", "seen")
        )

    @property
    def about(self) -> str:
        return str(self.number) if self.number else f"q{self.question}" if self.question else "draft"

    def validate(self) -> bool:
        """Whether the change can be tried; the actions look at the rest."""
        closing = self.do != "last-place" or self.values.get("place", "").strip()
        if self.do in NEEDS_REASON and closing and not self.reason:
            self.errors["reason"] = _("Give a reason. It is printed in the draft.")
        if len(self.reason) > LONGEST_REASON:
            self.errors["reason"] = _(
                "Shorten the text to %(max)s characters; it has %(n)s.",
                max=LONGEST_REASON,
                n=len(self.reason),
            )
        for code, text in self.texts.items():
            if len(text) > LONGEST_TEXT:
                self.errors[f"text_{code}"] = _(
                    "Shorten the text to %(max)s characters; it has %(n)s.", max=LONGEST_TEXT, n=len(text)
                )
        if self.do == "place" and self.place is None:
            self.errors["place"] = _("Choose a place.")
        return not self.errors


class WordingForm:
    """An item's title and text, worded anew; both empty take the original back."""

    def __init__(self, title: str, text: str, seen: str = "") -> None:
        self.seen = _whole(seen)
        self.title = texts.clean_line(title)
        self.text = texts.clean(text).strip()
        self.errors: dict[str, str] = {}

    def validate(self) -> bool:
        for name, value, most in (("title", self.title, 500), ("text", self.text, LONGEST_TEXT)):
            if len(value) > most:
                self.errors[name] = _(
                    "Shorten the text to %(max)s characters; it has %(n)s.", max=most, n=len(value)
                )
        return not self.errors


def _whole(typed: str) -> int | None:
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
