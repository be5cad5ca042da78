"""What features tell each other after a deed is committed."""

from typing import Any

from blinker import NamedSignal, Namespace

from roadmap.core.db import db

_signals = Namespace()

vote_cast = _signals.signal("vote-cast")
proposal_published = _signals.signal("proposal-published")
proposal_changed = _signals.signal("proposal-changed")
comment_posted = _signals.signal("comment-posted")
edition_filled = _signals.signal("edition-filled")
account_erased = _signals.signal("account-erased")
draft_frozen = _signals.signal("draft-frozen")
mail_sent = _signals.signal("mail-sent")
mail_failed = _signals.signal("mail-failed")
"""Of one message: `address`, `about` (plain values of whoever sent it); of a failure also the `reason`."""


def after_commit(signal: NamedSignal, **facts: Any) -> None:
    """Send `signal` once the running use case has been committed; never when it fails."""
    db.session().info["outbox"].append(lambda: signal.send(None, **facts))
