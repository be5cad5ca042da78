"""Parts of pages are remembered under everything they are made of, so none of them is ever out of date."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string

from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.votes.actions import cast_vote
from roadmap.web import remembered
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, an_account, an_edition, the_actor

PART = '{% call remembered("part", "en", value) %}{{ made() }}{% endcall %}'
LIST = "/en/2026/questions/1-question-1"


class Made:
    """Counts how often it was asked."""

    times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"<{self.times}>"


def drawn(value: object, made: Callable[[], str]) -> str:
    return render_template_string(PART, value=value, made=made)


def test_the_same_values_are_drawn_once(app: Flask) -> None:
    with app.test_request_context("/en/"):
        made = Made()
        assert [drawn(1, made), drawn(1, made), drawn(2, made)] == ["&lt;1&gt;", "&lt;1&gt;", "&lt;2&gt;"]


def test_only_so_many_parts_are_remembered(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 4)
    with app.test_request_context("/en/"):
        made = Made()
        for value in range(40):
            drawn(value, made)
        assert len(app.extensions["remembered-markup"]) <= 4


def test_what_is_put_in_is_escaped() -> None:
    assert remembered.put_in(f'<a href="{remembered.MARK}">', '"><b>') == '<a href="&#34;&gt;&lt;b&gt;">'


def test_a_list_is_the_same_from_memory(app: Flask) -> None:
    edition, reader = an_edition(), an_account()
    for number in (1, 2, 3):
        a_proposal(edition, title=f"<i>{number}")
    browser = Browser(app).sign_in(reader)
    cast_vote(the_actor(reader), edition, 2, "agree", now=NOW)
    first, second = (browser.get(f"{LIST}?sort=new&x=%22%3E").text for _time in range(2))
    app.extensions["remembered-markup"].clear()
    assert first == second == browser.get(f"{LIST}?sort=new&x=%22%3E").text


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"title": "Share the keys"}, "Share the keys"),
        ({"html": "<p>Keep every key twice.</p>"}, "Keep every key twice."),
        ({"author_name": "Neighbours of Porto", "author_line": "group"}, "Neighbours of Porto"),
        ({"author_line": "none"}, "No name given"),
        ({"language": "pt"}, "Written in Português"),
        ({"region": "PT"}, "Portugal"),
        ({"comment_count": 7}, "7 comments"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_card_shows_every_change_at_once(app: Flask, change: dict[str, Any], shown: str) -> None:
    a_proposal(an_edition(), an_account("Awa"))
    browser = Browser(app)
    assert shown not in browser.page(LIST).text
    proposal = db.session.query(Proposal).one()
    for name, value in change.items():
        setattr(proposal, name, value)
    db.session.commit()
    assert shown in browser.page(LIST).text


def test_the_way_back_of_a_ballot_is_the_address_it_stands_at(app: Flask) -> None:
    a_proposal(an_edition())
    browser = Browser(app)
    for query in ("?sort=new", "?sort=fewest&q=share"):
        back = browser.page(LIST + query).select_one("input[name=back]")
        assert back is not None and back["value"] == LIST + query
