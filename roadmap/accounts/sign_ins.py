"""The session as a row: one look-up gives the sign-in and the actor; listed and revocable."""

import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from roadmap.accounts.keys import digest, is_token
from roadmap.core import clock
from roadmap.core.db import from_microseconds, is_sqlite, own_connection, to_microseconds
from roadmap.domain.policy import Actor, Role
from roadmap.root import Settings

IDLE, LIFE = timedelta(hours=12), timedelta(days=30)
STRONG_IDLE, STRONG_LIFE = timedelta(hours=2), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FRESH = timedelta(minutes=15)
STRONG = frozenset({Role.FACILITATOR, Role.ORGANISER, Role.ADMINISTRATOR})

_ROLES = {
    True: "json_group_array(json_array(m.edition_id, m.role, json(m.languages)))",
    False: "json_agg(json_build_array(m.edition_id, m.role, m.languages))",
}
_LOOK_UP = """
SELECT s.account_id, s.made, s.seen, s.proved, s.factor, s.data, a.email, a.name, a.language, a.time_zone,
  a.reads, v.id, (SELECT {roles} FROM memberships m WHERE m.account_id = a.id
     AND m.since <= :now AND (m.until IS NULL OR m.until > :now)),
  (SELECT count(*) FROM notices n WHERE n.account_id = a.id AND n.read IS NULL)
FROM sign_ins s JOIN accounts a ON a.id = s.account_id AND a.active AND a.suspended IS NULL
  LEFT JOIN voters v ON v.account_id = a.id
WHERE s.key = :key AND s.seen > :idle AND s.made > :life
"""
_LOOK_UPS = {sqlite: _LOOK_UP.replace("{roles}", roles) for sqlite, roles in _ROLES.items()}
_GUEST = "SELECT id FROM voters WHERE key_hash = :key AND kind = 'guest' AND claimed_by IS NULL"


class SignIn(dict[str, Any], SessionMixin):
    """The session of a request. Without a token nobody is signed in and nothing is ever stored."""

    token = ""
    csrf = ""
    actor = Actor()
    made = seen = proved = clock.now()
    factor = 0
    unread = 0
    modified = False
    fresh_token = False
    gone = False

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        self.modified = True

    def pop(self, name: str, *otherwise: Any) -> Any:
        self.modified = self.modified or name in self
        return super().pop(name, *otherwise)

    @property
    def key(self) -> str:
        return digest(self.token)

    def adopt(self, token: str, csrf: str, now: datetime) -> None:
        """Go on under a sign-in that was just begun; the answer sets its cookie."""
        self.clear()
        self.token, self.csrf = token, csrf
        self.seen = self.made = self.proved = now
        self.fresh_token, self.gone, self.modified = True, False, False

    def leave(self) -> None:
        """Nobody is signed in any more; the answer deletes the cookie."""
        self.clear()
        self.token, self.csrf, self.gone, self.modified = "", "", True, False

    def is_fresh(self, now: datetime) -> bool:
        """Whether a secret was given recently enough for a delicate change."""
        return now - self.proved < FRESH


class SignIns(SessionInterface):
    """Reads and keeps sign-ins; sets and deletes their cookie."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cookie = "__Host-s" if settings.secure else "s"

    def open_session(self, app: Flask, request: Request) -> SignIn:
        token = request.cookies.get(self.cookie, "")
        found = self._find(token, clock.now()) if is_token(token) else None
        return found or SignIn()  # dead or planted ids are not adopted

    def _find(self, token: str, now: datetime) -> SignIn | None:
        row = (
            own_connection()
            .execute(
                _LOOK_UPS[is_sqlite()],
                {
                    "key": digest(token),
                    "now": to_microseconds(now),
                    "idle": to_microseconds(now - IDLE),
                    "life": to_microseconds(now - LIFE),
                },
            )
            .fetchone()
        )
        if row is None:
            return None
        account, made, seen, proved, factor, data, email, *rest = row
        name, language, zone, reads, voter, roles, unread = rest
        sign_in = SignIn(_json(data) or {})
        sign_in.made, sign_in.seen, sign_in.proved = map(from_microseconds, (made, seen, proved))
        held = [(edition, Role(role), tongues) for edition, role, tongues in _json(roles) or []]
        granted = frozenset((edition, role) for edition, role, _ in held)
        if any(role in STRONG for _, role in granted) and (
            now - sign_in.seen > STRONG_IDLE or now - sign_in.made > STRONG_LIFE
        ):
            return None
        asleep = frozenset(
            pair for pair in granted if self.settings.production and pair[1] in STRONG and not factor
        )
        sign_in.token, sign_in.factor, sign_in.unread = token, factor, unread
        sign_in.csrf = form_token(self.settings.secret_key, token)
        translates = frozenset(
            (edition, tongue)
            for edition, role, tongues in held
            if role is Role.TRANSLATOR
            for tongue in tongues
        )
        sign_in.actor = Actor(
            account, voter, name, email, language, granted - asleep, asleep, zone, translates,
            tuple(_json(reads)),
        )  # fmt: skip
        sign_in["_user_id"] = str(account)
        sign_in.modified = False
        return sign_in

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, SignIn)
        if session.gone:
            response.delete_cookie(
                self.cookie, path="/", secure=self.settings.secure, httponly=True, samesite="Lax"
            )
        if not session.token:
            return
        now = clock.now()
        if session.modified or now - session.seen > SEEN_EVERY:
            kept = {name: value for name, value in session.items() if name != "_user_id"}
            own_connection().execute(  # an UPDATE only: a deleted row is never written back
                "UPDATE sign_ins SET data = :data, seen = :now WHERE key = :key",
                {"data": json.dumps(kept), "now": to_microseconds(now), "key": session.key},
            )
        if session.fresh_token:
            response.set_cookie(
                self.cookie, session.token, max_age=LIFE, path="/",
                secure=self.settings.secure, httponly=True, samesite="Lax",
            )  # fmt: skip


def form_token(secret: str, token: str) -> str:
    """What forms carry: a keyed hash of the sign-in's id, the same for all forms of one sign-in."""
    return hmac.new(secret.encode(), b"form" + token.encode(), "sha256").hexdigest()


def find_guest(key: str) -> int | None:
    """The voter behind a guest's cookie; None for unknown or claimed keys."""
    if not is_token(key):
        return None
    row = own_connection().execute(_GUEST, {"key": digest(key)}).fetchone()
    return int(row[0]) if row else None


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
