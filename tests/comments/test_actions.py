"""Writing, changing and removing comments, and the count that goes with them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.comments.actions import edit_comment, let_through, post_comment, remove_comment
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused, TooMany
from roadmap.domain.policy import GUEST, Actor, Role
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor
from tests.proposals.writing import merged


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return a_proposal(edition, title="Open it")


@pytest.fixture
def ana(app: Flask) -> Actor:
    return the_actor(an_account("Ana"))


def said(
    actor: Actor, edition: Edition, proposal: Proposal, text: str = "I agree.", *,
    to: Comment | None = None, nonce: str = "", stance: str = "for", language: str = "en",
) -> Comment:  # fmt: skip
    return post_comment(
        actor, edition, proposal, text=text, stance=stance, language=language,
        parent_id=to.id if to else None, nonce=nonce, now=NOW,
    )  # fmt: skip


def count_of(proposal: Proposal) -> int:
    return db.session.scalar(select(Proposal.comment_count).where(Proposal.id == proposal.id)) or 0


def test_a_comment_is_counted_at_once(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    said(ana, edition, proposal)
    assert count_of(proposal) == 1


def test_an_answer_is_one_deeper_than_what_it_answers(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    first = said(ana, edition, proposal)
    assert said(ana, edition, proposal, to=first).depth == 1


def test_the_same_form_sent_again_is_the_same_comment(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    assert said(ana, edition, proposal, nonce="n").id == said(ana, edition, proposal, nonce="n").id
    assert count_of(proposal) == 1


def test_a_comment_sent_to_a_source_stands_under_the_lead(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    """C06."""
    source = a_proposal(edition)
    merged(edition, proposal, source)
    assert said(ana, edition, source).proposal_id == proposal.id
    assert (count_of(proposal), count_of(source)) == (1, 0)


def test_an_answer_stays_where_the_comment_it_answers_stands(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    source = a_proposal(edition)
    first = said(ana, edition, source)
    merged(edition, proposal, source)
    assert said(ana, edition, proposal, to=first).proposal_id == source.id


def test_a_comment_of_another_proposal_cannot_be_answered_here(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    elsewhere = said(ana, edition, a_proposal(edition))
    with pytest.raises(NotFound):
        said(ana, edition, proposal, to=elsewhere)


def test_a_removed_comment_cannot_be_answered(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    first = said(ana, edition, proposal)
    remove_comment(ana, edition, first, now=NOW)
    with pytest.raises(Conflict):
        said(ana, edition, proposal, to=first)


def test_people_without_an_account_do_not_comment(edition: Edition, proposal: Proposal) -> None:
    with pytest.raises(Refused):
        said(GUEST, edition, proposal)


def test_a_closed_phase_closes_the_comments(app: Flask, ana: Actor) -> None:
    edition = an_edition(phases={"voting": (NOW - 9 * DAY, NOW)})
    with pytest.raises(Closed):
        said(ana, edition, a_proposal(edition))


@pytest.mark.parametrize("state", ["waiting", "hidden", "withdrawn"])
def test_what_is_not_published_is_not_commented_on(edition: Edition, ana: Actor, state: str) -> None:
    with pytest.raises(Refused):
        said(ana, edition, a_proposal(edition, state=state))


def test_every_fault_of_a_comment_is_named(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    with pytest.raises(Invalid) as caught:
        said(ana, edition, proposal, "x" * 3001, stance="shout", language="xx")
    assert set(caught.value.errors) == {"text", "stance", "language"}


def test_a_text_at_the_limit_with_other_line_ends_is_taken(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    assert len(said(ana, edition, proposal, "é\r\n" * 1499 + "xy").text) == 3000


def test_the_hundred_and_twenty_first_comment_of_an_hour_is_refused(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    db.session.add_all(
        Comment(proposal_id=proposal.id, author_id=ana.account, language="en", text="x", html="x", made=NOW)
        for _each in range(120)
    )
    db.session.commit()
    with pytest.raises(TooMany):
        said(ana, edition, proposal)


def test_links_from_an_accounts_first_day_wait_and_are_not_counted(
    edition: Edition, proposal: Proposal
) -> None:
    young = an_account("Young")
    young.made = NOW - timedelta(hours=1)
    db.session.commit()
    assert said(the_actor(young), edition, proposal, "See https://example.org").state == "waiting"
    assert count_of(proposal) == 0


def test_a_facilitator_lets_a_waiting_comment_through(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    waiting = saved(
        Comment(
            proposal_id=proposal.id, author_id=ana.account, language="en", text="x", html="x", made=NOW,
            state="waiting",
        )
    )  # fmt: skip
    let_through(the_actor(a_role(an_account("Tomé"), Role.FACILITATOR, edition)), edition, waiting, now=NOW)
    assert (waiting.state, count_of(proposal)) == ("published", 1)


def test_a_writer_changes_a_comment(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    comment = said(ana, edition, proposal)
    edit_comment(ana, edition, comment, text="I **do**.", stance="question", language="en", now=NOW)
    assert (comment.text, comment.stance, comment.edited) == ("I **do**.", "question", NOW)


def test_an_unchanged_comment_is_not_marked_as_edited(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    comment = said(ana, edition, proposal, "One\ntwo")
    edit_comment(ana, edition, comment, text="One\r\ntwo", stance="for", language="en", now=NOW)
    assert comment.edited is None


def test_nobody_changes_or_removes_the_comment_of_another(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    comment, badr = said(ana, edition, proposal), the_actor(an_account("Badr"))
    with pytest.raises(NotFound):
        edit_comment(badr, edition, comment, text="Mine", stance="for", language="en", now=NOW)
    with pytest.raises(NotFound):
        remove_comment(badr, edition, comment, now=NOW)


def test_a_removed_comment_loses_its_text_and_its_count(
    edition: Edition, proposal: Proposal, ana: Actor
) -> None:
    comment = said(ana, edition, proposal)
    remove_comment(ana, edition, comment, now=NOW)
    assert (comment.state, comment.text, comment.html, count_of(proposal)) == ("removed", "", "", 0)


def test_a_refused_comment_leaves_nothing_behind(edition: Edition, proposal: Proposal, ana: Actor) -> None:
    with pytest.raises(Invalid):
        said(ana, edition, proposal, "")
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 0
