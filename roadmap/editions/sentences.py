"""What is missing in an edition, said in whole sentences."""

from roadmap.core.i18n import _, language_name, listed
from roadmap.domain.readiness import Lack, Stand


def lacking(lack: Lack, stand: Stand) -> str:
    """What to do about something that stands in the way of opening."""
    return {
        Lack.LANGUAGES: _("Choose at least one language."),
        Lack.TITLE: _("Write the title in: %(languages)s.", languages=_names(stand.untitled)),
        Lack.QUESTIONS: _("Write at least one guiding question."),
        Lack.PHASES: _("Give proposing or voting dates that are not over yet."),
    }[lack]


def untold(stand: Stand) -> list[str]:
    """For each language in which questions are not written: what its readers see instead."""
    return [
        _(
            "Questions that have no text in this language (%(language)s): %(numbers)s."
            " Its readers see them in another one.",
            language=language_name(code),
            numbers=listed(str(number) for number in numbers),
        )
        for code, numbers in stand.untold.items()
    ]


def _names(codes: tuple[str, ...]) -> str:
    return listed(language_name(code) for code in codes)
