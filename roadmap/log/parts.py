"""The parts of the log by which readers filter it."""

from roadmap.core.i18n import pgettext

PARTS: dict[str, tuple[str, ...]] = {
    "merging": (
        "merge",
        "undo-merge",
        "objection",
        "objection-answered",
        "objection-followed",
        "split",
        "undo-split",
        "built-on",
        "pair-related",
        "pair-different",
        "pair-undecided",
    ),
    "moderation": (
        "moderation-leave",
        "moderation-ask",
        "moderation-hide",
        "moderation-warn",
        "moderation-restore",
        "appeal-upheld",
        "appeal-reversed",
        "let-through",
        "comment-let-through",
        "withdrawal",
    ),
    "wording": ("correction", "correction-refused", "question-correction"),
    "drafts": ("freeze", "draft-change", "ballot-download"),
    "edition": (
        "edition-creation",
        "edition-opening",
        "edition-current",
        "edition-closing",
        "edition-reopening",
        "phase-change",
        "settings-change",
        "question-change",
        "import",
        "text-change",
    ),
    "roles": (
        "role-change",
        "invitation",
        "decision-maker-confirmed",
        "decision-maker-not-confirmed",
        "author-confirmed",
        "author-not-confirmed",
    ),
    "votes": ("review-begun", "review-ended", "account-suspended", "account-restored"),
    "tags": ("tag-made", "tag-renamed", "tag-removed", "tag-put", "tag-taken"),
}
"""The parts by which readers filter the log, and the kinds of entries in each."""


def part_name(part: str) -> str:
    """A part of the log by its name for people."""
    return {
        "merging": pgettext("log", "Merging"),
        "moderation": pgettext("log", "Moderation"),
        "wording": pgettext("log", "Corrections of wording"),
        "drafts": pgettext("log", "Drafts and ballots"),
        "edition": pgettext("log", "Phases and settings"),
        "roles": pgettext("log", "Roles"),
        "votes": pgettext("log", "Votes"),
        "tags": pgettext("log", "Tags"),
    }[part]
