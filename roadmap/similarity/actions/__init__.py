"""Comparing proposals in the background, and deciding about the pairs that were found."""

from roadmap.similarity.actions.comparing import compare_edition as compare_edition
from roadmap.similarity.actions.comparing import compare_proposal as compare_proposal
from roadmap.similarity.actions.comparing import compare_rest as compare_rest
from roadmap.similarity.actions.deciding import check_decided as check_decided
from roadmap.similarity.actions.deciding import decide_group as decide_group
from roadmap.similarity.actions.deciding import decide_pair as decide_pair
from roadmap.similarity.actions.deciding import undo_decision as undo_decision
