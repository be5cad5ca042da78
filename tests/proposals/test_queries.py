"""Lists of proposals: orders, filters, search, pages."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.proposals import queries
from roadmap.proposals.models import Proposal
from roadmap.proposals.orders import ORDERS
from roadmap.votes.actions import cast_vote
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor, the_question
from tests.proposals.writing import merged


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def numbers(edition: Edition, **wishes: object) -> list[int]:
    return [one.number for one in queries.list_of(edition, the_question(edition), **wishes).items]  # type: ignore[arg-type]


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is said to the database meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_fair_order_is_the_same_for_one_reader(edition: Edition) -> None:
    for _each in range(20):
        a_proposal(edition)
    assert numbers(edition, seed="voter 1") == numbers(edition, seed="voter 1")


def test_the_fair_order_differs_between_readers(edition: Edition) -> None:
    for _each in range(20):
        a_proposal(edition)
    assert numbers(edition, seed="voter 1") != numbers(edition, seed="voter 2")


def test_only_what_somebody_reads_can_be_listed(edition: Edition) -> None:
    for code in ("en", "fr", "ar", "pt-BR"):
        a_proposal(edition, language=code)
    assert sorted(numbers(edition, reads=("ar", "pt"))) == [3, 4]
    assert sorted(numbers(edition, reads=("ar", "pt"), language="ar")) == [3]
    assert sorted(numbers(edition)) == [1, 2, 3, 4]


def test_a_new_proposal_does_not_shuffle_the_others(edition: Edition) -> None:
    for _each in range(20):
        a_proposal(edition)
    before = numbers(edition, seed="voter 1")
    a_proposal(edition)
    assert [number for number in numbers(edition, seed="voter 1") if number != 21] == before


@pytest.mark.parametrize("order", ORDERS)
def test_pages_of_a_list_neither_repeat_nor_skip(edition: Edition, order: str) -> None:
    """C40."""
    question = the_question(edition)
    db.session.add_all(
        Proposal(
            edition_id=edition.id, question_id=question.id, number=number, title="t", text="t", html="t",
            language="en", links=[], made=NOW, changed=NOW,
        )
        for number in range(1, 251)
    )  # fmt: skip
    db.session.commit()
    walk = [number for page in range(1, 6) for number in numbers(edition, order=order, page=page, seed="me")]
    assert sorted(walk) == list(range(1, 251))
    assert numbers(edition, order=order, page=3, seed="me") == walk[100:150]


def test_the_newest_come_first_where_asked_ties_by_number(edition: Edition) -> None:
    for days in (3, 1, 1, 2):
        a_proposal(edition, made=NOW - days * DAY)
    assert numbers(edition, order="new") == [2, 3, 4, 1]


def test_fewest_votes_first(edition: Edition) -> None:
    chen = the_actor(an_account("Chen"))
    for _each in range(3):
        a_proposal(edition)
    for number, choice in ((1, "agree"), (3, "pass")):
        cast_vote(chen, edition, number, choice, now=NOW)
    assert numbers(edition, order="fewest") == [2, 1, 3]


def test_most_agreed_first(edition: Edition) -> None:
    chen = the_actor(an_account("Chen"))
    for _each in range(3):
        a_proposal(edition)
    for number, choice in ((1, "disagree"), (3, "agree")):
        cast_vote(chen, edition, number, choice, now=NOW)
    assert numbers(edition, order="agreed") == [3, 1, 2]


def test_where_results_wait_for_the_close_no_order_tells_them(edition: Edition) -> None:
    edition.results = "at-close"
    db.session.commit()
    for _each in range(8):
        a_proposal(edition)
    cast_vote(the_actor(an_account("Chen")), edition, 5, "agree", now=NOW)
    assert numbers(edition, order="agreed", seed="me", now=NOW) == numbers(edition, seed="me")


def test_most_commented_first_counts_what_was_said_on_sources(edition: Edition) -> None:
    a_proposal(edition, comment_count=3)
    lead, source = a_proposal(edition, comment_count=1), a_proposal(edition, comment_count=4)
    merged(edition, lead, source)
    assert numbers(edition, order="talked") == [2, 1]


def test_only_published_leads_are_listed(edition: Edition) -> None:
    lead, source = a_proposal(edition), a_proposal(edition)
    merged(edition, lead, source)
    for state in ("waiting", "hidden", "withdrawn"):
        a_proposal(edition, state=state)
    assert numbers(edition) == [1]


def test_a_list_can_be_narrowed_to_a_language(edition: Edition) -> None:
    for language in ("en", "ar", "fr"):
        a_proposal(edition, language=language)
    assert numbers(edition, language="ar") == [2]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ECOLE gratuite", [1]),
        ("école", [1]),
        ("100%", [2]),
        ("%", [2]),
        ("a.b", []),
        (".*", []),
        ("gratuite 100", []),
    ],
)
def test_search_takes_words_as_they_are(edition: Edition, words: str, found: list[int]) -> None:
    a_proposal(edition, title="L’École gratuite")
    a_proposal(edition, title="100% for a/b")
    assert numbers(edition, text=words) == found


def test_what_was_answered_can_be_left_out(edition: Edition) -> None:
    chen: Actor = the_actor(an_account("Chen"))
    for _each in range(3):
        a_proposal(edition)
    cast_vote(chen, edition, 2, "pass", now=NOW)
    assert sorted(numbers(edition, actor=chen, todo=True)) == [1, 3]


def test_a_list_of_three_asks_no_more_than_a_list_of_one(edition: Edition) -> None:
    asked = []
    for _each in (1, 2):
        for _more in range(1 if not asked else 2):
            a_proposal(edition)
        with statements() as said:
            listed = queries.list_of(edition, the_question(edition), order="talked")
            queries.cards_of(listed.items)
        asked.append(len(said))
    assert asked[0] == asked[1]


def test_a_card_counts_comments_and_sources_together(edition: Edition) -> None:
    lead, source, deeper = (a_proposal(edition, comment_count=count) for count in (2, 3, 1))
    merged(edition, source, deeper)
    merged(edition, lead, source)
    assert queries.cards_of([lead])[lead.id] == queries.Card(6, 2)


def test_addresses_come_from_number_and_title(edition: Edition) -> None:
    assert queries.address_of(a_proposal(edition, title="Rights & duties")) == "1-rights-duties"
