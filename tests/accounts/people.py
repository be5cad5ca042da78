"""Browsers whose requests share nothing with the test, and the mail that reaches people."""

import re
from contextvars import Context
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account, SignIn, Voter
from roadmap.core import clock
from roadmap.core.db import db
from tests.browsing import Browser
from tests.factories import saved

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"


class Visitor(Browser):
    """A browser of its own; each request starts from nothing, as on a server."""

    def request(self, method: str, address: str, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        headers = {"User-Agent": FIREFOX, **kwargs.pop("headers", {})}
        response = Context().run(
            self.client.open, address, method=method, headers=headers, buffered=True, **kwargs
        )
        db.session.rollback()
        return response

    def get(self, address: str, **kwargs: Any) -> TestResponse:
        return self.request("GET", address, **kwargs)

    def head(self, address: str, **kwargs: Any) -> TestResponse:
        return self.request("HEAD", address, **kwargs)

    def post(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        headers = {"Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        fields = dict(data or {})
        if self.token and "token" not in fields:
            fields["token"] = self.token
        return self.request("POST", address, data=fields, headers=headers, **kwargs)

    def press(self, address: str, label: str, **typed: Any) -> TestResponse:
        """Open a page and press the button with this label, the form's other fields as they stand."""
        response = self.get(address)
        return self.press_on(response, address, label, **typed)

    def press_on(self, response: TestResponse, address: str, label: str, **typed: Any) -> TestResponse:
        page = BeautifulSoup(response.text, "html.parser")
        for form in page.find_all("form", method="post"):
            buttons = [button for button in form.find_all("button") if button.get_text(strip=True) == label]
            if buttons:
                fields = fields_of(form)
                if buttons[0].get("name"):
                    fields[str(buttons[0]["name"])] = str(buttons[0].get("value", ""))
                self.token = fields.get("token", self.token)
                return self.post(str(form.get("action") or address), {**fields, **typed})
        labels = [button.get_text(strip=True) for button in page.find_all("button")]
        raise AssertionError(f"no button {label!r} on {address}: {labels}")

    @property
    def is_signed_in(self) -> bool:
        return self.get("/en/me").status_code == 200


def fields_of(form: Any) -> dict[str, Any]:
    """What a browser would send of a form as it stands; boxes of the same name as a list of what is ticked."""
    fields: dict[str, Any] = {}
    for item in form.find_all(["input", "textarea", "select"]):
        kind, name = item.get("type", ""), item.get("name")
        if not name or (kind in ("radio", "checkbox") and not item.has_attr("checked")):
            continue
        if item.name == "textarea":
            fields[name] = item.text.removeprefix("\n")
        elif item.name == "select":
            chosen = item.find("option", selected=True) or item.find("option")
            fields[name] = chosen["value"] if chosen else ""
        elif kind == "checkbox" and name in fields:
            fields[name] = [*fields[name], item["value"]]
        elif kind == "checkbox":
            fields[name] = [item.get("value", "on")]
        else:
            fields[name] = item.get("value", "")
    return fields


def mails(app: Flask) -> list[Any]:
    return list(app.extensions["mailman"].outbox) if hasattr(app.extensions["mailman"], "outbox") else []


def last_link(app: Flask) -> str:
    """The path of the newest mailed link."""
    return str(re.findall(r"http://localhost(/\S+/links/\S+)", mails(app)[-1].body)[-1])


def mailed_link(app: Flask, browser: Browser, email: str, **fields: Any) -> str:
    """Ask for a link to sign in, and take it out of the mail."""
    assert browser.post("/en/sign-in", {"email": email, **fields}).status_code == 303
    return last_link(app)


def a_guest(browser: Browser | None = None, device: str = "Firefox, Android") -> Voter:
    """A guest who has voted before; the browser holds the key."""
    key = new_token()
    voter = saved(Voter(kind="guest", key_hash=digest(key), device=device, made=clock.now()))
    if browser is not None:
        browser.client.set_cookie("guest", key)
    return voter


def sign_ins_of(account: Account) -> int:
    return db.session.query(SignIn).filter_by(account_id=account.id).count()
