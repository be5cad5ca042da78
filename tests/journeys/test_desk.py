"""A facilitator clears the desk of duplicates: by keyboard alone, and without script."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from roadmap.core import clock
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.models import Merge
from roadmap.merging.queue import queue_of
from roadmap.similarity.actions import compare_edition
from tests.factories import a_proposal, a_role, an_account, an_edition
from tests.journeys import keyboard
from tests.journeys.campaign import a_sign_in, open_now
from tests.journeys.conftest import IN_BROWSER, Open, violations

pytestmark = IN_BROWSER

SUBJECTS = (
    "Open the bus depots at night for people without a roof",
    "Teach solidarity in every primary school of the region",
    "Share the fishing boats after a storm has passed",
    "Print the water prices on each bill in plain words",
    "Lend tractors between villages at harvest time",
    "Translate court letters for newcomers within a week",
    "Pay community radio stations for emergency warnings",
    "Stop charging patients for ambulance rides",
    "Plant shade trees along the roads to the markets",
    "Let tenants vote on the repair of their own houses",
)
DESK = "/en/2026/desk/duplicates"


@pytest.fixture
def edition(site: tuple[Flask, str]) -> Edition:
    """Ten subjects, each proposed twice in nearly the same words."""
    made = an_edition(phases=open_now())
    for subject in SUBJECTS:
        for title in (subject, f"{subject}, please"):
            a_proposal(made, title=title, text=f"{title}.")
    compare_edition(made, now=clock.now())
    return made


@pytest.fixture
def secret(edition: Edition) -> str:
    return a_sign_in(a_role(an_account("Fatou"), Role.FACILITATOR, edition))


def decided(page: Page, before: str) -> None:
    """The page after a decision: another group, or the list."""
    expect(page).not_to_have_url(before)
    page.wait_for_load_state()


def test_ten_groups_are_cleared_with_the_keyboard_alone(
    site: tuple[Flask, str], edition: Edition, secret: str, window: Open
) -> None:
    page = window(site[1] + DESK, sign_in=secret)
    keyboard.press(page, "main form button")
    expect(page).to_have_url(re.compile(r"/duplicates/\d+-\d+"))
    assert len(queue_of(edition, clock.now())) == len(SUBJECTS)
    for _group in SUBJECTS:
        before = page.url
        page.keyboard.press("m")
        decided(page, before)
    expect(page.locator("main")).to_contain_text("That was the last group for now")
    db.session.rollback()
    assert (db.session.query(Merge).count(), queue_of(edition, clock.now())) == (len(SUBJECTS), [])


def test_letters_do_nothing_while_typing_or_once_the_keys_are_off(
    site: tuple[Flask, str], edition: Edition, secret: str, window: Open
) -> None:
    page = window(site[1] + f"{DESK}/1-2", sign_in=secret)
    page.locator("textarea[name=title]").press("m")
    keyboard.press(page, "[data-keys]")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(r"/duplicates/1-2$"))
    db.session.rollback()
    assert db.session.query(Merge).count() == 0


def test_the_effect_follows_what_is_ticked(
    site: tuple[Flask, str], edition: Edition, secret: str, window: Open
) -> None:
    page = window(site[1] + f"{DESK}/1-2-3", sign_in=secret)
    expect(page.locator("[data-region=effect]")).to_contain_text("2 and 3 into No. 1")
    page.locator("#include-2").uncheck()
    expect(page.locator("[data-region=effect]")).to_contain_text("No. 2 into No. 1")
    page.locator("#lead-1").check()
    expect(page.locator("[data-region=effect]")).to_contain_text("No. 1 into No. 2")
    expect(page.locator("textarea[name=title]")).to_have_value(f"{SUBJECTS[0]}, please")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_group_is_decided_without_script(
    site: tuple[Flask, str], edition: Edition, secret: str, window: Open, width: int
) -> None:
    page = window(site[1] + DESK, width=width, script=False, sign_in=secret)
    page.locator("main form button").first.click()
    page.locator("#include-1").uncheck()
    page.get_by_role("button", name="Work the effect out again").click()
    expect(page.locator("main")).to_contain_text("Tick at least two proposals")
    page.locator("#include-1").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("main")).to_contain_text("is now part of No.")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["", "?near=1", "/1-2", "?q=solidarity"])
def test_the_desk_is_accessible(
    site: tuple[Flask, str], edition: Edition, secret: str, window: Open, path: str, language: str
) -> None:
    address = f"{site[1]}/{language}/2026/desk/duplicates{path}"
    found = []
    for width in (390, 1280):
        page = window(address, width=width, language=language, sign_in=secret)
        found += [f"{width}: {each}" for each in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: scrolls sideways")
    assert found == []
