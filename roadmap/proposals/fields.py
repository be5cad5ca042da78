"""What is written in a proposal's form, and what has to be mended before it can be published."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from roadmap.core.i18n import _
from roadmap.domain import texts

TITLE, TEXT, NAME, CONTACT, LINK = 120, 5_000, 80, 320, 500
"""Most characters of each, counted once cleaned."""
MOST_LINKS = 5
MOST_BUILT_ON = 5
AUTHOR_LINES = ("name", "organisation", "group", "none")


@dataclass(frozen=True)
class Fields:
    """A proposal as its writer filled it in; `question` and those in `built_on` are public numbers, 0 for none."""

    question: int = 0
    title: str = ""
    text: str = ""
    language: str = ""
    region: str = ""
    links: tuple[str, ...] = ()
    author_line: str = "name"
    author_name: str = ""
    author_contact: str = ""
    built_on: tuple[int, ...] = ()
    charter: bool = False

    def stored(self) -> dict[str, Any]:
        """As plain values, for keeping."""
        return {**asdict(self), "links": list(self.links), "built_on": list(self.built_on)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Fields":
        """Kept values as fields again; names that are no fields are ignored."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        older = known.get("built_on", ())
        several = (older,) if isinstance(older, int) else older  # one alone was kept as a number once
        return cls(
            **{
                **known,
                "links": tuple(known.get("links", ())),
                "built_on": tuple(dict.fromkeys(filter(None, several))),
            }
        )

    def cleaned(self) -> "Fields":
        """The same as it is stored and counted."""
        return replace(
            self,
            title=texts.clean_line(self.title),
            text=texts.clean(self.text).strip(),
            author_name=texts.clean_line(self.author_name),
            author_contact=texts.clean_line(self.author_contact),
            links=tuple(dict.fromkeys(link for link in map(texts.clean_line, self.links) if link)),
        )


def faults(fields: Fields, languages: Collection[str]) -> dict[str, str]:
    """A sentence for each field that has to be mended; empty where all is well. Takes cleaned fields."""
    found = {**wording_faults(fields, languages)}
    if not fields.question:
        found["question"] = _("Choose the question you answer.")
    if fields.author_line not in AUTHOR_LINES:
        found["author_line"] = _("Choose how you want to be named.")
    if fields.author_line != "none" and not fields.author_name:
        found["author_name"] = _("Write the name that is to be shown, or choose to give no name.")
    if len(fields.author_name) > NAME:
        found["author_name"] = _(
            "Shorten the name to %(max)s characters; it has %(n)s.", max=NAME, n=len(fields.author_name)
        )
    if fields.author_line in ("organisation", "group") and not fields.author_contact:
        found["author_contact"] = _("Write how the facilitators can reach the organisation or group.")
    if len(fields.author_contact) > CONTACT:
        found["author_contact"] = _("Shorten the contact to %(max)s characters.", max=CONTACT)
    if len(fields.built_on) > MOST_BUILT_ON:
        found["built_on"] = _("Name %(max)s proposals at most that yours is built on.", max=MOST_BUILT_ON)
    if not fields.charter:
        found["charter"] = _("Read the participation charter and tick that you agree to it.")
    return found


def wording_faults(fields: Fields, languages: Collection[str]) -> dict[str, str]:
    """As `faults`, for what a revision holds: title, text, links, and one of the languages."""
    found: dict[str, str] = {}
    if not fields.title:
        found["title"] = _("Write your proposal in one sentence.")
    elif len(fields.title) > TITLE:
        found["title"] = _(
            "Shorten the title to %(max)s characters; it has %(n)s.", max=TITLE, n=len(fields.title)
        )
    if not fields.text:
        found["text"] = _("Say why it matters and who would act.")
    elif len(fields.text) > TEXT:
        found["text"] = _(
            "Shorten the text to %(max)s characters; it has %(n)s.", max=TEXT, n=len(fields.text)
        )
    if fields.language not in languages:
        found["language"] = _("Choose the language you wrote in.")
    if len(fields.links) > MOST_LINKS:
        found["links"] = _("Keep the %(max)s links that matter most.", max=MOST_LINKS)
    wrong = next((link for link in fields.links if not is_web_address(link)), None)
    if wrong is not None:
        found["links"] = _(
            "Write each link in full, beginning with https:// or http://. This one is not: %(link)s",
            link=wrong[:80],
        )
    return found


def is_web_address(link: str) -> bool:
    """Whether the link is an address on the web, short enough and without anything hidden in it."""
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(host)
        and len(link) <= LINK
        and "@" not in parts.netloc
        and not any(character.isspace() or character in '<>"\\' for character in link)
    )
