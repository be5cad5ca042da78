"""A browser without script: keeps cookies, follows redirects when told to, sends forms as they stand."""

from collections.abc import Callable
from contextvars import Context
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from roadmap.accounts.keys import digest, new_token
from roadmap.accounts.models import Account
from roadmap.core import clock
from roadmap.core.db import db


class Browser:
    """One person's browser. `get` and `post` answer responses; `soup` parses the last page."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, address: str, **kwargs: Any) -> TestResponse:
        return self._ask(lambda: self.client.get(address, **kwargs))

    def _ask(self, request: Callable[[], TestResponse]) -> TestResponse:
        """Send a request that shares nothing with the test but the database, as between two computers."""
        response = Context().run(request)
        if has_app_context():
            db.session.rollback()
        return response

    def post(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form as a page of ours would: from the same origin, with the sign-in's token."""
        headers = {"Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        fields = dict(data or {})
        if self.token and "token" not in fields:
            fields["token"] = self.token
        return self._ask(lambda: self.client.post(address, data=fields, headers=headers, **kwargs))

    def page(self, address: str, **kwargs: Any) -> BeautifulSoup:
        """The page at the address, parsed; fails unless it answers 200."""
        response = self.get(address, **kwargs)
        assert response.status_code == 200, (address, response.status_code)
        return BeautifulSoup(response.text, "html.parser")

    token = ""

    def adopt(self) -> None:
        """Take up the form token of the sign-in that this browser has just been given."""
        from roadmap.accounts.sign_ins import form_token  # thin command

        settings = self.app.config["SETTINGS"]
        cookie = self.client.get_cookie("__Host-s" if settings.secure else "s")
        assert cookie is not None, "nobody was signed in"
        self.token = form_token(settings.secret_key, cookie.value)

    def sign_in(self, account: Account, factor: int = 0) -> "Browser":
        """Begin a sign-in for the account without going through a mail."""
        from roadmap.accounts.models import SignIn  # thin command
        from roadmap.accounts.sign_ins import form_token  # thin command

        token, now = new_token(), clock.now()
        db.session.add(
            SignIn(
                key=digest(token), account_id=account.id, made=now, seen=now, proved=now,
                factor=factor, device="a test", data={},
            )
        )  # fmt: skip
        db.session.commit()
        settings = self.app.config["SETTINGS"]
        self.client.set_cookie("__Host-s" if settings.secure else "s", token)
        self.token = form_token(settings.secret_key, token)
        return self

    def fill(self, page: BeautifulSoup, selector: str, **fields: str) -> tuple[str, dict[str, str]]:
        """A form as it stands on the page, with some fields filled in: (where it is sent, what is sent).

        Fields that the form does not have are an error; an empty action is the page's own address.
        """
        form = page.select_one(selector)
        assert form is not None, f"no form {selector}"
        values: dict[str, str] = {}
        for item in form.select("input[name], textarea[name], select[name]"):
            name, given = str(item["name"]), str(item.get("value", ""))
            if item.name == "select":
                chosen = item.select_one("option[selected]") or item.select_one("option")
                values[name] = str(chosen["value"]) if chosen else ""
            elif item.get("type") in ("checkbox", "radio"):
                if item.has_attr("checked"):
                    values[name] = given or "on"
                else:
                    values.setdefault(name, "")
            else:
                values[name] = given if item.name == "input" else item.text.lstrip("\n")
        unknown = set(fields) - set(values) - {button["name"] for button in form.select("button[name]")}
        assert not unknown, f"{selector} has no {unknown}"
        sent = {name: value for name, value in {**values, **fields}.items() if value != ""}
        return str(form.get("action") or ""), sent
