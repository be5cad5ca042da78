"""Texts that appear in many places, written once."""

from roadmap.core.i18n import lazy_p

PHASES = {
    "listening": lazy_p("phase", "Listening"),
    "proposing": lazy_p("phase", "Proposing"),
    "voting": lazy_p("phase", "Voting"),
    "drafting": lazy_p("phase", "Drafting"),
    "forum": lazy_p("phase", "Forum"),
    "follow-up": lazy_p("phase", "Follow-up"),
}
CHOICES = {
    "agree": lazy_p("vote", "Agree"),
    "disagree": lazy_p("vote", "Disagree"),
    "pass": lazy_p("vote", "Pass"),
}
STAKEHOLDER_GROUPS = {
    "decision-maker": lazy_p("stakeholder group", "Decision maker"),
    "civil-society": lazy_p("stakeholder group", "Civil society"),
    "public": lazy_p("stakeholder group", "General public"),
    "not-stated": lazy_p("stakeholder group", "Not stated"),
}
