"""What higher floors add to a lower floor's deed, inside its transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, ParamSpec

from roadmap.domain.policy import Actor

P = ParamSpec("P")


class Hook(Generic[P]):
    """A named place in a deed. Unlike a signal it runs before the commit and may refuse."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.functions: list[Callable[P, Any]] = []

    def add(self, function: Callable[P, Any]) -> None:
        """Run `function` at this place from now on; adding it twice is adding it once."""
        if function not in self.functions:
            self.functions.append(function)

    def run(self, *args: P.args, **kwargs: P.kwargs) -> list[Any]:
        """Run all of them in the order in which they were added, and hand back what they answered."""
        return [function(*args, **kwargs) for function in self.functions]


guest_claimed: Hook[[int, int]] = Hook("guest-claimed")
"""(guest's voter id, account's voter id): whatever the guest's key held goes over to the account."""

account_counted_anew: Hook[[int]] = Hook("account-counted-anew")
"""(account id): it was suspended, or is no longer; its votes follow."""

account_erased: Hook[[int]] = Hook("account-erased")
"""(account id): each feature removes or unlinks what it holds of the person."""

texts_erased: Hook[[int, datetime]] = Hook("texts-erased")
"""(account id, now): its person also wants the words gone of what they wrote; runs before `account_erased`."""

unfinished_claimed: Hook[[int, int, datetime]] = Hook("unfinished-claimed")
"""(unfinished proposal's id, account id, now): its writer's link was used; may answer a local path."""

edition_made: Hook[[int, Actor, datetime]] = Hook("edition-made")
"""(edition's id, who made it, now): whoever makes an edition organises it."""

edition_cloned: Hook[[int, int, datetime]] = Hook("edition-cloned")
"""(the edition's id, its clone's id, now): each feature brings along what belongs to the set-up, never votes."""

merge_changed: Hook[[int]] = Hook("merge-changed")
"""(the merge's id): it was made, accepted, undone, or something left it."""

split_changed: Hook[[int]] = Hook("split-changed")
"""(the split's id): it was made, or undone."""

text_decided: Hook[[int]] = Hook("text-decided")
"""(the decision's id): facilitators decided about somebody's text, or answered an appeal."""

correction_accepted: Hook[[int]] = Hook("correction-accepted")
"""(the proposal's id): its text was changed by a correction; earlier votes stand."""
