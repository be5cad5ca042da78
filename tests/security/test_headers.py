"""Headers, cookies and caches of every kind of answer; nothing about the machinery (security checklist, A6, A7, C2, L)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmap import create_app
from roadmap.root import Settings
from roadmap.web.headers import POLICY
from tests.accounts.people import Visitor
from tests.security.routes import doors
from tests.security.world import World

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
MACHINERY = re.compile(
    r"werkzeug|flask|jinja|sqlalchemy|sqlite|psycopg|postgres|granian|gunicorn|cpython|python/|traceback|\.py\b|/site-packages/",
    re.IGNORECASE,
)
PLACES = ("/en/", "/en/2026/questions", "/en/2026/questions/1-question-1", "/en/2026/vote", "/en/2026/roadmap",
          "/en/2026/roadmap/1", "/en/about", "/en/me/votes", "/en/2026/propose", "/en/sign-in")  # fmt: skip


def answers(world: World) -> Iterator[tuple[int, TestResponse]]:
    """(status wanted, answer) of every kind there is."""
    guest, awa = world.visitor("guest"), world.visitor("participant")
    yield 200, guest.get("/en/2026/questions")
    yield 200, guest.get("/static/css/app.css")
    yield 200, guest.get("/healthz")
    yield 200, guest.get("/readyz")
    yield 200, guest.get("/en/2026/roadmap/1.json")
    yield 200, guest.request("OPTIONS", "/en/")
    yield 301, guest.get("/en/2026/questions/1-other")
    yield 302, guest.get("/questions")
    yield 303, guest.get("/en/me")
    yield (
        304,
        guest.get(
            "/static/css/app.css", headers={"If-None-Match": guest.get("/static/css/app.css").headers["ETag"]}
        ),
    )
    yield 308, guest.get("/en")
    yield 403, guest.request("POST", "/en/sign-in")
    yield 403, awa.get("/en/2026/manage")
    yield 404, guest.get("/en/nowhere/at/all")
    yield 404, guest.get("/static/../config.py")
    yield 404, guest.get("/api/v1/anything")
    yield 405, guest.request("DELETE", "/en/")
    yield 405, guest.request("TRACE", "/en/2026/vote")
    yield 409, world.visitor("organiser").get("/en/2026/manage/roadmap/1/edit")
    yield 410, guest.get("/en/links/" + "A" * 43)
    yield 413, guest.post("/en/2026/propose", {"text": "x" * 1_100_000})
    yield 413, awa.post("/en/2026/propose", {"token": awa.token, **{f"f{n}": "x" for n in range(1_100)}},
                        content_type="multipart/form-data")  # fmt: skip
    yield 422, guest.post("/en/sign-in", {"email": "nobody"})
    yield 429, [guest.post("/en/sign-in", {"email": "dora@example.org"}) for _ in range(7)][-1]
    yield 500, _broken(guest)


def _broken(browser: Visitor) -> TestResponse:
    def fail(**_values: Any) -> Any:
        raise RuntimeError("secret detail of /site-packages/x.py")

    views = browser.app.view_functions
    kept = views["pages.home"]
    views["pages.home"] = fail
    try:
        return browser.get("/en/")
    finally:
        views["pages.home"] = kept


def test_every_kind_of_answer_carries_the_headers_once(world: World) -> None:
    """L1, L2."""
    for wanted, answer in answers(world):
        kept = {name: answer.headers.getlist(name) for name in ALWAYS}
        expected = {name: [value] for name, value in ALWAYS.items()}
        assert (wanted, answer.status_code, kept) == (wanted, wanted, expected)


def test_every_route_carries_them(world: World) -> None:
    browser = world.visitor("administrator")
    for door in doors(world, "GET", "POST"):
        answer = browser.request(door.method, door.address)
        assert (door.address, {name: answer.headers.get(name) for name in ALWAYS}) == (door.address, ALWAYS)


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    """L1."""
    rules = {rule.split()[0]: rule.split()[1:] for rule in POLICY.split("; ")}
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert {source for sources in rules.values() for source in sources} == {"'none'", "'self'"}
    assert "object-src" not in rules, "it falls under default-src 'none'"


def test_over_https_browsers_are_told_to_stay_there(settings: Settings) -> None:
    """L2."""
    app = create_app(Settings(**{**vars(settings), "base_url": "https://forum.example.org"}))
    answer = app.test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in create_app(settings).test_client().get("/healthz").headers


def test_no_answer_tells_what_it_is_made_with(world: World) -> None:
    """A7: no header, no page, no error; and an error shows a number instead."""
    for wanted, answer in answers(world):
        told = MACHINERY.search(f"{answer.headers}\n{answer.text if wanted != 200 else ''}")
        assert (wanted, told) == (wanted, None)
        assert {"Server", "X-Powered-By", "Via"} & {name for name, _value in answer.headers} == set()
    assert re.search(r"\b[0-9a-f]{8}\b", _broken(world.visitor("guest")).text)
    for place in PLACES:
        assert MACHINERY.search(world.visitor("guest").get(place).text) is None, place


def test_no_debugger_answers(world: World) -> None:
    """A3."""
    browser = world.visitor("guest")
    for path in (
        "/console",
        "/?__debugger__=yes&cmd=resource&f=debugger.js",
        "/en/?__debugger__=yes&cmd=printpin",
    ):
        answer = browser.get(path, follow_redirects=True).text.lower()
        assert [sign for sign in ("werkzeug", "console", "pin", "evalex") if f'"{sign}' in answer] == []
    assert world.app.debug is False


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2fconfig.py", "/static/....//config.py", "/static/",
        "/static/css/", "/static/css", "/config.py", "/.git/config", "/.env", "/instance/roadmap.sqlite3", "/static/..\\config.py",
        "/instance/secret_key", "/roadmap.sqlite3", "/wsgi.py", "/static//etc/passwd", "/static/%00", "/en/../../etc/passwd",
        "/backup.zip", "/roadmap.sqlite3-wal", "/static/css/app.css~", "/static/%252e%252e/config.py", "/server-status",
    ],
)  # fmt: skip
def test_no_file_but_the_static_ones_is_reachable_and_no_folder_is_listed(world: World, path: str) -> None:
    """A6, D9."""
    answer = world.visitor("guest").get(path, follow_redirects=True)
    assert answer.status_code in (404, 400)


def test_public_pages_set_no_cookie_and_are_told_apart_by_it(world: World) -> None:
    """L3, C6: looking makes nobody known."""
    browser = world.visitor("guest")
    for door in doors(world, "GET"):
        answer = browser.get(door.address)
        assert (door.address, answer.headers.getlist("Set-Cookie")) == (door.address, [])
        if (
            answer.status_code == 200
            and answer.mimetype == "text/html"
            and not door.address.endswith(".html")
        ):
            assert (door.address, "Cookie" in answer.headers.get("Vary", "")) == (door.address, True)
        assert "public" not in answer.headers.get("Cache-Control", "") or door.endpoint in (
            "static",
            "drafts.export",
        )


@pytest.mark.parametrize("role", ["participant", "organiser", "guest with a key"])
def test_pages_made_for_somebody_are_kept_by_nobody(world: World, role: str) -> None:
    """L3."""
    browser = world.visitor(role.split(maxsplit=1)[0])
    if role == "guest with a key":
        browser.post("/en/2026/proposals/2/vote", {"choice": "agree"})
    for door in doors(world, "GET"):
        answer = browser.get(door.address)
        if door.endpoint in ("static", "drafts.export") or not 200 <= answer.status_code < 300:
            continue
        kept = answer.headers.get("Cache-Control", "")
        assert (door.address, "no-store" in kept, "public" in kept) == (door.address, True, False)


def test_cookies_are_out_of_reach_of_scripts_and_say_nothing(world: World) -> None:
    """C2."""
    guest = world.visitor("guest")
    set_by = [
        guest.post("/en/2026/proposals/2/vote", {"choice": "agree"}),
        guest.post("/en/2026/propose", {"title": "Mine", "text": "A text", "later": "1"}),
        guest.post("/theme", {"theme": "dark"}),
        guest.post("/en/2026/vote/languages", {"reads": ["fr"]}),
        guest.post(f"/en/links/{world.link}"),
    ]
    cookies = [cookie for answer in set_by for cookie in answer.headers.getlist("Set-Cookie")]
    assert sorted({cookie.split("=")[0] for cookie in cookies}) == [
        "guest",
        "reads",
        "s",
        "theme",
        "unfinished",
    ]
    for cookie in cookies:
        parts = {part.strip().split("=")[0] for part in cookie.split(";")[1:]}
        assert ({"HttpOnly", "SameSite", "Path"} <= parts, "Domain" in parts) == (True, False)
        assert "SameSite=Lax" in cookie and "example.org" not in cookie


def test_no_origin_is_invited(world: World) -> None:
    """F8."""
    for path in ("/en/2026/roadmap/1.json", "/en/", "/healthz"):
        for method in ("GET", "OPTIONS"):
            answer = world.visitor("guest").request(
                method,
                path,
                headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
            )
            assert not [name for name, _value in answer.headers if name.startswith("Access-Control-")]
