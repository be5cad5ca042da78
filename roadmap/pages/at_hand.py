"""What needs a hand in an edition now: one provider for each kind, gathered in PROVIDERS."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from roadmap.accounts.invitations import decision_makers_to_confirm
from roadmap.accounts.undelivered import undelivered_of
from roadmap.core import jobs
from roadmap.core.i18n import LANGUAGES, _, language_name, listed, ngettext
from roadmap.core.phrases import STAKEHOLDER_GROUPS
from roadmap.domain import reach
from roadmap.domain.phases import Verb, closed_at, is_open, opens_at
from roadmap.domain.readiness import Lack
from roadmap.domain.regions import REGIONS, region_of
from roadmap.drafts.queries import newest_frozen
from roadmap.editions.choices import asks_of
from roadmap.editions.models import Edition
from roadmap.editions.queries import periods_of, stand_of
from roadmap.editions.sentences import lacking
from roadmap.merging.objected import objected_groups
from roadmap.moderation.queries import waiting_at
from roadmap.proposals import queries as proposals
from roadmap.proposals.places import place_name
from roadmap.similarity.queries import groups_of
from roadmap.texts.queries import untranslated_of
from roadmap.votes.counts import people_by_declaration


@dataclass(frozen=True)
class Need:
    """One thing to be done: a sentence, and where to do it."""

    sentence: str
    href: str


Provider = Callable[[Edition, datetime], Iterator[Need]]


def needs_of(edition: Edition, now: datetime) -> list[Need]:
    """Everything that needs a hand now; nothing in a past edition, where nothing can be changed."""
    if edition.archived is not None:
        return []
    return [need for provider in PROVIDERS for need in provider(edition, now)]


def preparation(edition: Edition, now: datetime) -> Iterator[Need]:
    """What an edition in preparation lacks; that it can be opened, once it lacks nothing."""
    if edition.opened is not None:
        return
    stand = stand_of(edition, now)
    pages = {Lack.PHASES: "editions.phases", Lack.QUESTIONS: "editions.questions"}
    for lack in stand.lacks:
        yield Need(lacking(lack, stand), url_for(pages.get(lack, "editions.settings")))
    if not stand.lacks:
        yield Need(
            _("Nothing is missing: the edition can be opened when you want"), url_for("editions.opening")
        )


def last_draft(edition: Edition, now: datetime) -> Iterator[Need]:
    """A frozen draft that counts every vote, once voting is over."""
    periods = periods_of(edition)
    ended = closed_at(Verb.VOTE, periods, now)
    if edition.opened is None or ended is None or is_open(Verb.VOTE, periods, now):
        return
    if opens_at(Verb.VOTE, periods, now) is not None:
        return
    frozen = newest_frozen(edition)
    if frozen is not None and frozen.as_of >= ended:
        return
    if is_open(Verb.FREEZE, periods, now):
        sentence = _("Voting has ended, and no draft that counts every vote is frozen yet")
        yield Need(sentence, url_for("drafts.manage"))
    elif opens_at(Verb.FREEZE, periods, now) is None:
        sentence = _("Voting has ended, and no phase lies ahead in which a draft can be frozen")
        yield Need(sentence, url_for("editions.phases"))


def texts_to_decide(edition: Edition, now: datetime) -> Iterator[Need]:
    """Reports, appeals, and texts that nobody has read yet."""
    waiting, href = waiting_at(edition), url_for("moderation.reports")
    for count, sentence in (
        (
            waiting.reports,
            ngettext("%(num)s text was reported", "%(num)s texts were reported", waiting.reports),
        ),
        (
            waiting.appeals,
            ngettext(
                "%(num)s appeal waits for an answer", "%(num)s appeals wait for an answer", waiting.appeals
            ),
        ),
        (
            waiting.unread,
            ngettext(
                "%(num)s text waits to be read before it appears",
                "%(num)s texts wait to be read before they appear",
                waiting.unread,
            ),
        ),
    ):
        if count:
            yield Need(sentence, href)


def duplicates(edition: Edition, now: datetime) -> Iterator[Need]:
    """Merges that an author objected to, and groups of proposals that may say the same."""
    objected, href = objected_groups(edition), url_for("duplicates.waiting")
    if objected:
        yield Need(
            ngettext(
                "%(num)s merge was objected to and waits for a decision",
                "%(num)s merges were objected to and wait for a decision",
                len(objected),
            ),
            href,
        )
    alike = groups_of(edition)
    if alike:
        yield Need(
            ngettext(
                "%(num)s group of proposals may say the same",
                "%(num)s groups of proposals may say the same",
                len(alike),
            ),
            href,
        )


def corrections(edition: Edition, now: datetime) -> Iterator[Need]:
    """Corrections that nobody has decided on; the link leads to the oldest."""
    found = proposals.corrections_waiting(edition)
    if found:
        yield Need(
            ngettext(
                "%(num)s correction of a proposal waits for a decision",
                "%(num)s corrections of proposals wait for a decision",
                len(found),
            ),
            url_for("proposals.proposal", number_slug=proposals.address_of(found[0])),
        )


def people_to_confirm(edition: Edition, now: datetime) -> Iterator[Need]:
    """Declared decision makers, and the names of organisations and groups."""
    declared, authors = decision_makers_to_confirm(edition), proposals.authors_to_confirm(edition)
    page = url_for("people.people")
    if declared:
        yield Need(
            ngettext(
                "%(num)s participant says that they are a decision maker, and waits to be confirmed",
                "%(num)s participants say that they are decision makers, and wait to be confirmed",
                len(declared),
            ),
            f"{page}#decision-makers",
        )
    if authors:
        yield Need(
            ngettext(
                "%(num)s name of an organisation or a group waits to be confirmed",
                "%(num)s names of organisations and groups wait to be confirmed",
                len(authors),
            ),
            f"{page}#authors",
        )


def untranslated(edition: Edition, now: datetime) -> Iterator[Need]:
    """Languages of the edition into which not all texts are translated."""
    for code, count in untranslated_of(edition).items():
        if count and code in LANGUAGES:
            yield Need(
                ngettext(
                    "%(num)s text is not translated yet: %(language)s",
                    "%(num)s texts are not translated yet: %(language)s",
                    count,
                    language=language_name(code),
                ),
                url_for("texts.manage"),
            )


def missing_people(edition: Edition, now: datetime) -> Iterator[Need]:
    """Stakeholder groups and world regions that hardly take part, measured by the others."""
    asks, declared = asks_of(edition), people_by_declaration(edition)
    groups: Counter[str] = Counter({group: 0 for group in STAKEHOLDER_GROUPS if group != "not-stated"})
    regions: Counter[str] = Counter(dict.fromkeys(REGIONS, 0))
    for row in declared:
        if row.group in groups:
            groups[row.group] += row.people
        if region_of(row.country):
            regions[region_of(row.country)] += row.people
    href = url_for("share.share")
    if asks.group and (few := reach.hardly_taking_part(groups)):
        names = {group: str(STAKEHOLDER_GROUPS[group]) for group in few}
        yield Need(
            _("Stakeholder groups that hardly take part: %(groups)s", groups=_counted(names, groups)), href
        )
    if asks.country and (few := reach.hardly_taking_part(regions)):
        names = {region: place_name(region) for region in few}
        yield Need(_("Regions that hardly take part: %(regions)s", regions=_counted(names, regions)), href)


def _counted(names: Mapping[str, str], people: Mapping[str, int]) -> str:
    """The names with their numbers; those with fewer people than may be told come last, under one heading."""
    told = {key: reach.told(people[key]) for key in names}
    parts = [
        ngettext("%(name)s (%(num)s person)", "%(name)s (%(num)s people)", number, name=names[key])
        for key, number in told.items()
        if number is not None
    ]
    rest = sorted(names[key] for key, number in told.items() if number is None)
    if rest:
        parts.append(_("%(names)s (fewer than 10 people each)", names=listed(rest)))
    return "; ".join(parts)


def undelivered(edition: Edition, now: datetime) -> Iterator[Need]:
    """Mail that did not reach somebody."""
    found = undelivered_of(edition, now)
    if found:
        yield Need(
            ngettext(
                "Mail to %(num)s address could not be delivered",
                "Mail to %(num)s addresses could not be delivered",
                len(found),
            ),
            url_for("people.people") + "#undelivered",
        )


def failed_jobs(edition: Edition, now: datetime) -> Iterator[Need]:
    """Work after the answer that failed, on the whole site."""
    failed = jobs.failures()
    if failed:
        yield Need(
            ngettext("%(num)s background job failed", "%(num)s background jobs failed", failed), "#jobs"
        )


PROVIDERS: tuple[Provider, ...] = (
    preparation,
    last_draft,
    texts_to_decide,
    duplicates,
    corrections,
    people_to_confirm,
    undelivered,
    untranslated,
    missing_people,
    failed_jobs,
)
"""In the order in which they are shown."""
