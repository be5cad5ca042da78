"""A served site, a real browser, and the accessibility rules that every page must keep."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from roadmap import create_app
from roadmap.core.db import close_own_connections, db
from roadmap.root import Settings
from tests import databases
from tests.journeys.campaign import Campaign, a_campaign

CHROMIUM = os.environ.get("ROADMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_BROWSER = [
    pytest.mark.browser,
    # the compressing layer leaves the closing of static files to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""What every module here is marked with."""
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def serving(app: Flask, port: int) -> Iterator[str]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def serving_application(settings: Settings) -> Iterator[tuple[Flask, str]]:
    app = create_app(replace(settings, base_url="http://127.0.0.1"))
    with app.app_context():
        with serving(app, 0) as address:
            app.config["SETTINGS"] = replace(settings, base_url=address)
            yield app, address
        db.session.remove()
        close_own_connections()
        db.engine.dispose()


@pytest.fixture
def site(settings: Settings) -> Iterator[tuple[Flask, str]]:
    """An application with an empty database, served on a free port; its clock runs."""
    with serving_application(settings) as served:
        yield served


@pytest.fixture(scope="session")
def campaign(server: databases.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    """A filled site that all tests look at, each as a person of its own; nothing in it is taken away."""
    settings = Settings(
        instance=tmp_path_factory.mktemp("campaign"),
        secret_key="a secret for tests, long enough to be taken",
        database_url=server.fresh(),
        base_url="http://127.0.0.1",
        sqlite_synchronous="normal",
        jobs="none",
        testing=True,
    )
    with serving_application(settings) as (app, address):
        sign_ins, accounts = a_campaign()
        db.session.remove()
        yield Campaign(app, address, sign_ins, accounts)


@pytest.fixture
def window(chromium: Browser) -> Iterator[Open]:
    """Open a page: `window(address, width=390, script=True, language="en", sign_in=secret)`.

    Fails on any console error, and on any request that leaves the served site.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        address: str,
        *,
        width: int = 1280,
        script: bool = True,
        language: str = "en",
        dark: bool = False,
        sign_in: str = "",
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=script,
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        if sign_in:
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
            context.add_cookies([{"name": "s", "value": sign_in, "url": origin}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if leaves(sent.url) else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    unexpected = [text for text in complaints if "status of 4" not in text]
    assert unexpected == []


def leaves(address: str) -> bool:
    """Whether a request goes to somebody else."""
    return urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname != "127.0.0.1"


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in words: rule, number of places, the first of them."""
    wanted = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=wanted).response["violations"]
    return [f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:160]}" for rule in found]
