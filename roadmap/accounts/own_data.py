"""Everything that is kept of one person, in plain values, for that person."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Select, column, select, table

from roadmap.accounts.models import Declaration, Membership, SpareCode
from roadmap.accounts.queries import get_account, sign_ins_of, voter_of
from roadmap.core.db import db, from_microseconds
from roadmap.domain import cells

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
_notices = table(
    "notices", column("id"), column("account_id"), column("proposal_id"), column("kind"), column("made"),
    column("read"), column("settled"),
)  # fmt: skip
_ways = table("notice_choices", column("account_id"), column("as_author"), column("as_voter"))
_unfinished = table(
    "unfinished_proposals", column("id"), column("account_id"), column("edition_id"), column("fields", JSON),
    column("changed"),
)  # fmt: skip
_reports = table(
    "reports", column("id"), column("reporter_id"), column("edition_id"), column("rule"), column("reason"),
    column("made"),
)  # fmt: skip
"""Named, not imported: these stand on floors above this one."""


def own_data(account_id: int, now: datetime) -> dict[str, Any]:
    """Profile, roles, declarations, sign-ins, texts with their revisions, votes, reports and notices."""
    account = get_account(account_id)
    voter = voter_of(account_id)
    return {
        "format": "roadmap-own-data/1",
        "made": _moment(now),
        "profile": {
            "email": account.email, "name": account.name, "language": account.language,
            "reads": account.reads, "time_zone": account.time_zone, "confirmed": _moment(account.confirmed),
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
        **_told_and_begun(account_id),
    }  # fmt: skip


COLUMNS: dict[str, tuple[str, ...]] = {
    "profile": (
        "email", "name", "language", "reads", "time_zone", "confirmed", "made", "has_password",
        "has_second_step", "spare_codes",
    ),
    "roles": ("role", "languages", "since", "until"),
    "declarations": ("edition", "stakeholder_group", "country", "confirmed"),
    "sign_ins": ("device", "made", "seen"),
    "proposals": ("edition", "proposal", "state", "revision", "title", "text", "made"),
    "comments": ("edition", "proposal", "stance", "text", "made"),
    "votes": ("edition", "proposal", "title", "vote", "origin"),
    "unfinished": ("edition", "changed", "question", "title", "text", "language"),
    "reports": ("edition", "rule", "reason", "made"),
    "notices": ("edition", "proposal", "kind", "made", "read", "settled"),
    "mail": ("as_author", "as_voter"),
}  # fmt: skip
"""The tables of the same data, and the columns of each."""


def own_tables(data: Mapping[str, Any]) -> bytes:
    """What `own_data` answered as a ZIP file with a CSV file for each kind of thing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns in COLUMNS.items():
            rows = data[name] if isinstance(data[name], list) else [data[name]]
            lines = [[_plain(row.get(column)) for column in columns] for row in rows]
            archive.writestr(f"{name.replace('_', '-')}.csv", cells.table(columns, lines))
    return file.getvalue()


def _plain(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _told_and_begun(account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Notices and how mails about them come, reports, and texts that are not published yet."""
    notices = _on_proposals(
        select(_editions.c.slug, _proposals.c.number, _notices.c.kind, _notices.c.made, _notices.c.read,
               _notices.c.settled), _notices.c.proposal_id
    ).where(_notices.c.account_id == account_id).order_by(_notices.c.id)  # fmt: skip
    reports = (
        select(_editions.c.slug, _reports.c.rule, _reports.c.reason, _reports.c.made)
        .join(_editions, _editions.c.id == _reports.c.edition_id)
        .where(_reports.c.reporter_id == account_id)
        .order_by(_reports.c.id)
    )
    begun = (
        select(_editions.c.slug, _unfinished.c.changed, _unfinished.c.fields)
        .join(_editions, _editions.c.id == _unfinished.c.edition_id)
        .where(_unfinished.c.account_id == account_id)
        .order_by(_unfinished.c.id)
    )
    ways = select(_ways.c.as_author, _ways.c.as_voter).where(_ways.c.account_id == account_id)
    return {
        "unfinished": [
            {**fields, "edition": slug, "changed": _stored(changed)} for slug, changed, fields in _rows(begun)
        ],
        "reports": [
            {"edition": slug, "rule": rule, "reason": reason, "made": _stored(made)}
            for slug, rule, reason, made in _rows(reports)
        ],
        "notices": [
            {"edition": slug, "proposal": number, "kind": kind, "made": _stored(made),
             "read": _stored(seen) if seen else None, "settled": _stored(settled) if settled else None}
            for slug, number, kind, made, seen, settled in _rows(notices)
        ],
        "mail": [{"as_author": author, "as_voter": voter} for author, voter in _rows(ways)],
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
