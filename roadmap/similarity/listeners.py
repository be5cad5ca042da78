"""A proposal that is new or changed is compared with the others after the answer; what was left, after a start."""

from typing import Any

from roadmap.core import clock
from roadmap.core.jobs import job, later
from roadmap.similarity import actions


@job
def compare(proposal_id: int) -> None:
    """Compare one proposal; done already, it changes nothing."""
    actions.compare_proposal(proposal_id, now=clock.now())


@job
def compare_rest() -> None:
    """Compare whatever was left, in all editions."""
    actions.compare_rest(now=clock.now())


def on_change(_sender: Any, *, proposal_id: int) -> None:
    """Queue the comparison of a proposal that was published, changed, hidden or merged."""
    later(compare, proposal_id=proposal_id)


def on_filled(_sender: Any, **_facts: Any) -> None:
    """Queue what came into an edition all at once."""
    catch_up()


def catch_up() -> None:
    """Queue whatever was left when the last worker stopped, or came in beside it."""
    later(compare_rest)
