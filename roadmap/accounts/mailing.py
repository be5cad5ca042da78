"""Messages about accounts: one recipient, in the reader's language, links built from the public address."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app

from roadmap.core import mail
from roadmap.core.i18n import LANGUAGES, LOCALES, _, date, direction_of, force_locale, in_language, listed

FIRST_ISOLATE, END_ISOLATE = "\u2066", "\u2069"


def campaign(language: str) -> str:
    """The campaign's name for plain text, isolated where the text runs from right to left."""
    name = "#SolidAction"
    return f"{FIRST_ISOLATE}{name}{END_ISOLATE}" if direction_of(language) == "rtl" else name


def send_link(purpose: str, address: str, language: str, *, path: str, device: str) -> None:
    """Mail a link; its page has the button."""
    with force_locale(LOCALES[language]):
        subjects = {
            "password": _("Choose a new password for %(campaign)s", campaign=campaign(language)),
            "address": _("Confirm your new address for %(campaign)s", campaign=campaign(language)),
        }
        subject = subjects.get(purpose) or _("Your link for %(campaign)s", campaign=campaign(language))
        href = current_app.config["SETTINGS"].base_url + path
        _send("link", address, language, subject, purpose=purpose, href=href, device=device)


def send_notice(kind: str, address: str, language: str) -> None:
    """Tell somebody what was changed in their account: `address`, `password` or `factor`."""
    with force_locale(LOCALES[language]):
        subjects = {
            "address": _("Your address for %(campaign)s was changed", campaign=campaign(language)),
            "password": _("Your password for %(campaign)s was changed", campaign=campaign(language)),
            "factor": _("Your second step for %(campaign)s was changed", campaign=campaign(language)),
        }
        contact = current_app.config["SETTINGS"].contact_address
        _send("notice", address, language, subjects[kind], kind=kind, contact=contact)


def send_invitation(
    address: str, language: str, *, role: str, languages: Sequence[str], edition: dict[str, str], inviter: str,
    until: datetime, path: str,
) -> None:  # fmt: skip
    """Ask somebody to take a role in an edition."""
    with force_locale(LOCALES[language]):
        _send(
            "invitation", address, language,
            _("An invitation to help with %(campaign)s", campaign=campaign(language)),
            role=role, languages=listed(LANGUAGES[code] for code in languages), inviter=inviter,
            edition=in_language(edition)[0], until=date(until),
            href=current_app.config["SETTINGS"].base_url + path,
        )  # fmt: skip


def _send(template: str, address: str, language: str, subject: str, **context: str) -> None:
    values = {
        **context, "subject": subject, "campaign": campaign(language),
        "language": language, "direction": direction_of(language),
    }  # fmt: skip
    mail.deliver(
        address,
        subject,
        _rendered(f"mail/accounts/{template}.txt", values),
        _rendered(f"mail/accounts/{template}.html", values),
    )


def _rendered(template: str, values: dict[str, str]) -> str:
    """Straight from the environment: what pages show around their content needs a request, and there is none."""
    return current_app.jinja_env.get_template(template).render(values)
