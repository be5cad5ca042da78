"""What is new or changed is compared once, and decisions outlive everything but a changed text."""

import pytest
from sqlalchemy import update

from roadmap.accounts.models import Account
from roadmap.core import jobs
from roadmap.core.db import db
from roadmap.domain.policy import Actor
from roadmap.editions.models import Edition
from roadmap.proposals.actions import edit_proposal, publish_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.similarity import encoders, listeners, queries
from roadmap.similarity.actions import compare_edition, compare_proposal, compare_rest, decide_pair
from roadmap.similarity.models import LikelyPair, Vector
from tests.factories import DAY, NOW, a_proposal, an_edition, the_actor
from tests.similarity.conftest import DEPOTS, SEAT, SEAT_TOO, everything, pairs


def fields(title: str, text: str = "Neighbours know first what is needed.", language: str = "en") -> Fields:
    return Fields(question=1, title=title, text=text, language=language, author_line="none", charter=True)


def publish(author: Account, edition: Edition, title: str, nonce: str) -> Proposal:
    return publish_proposal(the_actor(author), edition, fields(title), nonce=nonce, now=NOW)


def edit(author: Account, edition: Edition, proposal: Proposal, changed: Fields) -> None:
    edit_proposal(the_actor(author), edition, proposal, changed, now=NOW)


def decided() -> list[str | None]:
    return [pair.decision for pair in db.session.query(LikelyPair).order_by(LikelyPair.id)]


def test_publishing_finds_what_says_nearly_the_same(edition: Edition, author: Account) -> None:
    first, second = (publish(author, edition, title, title) for title in (SEAT, SEAT_TOO))
    publish(author, edition, DEPOTS, "third")
    assert pairs() == [(first.id, second.id)]


def test_a_likeness_has_three_places(alike: list[Proposal]) -> None:
    likeness = db.session.query(LikelyPair.similarity).scalar()
    assert likeness == round(likeness, 3)


def test_a_changed_text_is_compared_anew(edition: Edition, author: Account) -> None:
    first = publish(author, edition, SEAT, "one")
    second = publish(author, edition, DEPOTS, "two")
    edit(author, edition, second, fields(SEAT_TOO))
    found = pairs()
    edit(author, edition, second, fields(DEPOTS))
    assert (found, pairs()) == ([(first.id, second.id)], [])


def test_a_job_run_twice_has_no_second_effect(alike: list[Proposal]) -> None:
    before = everything()
    for _round in range(2):
        for proposal in alike:
            listeners.compare(proposal_id=proposal.id)
        listeners.compare_rest()
    assert everything() == before


def test_a_job_for_a_proposal_that_is_gone_does_nothing(edition: Edition) -> None:
    assert compare_proposal(404, now=NOW) == 0


def test_what_was_stopped_half_way_is_finished_by_the_next_start(alike: list[Proposal]) -> None:
    """The process was killed after storing what it had encoded and before storing the pairs."""
    before = everything()
    db.session.query(LikelyPair).delete()
    db.session.execute(update(Vector).values(compared=None))
    db.session.commit()
    compare_rest(now=NOW)
    kept, found = everything()
    assert (kept, [row[1:] for row in found]) == (before[0], [row[1:] for row in before[1]])


def test_proposals_that_came_in_without_a_signal_are_found_at_the_next_start(
    edition: Edition, author: Account
) -> None:
    first, second = (a_proposal(edition, author, title=title) for title in (SEAT, SEAT_TOO))
    waiting = queries.waiting(edition)
    listeners.compare_rest()
    assert (waiting, queries.waiting(edition), pairs()) == (2, 0, [(first.id, second.id)])


def test_editions_are_kept_apart(edition: Edition, author: Account) -> None:
    a_proposal(edition, author, title=SEAT)
    a_proposal(an_edition("2027", is_current=False), author, title=SEAT)
    compare_rest(now=NOW)
    assert pairs() == []


def test_one_by_one_and_all_at_once_find_the_same(edition: Edition, author: Account) -> None:
    made = [a_proposal(edition, author, title=title) for title in (SEAT, DEPOTS, SEAT_TOO, DEPOTS)]
    for proposal in made:
        compare_proposal(proposal.id, now=NOW)
    one_by_one = pairs()
    compare_edition(edition, now=NOW, anew=True)
    assert one_by_one == pairs() == [(made[0].id, made[2].id), (made[1].id, made[3].id)]


@pytest.mark.parametrize("decision", ["related", "different"])
def test_a_decision_stands_however_often_all_is_compared_anew(
    edition: Edition, facilitator: Actor, alike: list[Proposal], decision: str
) -> None:
    decide_pair(facilitator, edition, 1, 2, decision=decision, now=NOW)
    compare_edition(edition, now=NOW + DAY, anew=True)
    assert decided() == [decision]


def test_a_decision_ends_when_one_of_the_two_texts_changes(
    edition: Edition, facilitator: Actor, author: Account, alike: list[Proposal]
) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", now=NOW)
    edit(author, edition, alike[1], fields(f"{SEAT_TOO} now"))
    assert decided() == [None]


def test_a_decision_stands_when_only_the_links_change(
    edition: Edition, facilitator: Actor, author: Account, alike: list[Proposal]
) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", now=NOW)
    same = Fields(
        title=alike[1].title, text=alike[1].text, language="en", links=("https://example.org/evidence",)
    )
    edit(author, edition, alike[1], same)
    assert (decided(), alike[1].revision, queries.waiting(edition)) == (["different"], 2, 0)


def test_a_decision_stands_when_the_language_is_put_right(
    edition: Edition, facilitator: Actor, author: Account, alike: list[Proposal]
) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="related", now=NOW)
    edit(author, edition, alike[1], Fields(title=alike[1].title, text=alike[1].text, language="fr"))
    assert (decided(), queries.waiting(edition)) == (["related"], 0)


def test_a_pair_that_differs_by_a_number_is_marked(edition: Edition, author: Account) -> None:
    for amount in (10, 20):
        a_proposal(edition, author, title=f"Pay interpreters {amount} euros for each hour of their work")
    compare_edition(edition, now=NOW)
    assert [(pair.negation, pair.number) for pair in db.session.query(LikelyPair)] == [(False, True)]


def test_a_pair_that_differs_by_a_negation_is_marked(edition: Edition, author: Account) -> None:
    for title in ("Ban cars from the centre of our towns", "Do not ban cars from the centre of our towns"):
        a_proposal(edition, author, title=title)
    compare_edition(edition, now=NOW)
    assert [(pair.negation, pair.number) for pair in db.session.query(LikelyPair)] == [(True, False)]


def test_a_text_that_was_copied_under_another_title_is_found(edition: Edition, author: Account) -> None:
    text = "Small steady transfers outlast campaigns, and people who get them decide about them."
    for title in (SEAT, DEPOTS):
        a_proposal(edition, author, title=title, text=text)
    compare_edition(edition, now=NOW)
    assert [pair.similarity for pair in db.session.query(LikelyPair)] == [1.0]


def test_the_same_words_in_two_languages_are_one_group_by_meaning(
    meaning: encoders.Encoder, edition: Edition, author: Account
) -> None:
    said = {
        "en": "Set up a legal defence fund for people prosecuted for helping others",
        "fr": "Créer un fonds de défense juridique pour les personnes poursuivies pour avoir aidé les autres",
        "es": "Crear un fondo de defensa jurídica para las personas procesadas por ayudar a otras",
        "pt": "Criar um fundo de defesa jurídica para pessoas processadas por ajudarem os outros",
        "ar": "إنشاء صندوق للدفاع القانوني عن الأشخاص الملاحقين قضائيا بسبب مساعدة الآخرين",
    }
    for language, title in said.items():
        a_proposal(edition, author, title=title, language=language)
    a_proposal(edition, author, title=DEPOTS)
    compare_edition(edition, now=NOW)
    assert [[each.number for each in group.proposals] for group in queries.groups_of(edition)] == [
        [1, 2, 3, 4, 5]
    ]


def test_another_encoder_compares_everything_anew_and_decisions_stand(
    edition: Edition, facilitator: Actor, alike: list[Proposal], request: pytest.FixtureRequest
) -> None:
    decide_pair(facilitator, edition, 1, 2, decision="different", now=NOW)
    request.getfixturevalue("meaning")
    waiting = queries.waiting(edition)
    compare_rest(now=NOW)
    assert (waiting, queries.waiting(edition), decided()) == (3, 0, ["different"])


def test_a_failing_comparison_does_not_stop_anybody_from_publishing(
    edition: Edition, author: Account
) -> None:
    def fail(proposal_id: int) -> None:
        raise RuntimeError(proposal_id)

    name = f"{listeners.compare.__module__}.{listeners.compare.__name__}"
    kept = jobs._jobs[name]
    jobs._jobs[name] = fail
    try:
        made = publish(author, edition, SEAT, "one")
    finally:
        jobs._jobs[name] = kept
    assert (made.state, queries.waiting(edition)) == ("published", 1)
