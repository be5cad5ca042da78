"""Deeds of editions. What other features lean on is named here."""

from roadmap.editions.actions.archiving import close_edition as close_edition
from roadmap.editions.actions.archiving import take_back_closing as take_back_closing
from roadmap.editions.actions.founding import found_edition as found_edition
from roadmap.editions.actions.making import add_question as add_question
from roadmap.editions.actions.making import create_edition as create_edition
from roadmap.editions.actions.opening import make_current as make_current
from roadmap.editions.actions.opening import open_edition as open_edition
from roadmap.editions.actions.phases import change_phases as change_phases
