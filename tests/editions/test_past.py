"""A past edition: read by everybody, changed by nobody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup

from roadmap.accounts.actions.asking import make_link
from roadmap.accounts.actions.owning import declare
from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, Refused
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import POLICY, current
from roadmap.editions.actions import close_edition, make_current, take_back_closing
from roadmap.editions.queries import facts_of, find_current_edition, periods_of
from roadmap.log.queries import newest_of
from tests.databases import Server
from tests.factories import NOW, an_edition, the_actor
from tests.security.routes import doors
from tests.security.world import ROLES, World, a_site, fill

SENTENCE = "This edition is over. It can be read, and nothing in it can be changed."
READING = {"drafts.ballots", "drafts.download_ballots", "editions.taking_back", "editions.take_back"}
"""Still open: sealed ballots for auditors, and an administrator's way back."""


@pytest.fixture
def world(server: Server, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[World]:
    """A site whose edition, with something of everything in it, was closed."""
    with a_site(server, tmp_path) as app:
        made = fill(app)
        close_edition(the_actor(made.people["organiser"]), made.edition, now=NOW)
        yield made


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored, but what browsers leave behind themselves."""
    kept = set(db.metadata.tables) - {"sign_ins", "jobs", "links", "allowances"}
    return {
        name: sorted(map(tuple, db.session.execute(db.metadata.tables[name].select())), key=str)
        for name in kept
    }


def test_every_change_is_refused_to_everybody_and_nothing_is_stored(world: World) -> None:
    ours = [
        door
        for door in doors(world, "POST")
        if f"/{world.edition.slug}/" in door.address and door.endpoint not in READING
    ]
    assert len(ours) > 20
    before = dump()
    for role in ROLES:
        visitor = world.visitor(role)
        for door in ours:
            answer = visitor.post(door.address, {"choice": "agree", "reason": "x", "text": "x", "title": "x"})
            assert answer.status_code in (403, 409), (role, door.endpoint, answer.status_code)
            if answer.status_code == 409:
                assert "This edition is over." in answer.text, (role, door.endpoint)
    db.session.expire_all()
    assert dump() == before


def test_every_page_that_can_be_read_says_so_and_has_no_form_to_change_anything(world: World) -> None:
    shown = 0
    for door in doors(world, "GET"):
        if f"/{world.edition.slug}/" not in door.address:
            continue
        for role in ("guest", "participant", "facilitator", "organiser", "administrator"):
            answer = world.visitor(role).get(door.address)
            if answer.status_code != 200 or "text/html" not in answer.content_type:
                continue
            page = BeautifulSoup(answer.text, "html.parser")
            if page.select_one("header") is None or door.endpoint in READING:
                continue
            shown += 1
            assert SENTENCE in page.text, (role, door.address)
            forms = [
                form.get("action")
                for form in page.select("main form[method=post]")
                if form.select("button:not([disabled])")
            ]
            assert forms == [], (role, door.address)
    assert shown > 40


def test_a_page_whose_form_nobody_could_send_says_why(world: World) -> None:
    answer = world.visitor("organiser").get("/en/2026/manage/phases")
    assert answer.status_code == 409
    assert SENTENCE in answer.text


@pytest.mark.parametrize("verb", sorted(verb for verb in Verb if all(current in row for row in POLICY[verb])))
def test_the_policy_refuses_each_deed_in_a_sentence(world: World, verb: Verb) -> None:
    administrator = the_actor(world.people["administrator"])
    with world.app.test_request_context("/en/"), pytest.raises(Closed) as refusal:
        permit(administrator, verb, facts_of(world.edition, NOW))
    assert refusal.value.message.startswith("This edition is over.")


def test_no_phase_is_open_any_more(world: World) -> None:
    assert [period for period in periods_of(world.edition) if period.holds(NOW)] == []


def test_nobody_declares_anything_in_it_any_more(world: World) -> None:
    visitor = world.visitor("participant")
    assert "declared" not in visitor.get("/en/me/profile").text
    assert visitor.post("/en/me/profile/declaration", {"group": "public"}).status_code == 422
    with world.app.test_request_context("/en/"), pytest.raises(Closed):
        declare(the_actor(world.people["participant"]), world.edition.id, group="public", country="", now=NOW)


def test_an_invitation_to_it_gives_no_role_any_more(world: World) -> None:
    data = {"role": "organiser", "edition": world.edition.id, "languages": [], "by": None}
    secret = make_link("invitation", now=NOW, address="lin@example.org", key="lin@example.org", data=data)
    answer = world.visitor("guest").post(f"/en/links/{secret}")
    assert answer.status_code == 409
    assert "This edition is over." in answer.text


def test_closing_is_logged(world: World) -> None:
    (entry,) = newest_of(world.edition.id, 1)
    assert (entry.kind, entry.role) == ("edition-closing", "organiser")


def test_sealed_ballots_can_still_be_handed_over(world: World) -> None:
    answer = world.visitor("organiser").post("/en/2026/manage/roadmap/1/ballots")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")


def test_it_is_read_at_its_addresses(world: World) -> None:
    guest = world.visitor("guest")
    for path in ("", "questions", "roadmap", "roadmap/1", "roadmap/1.json", "log", "log/feed.atom"):
        assert guest.get(f"/en/2026/{path}").status_code == 200, path


def test_the_home_page_names_it_among_the_others(world: World) -> None:
    other = an_edition("next", is_current=False)
    make_current(the_actor(world.people["administrator"]), other, now=NOW)
    for path in ("/en/", "/en/about"):
        page = BeautifulSoup(world.visitor("guest").get(path).text, "html.parser")
        link = page.select_one("[aria-labelledby=others] a[href='/en/2026/']")
        assert link is not None and "Past" in link.parent.text, path  # type: ignore[union-attr]


def test_another_open_edition_takes_its_place_only_when_somebody_says_so(world: World) -> None:
    assert find_current_edition() == world.edition


class TestTakingBack:
    """An administrator's way back."""

    def test_it_needs_a_reason(self, world: World) -> None:
        answer = world.visitor("administrator").post("/en/2026/manage/take-back", {"reason": " "})
        assert answer.status_code == 422
        assert "Say why the closing is taken back" in answer.text

    def test_everything_goes_on_as_its_dates_say(self, world: World) -> None:
        before = len(periods_of(world.edition))
        answer = world.visitor("administrator").post("/en/2026/manage/take-back", {"reason": "Too early."})
        assert answer.status_code == 303
        db.session.expire_all()
        assert len(periods_of(world.edition)) > before
        (entry,) = newest_of(world.edition.id, 1)
        assert (entry.kind, entry.role, entry.reason) == ("edition-reopening", "administrator", "Too early.")

    def test_organisers_cannot(self, world: World) -> None:
        organiser = world.visitor("organiser")
        assert organiser.get("/en/2026/manage/take-back").status_code == 403
        assert organiser.post("/en/2026/manage/take-back", {"reason": "x"}).status_code == 403
        with world.app.test_request_context("/en/"), pytest.raises(Refused):
            take_back_closing(the_actor(world.people["organiser"]), world.edition, reason="x", now=NOW)

    def test_a_reason_has_its_length(self, world: World) -> None:
        with world.app.test_request_context("/en/"), pytest.raises(Invalid):
            take_back_closing(
                the_actor(world.people["administrator"]), world.edition, reason="x" * 1001, now=NOW
            )

    def test_what_is_not_closed_cannot_be_taken_back(self, world: World) -> None:
        other = an_edition("next", is_current=False)
        with world.app.test_request_context("/en/"), pytest.raises(Conflict):
            take_back_closing(the_actor(world.people["administrator"]), other, reason="x", now=NOW)


class TestClosing:
    """Two steps, for organisers."""

    @pytest.fixture
    def open_world(self, server: Server, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[World]:
        with a_site(server, tmp_path) as app:
            yield fill(app, draft=False)

    def test_the_first_step_says_what_it_means_and_which_phases_it_ends(self, open_world: World) -> None:
        text = re.sub(r"\s+", " ", open_world.visitor("organiser").get("/en/2026/manage/close").text)
        assert "This phase is open now and would end at once: Voting" in text
        db.session.expire_all()
        assert open_world.edition.archived is None

    def test_the_second_closes_it(self, open_world: World) -> None:
        assert open_world.visitor("organiser").post("/en/2026/manage/close").status_code == 303
        db.session.expire_all()
        assert open_world.edition.archived == NOW

    def test_facilitators_cannot(self, open_world: World) -> None:
        assert open_world.visitor("facilitator").post("/en/2026/manage/close").status_code == 403

    def test_what_was_never_opened_cannot_be_closed(self, open_world: World) -> None:
        other = an_edition("next", is_current=False, opened=None)
        with open_world.app.test_request_context("/en/"), pytest.raises(Conflict):
            close_edition(the_actor(open_world.people["administrator"]), other, now=NOW)
