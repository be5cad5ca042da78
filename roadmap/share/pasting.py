"""Texts to paste, made of the edition's own words, dates and address, in the language in force."""

from collections.abc import Callable, Sequence
from itertools import compress

from roadmap.core.i18n import _, current_language
from roadmap.share.invitations import Invitation
from roadmap.share.sentences import Audience, campaign, demonstration, last_day, quoted, when

LONGEST_POST = 240
"""Characters, the address counted in full."""
LEAST = 32
"""Fewest characters of a title or question that still say what it is about."""
CUT = "…"


def message(invitation: Invitation, audience: Audience) -> str:
    """About sixty words for a letter or a chat: what it is, what to do, until when, where."""
    parts = [
        demonstration(invitation),
        "\n".join([_opening(invitation), _request(invitation, audience)]),
        " ".join([*when(invitation), *_how(invitation)]),
        invitation.address,
    ]
    return "\n\n".join(part for part in parts if part)


def _opening(invitation: Invitation) -> str:
    words = {"campaign": campaign(), "words": quoted(*invitation.short_words(current_language()))}
    if invitation.question and invitation.is_over:
        return _("On %(campaign)s, people answered this question together: %(words)s", **words)
    if invitation.question:
        return _("On %(campaign)s, people answer this question together: %(words)s", **words)
    if invitation.is_over:
        return _("On %(campaign)s, people worked out a roadmap together: %(words)s", **words)
    return _("On %(campaign)s, people work out a roadmap together: %(words)s", **words)


def _request(invitation: Invitation, audience: Audience) -> str:
    if invitation.is_over:
        return {
            Audience.DECISION_MAKERS: _(
                "Read what they proposed, how they voted, and what you can carry out."
            ),
            Audience.ORGANISATIONS: _(
                "Read what they proposed, how they voted, and where your work comes in."
            ),
            Audience.PUBLIC: _("Read what they proposed, how they voted, and what came of it."),
        }[audience]
    return {
        Audience.DECISION_MAKERS: _(
            "You are one of those who decide: read what people propose, say what can be carried out and what stands"
            " in the way."
        ),
        Audience.ORGANISATIONS: _(
            "Your organisation, group or movement knows what works: bring it in, under its name if you like, and"
            " pass this on."
        ),
        Audience.PUBLIC: _(
            "Read a few of the proposals and say whether you agree; a few minutes are enough, and every answer"
            " counts."
        ),
    }[audience]


def _how(invitation: Invitation) -> list[str]:
    return [_("No account is needed to vote.")] if invitation.voting.is_ahead else []


def post(invitation: Invitation, audience: Audience) -> str:
    """At most LONGEST_POST characters, a line for each thing; what is least needed goes first."""
    sentence, day = _short_request(invitation, audience), last_day(invitation)
    required = [line for line in (demonstration(invitation), sentence, invitation.address) if line]
    lines = [demonstration(invitation), sentence, day, invitation.address]
    for kept in ((1, 1, 1, 1), (1, 1, 0, 1), (1, 0, 0, 1)):
        below = [line for line in compress(lines, kept) if line]
        whole = _with_words(invitation, below)
        if whole:
            return whole
    return "\n".join(required) if len("\n".join(required)) <= LONGEST_POST else "\n".join(required[-1:])


def _with_words(invitation: Invitation, below: Sequence[str]) -> str:
    """The title or question above the lines, shortened to what fits; "" where too little of it would be left."""
    words, language = invitation.short_words(current_language())
    room = LONGEST_POST - len("\n".join(["", *below])) - len(quoted("", language))
    shown = shortened(words, room)
    if not shown or (shown != words and len(shown) < LEAST):
        return ""
    return "\n".join([quoted(shown, language), *below])


def shortened(words: str, most: int) -> str:
    """The words, cut after a whole one so that no more than `most` characters stand there; "" where none fits."""
    if len(words) <= most:
        return words
    head = words[: max(most - len(CUT) + 1, 0)].rpartition(" ")[0].rstrip(" ,;:،؛\u00a0\u202f")
    return head + CUT if head else ""


def _short_request(invitation: Invitation, audience: Audience) -> str:
    if invitation.is_over:
        return _("Read what people proposed and how they voted.")
    return {
        Audience.DECISION_MAKERS: _(
            "Decision makers: read what people propose, and say what can be carried out."
        ),
        Audience.ORGANISATIONS: _("Organisations, groups and movements: bring in what works."),
        Audience.PUBLIC: _("Read what people propose, and say where you agree. No account needed."),
    }[audience]


LENGTHS: dict[str, Callable[[Invitation, Audience], str]] = {"message": message, "post": post}
