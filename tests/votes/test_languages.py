"""The deck draws in the languages that a person reads, and says what it leaves out."""

from collections import Counter

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import Part, split_proposal
from roadmap.proposals.models import BuiltOn, Proposal
from roadmap.votes.actions import cast_vote
from roadmap.votes.deck import Card, Hand, _chances, _pile, hand_for
from roadmap.votes.exposure import exposure_of
from roadmap.votes.models import Impression, Vote
from roadmap.votes.routing import METHOD, Figures
from tests.browsing import Browser
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor
from tests.votes.pressing import fields_of, merged, press

CHOOSE = "/en/2026/vote/languages"
DECK = "/en/2026/vote"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def six(edition: Edition) -> list[Proposal]:
    """Three in English, two in French, one in Arabic."""
    return [a_proposal(edition, language=code) for code in ("en", "en", "en", "fr", "fr", "ar")]


def reader(*reads: str, name: str = "Ana") -> Account:
    return an_account(name, reads=list(reads))


def hand(edition: Edition, actor: Actor, question: int | None = None) -> Hand:
    return hand_for(actor, edition, question, secret="a secret", language="en", now=NOW)


def language_of(browser: Browser, address: str = DECK) -> str:
    asked = browser.page(address).select_one("#ask")
    assert asked is not None
    return str(asked["lang"])


def summary(browser: Browser) -> str:
    found = browser.page(DECK).select_one(".deck-aside summary")
    assert found is not None
    return found.text


class TestDraw:
    def test_only_what_the_reader_reads_is_drawn_with_its_probability_among_just_that(
        self, edition: Edition, six: list[Proposal]
    ) -> None:
        french = {each.id for each in six if each.language == "fr"}
        for number in range(12):
            found = hand(edition, the_actor(reader("fr", name=f"Reader {number}")))
            assert found.proposal in french
            assert found.drawn is not None and found.drawn.probability == pytest.approx(1 / 2)
            assert (found.left, found.elsewhere) == (2, 4)

    def test_as_long_as_nothing_was_said_everything_is_drawn(
        self, edition: Edition, six: list[Proposal]
    ) -> None:
        found = hand(edition, the_actor(reader()))
        assert found.drawn is not None and found.drawn.probability == pytest.approx(1 / 6)
        assert (found.left, found.elsewhere) == (6, 0)

    def test_a_language_is_drawn_in_all_its_regions(self, edition: Edition) -> None:
        brazilian = a_proposal(edition, language="pt-BR")
        assert hand(edition, the_actor(reader("pt"))).proposal == brazilian.id

    def test_nothing_left_in_these_is_told_from_nothing_left(
        self, edition: Edition, six: list[Proposal]
    ) -> None:
        actor = the_actor(reader("ar"))
        cast_vote(actor, edition, six[5].number, "agree", now=NOW)
        found = hand(edition, actor)
        assert (found.proposal, found.answered, found.left, found.elsewhere) == (None, 1, 0, 5)

    def test_what_is_in_other_questions_is_not_counted(self, edition: Edition, six: list[Proposal]) -> None:
        a_proposal(edition, question=2, language="fr")
        found = hand(edition, the_actor(reader("ar")), six[0].question_id)
        assert (found.left, found.elsewhere) == (1, 5)

    def test_ones_own_contradiction_is_asked_in_any_language(
        self, edition: Edition, six: list[Proposal]
    ) -> None:
        actor = the_actor(reader("ar"))
        cast_vote(actor, edition, 4, "agree", now=NOW)
        cast_vote(actor, edition, 5, "disagree", now=NOW)
        merged(edition, six[3], six[4])
        found = hand(edition, actor)
        assert found.proposal == six[3].id
        assert found.drawn is not None and found.drawn.policy == "asked-again"

    def test_parts_of_what_one_voted_on_come_in_any_language(
        self, edition: Edition, six: list[Proposal]
    ) -> None:
        actor = the_actor(reader("ar"))
        cast_vote(actor, edition, 4, "agree", now=NOW)
        facilitator = the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition))
        parts = [Part("Une chose", "La première."), Part("Une autre", "La seconde.")]
        split_proposal(facilitator, edition, 4, parts, reason="Deux choses.", now=NOW)
        found = hand(edition, actor)
        assert found.drawn is not None and found.drawn.policy == "takes-up"
        assert db.session.get_one(Proposal, found.proposal).title == "Une chose"
        assert hand(edition, the_actor(reader("ar", name="Badr"))).proposal == six[5].id

    @pytest.mark.parametrize(("reads", "comes"), [(("ar",), False), (("ar", "fr"), True), ((), True)])
    def test_what_was_built_on_it_comes_to_those_who_read_it(
        self, edition: Edition, six: list[Proposal], reads: tuple[str, ...], comes: bool
    ) -> None:
        actor = the_actor(reader(*reads))
        cast_vote(actor, edition, 6, "agree", now=NOW)
        saved(BuiltOn(proposal_id=six[3].id, older_id=six[5].id))
        assert (hand(edition, actor).proposal == six[3].id) is comes


cards = st.lists(
    st.builds(
        Card, proposal=st.integers(1, 10_000), question=st.integers(1, 3), number=st.just(0),
        skipped=st.integers(0, 1), asked_again=st.just(False), takes_up=st.just(False), part=st.just(False),
        language=st.sampled_from(["ar", "en", "fr", "pt-BR"]),
    ),
    max_size=30, unique_by=lambda card: card.proposal,
)  # fmt: skip


@given(cards, st.sets(st.sampled_from(["ar", "en", "fr", "pt"])), st.floats(0.01, 50))
def test_probabilities_sum_to_one_over_what_can_be_drawn_and_none_is_below_its_share_of_chance(
    dealt: list[Card], reads: set[str], weight: float
) -> None:
    """Invariant 16, over just those that the reader reads."""
    mine = [card for card in dealt if card.comes_to(tuple(sorted(reads)))]
    pile = _pile(mine, Counter())
    assert bool(pile) == bool(mine)
    assert not reads or {card.language.partition("-")[0] for card in pile} <= reads
    figures = Figures(
        {"": {card.proposal: weight * (1 + card.proposal % 7) for card in dealt[::2]}}, {}, NOW, 0
    )
    for known in (None, figures):
        found = _chances(pile, known, "") if pile else {}
        assert set(found) == {card.proposal for card in pile}
        assert not pile or sum(found.values()) == pytest.approx(1, abs=1e-9)
        assert all(chance >= METHOD.eps / len(pile) - 1e-12 for chance in found.values())


class TestChoosing:
    """On the deck itself, with an account or without."""

    def test_a_guest_chooses_and_comes_back_to_the_deck(self, browser: Browser, six: list[Proposal]) -> None:
        assert summary(browser) == "Languages you read: all"
        response = browser.post(CHOOSE, {"question": "1", "reads": ["fr", "ar"]})
        assert (response.status_code, response.location) == (303, "/en/2026/vote?question=1")
        assert summary(browser) == "Languages you read: Français, العربية"
        assert {language_of(browser, f"{DECK}?passed={n}") for n in range(6)} == {"fr", "ar"}

    def test_it_makes_no_voter_and_stores_nothing_personal(
        self, browser: Browser, six: list[Proposal]
    ) -> None:
        answer = browser.post(CHOOSE, {"reads": ["fr", "ar"]})
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert cookie.partition(";")[0] == "reads=ar.fr"
        assert db.session.query(Account).count() == 0

    def test_an_account_keeps_it(self, app: Flask, browser: Browser, six: list[Proposal]) -> None:
        ana = reader()
        answer = browser.sign_in(ana).post(CHOOSE, {"reads": ["ar"]})
        assert answer.headers.getlist("Set-Cookie") == []
        db.session.refresh(ana)
        assert ana.reads == ["ar"]
        assert language_of(Browser(app).sign_in(ana)) == "ar"

    @pytest.mark.parametrize("sent", [{}, {"reads": ["xx"]}, {"reads": [""]}, {"reads": ["\ud800"]}])
    def test_one_at_least_has_to_be_ticked(
        self, browser: Browser, six: list[Proposal], sent: dict[str, list[str]]
    ) -> None:
        browser.post(CHOOSE, {"reads": ["fr"]})
        sent = {
            name: [each.encode("utf-8", "replace").decode() for each in value] for name, value in sent.items()
        }
        answer = browser.post(CHOOSE, {"question": "", **sent})
        assert answer.status_code == 422
        assert answer.text.count("Choose at least one language.") == 2
        assert '<details class="fold" open>' in answer.text and "Error:" in answer.text
        assert language_of(browser) == "fr"

    def test_what_is_not_on_offer_here_stays_chosen(self, browser: Browser, six: list[Proposal]) -> None:
        ana = reader("bg", "fr")
        browser.sign_in(ana).post(CHOOSE, {"reads": ["ar"]})
        db.session.refresh(ana)
        assert ana.reads == ["ar", "bg"]

    def test_what_something_is_written_in_is_on_offer(self, browser: Browser, edition: Edition) -> None:
        edition.languages = ["en"]
        a_proposal(edition, language="bg")
        page = browser.page(DECK)
        assert [box["value"] for box in page.select("input[name=reads]")] == ["en", "bg"]

    def test_where_there_is_one_language_nobody_is_asked(self, browser: Browser, edition: Edition) -> None:
        edition.languages = ["en"]
        a_proposal(edition)
        assert browser.page(DECK).select("input[name=reads]") == []

    def test_looking_with_a_choice_in_the_address_changes_nothing(
        self, browser: Browser, six: list[Proposal]
    ) -> None:
        assert browser.get(f"{DECK}?reads=ar").headers.getlist("Set-Cookie") == []
        answer = browser.get(f"{CHOOSE}?reads=ar")
        assert (answer.location, answer.headers.getlist("Set-Cookie")) == (DECK, [])

    def test_it_can_be_said_when_voting_is_over(self, browser: Browser) -> None:
        """What is read has no deadline: the page may be looked at before and after."""
        a_proposal(an_edition(phases={"voting": (NOW - 9 * DAY, NOW - DAY)}), language="fr")
        assert browser.post(CHOOSE, {"reads": ["fr"]}).status_code == 303


class TestImpressions:
    def test_looking_again_draws_the_same_and_the_probability_is_published(
        self, browser: Browser, edition: Edition, six: list[Proposal]
    ) -> None:
        browser.sign_in(reader("en"))
        number = fields_of(browser)["number"]
        assert {fields_of(browser)["number"] for _ in range(4)} == {number}
        press(browser, "agree")
        kept = db.session.scalars(select(Impression)).one()
        assert kept.probability == pytest.approx(1 / 3)
        shown = exposure_of(edition, NOW + DAY)
        assert list(shown) == [int(number)]
        assert shown[int(number)].chance == pytest.approx(1 / 3, abs=1e-6)

    def test_a_draw_stays_good_when_the_choice_changes_meanwhile(
        self, browser: Browser, six: list[Proposal]
    ) -> None:
        browser.sign_in(reader("ar"))
        fields = fields_of(browser)
        browser.post(CHOOSE, {"reads": ["fr"]})
        browser.post(DECK, {**fields, "choice": "agree"})
        assert db.session.scalars(select(Vote.origin)).all() == ["routed"]
        assert db.session.scalars(select(Impression.probability)).all() == [1.0]

    def test_a_change_and_back_draws_what_was_drawn(self, browser: Browser, six: list[Proposal]) -> None:
        browser.sign_in(reader("en"))
        number = fields_of(browser)["number"]
        for reads in (["fr"], ["en"]):
            browser.post(CHOOSE, {"reads": reads})
        assert fields_of(browser)["number"] == number


class TestEnd:
    """Where nothing is left in these languages, and much in others."""

    SENTENCE = (
        "Nothing is left to vote on in the languages you read. 5 more proposals are in other languages."
    )

    def test_the_last_answer_leads_to_a_page_that_says_so_with_the_way_to_widen(
        self, browser: Browser, six: list[Proposal]
    ) -> None:
        browser.post(CHOOSE, {"reads": ["ar"]})
        page = browser.page(press(browser, "agree").location)
        assert self.SENTENCE in page.text
        form = page.select_one(f"details[open] form[action='{CHOOSE}']")
        assert form is not None and form.select_one("input[name=question]")["value"] == "1"  # type: ignore[index]
        browser.post(CHOOSE, {"reads": ["ar", "fr"]})
        assert language_of(browser) == "fr"

    def test_the_deck_says_so_as_well(self, browser: Browser, edition: Edition) -> None:
        for _ in range(5):
            a_proposal(edition, language="en")
        browser.post(CHOOSE, {"reads": ["ar"]})
        page = browser.page(DECK)
        assert self.SENTENCE in page.text
        assert page.select_one("details[open] input[name=reads][value=ar][checked]") is not None

    def test_one_more_is_one(self, browser: Browser, edition: Edition) -> None:
        a_proposal(edition, language="en")
        browser.post(CHOOSE, {"reads": ["ar"]})
        assert "1 more proposal is in another language." in browser.page(DECK).text

    def test_where_all_is_answered_nothing_is_said_of_languages(
        self, browser: Browser, edition: Edition
    ) -> None:
        a_proposal(edition, language="ar")
        browser.post(CHOOSE, {"reads": ["ar"]})
        page = browser.page(press(browser, "agree").location)
        assert "There is nothing left to vote on here." in page.text
        assert "in other languages" not in page.text
