"""Everything that is kept of one person, in plain values, for that person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, column, select, table

from roadmap.accounts.models import Declaration, Membership, SpareCode
from roadmap.accounts.queries import get_account, sign_ins_of, voter_of
from roadmap.core.db import db, from_microseconds

CHOICES = {1: "agree", -1: "disagree", 0: "pass", None: "withdrawn"}

_editions = table("editions", column("id"), column("slug"))
_proposals = table(
    "proposals", column("id"), column("edition_id"), column("number"), column("title"), column("language"),
    column("author_id"), column("state"),
)  # fmt: skip
_revisions = table(
    "revisions", column("proposal_id"), column("number"), column("title"), column("text"), column("author_id"),
    column("made"),
)  # fmt: skip
_comments = table(
    "comments", column("id"), column("proposal_id"), column("text"), column("stance"), column("author_id"),
    column("made"),
)  # fmt: skip
_votes = table("votes", column("voter_id"), column("proposal_id"), column("choice"), column("origin"))
"""Named, not imported: these stand on floors above this one."""


def own_data(account_id: int, now: datetime) -> dict[str, Any]:
    """Profile, roles, declarations, sign-ins, texts with their revisions, and votes."""
    account = get_account(account_id)
    voter = voter_of(account_id)
    return {
        "format": "roadmap-own-data/1",
        "made": _moment(now),
        "profile": {
            "email": account.email, "name": account.name, "language": account.language,
            "time_zone": account.time_zone, "confirmed": _moment(account.confirmed),
            "made": _moment(account.made), "has_password": account.password is not None,
            "has_second_step": account.totp is not None,
            "spare_codes": len(_rows(select(SpareCode.code).where(SpareCode.account_id == account_id))),
        },
        "roles": [
            {"role": held.role, "languages": held.languages, "since": _moment(held.since),
             "until": _moment(held.until) if held.until else None}
            for held in db.session.scalars(select(Membership).where(Membership.account_id == account_id))
        ],
        "declarations": [
            {"edition": slug, "stakeholder_group": row.stakeholder_group, "country": row.country,
             "confirmed": row.confirmed is not None}
            for row, slug in db.session.execute(
                select(Declaration, _editions.c.slug)
                .join(_editions, _editions.c.id == Declaration.edition_id)
                .where(Declaration.voter_id == voter)
            )
        ],
        "sign_ins": [
            {"device": row.device, "made": _moment(row.made), "seen": _moment(row.seen)}
            for row in sign_ins_of(account_id)
        ],
        "proposals": _revisions_of(account_id),
        "comments": [
            {"edition": slug, "proposal": number, "stance": stance, "text": text, "made": _stored(made)}
            for slug, number, stance, text, made in _rows(
                _on_proposals(
                    select(_editions.c.slug, _proposals.c.number, _comments.c.stance, _comments.c.text,
                           _comments.c.made), _comments.c.proposal_id
                ).where(_comments.c.author_id == account_id).order_by(_comments.c.id)
            )
        ],
        "votes": [
            {"edition": slug, "proposal": number, "title": title if state in ("published", "closed") else "",
             "vote": CHOICES[choice], "origin": origin}
            for slug, number, title, state, choice, origin in _rows(
                _on_proposals(
                    select(_editions.c.slug, _proposals.c.number, _proposals.c.title, _proposals.c.state,
                           _votes.c.choice, _votes.c.origin), _votes.c.proposal_id
                ).where(_votes.c.voter_id == voter).order_by(_proposals.c.edition_id, _proposals.c.number)
            )
        ],
    }  # fmt: skip


def _revisions_of(account_id: int) -> list[dict[str, Any]]:
    rows = _rows(
        _on_proposals(
            select(
                _editions.c.slug, _proposals.c.number, _proposals.c.state, _revisions.c.number,
                _revisions.c.title, _revisions.c.text, _revisions.c.made,
            ), _revisions.c.proposal_id,
        )
        .where(_revisions.c.author_id == account_id)
        .order_by(_proposals.c.edition_id, _proposals.c.number, _revisions.c.number)
    )  # fmt: skip
    return [
        {"edition": slug, "proposal": number, "state": state, "revision": revision, "title": title,
         "text": text, "made": _stored(made)}
        for slug, number, state, revision, title, text, made in rows
    ]  # fmt: skip


def _on_proposals(statement: Select[Any], proposal: Any) -> Select[Any]:
    return statement.join(_proposals, _proposals.c.id == proposal).join(
        _editions, _editions.c.id == _proposals.c.edition_id
    )


def _rows(statement: Select[Any]) -> list[Any]:
    return list(db.session.execute(statement))


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _stored(microseconds: int) -> str:
    return _moment(from_microseconds(microseconds))
