"""Which texts there are, of which fields each is made, and which placeholders each field takes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from roadmap.core.i18n import lazy, lazy_p


class Look(StrEnum):
    """How a field is written and shown."""

    LINE = "line"
    LIST = "list"
    MARKDOWN = "markdown"
    MESSAGE = "message"


MOST: Final = {Look.LINE: 300, Look.LIST: 6_000, Look.MARKDOWN: 40_000, Look.MESSAGE: 10_000}
"""Most characters of a field, by its look."""


@dataclass(frozen=True)
class Field:
    """One field of a text. `placeholders` are those it may hold, `needed` those it must; `optional`: may be empty.

    `plan` says that its default is not a file's but stands in the edition, as it was planned; `long` that one line
    is likely to be a whole sentence or two.
    """

    name: str
    label: Any
    look: Look = Look.LINE
    placeholders: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    optional: bool = False
    plan: bool = False
    long: bool = False
    hint: Any = ""


@dataclass(frozen=True)
class Text:
    """A text: its name, the group it is listed in, its fields.

    `alone`: each language has its own or none. `translatable`: a reader of another language may be shown the
    organisers' original; messages are not, since whoever gets one must be able to read it.
    """

    name: str
    group: str
    fields: tuple[Field, ...]
    alone: bool = False
    translatable: bool = True

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def placeholders(self) -> list[str]:
        """Every placeholder that one of the fields takes."""
        return list(dict.fromkeys(name for field in self.fields for name in field.placeholders))


IN_LINES: Final = ("site_name", "edition")
IN_PAGES: Final = ("site_name", "contact_address", "edition")
_SUBJECT: Final = lazy_p("mail", "Subject")
_EDITION_PARTS: Final = (
    Field("background", lazy("Background"), Look.MARKDOWN, IN_PAGES, optional=True, plan=True),
    Field("forms", lazy("Forms of the campaign"), Look.LIST, IN_LINES, optional=True, plan=True),
    Field("aims", lazy("Aims"), Look.LIST, IN_LINES, optional=True, plan=True),
    Field("audiences", lazy("Who is meant"), Look.LIST, IN_LINES, optional=True, plan=True),
    Field("organiser", lazy("Organised by"), Look.LINE, IN_LINES, optional=True, plan=True),
)
_HOME: Final = (
    Field(
        "kicker", lazy("Line above the heading"), placeholders=IN_LINES, optional=True, plan=True,
    ),
    Field("headline", lazy("Heading"), placeholders=IN_LINES),
    Field("lede", lazy("Lines below the heading"), placeholders=IN_LINES, long=True),
    Field("questions_line", lazy("Line above the guiding questions"), placeholders=IN_LINES, long=True),
    Field("roadmap_line", lazy("Line about what comes of it"), placeholders=IN_LINES, long=True),
    Field("body", lazy("Text below that line"), Look.MARKDOWN, IN_PAGES),
    Field(
        "description", lazy("Description"), placeholders=IN_LINES,
        long=True,
        hint=lazy("One sentence that search engines and shared links show."),
    ),
)  # fmt: skip


def _page(name: str, hint: Any = "") -> Text:
    return Text(
        name,
        "pages",
        (
            Field("title", lazy("Title"), placeholders=IN_LINES),
            Field(
                "description", lazy("Description"), placeholders=IN_LINES, long=True,
                hint=lazy("One sentence that search engines and shared links show."),
            ),
            Field("body", lazy("Text"), Look.MARKDOWN, IN_PAGES, hint=hint),
        ),
    )  # fmt: skip


def _mail(name: str, *own: str, needed: tuple[str, ...] = ()) -> Text:
    common = ("site_name", "edition", "contact_address")
    return Text(
        name,
        "mails",
        (
            Field("subject", _SUBJECT, placeholders=("site_name", "edition")),
            Field("body", lazy("Text"), Look.MESSAGE, (*own, *common), needed),
        ),
        translatable=False,
    )


_NOTE: Final = Field(
    "note", lazy("Note"), placeholders=IN_LINES,
    long=True, optional=True, plan=True,
    hint=lazy("Stands beside the guiding questions in this language. Empty it once you have confirmed them."),
)  # fmt: skip

TEXTS: Final[dict[str, Text]] = {
    text.name: text
    for text in (
        Text("home", "pages", _HOME),
        Text("campaign", "pages", _EDITION_PARTS),
        _page("about"),
        _page("how-it-works"),
        _page(
            "charter",
            lazy(
                "Reports and decisions cite the nine rules by their numbers: keep the rules in their order."
            ),
        ),
        _page("privacy"),
        _page("accessibility"),
        _page("contact"),
        Text("translation-note", "pages", (_NOTE,), alone=True),
        _mail("mail-sign-in", "link", "name", "device", needed=("link",)),
        _mail("mail-password", "link", "name", "device", needed=("link",)),
        _mail("mail-address", "link", "name", "device", needed=("link",)),
        _mail("mail-address-changed"),
        _mail("mail-password-changed"),
        _mail("mail-factor-changed"),
        _mail("mail-invitation", "invitation", "role", "link", needed=("link",)),
        _mail("mail-decision", "about", "decision", "link", "name", needed=("decision", "link")),
        _mail("mail-notices", "notices", "link", "stop", "name", needed=("notices", "link", "stop")),
    )
}
"""Every text that organisers can edit, in the order in which they are listed."""

GROUPS: Final = {
    "pages": lazy_p("texts", "Pages"),
    "mails": lazy_p("texts", "Messages by e-mail"),
}
PLACEHOLDERS: Final = {
    "site_name": lazy("the campaign’s name"),
    "contact_address": lazy("the address where people write to you, as whoever runs the server has set it"),
    "edition": lazy("the edition’s title"),
    "link": lazy("the link; the message needs it"),
    "name": lazy(
        "the name of whoever gets the message; a paragraph that holds it is left out where there is none"
    ),
    "device": lazy(
        "the browser the link was asked from; a paragraph that holds it is left out where it is not known"
    ),
    "invitation": lazy("a sentence that says who invites to what"),
    "role": lazy("a sentence that says what the role means"),
    "about": lazy("a sentence that says which text of theirs it is about"),
    "notices": lazy("what is new, a sentence in each line; the message needs it"),
    "stop": lazy("the link by which people end these messages; the message needs it"),
    "decision": lazy("a sentence that says what was decided; the message needs it"),
}
"""What each placeholder becomes, in words."""
