"""Compiling where it takes long: asked for in a request, done by the queue, told on the page that asked."""

from datetime import datetime

from sqlalchemy import select, update

from roadmap.accounts.models import Account
from roadmap.core import clock
from roadmap.core.db import db, use_case
from roadmap.core.errors import DomainError
from roadmap.core.i18n import DEFAULT_LANGUAGE, LOCALES, force_locale
from roadmap.core.jobs import after, job, later
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor, Role
from roadmap.drafts.actions.compiling import compile_draft, refuse_early
from roadmap.drafts.models import Compilation, Draft
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.votes.counts import by_question

AT_ONCE = 50_000
"""Up to so many votes a version is compiled within the request: measured, that takes two seconds."""


def compile_or_ask(
    actor: Actor, edition: Edition, *, method: str | None = None, site: str = "", now: datetime
) -> Draft | None:
    """Compile at once where there are few votes; else have it done in the background, and hand back None.

    Asked for again while it is being done, nothing happens. Raises as `compile_draft` does.
    """
    if sum(each.votes for each in by_question(edition).values()) <= AT_ONCE:
        return compile_draft(actor, edition, method=method, site=site, now=now)
    _ask(actor, edition, method=method or edition.method, site=site, now=now)
    return None


@use_case
def _ask(actor: Actor, edition: Edition, *, method: str, site: str, now: datetime) -> None:
    permit(actor, Verb.MANAGE, facts_of(edition, now), time_zone=edition.time_zone)
    refuse_early(edition, now)
    row = db.session.get(Compilation, edition.id, with_for_update=True)
    if row is not None and row.going_on(now):
        return
    if row is None:
        row = Compilation(edition_id=edition.id)
        db.session.add(row)
    row.state, row.asked, row.asked_by, row.method = "waiting", now, actor.account or 0, method
    row.version, row.error = None, {}
    after(compile_waiting, edition_id=edition.id, site=site)


@job
def compile_waiting(edition_id: int, site: str) -> None:
    """Compile what was asked for, once; what stands in the way is kept in the words of whoever asked."""
    taken = _take(edition_id)
    if taken is None:
        return
    method, asked_by, language = taken
    edition = db.session.get_one(Edition, edition_id)
    # Whether they may was decided when they asked.
    actor = Actor(account=asked_by, roles=frozenset({(edition_id, Role.ORGANISER)}))
    with force_locale(LOCALES[language]):
        try:
            draft = compile_draft(actor, edition, method=method, site=site, now=clock.now())
        except DomainError as error:
            _end(edition_id, "failed", error={language: error.message})
        except Exception:
            db.session.rollback()
            _end(edition_id, "failed")
            raise
        else:
            _end(edition_id, "done", version=draft.version)


def catch_up(site: str) -> None:
    """Queue what was asked for, or begun, when the last worker stopped."""
    for edition_id in _left():
        later(compile_waiting, edition_id=edition_id, site=site)


@use_case
def _take(edition_id: int) -> tuple[str, int, str] | None:
    """Begin what waits: (method, who asked, their language); None where nothing waits."""
    taken = db.session.execute(
        update(Compilation)
        .where(Compilation.edition_id == edition_id, Compilation.state == "waiting")
        .values(state="running")
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    row = db.session.get_one(Compilation, edition_id, populate_existing=True)
    account = db.session.get(Account, row.asked_by)
    language = account.language if account is not None and account.language in LOCALES else DEFAULT_LANGUAGE
    return row.method, row.asked_by, language


@use_case
def _end(
    edition_id: int, state: str, *, version: int | None = None, error: dict[str, str] | None = None
) -> None:
    row = db.session.get_one(Compilation, edition_id, populate_existing=True)
    row.state, row.version, row.error = state, version, error or {}


@use_case
def _left() -> list[int]:
    db.session.execute(
        update(Compilation)
        .where(Compilation.state == "running")
        .values(state="waiting")
        .execution_options(synchronize_session=False)
    )
    return list(db.session.scalars(select(Compilation.edition_id).where(Compilation.state == "waiting")))
