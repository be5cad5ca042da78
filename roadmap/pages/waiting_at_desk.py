"""What waits at the desk of an edition: one queue for each kind of decision."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from roadmap.core.i18n import LANGUAGES, _, language_name, ngettext
from roadmap.domain.phases import Verb
from roadmap.editions.models import Edition
from roadmap.merging.queue import Waiting, queue_of
from roadmap.moderation.queries import Case, cases_of
from roadmap.moderation.signals import report_of
from roadmap.proposals.queries import address_of
from roadmap.proposals.story import corrections_waiting
from roadmap.similarity import queries as similarity
from roadmap.texts.queries import untranslated_of


@dataclass(frozen=True)
class Queue:
    """One kind of thing that waits. `since` is the oldest's moment; `lines` say more, each a sentence.

    `empty` is said where nothing waits. `button` leads to `href` in either case where `always` is set.
    """

    name: str
    title: str
    count: int
    empty: str
    href: str
    button: str
    lines: tuple[str, ...] = ()
    since: datetime | None = None
    looked: datetime | None = None
    always: bool = False


def queues_of(edition: Edition, now: datetime, may: Callable[[Verb], bool]) -> list[Queue]:
    """Every queue that somebody with these rights works off, in the order of the page."""
    queues: list[Queue] = []
    if may(Verb.MERGE):
        groups = queue_of(edition, now)
        queues += [_duplicates(edition, groups), _objections(groups)]
    if may(Verb.MODERATE):
        cases = cases_of(edition)
        queues += [_reports(cases), _unread(cases), _corrections(edition), _signals(edition)]
    if may(Verb.WRITE_TEXTS):
        queues.append(_translations(edition))
    return queues


def _duplicates(edition: Edition, groups: list[Waiting]) -> Queue:
    """Groups that look alike. A group waits since the newest of its texts was written."""
    found = [group for group in groups if group.found]
    near, backlog = similarity.pairs_near_identical(edition).total, similarity.waiting(edition)
    lines = []
    if near:
        lines.append(
            ngettext(
                "%(num)s pair is almost the same: begin there.",
                "%(num)s pairs are almost the same: begin there.",
                near,
            )
        )
    if backlog:
        lines.append(
            ngettext(
                "%(num)s proposal is new or changed and not compared yet.",
                "%(num)s proposals are new or changed and not compared yet.",
                backlog,
            )
        )
    return Queue(
        "duplicates", _("Possible duplicates"), len(found), _("No duplicates are waiting."),
        url_for("duplicates.waiting", near=1) if near else url_for("duplicates.waiting"),
        _("Compare proposals"), tuple(lines), since=_oldest(_newest_text(group) for group in found),
        looked=similarity.last_compared(edition), always=True,
    )  # fmt: skip


def _newest_text(group: Waiting) -> datetime:
    return max(each.changed for each in group.proposals)


def _objections(groups: list[Waiting]) -> Queue:
    objected = [group.objected.objection.made for group in groups if group.objected]
    return Queue(
        "objections", _("Merges objected to"), len(objected), _("Nobody’s objection waits for an answer."),
        url_for("duplicates.waiting"), _("Answer the objections"), since=_oldest(objected),
    )  # fmt: skip


def _reports(cases: list[Case]) -> Queue:
    """Reported texts and appeals against decisions: both are answered on the same page."""
    found = [case for case in cases if case.why in ("report", "appeal")]
    appeals = sum(case.why == "appeal" for case in found)
    told = ngettext("%(num)s of them is an appeal.", "%(num)s of them are appeals.", appeals)
    return Queue(
        "reports", _("Reports and appeals"), len(found), _("No report and no appeal is waiting."),
        url_for("moderation.reports"), _("Begin with the oldest"), (told,) if appeals else (),
        since=_oldest(case.since for case in found),
    )  # fmt: skip


def _unread(cases: list[Case]) -> Queue:
    found = [case for case in cases if case.why == "unread"]
    return Queue(
        "unread", _("Texts to read before they appear"), len(found), _("No text waits to be read."),
        url_for("moderation.reports"), _("Read the texts"), since=_oldest(case.since for case in found),
    )  # fmt: skip


def _corrections(edition: Edition) -> Queue:
    found = corrections_waiting(edition)
    number_slug = address_of(found[0][1]) if found else ""
    return Queue(
        "corrections", _("Corrections of proposals"), len(found), _("No correction is waiting."),
        url_for("proposals.proposal", number_slug=number_slug) if found else "",
        _("Decide on the oldest"), since=_oldest(correction.made for correction, _proposal in found),
    )  # fmt: skip


def _signals(edition: Edition) -> Queue:
    report = report_of(edition)
    found = sum(kind["number"] for kind in report[1].values()) if report else 0
    return Queue(
        "signals", _("What stands out among the votes"), found,
        _("Nothing stood out.") if report else _("The votes have not been looked through yet."),
        url_for("moderation.signals"), _("Look at the votes"), looked=report[0] if report else None, always=True,
    )  # fmt: skip


def _translations(edition: Edition) -> Queue:
    missing = {code: count for code, count in untranslated_of(edition).items() if count and code in LANGUAGES}
    lines = (
        ngettext("%(language)s: %(num)s text", "%(language)s: %(num)s texts", count,
                 language=language_name(code))
        for code, count in missing.items()
    )  # fmt: skip
    return Queue(
        "translations", _("Texts to translate"), sum(missing.values()), _("Every text is translated."),
        url_for("texts.manage"), _("Translate"), tuple(lines),
    )  # fmt: skip


def _oldest(moments: Iterable[datetime]) -> datetime | None:
    return min(moments, default=None)
