"""Deeds of moderation: report, decide, restore, appeal, answer an appeal, note."""

from roadmap.moderation.actions.appealing import answer_appeal as answer_appeal
from roadmap.moderation.actions.appealing import appeal as appeal
from roadmap.moderation.actions.deciding import decide as decide
from roadmap.moderation.actions.deciding import restore as restore
from roadmap.moderation.actions.reporting import note as note
from roadmap.moderation.actions.reporting import report as report
