"""The blueprint of the desk for duplicates, and how its addresses name a group."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound

from roadmap.merging.queue import Numbers
from roadmap.web.requests import whole_number

bp = Blueprint("duplicates", __name__)

FEWEST, MOST = 2, 12
"""Proposals that can be compared on one page."""


def numbers_in(group: str) -> Numbers:
    """The numbers in a group's name, such as 77-128. Raises NotFound for anything else."""
    numbers = tuple(sorted({whole_number(part) for part in group.split("-")}))
    if not FEWEST <= len(numbers) <= MOST or 0 in numbers:
        raise NotFound
    return numbers


def name_of(numbers: Iterable[int]) -> str:
    """The group's name in addresses."""
    return "-".join(str(number) for number in sorted(numbers))


def bench_of(numbers: Iterable[int], **query: Any) -> str:
    """The address of the group's workbench."""
    return url_for("duplicates.bench", group=name_of(numbers), **query)
