"""A poster: one page of A4 as PDF, in a language of the edition."""

from dataclasses import dataclass
from pathlib import Path

from roadmap.core.i18n import LOCALES, _, direction_of, force_locale, in_language
from roadmap.core.strip import strip_svg
from roadmap.core.typesetting import PUBLISHER, typeset
from roadmap.share import sentences
from roadmap.share.addresses import spoken
from roadmap.share.codes import picture
from roadmap.share.invitations import Invitation

HYPHEN = "\u2011"
"""Does not end a line."""
TEMPLATE = Path(__file__).parent / "poster.typ"
Words = tuple[str, str]
"""Plain text and its language."""


@dataclass(frozen=True)
class Around:
    """What organisers wrote elsewhere.

    The line beside the campaign's name, who organises, and the note beside a translation of the exact words.
    """

    line: Words = ("", "")
    organiser: Words = ("", "")
    note: Words = ("", "")


NOTHING = Around()


def poster(invitation: Invitation, language: str, around: Around = NOTHING) -> bytes:
    """The PDF; the same bytes for the same invitation."""
    with force_locale(LOCALES[language]):
        data = _content(invitation, language, around)
    return typeset(TEMPLATE, data, dated=invitation.made)[0]


def _content(invitation: Invitation, language: str, around: Around) -> dict[str, object]:
    """What the template takes: plain values only."""
    words, shown_in = invitation.words(language)
    original = (invitation.question or invitation.title).get("en", "") if shown_in != "en" else ""
    about = (
        in_language(invitation.short_title or invitation.title, language) if invitation.question else ("", "")
    )
    return {
        "language": language,
        "title": words,
        "publisher": PUBLISHER,
        "ribbon": sentences.demonstration(invitation),
        "above": _told(around.line),
        "about": _told(about),
        "words": _told((words, shown_in)),
        "original": _told((original, "en")),
        "note": _told(around.note),
        "lede": _unbroken(sentences.lede(invitation)),
        "when": sentences.when(invitation),
        "how": _("How to take part") if not invitation.is_over else _("How to read it"),
        "steps": [_unbroken(step) for step in sentences.steps(invitation)],
        "address": spoken(invitation.address),
        "link": invitation.address,
        "code": picture(invitation.address, "svg").decode(),
        "code_alt": _("A code to scan. It leads to %(address)s", address=invitation.address),
        "organised": sentences.organised_by(*around.organiser),
        "strip": strip_svg(),
    }


def _told(words: Words) -> dict[str, str]:
    text, language = words
    return {"text": text, "language": language, "direction": direction_of(language)}


def _unbroken(sentence: str) -> str:
    """A sentence of ours, its short words with a hyphen kept whole."""
    return sentence.replace("-", HYPHEN)
