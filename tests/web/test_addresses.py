"""Addresses, headers and health."""

import pytest
from flask import Flask

from tests.browsing import Browser


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-CA,fr;q=0.9", "fr"), ("ar", "ar"), ("de", "en"), ("", "en"), ("pt-BR", "pt")],
)
def test_an_address_without_a_language_redirects_by_the_readers_choice(
    browser: Browser, accepted: str, language: str
) -> None:
    response = browser.get("/2026/questions?q=a%20b", headers={"Accept-Language": accepted})
    assert (response.status_code, response.location) == (302, f"/{language}/2026/questions?q=a%20b")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_the_language_cookie_wins_over_the_browsers_languages(browser: Browser) -> None:
    browser.client.set_cookie("lang", "es")
    assert browser.get("/", headers={"Accept-Language": "fr"}).location == "/es/"


def test_a_foreign_host_cannot_be_smuggled_into_the_redirect(browser: Browser) -> None:
    assert browser.get("//evil.example/").status_code in (302, 404)
    assert not (browser.get("//evil.example/").location or "").startswith("//")


def test_every_answer_carries_the_security_headers(browser: Browser) -> None:
    headers = browser.get("/healthz").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_readiness_needs_a_database_that_takes_a_write(app: Flask, browser: Browser) -> None:
    assert (browser.get("/readyz").status_code, browser.get("/readyz").text) == (
        200, "yes\njobs waiting: 0\n",
    )  # fmt: skip


def test_the_theme_is_kept_in_a_cookie_and_leads_back(browser: Browser) -> None:
    response = browser.post("/theme", {"theme": "dark", "back": "/fr/"})
    assert (response.status_code, response.location) == (303, "/fr/")
    assert "theme=dark" in response.headers["Set-Cookie"]


def test_the_theme_form_leads_nowhere_else(browser: Browser) -> None:
    assert browser.post("/theme", {"theme": "dark", "back": "https://evil.example/"}).location == "/"


def test_a_change_from_another_site_is_refused(browser: Browser) -> None:
    response = browser.post("/theme", {"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
