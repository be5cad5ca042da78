"""Threads of comments in reading order and in pages."""

import time

import pytest
from flask import Flask

from roadmap.comments.models import Comment
from roadmap.comments.queries import PER_PAGE, Node, thread_of
from roadmap.core.db import db
from roadmap.domain.policy import GUEST
from roadmap.editions.models import Edition
from roadmap.proposals.models import Proposal
from tests.factories import NOW, a_proposal, an_account, an_edition, saved, the_actor
from tests.proposals.writing import merged


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def a_comment(proposal: Proposal, parent: Comment | None = None, **fields: object) -> Comment:
    comment = saved(
        Comment(
            proposal_id=proposal.id, parent_id=parent.id if parent else None,
            depth=parent.depth + 1 if parent else 0, language="en", text="x", html="<p>x</p>", made=NOW,
            author_name="Ana", stance="for", **fields,
        )
    )  # fmt: skip
    if comment.state == "published":
        proposal.comment_count += 1
        db.session.commit()
    return comment


def a_chain(proposal: Proposal, length: int) -> list[int]:
    """Comments that each answer the one before; their ids."""
    ids: list[int] = []
    for depth in range(length):
        comment = Comment(
            proposal_id=proposal.id, parent_id=ids[-1] if ids else None, depth=depth, language="en",
            text=f"n{depth}", html=f"<p>n{depth}</p>", made=NOW, author_name=f"P{depth}", stance="neutral",
        )  # fmt: skip
        db.session.add(comment)
        db.session.flush()
        ids.append(comment.id)
    proposal.comment_count = length
    db.session.commit()
    return ids


def ids_in(nodes: list[Node]) -> list[int]:
    """Ids in the order in which they are read."""
    found: list[int] = []
    for node in nodes:
        found += [node.comment.id, *ids_in(node.replies)]
    return found


def test_answers_follow_what_they_answer(edition: Edition) -> None:
    proposal = a_proposal(edition)
    first, second = a_comment(proposal), a_comment(proposal)
    answer = a_comment(proposal, first)
    assert ids_in(thread_of(edition, proposal, GUEST, page=1).nodes) == [first.id, answer.id, second.id]


def test_a_chain_of_twelve_hundred_is_read_whole_page_by_page(edition: Edition) -> None:
    """C38."""
    proposal = a_proposal(edition)
    ids = a_chain(proposal, 1_200)
    began = time.perf_counter()
    read: list[int] = []
    for page in range(1, 1_200 // PER_PAGE + 1):
        read += ids_in(thread_of(edition, proposal, GUEST, page=page).nodes)
    assert read == ids
    assert time.perf_counter() - began < 60


def test_no_answer_is_shown_more_than_two_steps_in(edition: Edition) -> None:
    """C38."""
    proposal = a_proposal(edition)
    a_chain(proposal, 6)

    def deepest(nodes: list[Node]) -> int:
        return (
            max((node.depth for node in nodes), default=0)
            if not nodes
            else max(max(node.depth, deepest(node.replies)) for node in nodes)
        )

    assert deepest(thread_of(edition, proposal, GUEST, page=1).nodes) == 2


def test_a_deep_answer_says_whom_it_answers(edition: Edition) -> None:
    proposal = a_proposal(edition)
    ids = a_chain(proposal, 5)
    node = thread_of(edition, proposal, GUEST, page=1).nodes[0].replies[0].replies[1]
    assert (node.comment.id, node.answers.id if node.answers else None) == (ids[3], ids[2])


def test_a_page_that_begins_within_a_thread_says_whom_its_first_comment_answers(edition: Edition) -> None:
    proposal = a_proposal(edition)
    ids = a_chain(proposal, PER_PAGE + 2)
    first = thread_of(edition, proposal, GUEST, page=2).nodes[0]
    assert (first.comment.id, first.answers.id if first.answers else None) == (
        ids[PER_PAGE],
        ids[PER_PAGE - 1],
    )


def test_comments_on_sources_stand_under_the_lead_with_where_they_were_written(edition: Edition) -> None:
    """C05."""
    lead, source, other = (a_proposal(edition) for _each in range(3))
    for proposal, count in ((lead, 2), (source, 3)):
        for _each in range(count):
            a_comment(proposal)
    merged(edition, lead, source, other)
    thread = thread_of(edition, lead, GUEST, page=1)
    assert thread.total == 5
    assert [node.elsewhere.number if node.elsewhere else None for node in thread.nodes] == [
        None,
        None,
        2,
        2,
        2,
    ]


def test_a_hidden_comment_hides_no_answer_and_is_not_counted(edition: Edition) -> None:
    """C31."""
    proposal = a_proposal(edition)
    first = a_comment(proposal, state="hidden")
    answer = a_comment(proposal, first)
    deeper = a_comment(proposal, answer)
    second = a_comment(proposal)
    thread = thread_of(edition, proposal, GUEST, page=1)
    assert (thread.total, ids_in(thread.nodes)) == (3, [first.id, answer.id, deeper.id, second.id])


def test_a_waiting_comment_is_seen_by_its_writer_alone(edition: Edition) -> None:
    proposal, ana = a_proposal(edition), an_account("Ana")
    waiting = a_comment(proposal, state="waiting", author_id=ana.id)
    assert ids_in(thread_of(edition, proposal, the_actor(ana), page=1).nodes) == [waiting.id]
    assert thread_of(edition, proposal, GUEST, page=1).nodes == []
