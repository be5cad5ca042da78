"""Who passes which door, in both directions, on every route there is (security checklist, C6, C8, D)."""

import re

import pytest

from tests.accounts.people import Visitor
from tests.security.routes import Door, doors, state
from tests.security.world import ROLES, World

READY = "health.ready"  # its duty is to try whether the database can be written
TOKENLESS = {"votes.cast", "votes.answer", "languages.choose_theme"}
FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {},
)


def turned_away(browser: Visitor, door: Door, role: str) -> bool:
    """Whether the door stays shut: strangers who only look are led to sign in."""
    answer = browser.request(
        door.method,
        door.address,
        data={"token": browser.token} if door.method == "POST" else None,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    led = answer.status_code == 303 and str(answer.location).startswith("/en/sign-in?next=")
    return answer.status_code == 403 or (role == "guest" and led)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_those_in_its_row_and_for_nobody_else(world: World, role: str) -> None:
    """D1, D2."""
    browser = world.visitor(role)
    for door in doors(world, "GET"):
        assert (door.address, turned_away(browser, door, role)) == (door.address, role not in door.people)


@pytest.mark.parametrize("role", ROLES)
def test_a_deed_is_refused_to_those_outside_its_row_before_anything_is_read(world: World, role: str) -> None:
    """D3: whatever is sent, the answer is the same, and nothing is written."""
    browser, before = world.visitor(role), state(world)
    shut = [door for door in doors(world, "POST") if role not in door.people]
    for door in shut:
        assert (door.address, turned_away(browser, door, role)) == (door.address, True)
    assert (role in ("organiser", "administrator") or len(shut) > 5, state(world)) == (True, before)


def test_every_deed_is_open_to_somebody(world: World) -> None:
    """The other direction of D3: an empty form of the right person is answered with something else than 403."""
    for role in ("organiser", "participant"):
        browser = world.visitor(role)
        reached = {
            door.endpoint: turned_away(browser, door, role)
            for door in doors(world, "POST")
            if role in door.people and not door.endpoint.startswith("accounts.")
        }
        shut = {endpoint for endpoint, away in reached.items() if away}
        assert shut <= {"proposals.change", "proposals.withdraw"}, role


def test_things_of_another_edition_are_refused(world: World) -> None:
    """D10: the number, comment and version of one edition lead nowhere in another."""
    browser = world.visitor("elsewhere")
    before = state(world)
    for door in doors(world, "GET", "POST"):
        if "/2026/" not in door.address or not any(
            part in door.address for part in ("/proposals/", "/comments/", "/manage/roadmap/", "/roadmap/")
        ):
            continue
        if door.address.endswith("/manage/roadmap/new") or door.endpoint in ("votes.cast", "votes.ballot"):
            continue
        foreign = re.sub(r"/proposals/1\b", "/proposals/5", door.address.replace("/2026/", "/2027/"))
        answer = browser.request(
            door.method, foreign, data={"token": browser.token}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert (foreign, answer.status_code) == (foreign, 404)
    assert state(world) == before


@pytest.mark.parametrize("role", ROLES)
def test_looking_changes_nothing(world: World, role: str) -> None:
    """C8: GET and HEAD of every page, with the same status."""
    browser, before = world.visitor(role), state(world)
    for door in doors(world, "GET"):
        if door.endpoint != READY:
            looked = browser.get(door.address), browser.head(door.address)
            assert (door.address, looked[0].status_code) == (door.address, looked[1].status_code)
            assert (door.address, looked[0].status_code < 500, looked[1].data) == (door.address, True, b"")
    assert state(world) == before


def test_asking_for_the_options_changes_nothing(world: World) -> None:
    browser, before = world.visitor("administrator"), state(world)
    for door in doors(world, "GET", "POST"):
        answer = browser.request("OPTIONS", door.address)
        assert (door.address, answer.status_code, answer.data) == (door.address, 200, b"")
    assert state(world) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "BREW"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    """D9."""
    browser, before = world.visitor("administrator"), state(world)
    for door in doors(world, "GET", "POST"):
        answer = browser.request(method, door.address, headers={"Sec-Fetch-Site": "same-origin"})
        assert (door.address, answer.status_code) == (door.address, 405)
    assert state(world) == before


def test_a_method_is_not_overridden(world: World) -> None:
    """D9: neither a header nor a field makes a POST of a GET, or something else of a POST."""
    browser, before = world.visitor("administrator"), state(world)
    for door in doors(world, "GET"):
        if door.endpoint != READY:
            browser.get(
                door.address, query_string={"_method": "POST", "token": browser.token},
                headers={"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"},
            )  # fmt: skip
    assert state(world) == before


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(headers.values()) or "nothing")
def test_a_change_from_elsewhere_is_refused_on_every_route(world: World, headers: dict[str, str]) -> None:
    """C6."""
    browser, before = world.visitor("administrator"), state(world)
    for door in doors(world, "POST"):
        answer = browser.request(
            "POST", door.address, data={"token": browser.token, "choice": "agree"}, headers=headers
        )
        assert (door.address, answer.status_code) == (door.address, 403)
    assert state(world) == before


@pytest.mark.parametrize("extra", [{}, {"Authorization": "Bearer x"}], ids=["plain", "with-a-bearer"])
def test_a_form_of_another_sign_in_is_refused_with_its_text_on_every_route(
    world: World, extra: dict[str, str]
) -> None:
    """C6: all but ballots, which stand on pages that are the same for everybody."""
    other, browser = world.visitor("administrator"), world.visitor("administrator")
    before = state(world)
    typed = "What I have been writing all evening, and would not like to write again."
    for door in doors(world, "POST"):
        if door.endpoint in TOKENLESS:
            continue
        for token in (other.token, ""):
            answer = browser.post(
                door.address,
                {"token": token, "text": typed, "secret_password": "quiet rivers"},
                headers=extra,
            )
            kept = typed in answer.text, "quiet rivers" in answer.text
            assert (door.address, answer.status_code, kept) == (door.address, 403, (True, False))
    assert state(world) == before


def test_an_unknown_thing_and_one_that_is_not_for_the_reader_look_alike(world: World) -> None:
    """D6."""
    for role in ("guest", "participant", "elsewhere"):
        browser = world.visitor(role)
        waiting, comment = world.proposals["waiting"].number, world.comments["waiting"].id
        for here, nowhere in (
            (f"/en/2026/proposals/{waiting}", "/en/2026/proposals/99"),
            (f"/en/2026/proposals/{waiting}/history", "/en/2026/proposals/99/history"),
            (f"/en/2026/proposals/{waiting}/origins", "/en/2026/proposals/99/origins"),
            (f"/en/2026/comments/{comment}", "/en/2026/comments/99"),
            ("/en/2026/roadmap/2", "/en/2026/roadmap/9"),
            ("/en/2026/roadmap/2.json", "/en/2026/roadmap/9.json"),
            ("/en/2026/roadmap/2/method", "/en/2026/roadmap/9/method"),
        ):
            answers = browser.get(here), browser.get(nowhere)
            assert [answer.status_code for answer in answers] == [404, 404]
            told = [
                answer.text.replace(path[3:], "")
                for answer, path in zip(answers, (here, nowhere), strict=True)
            ]
            assert told[0] == told[1], here
