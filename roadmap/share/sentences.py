"""What posters and texts say, in the language in force: whole sentences, each a message of its own."""

from datetime import datetime
from enum import StrEnum

from roadmap.core.i18n import (
    _,
    current_language,
    date,
    date_and_time,
    direction_of,
    lazy,
    pgettext,
    timezone_name,
)
from roadmap.domain.placeholders import END_ISOLATE, FIRST_ISOLATE, LATIN_ISOLATE
from roadmap.share.invitations import Invitation, Span, Stage

CAMPAIGN = "#SolidAction"


class Audience(StrEnum):
    """Those whom the campaign is for."""

    DECISION_MAKERS = "decision-makers"
    ORGANISATIONS = "organisations"
    PUBLIC = "public"


NAMES = {
    Audience.DECISION_MAKERS: lazy("Decision makers"),
    Audience.ORGANISATIONS: lazy("Organisations, informal groups and movements"),
    Audience.PUBLIC: lazy("General public"),
}


def quoted(words: str, language: str) -> str:
    """Words in quotation marks."""
    return pgettext("quotation", "“%(words)s”", words=_isolated(words, language))


def organised_by(name: str, language: str) -> str:
    """Who organises; "" where nobody is named."""
    return _("Organised by: %(organiser)s", organiser=_isolated(name, language)) if name else ""


def _isolated(words: str, language: str) -> str:
    """Words inside a sentence, kept apart where they run the other way."""
    if direction_of(language) == direction_of(current_language()):
        return words
    return FIRST_ISOLATE + words + END_ISOLATE


def campaign() -> str:
    """The campaign's name inside a sentence."""
    if direction_of(current_language()) == "rtl":
        return LATIN_ISOLATE + CAMPAIGN + END_ISOLATE
    return CAMPAIGN


def demonstration(invitation: Invitation) -> str:
    """What everything in a demonstration says; "" elsewhere."""
    if not invitation.demonstration:
        return ""
    return _("Demonstration: proposals, people and figures are invented.")


def when(invitation: Invitation) -> list[str]:
    """Until when, or from when to when; in the edition's time zone, which is named."""
    proposing, voting = invitation.proposing, invitation.voting
    if invitation.is_over:
        ends = [span.closes for span in (proposing, voting) if span.closes is not None]
        return [_("Taking part ended on %(moment)s.", moment=_moment(invitation, max(ends)))] if ends else []
    if proposing.stage is Stage.OPEN and voting.stage is Stage.OPEN and proposing.closes == voting.closes:
        if voting.closes is None:
            return [_("You can take part now.")]
        return [_("You can take part until %(moment)s.", moment=_moment(invitation, voting.closes))]
    return [line for line in (_proposing(invitation, proposing), _voting(invitation, voting)) if line]


def _proposing(invitation: Invitation, span: Span) -> str:
    if span.stage is Stage.OPEN:
        if span.closes is None:
            return _("You can propose answers now.")
        return _("You can propose answers until %(moment)s.", moment=_moment(invitation, span.closes))
    if span.stage is not Stage.TO_COME or span.opens is None:
        return ""
    opens = date(span.opens, invitation.zone)
    if span.closes is None:
        return _("You can propose answers from %(opens)s.", opens=opens)
    closes = _moment(invitation, span.closes)
    return _("You can propose answers from %(opens)s until %(closes)s.", opens=opens, closes=closes)


def _voting(invitation: Invitation, span: Span) -> str:
    if span.stage is Stage.OPEN:
        if span.closes is None:
            return _("You can vote now.")
        return _("You can vote until %(moment)s.", moment=_moment(invitation, span.closes))
    if span.stage is Stage.OVER and span.closes is not None:
        return _("Voting closed on %(moment)s.", moment=_moment(invitation, span.closes))
    if span.stage is not Stage.TO_COME or span.opens is None:
        return ""
    opens = date(span.opens, invitation.zone)
    if span.closes is None:
        return _("You can vote from %(opens)s.", opens=opens)
    closes = _moment(invitation, span.closes)
    return _("You can vote from %(opens)s until %(closes)s.", opens=opens, closes=closes)


def _moment(invitation: Invitation, moment: datetime) -> str:
    at = date_and_time(moment, invitation.zone)
    return _("%(moment)s (%(zone)s)", moment=at, zone=timezone_name(invitation.zone))


def last_day(invitation: Invitation) -> str:
    """The last day in a few words, for where there is little room; "" where no date is set."""
    ends = [
        span.closes
        for span in (invitation.proposing, invitation.voting)
        if span.closes is not None and (span.is_ahead or invitation.is_over)
    ]
    if not ends:
        return ""
    day = date(max(ends), invitation.zone)
    return _("It ended on %(date)s.", date=day) if invitation.is_over else _("Until %(date)s.", date=day)


def lede(invitation: Invitation) -> str:
    """One or two sentences below the question or title of a poster."""
    if invitation.is_over:
        return _("Read what people proposed, how they voted, and what came of it.")
    if invitation.question:
        return _("What is your answer? Read what others propose, and say where you agree.")
    return _("A roadmap that everybody can work on: read what others propose, and say where you agree.")


def steps(invitation: Invitation) -> list[str]:
    """How to take part, in three lines."""
    scan = _("Scan the code with a phone, or type the address.")
    if invitation.is_over:
        return [scan, _("Read the proposals and what was said about them."), _("See how people voted.")]
    third = (
        _("Is something missing? Propose it: an e-mail address is enough.")
        if invitation.proposing.is_ahead
        else _("Comment and ask: an e-mail address is enough.")
    )
    return [scan, _("Read proposals and vote: no account is needed."), third]
