"""E-mail addresses: kept as typed, compared by what makes one of them one person's."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from roadmap.core.errors import Invalid
from roadmap.core.i18n import _
from roadmap.domain.texts import clean_line, identity_key


@dataclass(frozen=True)
class Address:
    """An address as its owner typed it, and the key under which it is one person's."""

    email: str
    key: str


def read_address(typed: str) -> Address:
    """The address that was typed; raises Invalid with a sentence for the field `email`."""
    try:
        if any(sign in typed.strip() for sign in "\r\n\0"):
            raise EmailNotValidError
        found = validate_email(typed.strip(), check_deliverability=False)
    except EmailNotValidError:
        message = _("Write an e-mail address, such as name@example.org.")
        raise Invalid(message, {"email": message}) from None
    return Address(clean_line(typed), identity_key(found.normalized))
