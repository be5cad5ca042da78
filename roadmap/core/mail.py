"""One message to one person. Without a mail server it goes to the console and to a folder."""

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from flask_mailman import EmailMultiAlternatives, Mail

from roadmap.core import signals
from roadmap.core.jobs import job
from roadmap.root import Settings

logger = structlog.get_logger(__name__)
mail = Mail()
FOR_GOOD = 500
"""From this reply on a mail server will not change its mind (RFC 5321, 4.2.1)."""
SHOWN_ON_CONSOLE: set[str] = set()
"""Holds the folder of kept mails while there is no mail server, so that messages are shown as well."""


def mail_settings(settings: Settings) -> dict[str, object]:
    """Flask-Mailman's settings for ROADMAP_MAIL_URL: smtp://user:password@host:587 or smtps://…"""
    common = {"MAIL_DEFAULT_SENDER": settings.mail_from, "MAIL_TIMEOUT": 20}
    if settings.testing:
        return {**common, "MAIL_BACKEND": "locmem"}
    if settings.mails_stay:
        folder = settings.instance / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        SHOWN_ON_CONSOLE.add(str(folder))
        return {**common, "MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(folder)}
    parts = urlsplit(settings.mail_url)
    return {
        **common,
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "MAIL_USERNAME": unquote(parts.username or "") or None,
        "MAIL_PASSWORD": unquote(parts.password or "") or None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp" and parts.port != 25,
    }


@job
def deliver(
    address: str,
    subject: str,
    text: str,
    html: str = "",
    *,
    headers: dict[str, str] | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """Send one message; line breaks in the subject are folded away, so none can add a header.

    A message that cannot be handed over is not an error of the job: `signals.mail_failed` tells of it.
    """
    message = EmailMultiAlternatives(" ".join(subject.split()), text, None, [address], headers=headers or {})
    if html:
        message.attach_alternative(html, "text/html")
    try:
        with message.get_connection() as connection:  # closed whatever happens, which send() alone does not
            connection.send_messages([message])
    except (SMTPException, OSError) as error:
        reason = _reason(error)
        logger.warning("mail failed", reason=reason, error=type(error).__name__)
        signals.mail_failed.send(None, address=address, about=about or {}, reason=reason)
        return
    signals.mail_sent.send(None, address=address, about=about or {})
    if SHOWN_ON_CONSOLE:
        logger.info("mail", to=address, subject=subject, text=text)


def _reason(error: Exception) -> str:
    """`address`: the address itself was refused for good; `server`: anything else, which may pass."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        if codes and min(codes) >= FOR_GOOD:
            return "address"
    return "server"
