"""The forms by which people are invited to a role, and accounts suspended."""

from wtforms import EmailField, FileField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.core.i18n import LANGUAGES, lazy
from roadmap.web.forms import BaseForm, choices, cleaned

ROLE_CHOICES = [
    ("facilitator", lazy("Facilitator: merges, moderates, runs live events")),
    ("translator", lazy("Translator: translates into the languages below, nothing else")),
    ("organiser", lazy("Organiser: everything in this edition, drafts and roles included")),
]


class InviteForm(BaseForm):
    """Addresses, the role, and the language of the mail; faults are found by the deed."""

    addresses = TextAreaField(
        lazy("E-mail addresses"),
        filters=[cleaned],
        description=lazy("One per line, or separated by commas. Up to 200 at once."),
    )
    file = FileField(
        lazy("Or a file with addresses"), description=lazy("CSV or plain text; other columns are ignored.")
    )
    role = RadioField(
        lazy("Role"), choices=choices(ROLE_CHOICES), validate_choice=False, default="facilitator"
    )
    languages = SelectMultipleField(
        lazy("Languages of a translator"),
        choices=choices(list(LANGUAGES.items())),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    language = SelectField(
        lazy("Language of the mail"), choices=choices(list(LANGUAGES.items())), validate_choice=False
    )


class SuspendForm(BaseForm):
    """Whose account it is about."""

    email = EmailField(
        lazy("E-mail address of the account"),
        filters=[cleaned],
        description=lazy("Of somebody who takes part in this edition. The next page says what would happen."),
    )


class SuspensionForm(BaseForm):
    """Why an account is suspended, or is no longer."""

    reason = TextAreaField(
        lazy("Reason"),
        filters=[cleaned],
        description=lazy("Everybody will read it in the public log, so name nobody."),
    )
