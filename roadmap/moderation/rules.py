"""The rules of the charter by number and short name, as reports and decisions cite them."""

from roadmap.core.i18n import pgettext

NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


def rule_name(number: str) -> str:
    """A rule's short name; "" for no rule."""
    return {
        "1": pgettext("rule", "Respect people"),
        "2": pgettext("rule", "No hatred and no discrimination"),
        "3": pgettext("rule", "Answer the question"),
        "4": pgettext("rule", "Speak in your own name"),
        "5": pgettext("rule", "Protect the privacy of others"),
        "6": pgettext("rule", "Say where it comes from"),
        "7": pgettext("rule", "No advertising and no flooding"),
        "8": pgettext("rule", "One person, one voice"),
        "9": pgettext("rule", "Keep to the law"),
    }.get(number, "")


def rule_choices() -> list[tuple[str, str]]:
    """(number, "1. Respect people") of every rule."""
    return [(number, f"{number}. {rule_name(number)}") for number in NUMBERS]
