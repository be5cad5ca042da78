"""The pace of whoever sent the request, asked by every door that takes votes."""

from flask import current_app

from roadmap.accounts.visitors import client_address, settings
from roadmap.core import clock
from roadmap.votes.pace import NEW_GUESTS_AN_HOUR, VOTES_AN_HOUR, Pace
from roadmap.web.guards import actor


def keep_pace() -> None:
    """Count one more vote for this voter, or for the network of a guest without a key; may raise TooMany."""
    pace: Pace = current_app.extensions.setdefault("vote-pace", Pace())
    moment, share = clock.now().timestamp(), settings().processes
    if actor().voter is not None:
        pace.check(f"voter {actor().voter}", VOTES_AN_HOUR, moment, share)
    elif not actor().signed_in:
        pace.check(f"new {client_address()}", NEW_GUESTS_AN_HOUR, moment, share)
