"""The form of a new edition, and those of opening it and taking its closing back."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.core.i18n import LANGUAGES, _, in_language, lazy
from roadmap.core.zones import zone_names
from roadmap.editions.models import Edition
from roadmap.editions.seed_file import EditionPlan
from roadmap.web.forms import BaseForm, choices, cleaned, cleaned_line

TODAY, EMPTY = "today", "empty"


class NewEditionForm(BaseForm):
    """Title in each language, address, languages, time zone, and what the edition starts from.

    What fits and what does not is decided by the deed; here the values are read.
    """

    languages = SelectMultipleField(
        lazy("Languages"),
        description=lazy(
            "You write the title and the questions in each of these. The site’s own pages can be read in all of its"
            " languages."
        ),
        choices=choices(list(LANGUAGES.items())),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    slug = StringField(
        lazy("Address"),
        filters=[cleaned_line],
        description=lazy(
            "The short name in every address of this edition, so that links hold for ever: small letters, digits"
            " and hyphens. It cannot be changed later."
        ),
    )
    time_zone = SelectField(
        lazy("Time zone"),
        description=lazy("Deadlines are set and shown in it. Readers see their own time beside it."),
        validate_choice=False,
    )
    start = RadioField(
        lazy("Start from"),
        description=lazy(
            "A clone saves you writing everything again. It begins without people: no votes, proposals,"
            " comments or drafts come with it, and no roles but yours."
        ),
        validate_choice=False,
        default="",
    )
    dates = RadioField(
        lazy("Dates of a clone"),
        description=lazy(
            "Nobody can propose or vote before you open the edition, whatever the dates say. You can move them."
        ),
        choices=choices(
            [
                (TODAY, lazy("The first phase begins today, and all last as long as they did")),
                (EMPTY, lazy("No dates: you set them yourself")),
            ]
        ),
        validate_choice=False,
        default=TODAY,
    )

    def __init__(
        self,
        sources: Sequence[Edition],
        formdata: MultiDict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(formdata, **kwargs)
        self.sources = {source.slug: source for source in sources}
        self.time_zone.choices = choices([(zone, zone.replace("_", " ")) for zone in zone_names()])
        self.start.choices = choices(
            [
                ("", _("Nothing: you write the questions and choose everything yourself")),
                *((slug, _clone_of(source)) for slug, source in self.sources.items()),
            ]
        )

    @property
    def titles(self) -> dict[str, Any]:
        """The fields of the title, by language."""
        return {code: self[f"title_{code}"] for code in LANGUAGES}

    @property
    def source(self) -> Edition | None:
        """The edition to clone; None for an empty one, and for one that was not offered."""
        return self.sources.get(self.start.data or "")

    def plan(self) -> EditionPlan:
        """What was filled in."""
        chosen = [code for code in LANGUAGES if code in (self.languages.data or [])]
        return EditionPlan(
            slug=self.slug.data or "",
            title={code: self.titles[code].data for code in chosen if self.titles[code].data},
            languages=chosen,
            time_zone=self.time_zone.data or "",
            periods=[],
            questions=[],
        )

    def complain(self, faults: dict[str, str]) -> None:
        """Put each sentence to its field."""
        for name, sentence in faults.items():
            self.add_error(name, sentence)


for _code, _name in LANGUAGES.items():
    setattr(
        NewEditionForm,
        f"title_{_code}",
        StringField(lazy("Title (%(language)s)", language=_name), filters=[cleaned_line]),
    )


def _clone_of(source: Edition) -> str:
    return _(
        "A clone of “%(title)s” (%(slug)s): its settings, questions and texts",
        title=in_language(source.title)[0],
        slug=source.slug,
    )


class OpenForm(BaseForm):
    """The second step of opening."""

    current = BooleanField(
        lazy("Show it on the home page"),
        description=lazy("Whoever comes to the site without an edition in the address then sees this one."),
    )


class TakeBackForm(BaseForm):
    """Why a closing is taken back."""

    reason = TextAreaField(
        lazy("Reason"), filters=[cleaned], description=lazy("Everybody can read it in the public log.")
    )

    def complain(self, faults: dict[str, str]) -> None:
        """Put each sentence to its field."""
        for name, sentence in faults.items():
            self.add_error(name, sentence)
