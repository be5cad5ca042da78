"""Doors of editions: what organisers set up and change."""

from roadmap.editions.manage import archive as archive
from roadmap.editions.manage import opening as opening
from roadmap.editions.manage import phases as phases
from roadmap.editions.manage import questions as questions
from roadmap.editions.manage import settings as settings
from roadmap.editions.manage import setup as setup
from roadmap.editions.manage.blueprint import bp as bp
from roadmap.editions.manage.everywhere import site as site
