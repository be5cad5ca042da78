"""Components drawn alone: names, states, directions, and no drawing that could not be drawn."""

import re
from itertools import pairwise, product

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from roadmap.web.charts import bar_segments
from roadmap.web.tiles import emblem, hero_wall, mark, tile_wall
from tests.web.drawing_board import TEMPLATES, described, draw, environment, one, use, words

COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
counts = st.lists(st.integers(0, 100_000), min_size=3, max_size=3)


BALLOT = use("ballot", "ballot, ballot_box")
LIST = BALLOT + '{% for n in range(1, 21) %}{{ ballot_box(n, "A proposal", "en", "/vote") }}{% endfor %}'


def box(look: str, choice: str | int | None, **more: object) -> BeautifulSoup:
    given = {"look": look, "choice": choice, "tally": None, "closed": ""} | more
    return draw(
        BALLOT + '{{ ballot_box(128, "Title <b>", "fr", "/v", choice, look, tally, 3, closed) }}', **given
    )


def test_twenty_ballots_have_sixty_buttons_that_can_be_told_apart() -> None:
    """C25"""
    html = draw(LIST)
    assert len({words(button) + described(html, button) for button in html.select("button")}) == 60


def test_each_ballot_button_names_its_choice_and_its_proposal() -> None:
    """C25"""
    html = draw(LIST)
    spoken = [f"{words(button)} {described(html, button)}" for button in html.select("button")]
    choices = ("Agree", "Disagree", "Pass")
    assert spoken == [f"{choice} No. {number}" for number, choice in product(range(1, 21), choices)]


def test_the_legend_of_a_ballot_is_the_proposal_in_its_own_language() -> None:
    legend = one(box("big", None), "legend")
    assert (words(legend), one(legend, "bdi")["lang"]) == ("Your vote on No. 128 : Title <b>", "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize("choice", ["agree", 1])
def test_the_chosen_button_is_the_only_one_pressed(choice: str | int) -> None:
    pressed = [button["aria-pressed"] for button in box("big", choice).select(".choice")]
    assert pressed == ["true", "false", "false"]


def test_a_pass_is_a_vote_and_not_the_lack_of_one() -> None:
    assert one(box("big", 0), "[aria-pressed=true]")["value"] == "pass"


def test_no_vote_leaves_every_button_unpressed() -> None:
    assert box("big", None).select("[aria-pressed=true]") == []


def test_a_closed_ballot_is_off_and_its_buttons_say_why() -> None:
    html = box("big", None, closed="Voting closed on 13 December 2026.")
    said = [(button.has_attr("disabled"), described(html, button)) for button in html.select("button")]
    assert said == [(True, "No. 128 Voting closed on 13 December 2026.")] * 3


def test_a_ballot_carries_the_hidden_fields_it_was_given_and_no_token() -> None:
    html = draw(BALLOT + '{{ ballot(1, "T", "en", "/v", hidden={"impression": "signed"}) }}')
    fields = {field["name"]: field["value"] for field in html.select("input[type=hidden]")}
    assert fields == {"impression": "signed"}


def test_the_answer_to_a_vote_is_drawn_in_the_look_it_came_from() -> None:
    assert one(box("panel", None), "input[name=look]")["value"] == "panel"


@pytest.mark.parametrize("look", ["list", "panel"])
def test_a_vote_can_be_withdrawn_where_it_was_given(look: str) -> None:
    assert [words(button) for button in box(look, 1).select("[value=clear]")] == ["Withdraw my vote"]


def test_shares_are_not_shown_before_the_own_vote() -> None:
    assert box("list", None).select(".bar") == []


def test_the_keys_of_a_ballot_are_the_digits_one_to_three() -> None:
    html = draw(BALLOT + '{{ ballot(1, "T", "en", "/v", keys=true) }}')
    assert [button["aria-keyshortcuts"] for button in html.select("button")] == ["1", "2", "3"]


@given(counts)
def test_segments_of_a_bar_are_never_negative(numbers: list[int]) -> None:
    assert min(min(pair) for pair in bar_segments(numbers)) >= 0


@given(counts.filter(any))
def test_segments_of_a_bar_fill_it_exactly(numbers: list[int]) -> None:
    drawn = [start + width for start, width in bar_segments(numbers) if width]
    assert abs(drawn[-1] - 100) < 0.05


@given(counts)
def test_segments_of_a_bar_do_not_overlap(numbers: list[int]) -> None:
    drawn = [pair for pair in bar_segments(numbers) if pair[1]]
    assert all(a[0] + a[1] < b[0] for a, b in pairwise(drawn))


@given(counts)
def test_every_count_above_zero_is_drawn(numbers: list[int]) -> None:
    assert [width > 0 for _, width in bar_segments(numbers)] == [count > 0 for count in numbers]


def bar(*numbers: int) -> BeautifulSoup:
    return draw(use("share_bar", "share_bar") + f"{{{{ share_bar{numbers} }}}}")


def test_a_bar_without_votes_says_so() -> None:
    assert bar(0, 0, 0).get_text(strip=True) == "No votes yet"


def test_a_bar_gives_its_figures_as_text_with_their_total() -> None:
    figures = [words(item) for item in bar(3, 1, 0).select("li")]
    assert figures == ["Agree 75%", "Disagree 25%", "Pass 0%", "4 votes"]


def test_a_share_of_nothing_is_not_drawn() -> None:
    drawn = [rect["class"] for rect in bar(3, 1, 0).select(".bar > svg rect")]
    assert drawn == [["fill-agree"], ["fill-disagree"]]


def test_a_withheld_group_shows_no_figure() -> None:
    source = use("group_multiples", "group_multiples") + "{{ group_multiples(groups) }}"
    html = draw(source, groups=[("Group A", (6, 3, 1)), ("Group B", None)])
    assert words(html.select("li")[1]) == "Group B Fewer than 10, not shown"


def test_a_group_says_all_three_shares_once() -> None:
    source = use("group_multiples", "group_multiples") + "{{ group_multiples(groups) }}"
    html = draw(source, groups=[("Group A", (6, 3, 1))])
    assert words(html) == "Group A 10 votes 60% agree, 30% disagree, 10% pass"


def test_an_interval_is_a_sentence_with_its_count() -> None:
    html = draw(use("interval", "interval") + "{{ interval(0.79, 0.83, 0.87, 412) }}")
    assert re.sub(r"\s+", " ", words(html)) == "83% agree (likely 79–87%) · 412 votes"


PLACES = use("tie_band", "tie_band, place")


def test_shared_places_say_that_they_are_too_close_to_separate() -> None:
    html = draw(PLACES + "{% call tie_band(2, 4) %}<li>x</li>{% endcall %}")
    assert words(one(html, "p")) == "Places 2 to 4 are too close to separate"


def test_a_place_alone_has_no_such_sentence() -> None:
    assert draw(PLACES + "{% call tie_band(5, 5) %}<li>x</li>{% endcall %}").select("p") == []


def test_a_shared_place_prints_its_range() -> None:
    html = draw(PLACES + '{% call place(2, 4, "/p", "T", "en") %}{% endcall %}')
    assert words(one(html, ".place-number")) == "2–4"


def test_a_card_sets_text_in_its_own_direction() -> None:
    source = use("proposal_card", "proposal_card") + '{{ proposal_card("/p", "ع", "ar", "ن") }}'
    assert {(item["lang"], item["dir"]) for item in draw(source).select("[lang]")} == {("ar", "rtl")}


def test_a_stance_shares_no_word_with_a_vote() -> None:
    source = use("tag", "stance_tag") + '{{ stance_tag("neutral") }}'
    assert draw(source).get_text() == "Remark"


def test_the_current_phase_is_marked_by_word_and_for_machines() -> None:
    source = use("stepper", "stepper") + "{{ stepper(phases) }}"
    html = draw(source, phases=[("Proposing", "", "done"), ("Voting", "", "now"), ("Drafting", "", "next")])
    assert words(one(html, "[aria-current=step]")) == "Voting Now"


def test_one_page_needs_no_pager() -> None:
    assert draw(use("pager", "pager") + "{{ pager(1, 1) }}").select("nav") == []


def test_the_last_step_of_a_breadcrumb_is_the_page_itself() -> None:
    source = use("breadcrumb", "breadcrumb") + '{{ breadcrumb([("/", "Home"), ("", "Here")]) }}'
    assert words(one(draw(source), "[aria-current=page]")) == "Here"


def test_a_wide_table_scrolls_in_a_box_that_can_be_focused() -> None:
    source = use("table", "table") + '{% call table("t", "Votes", [("A", false)]) %}{% endcall %}'
    region = one(draw(source), "[role=region]")
    assert (region["tabindex"], region["aria-labelledby"]) == ("0", "t")


@pytest.mark.parametrize("drawing", [emblem(1), mark(), hero_wall(), tile_wall("video")])
def test_a_drawing_of_tiles_is_hidden_from_screen_readers(drawing: str) -> None:
    assert one(BeautifulSoup(drawing, "html.parser"), "svg")["aria-hidden"] == "true"


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_begins_with_its_description(path: object) -> None:
    assert str(path.read_text("utf-8")).startswith("{#-")  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("[cel]*/*.html")), ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_or_handler(path: object) -> None:
    source = str(path.read_text("utf-8"))  # type: ignore[attr-defined]
    assert re.findall(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*src=)", source) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("[cel]*/*.html")), ids=lambda path: path.name)
def test_a_template_can_be_read(path: object) -> None:
    name = str(path.relative_to(TEMPLATES))  # type: ignore[attr-defined]
    assert environment().get_template(name).name == name
