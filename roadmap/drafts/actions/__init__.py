"""Compiling, changing and freezing drafts."""

from roadmap.drafts.actions.background import compile_or_ask
from roadmap.drafts.actions.compiling import compile_draft
from roadmap.drafts.actions.editing import (
    leave_out,
    move_item,
    put_back,
    set_last_place,
    take_back_move,
    take_over_words,
    write_introduction,
    write_note,
    write_wording,
)
from roadmap.drafts.actions.freezing import freeze_draft, hand_over_ballots, refuse_stale

__all__ = [
    "compile_draft",
    "compile_or_ask",
    "freeze_draft",
    "hand_over_ballots",
    "leave_out",
    "move_item",
    "put_back",
    "refuse_stale",
    "set_last_place",
    "take_back_move",
    "take_over_words",
    "write_introduction",
    "write_note",
    "write_wording",
]
