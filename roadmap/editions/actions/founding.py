"""Making an edition in the browser: in preparation, empty or as a clone, organised by whoever makes it."""

from datetime import datetime

from sqlalchemy import inspect, select

from roadmap.core import hooks
from roadmap.core.db import db, use_case
from roadmap.core.errors import Invalid, Refused
from roadmap.core.i18n import LANGUAGES, _, language_name
from roadmap.core.permit import permit
from roadmap.core.zones import zone_names
from roadmap.domain.phases import Period, Verb
from roadmap.domain.policy import Actor, Facts, Role, permits
from roadmap.domain.shifting import shifted
from roadmap.domain.slugs import LONGEST, is_slug
from roadmap.editions.actions.making import create_edition
from roadmap.editions.actions.phases import set_periods
from roadmap.editions.models import Edition, GuidingQuestion
from roadmap.editions.queries import FIXED_WORDS, free_slug, outline_of, phases_of
from roadmap.editions.seed_file import EditionPlan
from roadmap.log.actions import record

LONGEST_TITLE = 300
OWN = frozenset(
    {
        "id", "slug", "title", "texts", "languages", "time_zone", "is_current", "is_demonstration", "revision",
        "made", "opened", "archived",
    }
)  # fmt: skip
"""Columns that a clone does not take over: everything else is a setting."""
PASSING = frozenset({"announcement", "events", "short_title"})
"""Texts that belong to one round: what was announced, its meetings with their speakers, its title cut short."""


@use_case
def found_edition(
    actor: Actor,
    plan: EditionPlan,
    *,
    source: Edition | None = None,
    with_dates: bool = False,
    now: datetime,
) -> Edition:
    """Make an edition in preparation. A clone takes over settings, questions and texts of `source`.

    `with_dates` lets a clone's phases begin today and last as long as the source's. People, proposals, votes,
    comments and drafts are never taken over. Raises Refused, Invalid and Conflict.
    """
    permit(actor, Verb.CREATE_EDITION, Facts(now=now))
    if source is not None and not permits(actor, Verb.OVERSEE, outline_of(source, now)):
        raise Refused(_("You can clone editions that you organise."))
    if faults := _faults(plan):
        raise Invalid(errors=faults)
    edition = create_edition(plan, now=now, in_preparation=True)
    if source is not None:
        _take_over(source, edition)
        if with_dates:
            set_periods(edition, _begun_today(source, edition, now))
        hooks.edition_cloned.run(source.id, edition.id, now)
    record(
        actor,
        "edition-creation",
        edition_id=edition.id,
        role=Role.ADMINISTRATOR if actor.has(Role.ADMINISTRATOR, None) else Role.ORGANISER,
        now=now,
        facts={"clone_of": source.slug} if source is not None else {},
    )
    hooks.edition_made.run(edition.id, actor, now)
    return edition


def _faults(plan: EditionPlan) -> dict[str, str]:
    """A sentence for each field that does not fit."""
    found = {}
    if not plan.languages or not set(plan.languages) <= set(LANGUAGES):
        found["languages"] = _("Choose at least one language.")
    for code in plan.languages:
        length = len(plan.title.get(code, ""))
        if not plan.title.get(code, "").strip():
            found[f"title_{code}"] = _(
                "Write the title in this language: %(language)s.", language=language_name(code)
            )
        elif length > LONGEST_TITLE:
            found[f"title_{code}"] = _(
                "Shorten the title to %(max)s characters; it has %(n)s.", max=LONGEST_TITLE, n=length
            )
    if plan.time_zone not in zone_names():
        found["time_zone"] = _("Choose a time zone from the list.")
    if sentence := _slug_fault(plan.slug):
        found["slug"] = sentence
    return found


def _slug_fault(slug: str) -> str:
    if not is_slug(slug):
        return _(
            "Use small letters, digits and single hyphens, at most %(max)s of them. You could take “%(slug)s”.",
            max=LONGEST,
            slug=free_slug(slug),
        )
    if free_slug(slug) == slug:
        return ""
    if slug in FIXED_WORDS:
        return _(
            "“%(word)s” is a word of the site’s own addresses. You could take “%(slug)s”.",
            word=slug,
            slug=free_slug(slug),
        )
    return _("“%(word)s” is taken. You could take “%(slug)s”.", word=slug, slug=free_slug(slug))


def _take_over(source: Edition, edition: Edition) -> None:
    for name in set(inspect(Edition).columns.keys()) - OWN:
        setattr(edition, name, getattr(source, name))
    edition.texts = {name: text for name, text in source.texts.items() if name not in PASSING}
    for question in db.session.scalars(
        select(GuidingQuestion)
        .where(GuidingQuestion.edition_id == source.id)
        .order_by(GuidingQuestion.number)
    ):
        copied = set(inspect(GuidingQuestion).columns.keys()) - {"id", "edition_id"}
        db.session.add(
            GuidingQuestion(edition_id=edition.id, **{name: getattr(question, name) for name in copied})
        )
    db.session.flush()


def _begun_today(source: Edition, edition: Edition, now: datetime) -> list[Period]:
    dated = [phase.period for phase in phases_of(source)]  # as they were planned: closing cuts them short
    return shifted(dated, now=now, before=source.time_zone, after=edition.time_zone)
