"""Deeds of accounts. What other features lean on is named here."""

from roadmap.accounts.actions.asking import ask_for_link as ask_for_link
from roadmap.accounts.actions.asking import mail_again as mail_again
from roadmap.accounts.actions.entering import sign_in_by_password as sign_in_by_password
from roadmap.accounts.actions.entering import use_link as use_link
from roadmap.accounts.actions.erasing import erase as erase
from roadmap.accounts.actions.erasing import erase_again as erase_again
from roadmap.accounts.actions.printing import demonstration_link as demonstration_link
from roadmap.accounts.actions.printing import first_administrator_link as first_administrator_link
from roadmap.accounts.actions.roles import end_role as end_role
from roadmap.accounts.actions.roles import grant as grant
from roadmap.accounts.actions.suspending import restore as restore
from roadmap.accounts.actions.suspending import suspend as suspend
