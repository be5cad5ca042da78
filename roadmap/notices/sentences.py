"""What each notice says, for pages and mails. Only numbers: what was written may have been hidden since."""

from roadmap.core.i18n import _
from roadmap.notices.queries import Shown


def sentence(shown: Shown) -> str:
    """The notice in one sentence."""
    number = str(shown.proposal.number)
    lead = str(shown.lead.number) if shown.lead is not None else number
    if shown.notice.kind == "merged" and lead == number:
        return _("Proposals that say the same were merged into your proposal No. %(number)s.", number=number)
    if shown.notice.kind == "decided" and shown.comment:
        return _("Facilitators decided about your comment on No. %(number)s.", number=number)
    return {
        "merged": _("Your proposal No. %(number)s was merged into No. %(lead)s.", number=number, lead=lead),
        "carried": _("Your vote on a proposal that was merged now counts on No. %(number)s.", number=number),
        "asked-again": _(
            "You gave opposite answers on proposals that were merged into No. %(number)s. Neither counts until "
            "you answer again.",
            number=number,
        ),
        "split": _("Your proposal No. %(number)s was split into parts of its own.", number=number),
        "decided": _("Facilitators decided about your proposal No. %(number)s.", number=number),
        "changed": _("No. %(number)s has changed since you voted on it. Your vote stands.", number=number),
    }[shown.notice.kind]
