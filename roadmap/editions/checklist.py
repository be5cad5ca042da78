"""The steps of setting an edition up, each with how far it is and a sentence about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from roadmap.core.i18n import _, language_name, listed, ngettext
from roadmap.domain.policy import Role
from roadmap.domain.readiness import Lack, Stand
from roadmap.editions import queries
from roadmap.editions.models import Edition
from roadmap.editions.sentences import lacking, untold

DONE, MISSING, CHOICE = "done", "missing", "choice"


@dataclass(frozen=True)
class Step:
    """One step. `state` is done, missing (it stands in the way of opening), or choice (good as it is)."""

    name: str
    title: str
    state: str
    sentences: tuple[str, ...]


def steps_of(
    edition: Edition, *, held: Collection[Role], untranslated: Mapping[str, int], now: datetime
) -> list[Step]:
    """All steps in their order. `held` are the roles that people hold in the edition, `untranslated` counts the
    texts that lack a translation by language."""
    stand = queries.stand_of(edition, now)
    return [
        _name(edition, stand),
        _phases(edition, stand),
        _questions(edition, stand),
        Step(
            "settings", _("Settings"), CHOICE,
            (_("What people are asked, when proposals appear, whether guests’ votes count, and how votes become an"
               " order. All have good defaults."),),
        ),
        _texts(untranslated),
        _people(held),
        Step(
            "share", _("Telling people"), CHOICE,
            (_("Short addresses, posters and texts to paste, for when the edition is open."),),
        ),
    ]  # fmt: skip


def _name(edition: Edition, stand: Stand) -> Step:
    found = [lacking(lack, stand) for lack in stand.lacks if lack in (Lack.LANGUAGES, Lack.TITLE)]
    names = listed(language_name(code) for code in edition.languages)
    said = _("It has a title in every language: %(languages)s.", languages=names)
    return Step("name", _("Name and languages"), MISSING if found else DONE, tuple(found or [said]))


def _phases(edition: Edition, stand: Stand) -> Step:
    if Lack.PHASES in stand.lacks:
        return Step("phases", _("Phases"), MISSING, (lacking(Lack.PHASES, stand),))
    count = len(queries.periods_of(edition))
    said = ngettext("%(num)s phase has dates.", "%(num)s phases have dates.", count)
    return Step("phases", _("Phases"), DONE, (said,))


def _questions(edition: Edition, stand: Stand) -> Step:
    title = _("Guiding questions")
    if Lack.QUESTIONS in stand.lacks:
        return Step("questions", title, MISSING, (lacking(Lack.QUESTIONS, stand),))
    count = len(queries.questions_of(edition))
    said = ngettext("There is %(num)s question.", "There are %(num)s questions.", count)
    return Step("questions", title, CHOICE if stand.untold else DONE, (said, *untold(stand)))


def _texts(untranslated: Mapping[str, int]) -> Step:
    behind = [
        ngettext(
            "%(num)s text is not translated yet into this language: %(language)s",
            "%(num)s texts are not translated yet into this language: %(language)s",
            count,
            language=language_name(code),
        )
        for code, count in untranslated.items()
        if count
    ]
    said = _(
        "Home, about, charter, privacy and mails are complete in every language. Change what does not fit."
    )
    return Step("texts", _("Texts"), CHOICE, (said, *behind))


def _people(held: Collection[Role]) -> Step:
    """An organiser is there from the first moment on, unless the role was ended."""
    title = _("People")
    if Role.ORGANISER not in held:
        return Step(
            "people", title, CHOICE, (_("Nobody is named as organiser; administrators act for them."),)
        )
    if Role.FACILITATOR not in held:
        return Step(
            "people", title, CHOICE,
            (_("You organise it. Invite somebody to facilitate: to merge what says the same, and to read what is"
               " reported."),),
        )  # fmt: skip
    return Step("people", title, DONE, (_("There are organisers and facilitators."),))
