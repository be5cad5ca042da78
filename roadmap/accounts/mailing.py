"""Messages about accounts: one recipient, in the reader's language, links built from the public address."""

from collections.abc import Sequence

from flask import current_app

from roadmap.core import mail
from roadmap.core.i18n import LANGUAGES, LOCALES, _, direction_of, force_locale, in_language, listed
from roadmap.core.phrases import ROLE_MEANINGS
from roadmap.domain.placeholders import END_ISOLATE, LATIN_ISOLATE
from roadmap.editions.models import Edition
from roadmap.editions.queries import find_current_edition
from roadmap.texts.messages import message
from roadmap.texts.queries import show
from roadmap.texts.rendering import SITE_NAME

LINKS = {"password": "mail-password", "address": "mail-address"}
NOTICES = {
    "address": "mail-address-changed",
    "password": "mail-password-changed",
    "factor": "mail-factor-changed",
}


def campaign(language: str) -> str:
    """The campaign's name for plain text, isolated where the text runs from right to left."""
    return f"{LATIN_ISOLATE}{SITE_NAME}{END_ISOLATE}" if direction_of(language) == "rtl" else SITE_NAME


def send_link(purpose: str, address: str, language: str, *, path: str, device: str, name: str = "") -> None:
    """Mail a link; its page has the button. `name`: of the account, where there is one."""
    href = current_app.config["SETTINGS"].base_url + path
    text = LINKS.get(purpose, "mail-sign-in")
    send_text(find_current_edition(), text, address, language, link=href, device=device, name=name)


def send_notice(kind: str, address: str, language: str) -> None:
    """Tell somebody what was changed in their account: `address`, `password` or `factor`."""
    send_text(find_current_edition(), NOTICES[kind], address, language)


def send_invitation(
    address: str, language: str, *, edition: Edition, role: str, languages: Sequence[str], inviter: str, path: str
) -> None:  # fmt: skip
    """Ask somebody to take a role in an edition; `languages` are a translator's."""
    title = in_language(edition.title, language)[0]
    with force_locale(LOCALES[language]):
        said = {"campaign": campaign(language), "edition": title}
        invitation = (
            _("%(name)s invites you to help with %(campaign)s, “%(edition)s”.", name=inviter, **said)
            if inviter
            else _("You are invited to help with %(campaign)s, “%(edition)s”.", **said)
        )
        meaning = str(ROLE_MEANINGS[role])
        if languages:
            spoken = listed(LANGUAGES[code] for code in languages)
            meaning += " " + _("Languages: %(languages)s", languages=spoken)
    send_text(
        edition, "mail-invitation", address, language,
        invitation=invitation, role=meaning, link=current_app.config["SETTINGS"].base_url + path,
    )  # fmt: skip


def send_text(
    edition: Edition | None, text: str, address: str, language: str, *,
    headers: dict[str, str] | None = None, **values: str,
) -> None:  # fmt: skip
    """Fill a message's text, the edition's own where it has one, and send it as plain text and as HTML.

    `text` is its name in texts.catalogue, `values` are plain, by placeholder; `headers` are of the message.
    """
    common = {
        "site_name": SITE_NAME,
        "contact_address": current_app.config["SETTINGS"].contact_address,
        "edition": in_language(edition.texts.get("short_title") or edition.title, language)[0]
        if edition
        else "",
    }
    filled = message(show(edition, text, language), {**common, **values})
    frame = current_app.jinja_env.get_template("mail/message.html")
    html = frame.render(
        subject=filled.subject, body=filled.html, language=language, direction=direction_of(language)
    )
    about = {"edition": edition.id, "text": text} if edition is not None else {}
    mail.deliver(address, filled.subject, filled.text, html, headers=headers, about=about)
