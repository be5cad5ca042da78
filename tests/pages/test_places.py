"""Above each page: the places to go to, and the one where the reader is."""

import pytest
from flask import Flask

from roadmap.domain.policy import Role
from tests.accounts.people import Visitor
from tests.factories import a_proposal, a_role, an_account, an_edition

E = "/en/2026"


@pytest.mark.parametrize(
    ("path", "place", "how"),
    [
        (f"{E}/questions", "Questions", "page"),
        (f"{E}/propose", "Questions", "true"),
        (f"{E}/vote", "Vote", "page"),
        (f"{E}/roadmap", "Roadmap", "page"),
        (f"{E}/desk", "Desk", "page"),
        (f"{E}/desk/tags", "Desk", "true"),
        (f"{E}/desk/duplicates", "Desk", "true"),
        (f"{E}/manage", "Manage", "page"),
        (f"{E}/manage/people", "Manage", "true"),
        (f"{E}/manage/roadmap", "Manage", "true"),
        ("/en/me", "", ""),
    ],
)
def test_one_place_is_marked_where_the_reader_is(app: Flask, path: str, place: str, how: str) -> None:
    edition = an_edition()
    a_proposal(edition)
    browser = Visitor(app)
    browser.sign_in(a_role(an_account("Oriol"), Role.ORGANISER, edition), factor=1)
    marked = {
        link.text: link["aria-current"] for link in browser.page(path).select("nav.places a[aria-current]")
    }
    assert marked == ({place: how} if place else {})
