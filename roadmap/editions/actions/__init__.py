"""Deeds of editions. What other features lean on is named here."""

from roadmap.editions.actions.making import add_question as add_question
from roadmap.editions.actions.making import create_edition as create_edition
from roadmap.editions.actions.phases import change_phases as change_phases
