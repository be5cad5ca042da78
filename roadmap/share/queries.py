"""Reading what there is to invite people to."""

from datetime import datetime

from roadmap.core.errors import NotFound
from roadmap.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import address_of, find_edition, periods_of, questions_of
from roadmap.share.addresses import EDITION
from roadmap.share.invitations import Invitation, span_of


def invitations_of(edition: Edition, base: str, now: datetime) -> list[Invitation]:
    """The edition itself, then each of its guiding questions in their order."""
    periods = periods_of(edition)
    languages = tuple(code for code in edition.languages if code in LANGUAGES) or (DEFAULT_LANGUAGE,)
    proposing, voting = span_of(Verb.PROPOSE, periods, now), span_of(Verb.VOTE, periods, now)

    def invitation(question: GuidingQuestion | None) -> Invitation:
        return Invitation(
            base=base.rstrip("/"),
            slug=edition.slug,
            number=question.number if question is not None else EDITION,
            title=edition.title,
            short_title=edition.texts.get("short_title") or {},
            question=question.text if question is not None else {},
            label=question.label if question is not None else {},
            languages=languages,
            time_zone=edition.time_zone,
            demonstration=edition.is_demonstration,
            made=edition.made,
            proposing=proposing,
            voting=voting,
        )

    return [invitation(None), *(invitation(question) for question in questions_of(edition))]


def get_invitation(edition: Edition, number: int, base: str, now: datetime) -> Invitation:
    """The edition's (0) or that of the question with this number; raises NotFound."""
    found = (one for one in invitations_of(edition, base, now) if one.number == number)
    invitation = next(found, None)
    if invitation is None:
        raise NotFound
    return invitation


def is_public(slug: str) -> bool:
    """Whether there is an edition of this slug that everybody may read."""
    edition = find_edition(slug)
    return edition is not None and edition.opened is not None


def question_part(slug: str, number: int) -> str:
    """Where a question stands in the addresses of its edition.

    Its number alone where there is no such question that everybody may read: nothing is given away.
    """
    edition = find_edition(slug)
    if edition is not None and edition.opened is not None:
        for question in questions_of(edition):
            if question.number == number:
                return address_of(question)
    return str(number)
