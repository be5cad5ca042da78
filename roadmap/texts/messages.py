"""The words of a message: subject, plain text and HTML from one text of an edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from roadmap.core.i18n import direction_of
from roadmap.domain.placeholders import LATIN, filled, filled_plain, paragraphs_of
from roadmap.texts.queries import ShownText


@dataclass(frozen=True)
class Message:
    """A message ready to be sent. `html` holds the paragraphs, without the frame of a page."""

    subject: str
    text: str
    html: Markup


def message(shown: ShownText, values: Mapping[str, str]) -> Message:
    """Fill a message's text. Paragraphs without a value to speak of are left out; the subject is one line."""
    isolated = direction_of(shown.language) == "rtl"
    subject = filled_plain(shown.fields["subject"].text, values, isolated=isolated)
    needed = shown.text.field("body").needed
    paragraphs = paragraphs_of(shown.fields["body"].text, values, needed)
    return Message(
        " ".join(subject.split()),
        "\n\n".join(filled_plain(part, values, isolated=isolated) for part in paragraphs) + "\n",
        Markup("\n").join(_paragraph(part, values) for part in paragraphs),
    )


def _paragraph(part: str, values: Mapping[str, str]) -> Markup:
    text = filled(str(escape(part)), lambda name: _marked_up(name, values))
    return Markup("<p>" + text.replace("\n", "<br>\n") + "</p>")  # noqa: S704 - escaped above, values too


def _marked_up(name: str, values: Mapping[str, str]) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if name in ("link", "stop"):
        return Markup('<a href="{0}" dir="ltr">{0}</a>').format(value)
    direction = Markup(' dir="ltr"') if name in LATIN else ""
    return Markup("<bdi{}>{}</bdi>").format(direction, value)
