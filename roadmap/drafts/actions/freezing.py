"""Freezing a version for good, and handing its sealed ballots to an auditor."""

import json
from datetime import datetime
from typing import Any

from roadmap.core import signals
from roadmap.core.db import db, use_case
from roadmap.core.errors import Conflict, Invalid
from roadmap.core.i18n import _, in_a_row, ngettext
from roadmap.core.permit import permit
from roadmap.domain import texts
from roadmap.domain.canonical import fingerprint
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Actor
from roadmap.drafts.actions.compiling import printed_time, refuse_early
from roadmap.drafts.models import Draft, DraftBallots
from roadmap.drafts.queries import ballots_of, document_of, last_change
from roadmap.drafts.queries.checklist import OpenPoints, Stale, open_points, stale
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of
from roadmap.log.actions import record

LONGEST_REASON = 1_000


@use_case
def freeze_draft(
    actor: Actor, draft: Draft, *, now: datetime, verb: Verb = Verb.FREEZE, reason: str = "",
    seen: int | None = None,
) -> Draft:  # fmt: skip
    """Make this version public; from now on it never changes and has a fingerprint.

    The figures are those that were looked at: they were computed from the sealed ballots kept with the version.
    Where reports, unread texts or merges open to objection are passed over, `reason` says why; it goes into the
    public log with their numbers. `verb` is what the actor must be allowed: the command line, which stands outside
    the phases, asks ADMINISTER, and needs no reason. `seen` is the last change by hand that the actor has looked
    at; None asks for no such look. Raises Invalid without a reason or where a newer change was made, Refused,
    Closed, and Conflict where it is frozen, was compiled by another method than the edition's own, or where a
    proposal was hidden, withdrawn, merged or parted since.
    """
    edition = db.session.get_one(Edition, draft.edition_id)
    permit(actor, verb, facts_of(edition, now), time_zone=edition.time_zone)
    db.session.refresh(draft)
    if draft.frozen is not None:
        raise Conflict(_("Draft %(version)s is frozen already.", version=draft.version))
    ballots = db.session.get(DraftBallots, draft.id)
    if draft.method != edition.method or ballots is None:
        raise Conflict(
            _("This version was compiled by another method, for looking only. It cannot be frozen.")
        )
    refuse_early(edition, now)
    document = document_of(draft)
    refuse_stale(stale(edition, draft, document))
    if seen is not None and last_change(draft) != seen:
        raise Invalid(
            errors={
                "sure": _(
                    "Somebody changed this version after you opened the page. Look at it again, then tick the box."
                )
            }
        )
    passed_over = open_points(edition, now)
    reason = _reason_for(passed_over, reason, needed=verb is Verb.FREEZE)
    document = sealed_document(document, ballots, frozen_at=now)
    draft.document = json.dumps(document, ensure_ascii=False)
    draft.frozen, draft.frozen_by, draft.fingerprint = now, actor.account, document["fingerprint"]
    record(
        actor,
        "freeze",
        edition_id=edition.id,
        role="organiser",
        now=now,
        facts={
            "version": draft.version,
            "fingerprint": draft.fingerprint,
            "ballots": ballots.sha256,
            "rows": ballots.rows,
            **({"open": passed_over.counts()} if passed_over else {}),
        },
        reason=reason,
    )
    signals.after_commit(signals.draft_frozen, edition_id=edition.id, version=draft.version)
    return draft


def _reason_for(passed_over: OpenPoints, reason: str, *, needed: bool) -> str:
    """The reason to freeze in spite of what is open; "" where nothing is."""
    if not passed_over:
        return ""
    reason = texts.clean(reason).strip()[:LONGEST_REASON]
    if needed and not reason:
        raise Invalid(
            errors={"reason": _("Say why you freeze although something is open. Everybody will read it.")}
        )
    return reason


def sealed_document(
    document: dict[str, Any], ballots: DraftBallots, *, frozen_at: datetime
) -> dict[str, Any]:
    """The document as it is frozen, with its fingerprint."""
    body = document | {
        "frozen_at": printed_time(frozen_at),
        "ballots": {"sha256": ballots.sha256, "rows": ballots.rows},
    }
    body.pop("fingerprint", None)
    return body | {"fingerprint": fingerprint(body)}


def refuse_stale(changed: Stale) -> None:
    """Raise Conflict where the version tells of proposals that are no longer as it says."""
    if changed.gone:
        raise Conflict(
            ngettext(
                "Proposal No. %(numbers)s was hidden, withdrawn or merged since this version was compiled. "
                "Compile a new version.",
                "Proposals No. %(numbers)s were hidden, withdrawn or merged since this version was compiled. "
                "Compile a new version.",
                len(changed.gone),
                numbers=in_a_row(changed.gone),
            )
        )
    if changed.merged:
        raise Conflict(
            _(
                "A merge with proposal No. %(numbers)s was made or undone since this version was compiled. "
                "Compile a new version.",
                numbers=in_a_row(changed.merged),
            )
        )


@use_case
def hand_over_ballots(actor: Actor, draft: Draft, *, now: datetime) -> bytes:
    """The sealed ballot file of a frozen version; each time this is told in the public log.

    Raises Refused, and Conflict where the version is not frozen.
    """
    edition = db.session.get_one(Edition, draft.edition_id)
    permit(actor, Verb.OVERSEE, facts_of(edition, now), time_zone=edition.time_zone)
    if draft.frozen is None:
        raise Conflict(_("There is a sealed ballot file only once the version is frozen."))
    content, digest, rows = ballots_of(draft)
    record(
        actor,
        "ballot-download",
        edition_id=edition.id,
        role="organiser",
        now=now,
        facts={"version": draft.version, "ballots": digest, "rows": rows},
    )
    return content
