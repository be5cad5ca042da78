"""Addresses that pages of drafts link to, while the features that own them are not mounted."""

import pytest
from flask import Flask

LINKED = {
    "pages.home": "/<language>/",
    "pages.edition_home": "/<language>/<edition>/",
    "pages.questions": "/<language>/<edition>/questions",
    "proposals.proposal": "/<language>/<edition>/proposals/<number_slug>",
    "accounts.sign_in": "/<language>/sign-in",
}


def add_missing(app: Flask) -> None:
    for endpoint, rule in LINKED.items():
        if endpoint not in app.view_functions:
            app.add_url_rule(rule, endpoint, lambda **_: "")


@pytest.fixture
def app(app: Flask) -> Flask:
    add_missing(app)
    return app
