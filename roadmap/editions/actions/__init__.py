"""Deeds of editions. What other features lean on is named here."""

from roadmap.editions.actions.archiving import close_edition as close_edition
from roadmap.editions.actions.archiving import take_back_closing as take_back_closing
from roadmap.editions.actions.founding import found_edition as found_edition
from roadmap.editions.actions.making import add_question as add_question
from roadmap.editions.actions.making import create_edition as create_edition
from roadmap.editions.actions.opening import make_current as make_current
from roadmap.editions.actions.opening import open_edition as open_edition
from roadmap.editions.actions.phases import DatesChanged as DatesChanged
from roadmap.editions.actions.phases import change_phases as change_phases
from roadmap.editions.actions.questions import Wording as Wording
from roadmap.editions.actions.questions import move_question as move_question
from roadmap.editions.actions.questions import remove_question as remove_question
from roadmap.editions.actions.questions import reword_question as reword_question
from roadmap.editions.actions.questions import write_question as write_question
from roadmap.editions.actions.settings import change_settings as change_settings
from roadmap.editions.actions.settings import still_written as still_written
