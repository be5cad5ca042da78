"""Forms of the desk where proposals are compared; faults are found by the deeds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.core.db import EPOCH, from_microseconds, to_microseconds
from roadmap.core.i18n import lazy
from roadmap.domain.texts import LONGEST_REASON
from roadmap.proposals.models import Proposal
from roadmap.web.forms import BaseForm, cleaned, cleaned_line
from roadmap.web.requests import whole_number

LIMIT = LONGEST_REASON
LONGEST_MARK = 16
"""Digits of a moment in microseconds, until the year 2286."""


class BenchForm(BaseForm):
    """Which proposals are one, which leads, and in what words.

    `seen` are the revisions that were read, `decided` is the newest decision about pairs among them that was known.
    """

    include = SelectMultipleField(
        lazy("Proposals to decide about"),
        coerce=int,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    lead = RadioField(lazy("Leads the merged text"), coerce=int, validate_choice=False)
    title = TextAreaField(lazy("Title"), filters=[cleaned_line])
    text = TextAreaField(
        lazy("Text"),
        filters=[cleaned],
        description=lazy("Keep every author’s point and add no demand. Authors can object for five days."),
    )
    reason = TextAreaField(
        lazy("Reason"), filters=[cleaned], description=lazy("Everybody can read it in the public log.")
    )
    answers_objection = TextAreaField(
        lazy("Your answer to the objection"),
        filters=[cleaned],
        description=lazy("Everybody can read it in the public log. Without an answer there is no merge."),
    )

    def __init__(
        self,
        group: Sequence[Proposal],
        formdata: MultiDict[str, str] | None = None,
        *,
        decided: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(formdata, **kwargs)
        numbers = [each.number for each in group]
        self.include.choices = self.lead.choices = [(number, str(number)) for number in numbers]
        given: Mapping[str, str] = formdata or {}
        self.seen = {
            each.number: whole_number(given.get(f"seen-{each.number}")) or each.revision for each in group
        }
        self.decided = _moment(given["decided"]) if "decided" in given else decided

    @property
    def decided_mark(self) -> int | None:
        """`decided` as it stands in the form."""
        return to_microseconds(self.decided) if self.decided is not None else None


def _moment(mark: str) -> datetime:
    whole = mark.isascii() and mark.isdigit() and len(mark) <= LONGEST_MARK
    return from_microseconds(int(mark)) if whole else EPOCH


class UndoForm(BaseForm):
    """Why a merge is undone."""

    reason = TextAreaField(
        lazy("Reason"), filters=[cleaned], description=lazy("Everybody can read it in the public log.")
    )


class SearchForm(BaseForm):
    """Words or numbers by which proposals are gathered by hand."""

    q = StringField(
        lazy("Words or numbers"),
        filters=[cleaned_line],
        description=lazy("For example: kitchens, or 77 128."),
    )
