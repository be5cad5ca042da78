"""An edition in preparation: for everybody but its organisers it is not there."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from roadmap.core.errors import Closed
from roadmap.core.permit import permit
from roadmap.domain.phases import Verb
from roadmap.domain.policy import Role
from roadmap.editions.actions import create_edition
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of, find_current_edition
from roadmap.editions.seed_file import EditionPlan
from roadmap.votes.actions import cast_vote
from tests.browsing import Browser
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor


def in_preparation(slug: str = "next") -> Edition:
    """An edition whose phases are open by their dates, and which nobody has opened."""
    return an_edition(slug, is_current=False, opened=None)


def _address(rule: Rule, slug: str) -> str:
    values = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        words = sorted(getattr(converter, "items", []))
        values[name] = words[0] if words else "1" if converter.regex.startswith("[0-9]") else "1-x"
    values |= {"language": "en", "edition": slug}
    built = rule.build(values)
    assert built is not None, rule.rule
    return built[1]


@pytest.mark.parametrize("person", ["guest", "participant", "facilitator", "elsewhere"])
def test_every_route_answers_as_for_an_edition_that_does_not_exist(app: Flask, person: str) -> None:
    edition, other = in_preparation(), an_edition()
    browser = Browser(app)
    if person != "guest":
        account = an_account(person)
        if person == "facilitator":
            a_role(account, Role.FACILITATOR, edition)
        if person == "elsewhere":
            a_role(account, Role.ORGANISER, other)
        browser.sign_in(account)
    asked = 0
    for rule in app.url_map.iter_rules():
        if "edition" not in rule.arguments:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            ask = browser.get if method == "GET" else browser.post
            hidden, missing = (ask(_address(rule, slug)) for slug in ("next", "none"))
            asked += 1
            assert hidden.status_code == missing.status_code == 404, (method, rule.rule)
            assert hidden.text.replace("next", "none") == missing.text, (method, rule.rule)
            assert sorted(hidden.headers) == sorted(missing.headers), (method, rule.rule)
    assert asked > 40


def test_a_change_from_elsewhere_does_not_tell_either(app: Flask, browser: Browser) -> None:
    in_preparation()
    answers = [
        browser.client.post(f"/en/{slug}/proposals/1/vote", headers={"Sec-Fetch-Site": "cross-site"})
        for slug in ("next", "none")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_it_is_never_the_current_edition(app: Flask, browser: Browser) -> None:
    in_preparation()
    assert find_current_edition() is None
    assert "/next" not in browser.page("/en/").decode()


def test_one_made_in_preparation_leaves_the_current_edition_alone(app: Flask) -> None:
    plan = EditionPlan("first", {"en": "First"}, ["en"], "UTC", [], [])
    first = create_edition(plan, now=NOW, in_preparation=True)
    assert (first.opened, first.is_current) == (None, False)


def test_an_organiser_sees_its_pages(app: Flask, browser: Browser) -> None:
    edition = in_preparation()
    browser.sign_in(a_role(an_account(), Role.ORGANISER, edition))
    for path in ("", "questions", "vote", "propose", "roadmap", "log", "manage/phases"):
        assert browser.get(f"/en/next/{path}").status_code == 200, path


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("proposals/1/vote", {"choice": "agree"}),
        ("vote", {"do": "skip"}),
        ("propose", {"title": "A seat for neighbours", "later": "1"}),
        ("propose/check", {}),
        ("proposals/1/comments", {"text": "Yes."}),
        ("proposals/1-x/withdraw", {"reason": "No."}),
    ],
)
def test_what_an_organiser_presses_there_is_refused_in_a_sentence(
    app: Flask, browser: Browser, path: str, fields: dict[str, str]
) -> None:
    edition = in_preparation()
    organiser = a_role(an_account(), Role.ORGANISER, edition)
    a_proposal(edition, organiser)
    answer = browser.sign_in(organiser).post(f"/en/next/{path}", fields)
    assert answer.status_code == 409
    assert "This is a preview of an edition that is not open yet. Nothing was stored." in answer.text


def test_a_vote_is_refused_by_the_deed_itself(app: Flask) -> None:
    edition = in_preparation()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    a_proposal(edition)
    with app.test_request_context("/en/"), pytest.raises(Closed) as refusal:
        cast_vote(organiser, edition, 1, "agree", now=NOW)
    assert (
        refusal.value.message == "This is a preview of an edition that is not open yet. Nothing was stored."
    )


@pytest.mark.parametrize("verb", [Verb.PROPOSE, Verb.COMMENT, Verb.VOTE, Verb.OWN, Verb.MERGE, Verb.FREEZE])
def test_the_policy_refuses_it_too(app: Flask, verb: Verb) -> None:
    edition = in_preparation()
    organiser = the_actor(a_role(an_account(), Role.ORGANISER, edition))
    with app.test_request_context("/en/"), pytest.raises(Closed):
        permit(organiser, verb, facts_of(edition, NOW))
