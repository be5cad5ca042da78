"""Forms of moderation; faults are found by the deeds."""

from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField

from roadmap.core.i18n import lazy
from roadmap.moderation.actions.reporting import LONGEST
from roadmap.moderation.rules import rule_choices
from roadmap.web.forms import BaseForm, choices, cleaned
from roadmap.web.requests import whole_number

LIMIT = LONGEST
OUTCOME_CHOICES = [
    ("leave", lazy("Leave it as it is")),
    ("ask", lazy("Ask the author to edit it")),
    ("hide", lazy("Hide it")),
    ("warn", lazy("Hide it and warn the author")),
]


class ReportForm(BaseForm):
    """Which rule a text breaks, and what is wrong with it."""

    rule = RadioField(lazy("Which rule is it about?"), choices=[], validate_choice=False)
    reason = TextAreaField(
        lazy("What is wrong with the text?"),
        filters=[cleaned],
        description=lazy("Facilitators read this. The author does not learn who reported the text."),
    )

    def offer(self) -> "ReportForm":
        """Put the rules in the reader's language before them."""
        self.rule.choices = choices([*rule_choices(), ("", lazy("Something else"))])
        return self


class DecisionForm(BaseForm):
    """What is to happen with a text."""

    outcome = RadioField(lazy("Your decision"), choices=choices(OUTCOME_CHOICES), validate_choice=False)
    rule = SelectField(lazy("Rule of the charter"), choices=[], validate_choice=False)
    sentence = TextAreaField(
        lazy("To the author"),
        filters=[cleaned],
        description=lazy(
            "The author reads this, in the language you write it in: what is wrong, and what they can do."
        ),
    )

    def offer(self) -> "DecisionForm":
        """Put the rules in the reader's language before them."""
        self.rule.choices = choices([("", lazy("No rule")), *rule_choices()])
        return self


class ReasonForm(BaseForm):
    """Why a text is shown again, or why an author appeals."""

    reason = TextAreaField(lazy("Reason"), filters=[cleaned])


class ReviewForm(BaseForm):
    """Accounts to look into, and why."""

    accounts = SelectMultipleField(
        lazy("Accounts"), choices=[], coerce=lambda value: whole_number(str(value)), validate_choice=False
    )
    reason = TextAreaField(
        lazy("Why you look into these accounts"),
        filters=[cleaned],
        description=lazy("Everybody will read it in the public log, so name nobody."),
    )


class AnswerForm(BaseForm):
    """The answer to an appeal."""

    answer = TextAreaField(
        lazy("Your answer"),
        filters=[cleaned],
        description=lazy("The author reads this, and everybody in the public log."),
    )


class NoteForm(BaseForm):
    """A note among facilitators."""

    text = TextAreaField(
        lazy("Note for the other facilitators"), filters=[cleaned], description=lazy("Nobody else reads it.")
    )
