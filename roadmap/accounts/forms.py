"""Forms of accounts. Password fields are called `secret_…`, so that no page ever repeats them."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.core.i18n import language_name, lazy
from roadmap.web.forms import AtMost, BaseForm, Filled, choices, cleaned_line

NAME_LENGTH = 80


def languages_field() -> SelectMultipleField:
    """The languages that somebody reads; what is not on offer is passed over."""
    return SelectMultipleField(
        lazy("Languages you read"),
        [Filled(lazy("Choose at least one language."))],
        description=lazy("“Vote one at a time” shows you proposals in these languages only."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )


class LanguagesForm(BaseForm):
    """The languages that somebody reads: all of those on offer are ticked as long as nothing was said."""

    reads = languages_field()

    def __init__(
        self, offered: Sequence[str], before: Sequence[str], formdata: MultiDict[str, str] | None = None
    ) -> None:
        super().__init__(formdata, data={"reads": list(before or offered)})
        offer_languages(self.reads, offered)
        self.read = [code for code in offered if not before or code in before]
        self.narrow = len(self.read) < len(offered)


def offer_languages(field: SelectMultipleField, offered: Sequence[str]) -> None:
    """Let these be ticked, each by its own name."""
    field.choices = choices([(code, language_name(code)) for code in offered])
    field.data = [code for code in field.data or [] if code in offered]


class AddressForm(BaseForm):
    """An e-mail address, to which a link is sent."""

    email = EmailField(lazy("E-mail address"), [Filled(lazy("Write your e-mail address."))])


class PasswordSignInForm(BaseForm):
    """Address and password."""

    email = EmailField(
        lazy("E-mail address"), [Filled(lazy("Write your e-mail address."))], id="password-email"
    )
    secret_password = PasswordField(lazy("Password"), [Filled(lazy("Write your password."))])


class CodeForm(BaseForm):
    """A code of the second step."""

    code = StringField(
        lazy("Code"),
        [Filled(lazy("Write the code."))],
        description=lazy("The six digits from your application, or one of your spare codes."),
    )


class NewPasswordForm(BaseForm):
    """A new password."""

    secret_password = PasswordField(
        lazy("New password"),
        [Filled(lazy("Write a password."))],
        description=lazy("At least 10 characters. Several words in a row are a good password."),
    )


class ProfileForm(BaseForm):
    """Name, language, time zone."""

    name = StringField(
        lazy("Name"),
        [AtMost(NAME_LENGTH)],
        filters=[cleaned_line],
        description=lazy("As others see it beside what you write. Your votes never stand beside it."),
    )
    language = SelectField(
        lazy("Language"), description=lazy("Of our messages to you, and of pages where you have chosen none.")
    )
    reads = languages_field()
    time_zone = SelectField(lazy("Time zone"), description=lazy("In which dates and deadlines are shown."))


class DeclarationForm(BaseForm):
    """Stakeholder group and country, for one edition."""

    group = RadioField(lazy("Stakeholder group"), default="not-stated")
    country = SelectField(
        lazy("Country"),
        description=lazy("Only its region is counted, and shown for ten people or more."),
    )


class EraseForm(BaseForm):
    """What becomes of the texts, and that one means it."""

    texts = RadioField(
        lazy("Your proposals and comments"),
        choices=choices(
            [("keep", lazy("Keep them, without my name")), ("remove", lazy("Remove their words as well"))]
        ),
        validate_choice=False,
        default="keep",
    )
    sure = BooleanField(
        lazy("I want to erase my account. This cannot be undone."),
        [Filled(lazy("Tick the box if you want to erase your account."))],
    )
