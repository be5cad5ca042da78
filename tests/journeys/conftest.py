"""A served site, a real browser, and the accessibility rules that every page must keep."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from roadmap import create_app
from roadmap.core.db import close_own_connections, db
from roadmap.root import Settings

CHROMIUM = os.environ.get("ROADMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


@pytest.fixture
def site(settings: Settings) -> Iterator[tuple[Flask, str]]:
    """An application with an empty database, served on a free port; its clock runs."""
    app = create_app(replace(settings, base_url="http://127.0.0.1"))
    with app.app_context():
        with serving(app, 0) as address:
            app.config["SETTINGS"] = replace(settings, base_url=address)
            yield app, address
        db.session.remove()
        close_own_connections()
        db.engine.dispose()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Open]:
    """Open a page: `window(address, width=390, script=True, language="en")`; fails on any console error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        address: str, *, width: int = 1280, script: bool = True, language: str = "en", dark: bool = False
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=script,
            locale=language,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    unexpected = [text for text in complaints if "status of 4" not in text]
    assert unexpected == []


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in words: rule, number of places, the first of them."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:160]}" for rule in found]
