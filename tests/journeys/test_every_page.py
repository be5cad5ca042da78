"""Every page as it stands: accessible, named, whole, and with nothing that is dead without script."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.campaign import Campaign, a_link_for
from tests.journeys.conftest import IN_BROWSER, Open, violations

pytestmark = IN_BROWSER

PAGES = {
    "home": ("", ""),
    "questions": ("/2026/questions", ""),
    "question": ("/2026/questions/1-question-1", ""),
    "question, filtered to nothing": ("/2026/questions/1-question-1?q=nothing-like-it", ""),
    "results": ("/2026/questions/1-question-1/results", ""),
    "results, too few votes": ("/2026/questions/2-question-2/results", ""),
    "results, not computed": ("/2024/questions/1-question-1/results", ""),
    "deck": ("/2026/vote", ""),
    "deck end": ("/2026/vote/done", ""),
    "deck, voting closed": ("/2025/vote", ""),
    "home, voting closed": ("/2025/", ""),
    "question, voting closed": ("/2025/questions/1-question-1", ""),
    "propose": ("/2026/propose?question=1", ""),
    "propose, closed": ("/2025/propose", ""),
    "proposal": ("/2026/proposals/1", ""),
    "proposal, its author's": ("/2026/proposals/1", "author"),
    "proposal, voting closed": ("/2025/proposals/1", ""),
    "history": ("/2026/proposals/2/history?before=1&after=2", ""),
    "origins": ("/2026/proposals/21/origins", ""),
    "origins, an author's": ("/2026/proposals/21/origins", "writer"),
    "edit": ("/2026/proposals/1/edit", "author"),
    "sign-in": ("/sign-in", ""),
    "sign-up": ("/sign-up", ""),
    "new password": ("/sign-in/new-password", ""),
    "sent": ("/sign-in/sent", ""),
    "link that is gone": ("/links/never-was", ""),
    "me": ("/me", "reader"),
    "votes": ("/me/votes", "reader"),
    "traces": ("/me/traces", "reader"),
    "notices": ("/me/notices", "carried"),
    "notices, none yet": ("/me/notices", "reader"),
    "notice, a merge": ("/me/notices/1", "writer"),
    "notice, a carried vote": ("/me/notices/2", "carried"),
    "votes, none yet": ("/me/votes", ""),
    "profile": ("/me/profile", "reader"),
    "security": ("/me/security", "reader"),
    "password": ("/me/security/password", "reader"),
    "second step": ("/me/security/second-step", "reader"),
    "drafts": ("/2026/roadmap", ""),
    "draft": ("/2026/roadmap/2", ""),
    "draft, not frozen": ("/2026/roadmap/3", "organiser"),
    "item": ("/2026/roadmap/2/items/1", ""),
    "method": ("/2026/roadmap/2/method", ""),
    "compare": ("/2026/roadmap/2/compare/1", ""),
    "about": ("/about", ""),
    "how it works": ("/how-it-works", ""),
    "charter": ("/charter", ""),
    "privacy": ("/privacy", ""),
    "accessibility": ("/accessibility", ""),
    "contact": ("/contact", ""),
    "log": ("/2026/log", ""),
    "report": ("/2026/proposals/1/report", ""),
    "reported": ("/2026/proposals/1/reported", ""),
    "decision": ("/2026/proposals/1/decision", "author"),
    "desk": ("/2026/desk", "organiser"),
    "desk, what waits": ("/2026/desk/reports", "organiser"),
    "desk, a case": ("/2026/desk/reports/proposals/1", "organiser"),
    "desk, signals": ("/2026/desk/signals", "organiser"),
    "desk, duplicates": ("/2026/desk/duplicates", "organiser"),
    "desk, tags": ("/2026/desk/tags", "organiser"),
    "desk, a tag": ("/2026/desk/tags/1?q=1", "organiser"),
    "question, with a tag": ("/2026/questions/1-question-1?tag=1", ""),
    "desk, split": ("/2026/desk/splits/1", "organiser"),
    "manage": ("/2026/manage", "organiser"),
    "phases": ("/2026/manage/phases", "organiser"),
    "settings": ("/2026/manage/settings", "organiser"),
    "settings, before voting": ("/next/manage/settings", "organiser"),
    "manage questions": ("/2026/manage/questions", "organiser"),
    "manage questions, before voting": ("/next/manage/questions", "organiser"),
    "word a question": ("/next/manage/questions/1/edit", "organiser"),
    "correct a question": ("/2026/manage/questions/1/edit", "organiser"),
    "new question": ("/next/manage/questions/new", "organiser"),
    "remove a question": ("/next/manage/questions/2/remove", "organiser"),
    "people": ("/2026/manage/people", "organiser"),
    "suspend an account": ("/2026/manage/people/accounts/{other}/suspension", "organiser"),
    "end a suspension": ("/2026/manage/people/accounts/{suspended}/suspension", "organiser"),
    "texts": ("/2026/manage/texts", "organiser"),
    "a text": ("/2026/manage/texts/about/en", "organiser"),
    "a text to translate": ("/2026/manage/texts/home/fr", "organiser"),
    "a message": ("/2026/manage/texts/mail-sign-in/ar", "organiser"),
    "versions of a text": ("/2026/manage/texts/about/en/history", "organiser"),
    "tell people": ("/2026/manage/share?about=1&written=fr", "organiser"),
    "manage drafts": ("/2026/manage/roadmap", "organiser"),
    "new draft": ("/2026/manage/roadmap/new", "organiser"),
    "edit a draft": ("/2026/manage/roadmap/3/edit", "organiser"),
    "word an item anew": ("/2026/manage/roadmap/3/edit/1", "organiser"),
    "freeze": ("/2026/manage/roadmap/3/freeze", "organiser"),
    "editions": ("/manage", "organiser"),
    "new edition": ("/manage/new?from=2026", "organiser"),
    "set-up": ("/next/manage/setup", "organiser"),
    "set-up of an open edition": ("/2026/manage/setup", "organiser"),
    "opening, something missing": ("/next/manage/open", "organiser"),
    "show on the home page": ("/2026/manage/current", "organiser"),
    "close": ("/2026/manage/close", "organiser"),
    "take back": ("/2024/manage/take-back", "administrator"),
    "preview": ("/next/", "organiser"),
    "past edition": ("/2024/", ""),
    "past edition, proposal": ("/2024/proposals/1", ""),
    "past edition, manage": ("/2024/manage", "organiser"),
    "past edition, a form": ("/2024/manage/phases", "organiser"),
    "403": ("/2026/manage", "reader"),
    "404": ("/2026/nothing-here", ""),
}
"""Name of the page type: (path after the language, role of who looks)."""
STATUS = {"403": 403, "past edition, a form": 409, "404": 404, "link that is gone": 410}
"""Pages that do not answer 200."""
DARK = ("home", "question", "results", "deck", "proposal", "draft")
BUTTONS = "[...document.querySelectorAll('button')].filter((one) => one.offsetParent)"
DEAD = f"{BUTTONS}.filter((one) => one.type !== 'submit' || !one.form).map((one) => one.outerHTML)"
NAMES = f"{BUTTONS}.map((one) => one.getAttribute('aria-label') || one.textContent.trim())"
ANSWERED = "performance.getEntriesByType('navigation')[0].responseStatus"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page: Page) -> list[str]:
    """What is wrong with the page, on a desk and on a phone."""
    found: list[str] = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width}: {line}" for line in violations(page)]
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{width}: scrolls sideways")
    return found + [
        f"button without a word: {name}" for name in page.evaluate(NAMES) if not re.search(r"[^\W\d_]", name)
    ]


def look(campaign: Campaign, window: Open, name: str, language: str, **options: bool) -> Page:
    path, role = PAGES[name]
    page = window(
        campaign.at(path.format(**campaign.accounts), language),
        language=language,
        sign_in=campaign.sign_ins.get(role, ""),
        **options,
    )
    assert page.evaluate(ANSWERED) == STATUS.get(name, 200)
    return page


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_its_buttons_have_words(
    campaign: Campaign, window: Open, name: str, language: str
) -> None:
    assert faults(look(campaign, window, name, language)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", DARK)
def test_a_page_is_accessible_in_the_dark(campaign: Campaign, window: Open, name: str, language: str) -> None:
    assert violations(look(campaign, window, name, language, dark=True)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_vote_that_comes_too_late_ends_on_an_accessible_page(
    campaign: Campaign, window: Open, language: str
) -> None:
    page = window(campaign.at("/2025/proposals/1", language), language=language)
    page.evaluate(
        """() => { const form = document.createElement('form'); form.method = 'post';
        form.action = '/' + document.documentElement.lang + '/2025/proposals/1/vote';
        form.innerHTML = '<input name="choice" value="agree">'; document.body.append(form); form.submit(); }"""
    )
    page.wait_for_url("**/vote")
    assert faults(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_is_suspended_reads_why_on_an_accessible_page(
    campaign: Campaign, window: Open, language: str
) -> None:
    secret = a_link_for(campaign.accounts["suspended"])
    page = window(campaign.at(f"/links/{secret}", language), language=language)
    page.locator("main form button").first.click()
    assert page.evaluate(ANSWERED) == 403
    assert "Two accounts, one person." in page.locator("main").inner_text()
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_button_is_dead_without_script(campaign: Campaign, window: Open, name: str) -> None:
    assert look(campaign, window, name, "en", script=False).evaluate(DEAD) == []
