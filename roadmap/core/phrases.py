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
VERBS = {
    "propose": lazy_p("verb", "propose"),
    "edit-proposal": lazy_p("verb", "edit proposals"),
    "comment": lazy_p("verb", "comment"),
    "vote": lazy_p("verb", "vote"),
    "merge": lazy_p("verb", "merge"),
    "moderate": lazy_p("verb", "moderate"),
    "translate": lazy_p("verb", "translate"),
    "edit-draft": lazy_p("verb", "edit drafts"),
    "freeze": lazy_p("verb", "freeze drafts"),
    "publish": lazy_p("verb", "publish"),
    "ask": lazy_p("verb", "ask a question"),
    "track": lazy_p("verb", "track progress"),
}
