"""Whatever is sent, in whatever part of a request: an answer below 500 (security checklist, D7, D8, F, I1, I5)."""

from urllib.parse import quote

import pytest

from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.votes.models import Vote
from tests.security.pages import all_forms, has_changed_hands, leaves
from tests.security.routes import addresses, doors, values_for
from tests.security.world import World

HOSTILE: tuple[bytes, ...] = (
    b"\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"9" * 5_000, b"9" * 400, b"9223372036854775808", b"2147483648",
    b"-1", b"0", b"1e309", "٣".encode(), "²".encode(), b"0x10", b"1_0", b"' OR 1=1 --", b"%", b"_%", b"\\", b"\r\nX-Evil: 1",
    b"../../etc/passwd", b"{{7*7}}", b"%s%n", b"\x1b[31m", "\u202e\ufeff\ufdd0".encode(), b"[" * 3_000, "é".encode("utf-16"),
)  # fmt: skip
PARAMETERS = (
    "q", "sort", "written", "todo", "page", "question", "saved", "again", "passed", "from", "before", "after", "next",
    "following", "back", "done", "kept", "built_on", "unfinished", "cleared", "changed", "published",
)  # fmt: skip
ROLES = ("guest", "administrator")


def hostile_to(role: str, place: int) -> tuple[bytes, ...]:
    """Each at every third place; where a guest meets one of them, an administrator meets another."""
    return HOSTILE[(place + ROLES.index(role)) % 3 :: 3]


REFUSED = {"proposals.change", "proposals.withdraw"}  # by the deed itself: they are for the author alone


@pytest.mark.parametrize("role", ROLES)
def test_no_part_of_an_address_breaks_the_site(world: World, role: str) -> None:
    """I5, F1, D9."""
    browser = world.visitor(role)
    broken = []
    for place, rule in enumerate(world.app.url_map.iter_rules()):
        if rule.endpoint in ("health.ready", "votes.cast") or "GET" not in (rule.methods or ()):
            continue
        good = next(addresses(world, rule))
        values = {name: str(value) for name, value in values_for(world, rule).items()}
        for name in rule.arguments - {"language", "format"}:
            for bad in hostile_to(role, place):
                path = good.replace(quote(values.get(name, "?")), quote(bad, safe=""), 1)
                if name in ("v", "w", "number", "comment_id"):
                    head, _, tail = good.rpartition(f"/{values[name]}")
                    path = f"{head}/{quote(bad, safe='')}{tail}"
                if browser.get(path).status_code >= 500:
                    broken.append((rule.rule, bad[:20]))
    assert broken == []


@pytest.mark.parametrize("role", ROLES)
def test_no_query_breaks_a_page(world: World, role: str) -> None:
    browser = world.visitor(role)
    broken = []
    for place, door in enumerate(doors(world, "GET")):
        if door.endpoint not in ("static", "health.ready", "drafts.export"):
            for bad in hostile_to(role, place):
                query = "&".join(f"{name}={quote(bad, safe='')}" for name in PARAMETERS)
                answer = browser.get(f"{door.address}?{query}")
                if answer.status_code >= 500:
                    broken.append((door.address, bad[:20]))
                assert "X-Evil" not in answer.headers
    assert broken == []


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_a_deed(world: World, role: str) -> None:
    """All fields hostile at once, then each by itself among good ones."""
    browser = world.visitor(role)
    pages = [door.address for door in doors(world, "GET") if door.endpoint not in ("static", "drafts.export")]
    broken = []
    for place, form in enumerate(all_forms(browser, pages).values()):
        if leaves(form["action"]):
            continue
        fields = {
            name: quote(str(value)).encode() for name, value in form["fields"].items() if name != "token"
        }
        sent = [dict.fromkeys(fields, quote(bad).encode()) for bad in hostile_to(role, place)]
        sent += [
            {**fields, name: quote(bad).encode()}
            for name in fields
            for bad in (b"\x00", b"\xff", b"9" * 5_000, b"9" * 19)
        ]
        for each in sent:
            token = b"token=" + browser.token.encode()
            body = b"&".join([token, *(name.encode() + b"=" + value for name, value in each.items())])
            answer = browser.request(
                "POST", form["action"], data=body, content_type="application/x-www-form-urlencoded",
                headers={"Sec-Fetch-Site": "same-origin"},
            )  # fmt: skip
            if answer.status_code >= 500:
                broken.append((form["action"], {name: value[:12] for name, value in each.items()}))
            assert (form["action"], answer.status_code) != (form["action"], 403)
            if has_changed_hands(answer):
                browser = world.visitor(role)
    assert broken == []


def test_deeds_without_a_form_on_a_page_take_anything_too(world: World) -> None:
    browser = world.visitor("administrator")
    names = ("correction", "decision", "answer", "number", "choice", "impression", "do", "question", "parent", "nonce",
             "unfinished", "sign_in", "ticket", "code", "place", "reason", "text", "title", "passed", "look", "later")  # fmt: skip
    broken = []
    for door in doors(world, "POST"):
        for bad in HOSTILE:
            if leaves(door.address):
                continue
            body = "&".join([f"token={browser.token}", *(f"{name}={quote(bad)}" for name in names)])
            answer = browser.request(
                "POST", door.address, data=body.encode(), content_type="application/x-www-form-urlencoded",
                headers={"Sec-Fetch-Site": "same-origin"},
            )  # fmt: skip
            if answer.status_code >= 500:
                broken.append((door.address, bad[:20]))
            assert door.endpoint in REFUSED or answer.status_code != 403, door.address
            if has_changed_hands(answer):
                browser = world.visitor("administrator")
    assert broken == []


@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
def test_no_cookie_and_no_header_breaks_a_page(world: World, bad: bytes) -> None:
    browser = world.visitor("guest")
    value = (
        quote(bad[:3_000])
        if b"\n" in bad or b"\x00" in bad
        else bad[:3_000].decode("latin-1").replace(";", "")
    )
    cookie = "; ".join(f"{name}={value}" for name in ("s", "guest", "lang", "theme", "unfinished"))
    plain = quote(bad[:3_000])
    for path in ("/", "/en/2026/vote", "/en/2026/propose", "/en/me/votes", "/en/me"):
        answer = browser.get(
            path, headers={"Cookie": cookie, "Accept-Language": plain, "X-Forwarded-For": plain, "X-Fragment": plain,
                           "If-None-Match": plain, "Range": plain, "User-Agent": plain, "Accept": plain},
        )  # fmt: skip
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=x", "x"]
)
def test_a_body_of_another_kind_is_no_form(world: World, kind: str) -> None:
    browser = world.visitor("guest")
    for door in doors(world, "POST"):
        answer = browser.request(
            "POST", door.address, data=b'--x\r\n{"choice": "agree"', content_type=kind,
            headers={"Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip
        assert (door.address, answer.status_code < 500) == (door.address, True)


EXTRA = {
    "id": "77", "state": "hidden", "status": "hidden", "role": "administrator", "author_id": "5", "account_id": "5",
    "edition_id": "2", "question_id": "2", "number": "77", "revision": "9", "comment_count": "99", "lead_id": "2", "votes": "99",
    "voter": "1", "voter_id": "1", "pool": "account", "origin": "routed", "made": "0", "changed": "0", "sequence": "9",
    "state_rule": "1", "author_confirmed": "1", "email": "x@example.org", "confirmed": "1", "html": "<b>", "depth": "7",
    "is_current": "1", "factor": "1", "user_id": "1", "proposal_id": "5", "import_source_id": "1",
}  # fmt: skip


def test_extra_fields_never_bind(world: World) -> None:
    """D7: proposal, comment, vote and edit take what their forms show, and nothing else."""
    browser = world.visitor("participant")
    comment = {"text": "Yes", "stance": "for", "language": "en", "nonce": "n"}
    browser.post("/en/2026/proposals/2/comments", {**EXTRA, **comment})
    made = db.session.query(Comment).order_by(Comment.id.desc()).first()
    assert made is not None
    assert (made.id < 77, made.state, made.author_id, made.proposal_id, made.depth, made.html, made.edited) == (
        True, "published", world.people["participant"].id, world.proposals["plain"].id, 0, "<p>Yes</p>", None,
    )  # fmt: skip
    browser.post("/en/2026/proposals/2/vote", {**EXTRA, "choice": "agree"})
    vote = db.session.query(Vote).filter_by(proposal_id=world.proposals["plain"].id, pool="account").one()
    assert (vote.origin, vote.revision, vote.choice) == ("direct", 1, 1)
    plain = world.proposals["plain"]
    kept = {column.key for column in Proposal.__table__.columns} - {
        "title",
        "text",
        "html",
        "changed",
        "comment_count",
    }
    before = {name: getattr(plain, name) for name in kept}
    browser.post(
        "/en/2026/proposals/2-x/edit", {**EXTRA, "title": "Other", "text": "Words", "language": "en"}
    )
    db.session.refresh(plain)
    after = {name: getattr(plain, name) for name in kept}
    changed = {name for name in kept if before[name] != after[name]}
    assert changed <= {"revision", "links", "region"}


def test_an_unknown_filter_or_order_is_the_usual_one(world: World) -> None:
    """D8."""
    browser = world.visitor("guest")
    usual = browser.get("/en/2026/questions/1-question-1").text
    listed = [line for line in usual.splitlines() if 'class="card' in line]
    for query in ("sort=votes", "sort=id;drop", "sort=__class__", "sort=AGREED"):
        odd = browser.get(f"/en/2026/questions/1-question-1?{query}").text
        assert [line for line in odd.splitlines() if 'class="card' in line] == listed


def test_a_search_takes_signs_of_the_database_as_they_are(world: World) -> None:
    """F1."""
    browser = world.visitor("guest")
    for text in ("%", "_", "%%", "\\", "' OR '1'='1", "zz%zz"):
        assert (
            'id="vote-' not in browser.get("/en/2026/questions/1-question-1", query_string={"q": text}).text
        )
