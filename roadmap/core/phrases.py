"""Texts that appear in many places, written once."""

from roadmap.core.i18n import lazy, lazy_p

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
TEXTS = {
    "home": lazy_p("text", "Home page"),
    "campaign": lazy_p("text", "About this edition"),
    "about": lazy_p("text", "About the campaign"),
    "how-it-works": lazy_p("text", "How it works"),
    "charter": lazy_p("text", "Participation charter"),
    "privacy": lazy_p("text", "Privacy"),
    "accessibility": lazy_p("text", "Accessibility"),
    "contact": lazy_p("text", "Contact"),
    "translation-note": lazy_p("text", "Note beside translations"),
    "mail-sign-in": lazy_p("text", "Link to sign in"),
    "mail-password": lazy_p("text", "Link to choose a new password"),
    "mail-address": lazy_p("text", "Link to confirm a new address"),
    "mail-address-changed": lazy_p("text", "The address was changed"),
    "mail-password-changed": lazy_p("text", "The password was changed"),
    "mail-factor-changed": lazy_p("text", "The second step was changed"),
    "mail-invitation": lazy_p("text", "An invitation to a role"),
    "mail-decision": lazy_p("text", "What was decided about a text"),
    "mail-notices": lazy_p("text", "New notices"),
}
"""The texts that organisers can edit, by name."""

ROLE_MEANINGS = {
    "facilitator": lazy(
        "Facilitators merge proposals that say the same, moderate in the open, and run live events."
    ),
    "translator": lazy("Translators translate texts into their languages, and do nothing else."),
    "organiser": lazy("Organisers set the edition up, run its phases, and compile and freeze the drafts."),
}
"""What each role that people are invited to means, in one sentence."""
