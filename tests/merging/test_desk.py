"""The desk for duplicates: what waits, who has it open, the effect before the act, and the way back."""

from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import object_to_merge
from roadmap.merging.models import Merge
from roadmap.merging.queue import Waiting, queue_of
from roadmap.proposals.actions import edit_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.similarity.actions import compare_edition
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

DESK = "/en/2026/desk/duplicates"
PAIRS = (
    ("Give mutual-aid networks a seat at the table", "Give the mutual-aid networks a seat at the table"),
    ("Open the bus depots at night for the homeless", "Open bus depots at night for the homeless"),
    ("Teach solidarity in every primary school", "Teach solidarity in each primary school"),
)


@pytest.fixture
def people(edition: Edition) -> dict[str, Account]:
    made = {name: an_account(name) for name in ("Fatou", "Tomé", "Awa")}
    for name in ("Fatou", "Tomé"):
        a_role(made[name], Role.FACILITATOR, edition)
    return made


@pytest.fixture
def alike(edition: Edition, people: dict[str, Account]) -> list[Proposal]:
    """Three pairs that say the same, numbered 1 and 2, 3 and 4, 5 and 6; the first by Awa."""
    made = [
        a_proposal(edition, people["Awa"] if place == 0 else None, title=title)
        for place, title in enumerate(title for pair in PAIRS for title in pair)
    ]
    compare_edition(edition, now=NOW)
    return made


@pytest.fixture
def fatou(app: Flask, people: dict[str, Account], alike: list[Proposal]) -> Visitor:
    return signed_in(app, people["Fatou"])


@pytest.fixture
def tome(app: Flask, people: dict[str, Account], alike: list[Proposal]) -> Visitor:
    return signed_in(app, people["Tomé"])


def signed_in(app: Flask, account: Account) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(account, factor=1)
    return browser


def begin(browser: Visitor) -> str:
    """The address of the group that is opened."""
    return browser.press(DESK, "Begin with the first group").headers["Location"]


def merges() -> list[tuple[int, str]]:
    found = db.session.query(Merge).order_by(Merge.id)
    return [(db.session.get_one(Proposal, each.lead_id).number, each.reason) for each in found]


def leads(edition: Edition) -> list[int]:
    found = db.session.query(Proposal).filter(Proposal.lead_id.is_not(None)).order_by(Proposal.number)
    return [each.number for each in found]


def test_groups_wait_in_the_order_of_their_likeness(edition: Edition, alike: list[Proposal]) -> None:
    queue = queue_of(edition, NOW)
    assert sorted(group.numbers for group in queue) == [(1, 2), (3, 4), (5, 6)]
    likeness = [group.found.strongest for group in queue if group.found]
    assert likeness == sorted(likeness, reverse=True)


def test_a_second_facilitator_is_given_another_group(fatou: Visitor, tome: Visitor) -> None:
    assert begin(fatou) != begin(tome)


def test_looking_at_a_group_holds_nothing(edition: Edition, fatou: Visitor) -> None:
    fatou.get(f"{DESK}/1-2")
    assert [group.held_by for group in queue_of(edition, NOW)] == [None] * 3


def test_a_group_is_free_again_after_a_quarter_of_an_hour(
    fatou: Visitor, tome: Visitor, clock: time_machine.Traveller
) -> None:
    first = begin(fatou)
    clock.move_to(NOW + timedelta(minutes=15))
    assert begin(tome) == first


def test_whoever_opens_a_group_that_is_held_is_told_by_whom(fatou: Visitor, tome: Visitor) -> None:
    assert "Fatou has this group open" in BeautifulSoup(tome.get(begin(fatou)).text, "html.parser").get_text()


def test_the_effect_is_told_before_the_act(edition: Edition, alike: list[Proposal], fatou: Visitor) -> None:
    for name, first, second in (("a", "agree", None), ("b", None, "agree"), ("c", "agree", "agree"), ("d", "agree", "disagree")):  # fmt: skip
        voter = the_actor(an_account(name))
        for number, choice in ((1, first), (2, second)):
            if choice:
                cast_vote(voter, edition, number, choice, now=NOW)
    page = BeautifulSoup(fatou.get(f"{DESK}/1-2").text, "html.parser")
    rows = {
        row.th.get_text(): row.td.get_text()
        for row in page.select("table.effect tbody tr")
        if row.th and row.td
    }
    assert {name: rows[name] for name in list(rows)[:4]} == {
        "Voted on the lead alone": "1",
        "Voted on another one alone": "1",
        "Same vote on several": "1",
        "Opposite votes": "1",
    }


def test_merging_leads_to_the_next_group_and_offers_the_way_back(edition: Edition, fatou: Visitor) -> None:
    first = begin(fatou)
    answer = fatou.press(first, "Merge", reason="Word for word.")
    following = answer.headers["Location"]
    assert answer.status_code == 303 and following.split("?")[0] != first
    assert merges() == [(int(first.rsplit("/", 1)[1].split("-")[0]), "Word for word.")]
    undo = BeautifulSoup(fatou.get(following).text, "html.parser").find("a", string=lambda text: text == "Undo") or (
        BeautifulSoup(fatou.get(following).text, "html.parser").select_one("a[href*='/undo']")
    )  # fmt: skip
    assert undo is not None
    fatou.press(str(undo["href"]), "Undo the merge", reason="A mistake.")
    assert leads(edition) == []


def test_what_is_not_ticked_is_not_merged(edition: Edition, fatou: Visitor) -> None:
    page = fatou.get(f"{DESK}/1-2-3")
    fatou.press_on(page, f"{DESK}/1-2-3", "Merge", include=["1", "2"], lead="2")
    assert leads(edition) == [1]


def test_skipping_leaves_the_group_where_it_is_and_ends_at_the_list(edition: Edition, fatou: Visitor) -> None:
    address = begin(fatou)
    seen = []
    while "/duplicates/" in address:
        seen.append(address)
        address = fatou.press(address, "Skip for now").headers["Location"]
    assert (len(set(seen)), len(queue_of(edition, NOW))) == (3, 3)
    assert "That was the last group for now" in fatou.get(address).text


@pytest.mark.parametrize("label", ["Link as related", "Not the same"])
def test_a_decision_empties_the_place_and_can_be_taken_back(
    edition: Edition, fatou: Visitor, label: str
) -> None:
    following = fatou.press(f"{DESK}/1-2", label, include=["1", "2"]).headers["Location"]
    assert (1, 2) not in [group.numbers for group in queue_of(edition, NOW)]
    fatou.press(following, "Take it back")
    assert (1, 2) in [group.numbers for group in queue_of(edition, NOW)]


def test_an_edit_meanwhile_is_shown_with_its_difference_and_nothing_typed_is_lost(
    edition: Edition, alike: list[Proposal], people: dict[str, Account], fatou: Visitor
) -> None:
    page = fatou.get(f"{DESK}/1-2")
    edit_proposal(
        the_actor(people["Awa"]), edition, alike[0],
        Fields(title=f"{PAIRS[0][0]} at once", text="Now.", language="en"), now=NOW,
    )  # fmt: skip
    answer = fatou.press_on(page, f"{DESK}/1-2", "Merge", text="My merged words.")
    assert (answer.status_code, leads(edition)) == (409, [])
    shown = BeautifulSoup(answer.text, "html.parser")
    assert "What is different in No. 1 now" in shown.get_text()
    assert "My merged words." in shown.select_one("textarea[name=text]").get_text()  # type: ignore[union-attr]
    assert fatou.press_on(answer, f"{DESK}/1-2", "Merge").status_code == 303


def test_a_group_with_an_objection_comes_first_and_needs_an_answer(
    edition: Edition, alike: list[Proposal], people: dict[str, Account], fatou: Visitor, tome: Visitor
) -> None:
    fatou.press(f"{DESK}/5-6", "Merge")
    other = an_account("Lia")
    alike[5].author_id = other.id
    db.session.commit()
    merge = db.session.query(Merge).one()
    object_to_merge(the_actor(other), edition, merge, 6, reason="It asks for more.", now=NOW)
    assert queue_of(edition, NOW)[0].numbers == (5, 6)
    assert "It asks for more." in tome.get(f"{DESK}/5-6").text
    assert tome.press(f"{DESK}/5-6", "Merge").status_code == 422
    assert tome.press(f"{DESK}/5-6", "Merge", answers_objection="Nothing more is asked.").status_code == 303


def test_following_an_objection_takes_the_group_from_the_desk(
    edition: Edition, alike: list[Proposal], fatou: Visitor, tome: Visitor
) -> None:
    fatou.press(f"{DESK}/1-2", "Merge")
    author = db.session.get_one(Account, alike[0].author_id)
    object_to_merge(the_actor(author), edition, db.session.query(Merge).one(), 1, reason="No.", now=NOW)
    tome.press(f"{DESK}/1-2", "Not the same", include=["1", "2"])
    assert (1, 2) not in [group.numbers for group in queue_of(edition, NOW)]


def test_pairs_that_are_all_but_the_same_are_merged_by_their_ticks(
    edition: Edition, people: dict[str, Account], app: Flask
) -> None:
    for title in ("Open the bus depots at night", "Open the bus depots at night", "Teach it", "Share ships", "Share ships"):  # fmt: skip
        a_proposal(edition, title=title, text=f"{title}, in every city and in each village of the coast.")
    compare_edition(edition, now=NOW)
    browser = signed_in(app, people["Fatou"])
    browser.press(f"{DESK}?near=1", "Merge what is ticked", pair=["1-2"])
    assert leads(edition) == [2]


def test_a_group_is_gathered_by_hand_from_a_search(fatou: Visitor) -> None:
    found = BeautifulSoup(fatou.get(f"{DESK}?q=solidarity").text, "html.parser")
    assert [box["value"] for box in found.select("input[name=number]")] == ["5", "6"]
    assert fatou.get(f"{DESK}/gather?number=1&number=6").headers["Location"].endswith("/1-6")
    assert fatou.get(f"{DESK}/gather?number=1").status_code == 422


@pytest.mark.parametrize(
    "group", ["1", "1-1", "0-1", "a-b", "1-99", "1-2-3-4-5-6-7-8-9-10-11-12-13", "1-2147483648"]
)
def test_what_is_no_group_is_not_found(fatou: Visitor, group: str) -> None:
    assert fatou.get(f"{DESK}/{group}").status_code == 404


def test_a_group_that_was_decided_meanwhile_is_said_to_be(fatou: Visitor, tome: Visitor) -> None:
    page = tome.get(f"{DESK}/1-2")
    fatou.press(f"{DESK}/1-2", "Merge")
    assert tome.get(f"{DESK}/1-2").status_code == 303
    assert tome.press_on(page, f"{DESK}/1-2", "Merge").status_code == 409


def test_a_negation_is_marked(edition: Edition, people: dict[str, Account], app: Flask) -> None:
    a_proposal(edition, title="Ban the sale of arms to both sides of a war")
    a_proposal(edition, title="Do not ban the sale of arms to both sides of a war")
    page = signed_in(app, people["Fatou"]).get(f"{DESK}/1-2")
    assert "differ by a negation" in page.text


def test_nobody_but_facilitators_and_organisers_comes_in(app: Flask, people: dict[str, Account]) -> None:
    assert signed_in(app, people["Awa"]).get(DESK).status_code == 403


def test_results_that_wait_for_the_close_show_no_shares_at_the_desk(app: Flask) -> None:
    edition = an_edition("2028", results="at-close")
    facilitator = a_role(an_account("Fatou"), Role.FACILITATOR, edition)
    for title in PAIRS[0]:
        made = a_proposal(edition, title=title)
        cast_vote(the_actor(an_account(title[:20])), edition, made.number, "agree", now=NOW)
    page = BeautifulSoup(signed_in(app, facilitator).get("/en/2028/desk/duplicates/1-2").text, "html.parser")
    assert page.select(".bar") == [] and "Place in the order" not in page.get_text()


def test_after_a_decision_the_group_that_stood_behind_it_is_opened_and_the_queue_is_asked_once(
    edition: Edition, fatou: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = ("-".join(map(str, group.numbers)) for group in queue_of(edition, NOW))
    page = fatou.get(f"{DESK}/{second}")
    asked: list[Edition] = []

    def counted(edition: Edition, now: datetime) -> list[Waiting]:
        asked.append(edition)
        return queue_of(edition, now)

    monkeypatch.setattr("roadmap.merging.actions.opening.queue_of", counted)
    monkeypatch.setattr("roadmap.merging.desk.bench.queue_of", counted)
    answer = fatou.press_on(page, f"{DESK}/{second}", "Not the same")
    assert answer.headers["Location"].partition("?")[0] == f"{DESK}/{third}"
    assert len(asked) == 1
    assert "-".join(map(str, queue_of(edition, NOW)[0].numbers)) == first


def test_a_card_at_the_desk_tells_the_tags(edition: Edition, alike: list[Proposal], fatou: Visitor) -> None:
    edition.tags = [{"number": 1, "name": {"en": "Housing"}}, {"number": 2, "name": {"fr": "Transports"}}]
    alike[3].tags = [1, 2]
    db.session.commit()
    cards = fatou.page(f"{DESK}/3-4").select(".candidates section")
    assert [[tag.get_text() for tag in card.select(".tag")] for card in cards] == [
        [],
        ["Housing", "Transports"],
    ]
    assert cards[1].select_one(".tag[lang=fr]")
