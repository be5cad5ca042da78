"""The texts of the demonstration: enough of each kind, well formed, and nothing that points nowhere."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from roadmap.demo.content import FOLDER, QUESTIONS, STAKEHOLDERS, Comment, Merge, Proposal, load

CONTENT = load()
LANGUAGES = ("en", "fr", "pt", "es", "ar")
HOSTS = ("example.org", "example.net")
PROPOSALS = {proposal.key: proposal for proposal in CONTENT.proposals}
COMMENTS = {comment.key: comment for comment in CONTENT.comments}


def key_of(thing: Proposal | Comment | Merge) -> str:
    return thing.lead if isinstance(thing, Merge) else thing.key


def in_arabic_letters(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum("\u0600" <= letter <= "\u06ff" for letter in letters) > len(letters) / 2


def test_there_are_proposals_enough_under_each_question_and_in_each_language() -> None:
    by_question = Counter(proposal.question for proposal in CONTENT.proposals)
    by_language = Counter(proposal.language for proposal in CONTENT.proposals)
    assert by_question == {1: 19, 2: 19, 3: 19, 4: 19}
    assert by_language == {"en": 26, "fr": 14, "es": 12, "pt": 13, "ar": 11}


@pytest.mark.parametrize("proposal", CONTENT.proposals, ids=key_of)
def test_a_proposal_fits_the_form(proposal: Proposal) -> None:
    assert 20 <= len(proposal.title) <= 120
    assert "\n" not in proposal.title
    assert 100 <= len(proposal.text) <= 1200
    assert proposal.question in QUESTIONS
    assert proposal.line in ("name", "group", "none")
    assert (proposal.group is not None) == (proposal.line == "group")


@pytest.mark.parametrize("proposal", CONTENT.proposals, ids=key_of)
def test_a_proposal_is_in_the_letters_of_its_language(proposal: Proposal) -> None:
    arabic = proposal.language == "ar"
    assert in_arabic_letters(proposal.title) == arabic
    assert in_arabic_letters(proposal.text) == arabic


@pytest.mark.parametrize("proposal", CONTENT.proposals, ids=key_of)
def test_each_camp_has_a_stance_that_sums_to_one(proposal: Proposal) -> None:
    assert [round(sum(stance), 9) for stance in proposal.camps] == [1] * len(CONTENT.camps)
    assert min(min(stance) for stance in proposal.camps) > 0


def test_keys_titles_and_names_are_unique() -> None:
    for values in (
        [proposal.key for proposal in CONTENT.proposals],
        [proposal.title.casefold() for proposal in CONTENT.proposals],
        [person.key for person in CONTENT.people],
        [person.name.casefold() for person in CONTENT.people],
        [comment.text for comment in CONTENT.comments],
        [initiative.key for initiative in CONTENT.initiatives],
    ):
        assert len(set(values)) == len(values)


def test_every_writer_is_one_of_the_people() -> None:
    people = {person.key for person in CONTENT.people}
    assert {proposal.author for proposal in CONTENT.proposals} <= people
    assert {comment.author for comment in CONTENT.comments} <= people


def test_author_lines_are_of_all_three_kinds() -> None:
    lines = Counter(proposal.line for proposal in CONTENT.proposals)
    assert min(lines["name"], lines["group"], lines["none"]) >= 8


def test_texts_use_lists_tables_quotations_and_links() -> None:
    texts = [proposal.text for proposal in CONTENT.proposals]
    assert sum("\n- " in text or "\n1. " in text for text in texts) >= 5
    assert sum("\n|---|" in text for text in texts) >= 2
    assert sum("\n> " in text for text in texts) >= 1
    assert sum(bool(proposal.links) for proposal in CONTENT.proposals) >= 5


def test_every_address_is_one_kept_for_examples() -> None:
    for path in FOLDER.glob("*.toml"):
        for address in re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8")):
            assert urlsplit(address).hostname in HOSTS, address


def test_late_proposals_are_seen_by_too_few() -> None:
    late = [proposal for proposal in CONTENT.proposals if proposal.seen_by is not None]
    assert len(late) >= 5
    assert max(proposal.seen_by or 0 for proposal in late) < 30
    assert max(proposal.minutes for proposal in late) < 2 * 24 * 60


@pytest.mark.parametrize("merge", CONTENT.merges, ids=key_of)
def test_a_merge_names_proposals_of_one_question_and_fits_the_form(merge: Merge) -> None:
    lead = PROPOSALS[merge.lead]
    assert {PROPOSALS[source].question for source in merge.sources} == {lead.question}
    assert len(merge.title) <= 120
    assert merge.minutes < min(PROPOSALS[key].minutes for key in (merge.lead, *merge.sources))


def test_near_duplicates_stand_within_and_across_languages_and_three_wait_for_the_desk() -> None:
    across = [
        len({PROPOSALS[key].language for key in (merge.lead, *merge.sources)}) > 1 for merge in CONTENT.merges
    ]
    assert Counter(across) == {False: 3, True: 4}
    assert Counter(merge.state for merge in CONTENT.merges) == {"merged": 4, "desk": 3}


def test_no_proposal_is_merged_twice() -> None:
    taking_part = [key for merge in CONTENT.merges for key in (merge.lead, *merge.sources)]
    assert len(set(taking_part)) == len(taking_part)


def test_threads_are_many_and_in_all_languages() -> None:
    assert len(CONTENT.comments) >= 90
    assert len({comment.proposal for comment in CONTENT.comments}) >= 25
    languages = Counter(comment.language for comment in CONTENT.comments)
    assert min(languages[language] for language in LANGUAGES) >= 12
    stances = Counter(comment.stance for comment in CONTENT.comments)
    assert min(stances[stance] for stance in ("for", "against", "question", "neutral")) >= 15
    assert max(comment.depth for comment in CONTENT.comments) == 4
    assert sum(comment.language != PROPOSALS[comment.proposal].language for comment in CONTENT.comments) >= 30


@pytest.mark.parametrize("comment", CONTENT.comments, ids=key_of)
def test_a_comment_stands_after_what_it_answers_and_before_now(comment: Comment) -> None:
    before = COMMENTS[comment.answers].minutes if comment.answers else PROPOSALS[comment.proposal].minutes
    assert 0 < comment.minutes < before
    assert in_arabic_letters(comment.text) == (comment.language == "ar")


def test_initiatives_have_a_place_on_the_map() -> None:
    assert len(CONTENT.initiatives) == 12
    assert {initiative.language for initiative in CONTENT.initiatives} == set(LANGUAGES)
    for initiative in CONTENT.initiatives:
        assert -90 < initiative.latitude < 90
        assert -180 < initiative.longitude < 180


def test_the_webinar_names_nobody_and_says_that_its_words_were_written_for_it() -> None:
    webinar = CONTENT.webinar
    assert [panellist.role for panellist in webinar.panellists] == [
        "Moderator",
        "Panellist 1",
        "Panellist 2",
        "Panellist 3",
    ]
    assert "written for the demonstration" in webinar.text
    said = {
        "en": "Written for the demonstration",
        "fr": "Rédigé pour la démonstration",
        "es": "Escrito para la demostración",
        "pt": "Escrito para a demonstração",
        "ar": "كُتب للعرض التجريبي",
    }
    answered = [question for question in webinar.questions if question.state == "answered"]
    assert {question.language for question in answered} == set(LANGUAGES)
    for question in answered:
        assert (question.answer or "").startswith(said[question.language])
        assert question.answered_by in {panellist.key for panellist in webinar.panellists}


def test_the_camps_are_three_and_the_smallest_is_twelve_per_cent() -> None:
    assert sorted(camp.share for camp in CONTENT.camps) == [0.12, 0.36, 0.52]
    assert [round(sum(camp.stakeholders), 9) for camp in CONTENT.camps] == [1, 1, 1]
    assert {len(camp.stakeholders) for camp in CONTENT.camps} == {len(STAKEHOLDERS)}
