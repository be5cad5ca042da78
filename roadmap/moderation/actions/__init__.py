"""Deeds of moderation: report, decide, restore, appeal, answer an appeal, note, review accounts."""

from roadmap.moderation.actions.appealing import answer_appeal as answer_appeal
from roadmap.moderation.actions.appealing import appeal as appeal
from roadmap.moderation.actions.appealing import may_answer as may_answer
from roadmap.moderation.actions.deciding import decide as decide
from roadmap.moderation.actions.deciding import restore as restore
from roadmap.moderation.actions.reporting import note as note
from roadmap.moderation.actions.reporting import report as report
from roadmap.moderation.actions.reviewing import begin_review as begin_review
from roadmap.moderation.actions.reviewing import end_review as end_review
from roadmap.moderation.actions.reviewing import look_for_signals as look_for_signals
