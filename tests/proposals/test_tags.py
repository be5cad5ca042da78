"""Tags: facilitators gather proposals by plain words, readers filter by them, the log tells of it."""

import pytest
from flask import Flask

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.core.errors import Invalid, NotFound, Refused
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.log.models import LogEntry
from roadmap.log.phrases import line
from roadmap.proposals.models import Proposal
from roadmap.proposals.tagging import make_tag, remove_tag, rename_tag, tag_proposals
from roadmap.proposals.tags import MOST, counts_of, tagged, tags_of
from tests.accounts.people import Visitor
from tests.factories import NOW, a_proposal, a_role, an_account, an_edition, the_actor

DESK = "/en/2026/desk/tags"
QUESTION = "/en/2026/questions/1-question-1"


@pytest.fixture
def edition(app: Flask) -> Edition:
    made = an_edition()
    for title in ("Open the kitchens", "Fund night buses", "Open the depots"):
        a_proposal(made, title=title)
    return made


@pytest.fixture
def rita(edition: Edition) -> Account:
    return a_role(an_account("Rita"), Role.FACILITATOR, edition)


@pytest.fixture
def facilitator(rita: Account) -> Actor:
    return the_actor(rita)


@pytest.fixture
def desk(app: Flask, rita: Account) -> Visitor:
    browser = Visitor(app)
    browser.sign_in(rita, factor=1)
    return browser


@pytest.fixture
def housing(edition: Edition, facilitator: Actor) -> int:
    """A tag on the first and the third proposal."""
    tag = make_tag(facilitator, edition, {"en": "Housing", "fr": "Logement"}, now=NOW)
    tag_proposals(facilitator, edition, [1, 3], put=[tag.number], now=NOW)
    return tag.number


def told() -> list[str]:
    return [line(entry.kind, entry.facts) for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


def numbers(edition: Edition, tag: int) -> list[int]:
    return [proposal.number for proposal in tagged(edition, tag)]


def listed(browser: Visitor, address: str) -> list[str]:
    return [link.text for link in browser.page(address).select("ol.items h3 a")]


def test_a_tag_is_put_on_several_at_once_and_the_log_tells_it_once(edition: Edition, housing: int) -> None:
    assert numbers(edition, housing) == [1, 3]
    assert told() == ["The tag “Housing” was made.", "The tag “Housing” was put on proposals: No. 1, 3."]


def test_what_has_the_tag_already_is_told_of_no_second_time(
    edition: Edition, facilitator: Actor, housing: int
) -> None:
    assert tag_proposals(facilitator, edition, [1, 2], put=[housing], now=NOW) == [2]
    assert tag_proposals(facilitator, edition, [1, 2], put=[housing], now=NOW) == []
    assert told()[2:] == ["The tag “Housing” was put on proposals: No. 2."]


def test_a_tag_is_taken_off_and_removed_from_all(edition: Edition, facilitator: Actor, housing: int) -> None:
    tag_proposals(facilitator, edition, [3], take=[housing], now=NOW)
    assert numbers(edition, housing) == [1]
    remove_tag(facilitator, edition, housing, now=NOW)
    assert (tags_of(edition), [each.tags for each in db.session.query(Proposal)]) == ([], [[], [], []])
    assert told()[2:] == [
        "The tag “Housing” was taken off proposals: No. 3.",
        "The tag “Housing” was removed from all proposals.",
    ]


def test_a_tag_is_renamed_where_it_stands(edition: Edition, facilitator: Actor, housing: int) -> None:
    rename_tag(facilitator, edition, housing, {"en": "Homes"}, now=NOW)
    assert [(tag.number, tag.name) for tag in tags_of(edition)] == [(housing, {"en": "Homes"})]
    assert told()[-1] == "The tag “Housing” is called “Homes” now."
    assert numbers(edition, housing) == [1, 3]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ({}, "Write the name in at least one language."),
        ({"en": "housing "}, "There is a tag with this name already."),
        ({"fr": "x" * 41}, "Shorten the name to 40 characters; it has 41."),
        ({"de": "Wohnen"}, "Write the name in at least one language."),
    ],
)
def test_a_name_that_does_not_do_is_refused(
    edition: Edition, facilitator: Actor, housing: int, name: dict[str, str], fault: str
) -> None:
    with pytest.raises(Invalid, match=fault):
        make_tag(facilitator, edition, name, now=NOW)
    assert len(tags_of(edition)) == 1


def test_an_edition_has_thirty_tags_at_most(edition: Edition, facilitator: Actor) -> None:
    for number in range(MOST):
        make_tag(facilitator, edition, {"en": f"Tag {number}"}, now=NOW)
    with pytest.raises(Invalid, match="30 tags at most"):
        make_tag(facilitator, edition, {"en": "One more"}, now=NOW)


def test_participants_do_not_tag(edition: Edition, housing: int) -> None:
    with pytest.raises(Refused):
        tag_proposals(the_actor(an_account("Ana")), edition, [1], take=[housing], now=NOW)


def test_what_is_no_tag_and_what_is_no_proposal_is_not_found(
    edition: Edition, facilitator: Actor, housing: int
) -> None:
    for chosen, tag in (([1], 9), ([1, 99], housing)):
        with pytest.raises(NotFound):
            tag_proposals(facilitator, edition, chosen, put=[tag], now=NOW)
    assert numbers(edition, housing) == [1, 3]


def test_readers_filter_the_question_by_tag_without_script(
    app: Flask, edition: Edition, housing: int
) -> None:
    reader = Visitor(app)
    options = [(option["value"], option.text) for option in reader.page(QUESTION).select("#tag option")]
    assert options == [("", "Any tag"), ("1", "Housing")]
    shown = listed(reader, f"{QUESTION}?tag=1&sort=new")
    assert sorted(shown) == ["Open the depots", "Open the kitchens"]
    assert "With the tag “Housing”." in reader.page(f"{QUESTION}?tag=1").text
    assert len(listed(reader, f"{QUESTION}?tag=99")) == 3


def test_a_hidden_proposal_is_under_no_tag(app: Flask, edition: Edition, housing: int) -> None:
    db.session.query(Proposal).filter_by(number=3).update({"state": "hidden"})
    db.session.commit()
    assert listed(Visitor(app), f"{QUESTION}?tag=1") == ["Open the kitchens"]
    assert (numbers(edition, housing), counts_of(edition)[housing]) == ([1], 1)


def test_a_proposal_names_its_tags_to_everybody_in_their_language(app: Flask, housing: int) -> None:
    page = Visitor(app).page("/fr/2026/proposals/1-open-the-kitchens")
    link = page.select_one("#tags a")
    assert link is not None
    assert (link.text, link["href"]) == ("Logement", "/fr/2026/questions/1-question-1?tag=1#list")
    assert page.select("input[name=tag]") == []


def test_a_facilitator_ticks_tags_on_the_page_of_a_proposal(
    edition: Edition, desk: Visitor, facilitator: Actor, housing: int
) -> None:
    night = make_tag(facilitator, edition, {"en": "At night"}, now=NOW).number
    page = "/en/2026/proposals/1-open-the-kitchens"
    answer = desk.press(page, "Save the tags", tag=[str(night)])
    assert answer.headers["Location"] == f"{page}#tags"
    assert (numbers(edition, housing), numbers(edition, night)) == ([3], [1])


def test_the_desk_makes_a_tag_and_puts_it_on_what_a_search_finds(edition: Edition, desk: Visitor) -> None:
    where = desk.press(DESK, "Make the tag", name_en="Kitchens").headers["Location"]
    assert where == f"{DESK}/1"
    found = desk.get(f"{where}?q=open")
    boxes = desk.page(f"{where}?q=open").select("input[name=number]")
    assert sorted(str(box["value"]) for box in boxes) == ["1", "3"]
    assert desk.press_on(found, where, "Put the tag on these", number=["1", "3"]).status_code == 303
    assert numbers(edition, 1) == [1, 3]
    desk.press(where, "Take the tag off these", number=["3"])
    assert numbers(edition, 1) == [1]


def test_nothing_ticked_comes_back_with_a_sentence(edition: Edition, desk: Visitor, housing: int) -> None:
    answer = desk.post(f"{DESK}/1", {"do": "put", "q": "open"})
    assert answer.status_code == 422 and "Tick the proposals that the tag is about." in answer.text


def test_a_name_that_does_not_do_stays_in_the_form(edition: Edition, desk: Visitor, housing: int) -> None:
    answer = desk.press(DESK, "Make the tag", name_en="Housing", name_fr="Autre")
    assert answer.status_code == 422
    assert "There is a tag with this name already." in answer.text and 'value="Autre"' in answer.text


def test_the_desk_renames_and_removes(edition: Edition, desk: Visitor, housing: int) -> None:
    desk.press(f"{DESK}/1", "Save the name", name_en="Homes")
    assert [dict(tag.name) for tag in tags_of(edition)] == [{"en": "Homes", "fr": "Logement"}]
    assert desk.press(f"{DESK}/1", "Remove the tag").headers["Location"] == DESK
    assert desk.get(f"{DESK}/1").status_code == 404
