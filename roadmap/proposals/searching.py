"""Proposals that are gathered by hand: by their numbers, or by words in them."""

import re

from roadmap.editions.models import Edition
from roadmap.editions.queries import questions_of
from roadmap.proposals.lists import list_of
from roadmap.proposals.models import Proposal
from roadmap.proposals.queries import find_proposal

MOST = 20
"""How many proposals a search shows."""


def found_by(edition: Edition, words: str) -> list[Proposal] | None:
    """Published proposals that stand for themselves; None where nothing was asked for."""
    if not words.strip():
        return None
    numbers = re.findall(r"[0-9]{1,9}", words) if re.fullmatch(r"[\s0-9,;.+-]+", words) else []
    if numbers:
        found = (find_proposal(edition, int(each)) for each in dict.fromkeys(numbers[:MOST]))
        return [each for each in found if each and each.state == "published" and each.lead_id is None]
    pages = (list_of(edition, question, order="agreed", text=words) for question in questions_of(edition))
    return [each for page in pages for each in page.items][:MOST]
