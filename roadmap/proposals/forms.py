"""The forms in which proposals are written and changed; their faults are found by `fields.faults`."""

import re
from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField

from roadmap.core.i18n import _, current_language, in_language, language_name, lazy
from roadmap.editions.models import GuidingQuestion
from roadmap.proposals.fields import Fields
from roadmap.proposals.places import places
from roadmap.web.forms import BaseForm, choices, cleaned, cleaned_line

_NUMBER = re.compile(r"(?<!\d)[0-9]{1,9}(?!\d)")
AUTHOR_CHOICES = [
    ("name", lazy("My own name")),
    ("organisation", lazy("An organisation")),
    ("group", lazy("An informal group")),
    ("none", lazy("No name")),
]


class WordingForm(BaseForm):
    """What a revision holds."""

    title = TextAreaField(
        lazy("Your proposal in one sentence"),
        filters=[cleaned_line],
        description=lazy(
            "Start with a verb: give, open, stop, fund. People will vote on this sentence alone."
        ),
    )
    text = TextAreaField(
        lazy("Why it matters, who would act, and the first sign that it works"),
        filters=[cleaned],
        description=lazy(
            "A real case helps more than a principle. Lists, **bold** and links are written as in Markdown."
        ),
    )
    language = SelectField(lazy("Written in"), choices=[], validate_choice=False)
    region = SelectField(lazy("Country or region it is about"), choices=[], validate_choice=False)
    links = TextAreaField(
        lazy("Links to evidence"),
        filters=[cleaned],
        description=lazy("Up to five, one in each line, beginning with https:// or http://"),
    )

    def __init__(
        self, languages: Sequence[str], formdata: MultiDict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.region.choices = choices([("", _("None in particular")), *places()])
        self.language.choices = choices([(code, language_name(code)) for code in languages])
        if not self.language.data:
            read_in = current_language()
            self.language.data = read_in if read_in in languages else next(iter(languages), "")

    def wording(self, before: Fields) -> Fields:
        """The fields that were written here, all others as they were before."""
        known = {code for code, _name in places()}
        return Fields.read(
            {
                **before.stored(),
                "title": self.title.data or "",
                "text": self.text.data or "",
                "language": self.language.data or "",
                "region": self.region.data if self.region.data in known else "",
                "links": [line.strip() for line in (self.links.data or "").split("\n") if line.strip()],
            }
        ).cleaned()

    def complain(self, faults: dict[str, str]) -> None:
        """Put each sentence to its field, in the order of the fields."""
        for name, sentence in faults.items():
            self.add_error(name, sentence)


class EditForm(WordingForm):
    """A new wording, and why."""

    note = TextAreaField(
        lazy("What is mended, for the facilitator"),
        filters=[cleaned],
        description=lazy(
            "Spelling, links, clearer words. A change of meaning is a new proposal built on this one."
        ),
    )


class ProposeForm(WordingForm):
    """Everything about a new proposal."""

    question = SelectField(lazy("The question you answer"), choices=[], validate_choice=False)
    built_on = StringField(
        lazy("Built on other proposals"),
        filters=[cleaned_line],
        description=lazy(
            "The numbers of up to five proposals that yours takes up, for example: 77, 128. They stay as they are."
        ),
    )
    author_line = RadioField(
        lazy("How do you want to be named?"),
        choices=choices(AUTHOR_CHOICES),
        default="name",
        validate_choice=False,
    )
    author_name = StringField(
        lazy("The name that is shown"),
        filters=[cleaned_line],
        description=lazy("Yours, or that of the organisation or group. Not needed where you give no name."),
    )
    author_contact = StringField(
        lazy("Contact of the organisation or group"),
        filters=[cleaned_line],
        description=lazy("Only the facilitators see it, to confirm that you speak for it."),
    )
    charter = BooleanField(lazy("I have read the participation charter and agree to it"))

    def __init__(
        self,
        questions: Sequence[GuidingQuestion],
        languages: Sequence[str],
        formdata: MultiDict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(languages, formdata, **kwargs)
        self._fields = {"question": self._fields.pop("question"), **self._fields}  # first on the page
        self.numbers = {str(one.number) for one in questions}
        self.question.choices = choices(
            [
                ("", _("Choose a question")),
                *(
                    (str(one.number), f"{one.number}. {in_language(one.label or one.text)[0]}")
                    for one in questions
                ),
            ]
        )

    def fields(self, before: Fields) -> Fields:
        """Everything that was written here."""
        number = self.question.data or ""
        return Fields.read(
            {
                **self.wording(before).stored(),
                "question": int(number) if number in self.numbers else 0,
                "built_on": numbers_in(self.built_on.data or ""),
                "author_line": self.author_line.data or "",
                "author_name": self.author_name.data or "",
                "author_contact": self.author_contact.data or "",
                "charter": bool(self.charter.data),
            }
        ).cleaned()


def numbers_in(text: str) -> tuple[int, ...]:
    """The public numbers that are written in a text, each once."""
    return tuple(dict.fromkeys(number for each in _NUMBER.findall(text) if (number := int(each))))


class AddressForm(BaseForm):
    """Where the link goes that lets somebody without an account publish."""

    email = EmailField(lazy("Your e-mail address"), filters=[cleaned_line])


class WithdrawForm(BaseForm):
    """Why a proposal is taken back."""

    reason = TextAreaField(
        lazy("Why you withdraw it"), filters=[cleaned], description=lazy("Everybody can read the reason.")
    )


def shown(fields: Fields) -> dict[str, Any]:
    """The values of a form that shows these fields."""
    return {
        **fields.stored(),
        "links": "\n".join(fields.links),
        "question": str(fields.question or ""),
        "built_on": ", ".join(str(number) for number in fields.built_on),
        "title": fields.title,
    }
