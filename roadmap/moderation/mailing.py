"""Telling an author what was decided about their text. The text itself is not in the message."""

from flask import current_app

from roadmap.accounts.mailing import campaign, send_text
from roadmap.accounts.models import Account
from roadmap.comments.models import Comment
from roadmap.core.db import db
from roadmap.core.i18n import LOCALES, _, force_locale
from roadmap.core.jobs import job
from roadmap.editions.models import Edition
from roadmap.moderation.models import Decision
from roadmap.proposals.models import Proposal


@job
def tell_author(decision_id: int) -> None:
    """Mail the decision, or the answer to the appeal, to whoever wrote the text; nothing where nobody is left."""
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        return
    comment = db.session.get(Comment, decision.comment_id) if decision.comment_id else None
    proposal = db.session.get_one(Proposal, comment.proposal_id if comment else decision.proposal_id)
    account = db.session.get(Account, (comment or proposal).author_id or 0)
    edition = db.session.get(Edition, proposal.edition_id)
    if account is None or edition is None:
        return
    language = account.language
    path = f"comments/{comment.id}/decision" if comment else f"proposals/{proposal.number}/decision"
    with force_locale(LOCALES[language]):
        said = {"number": proposal.number, "campaign": campaign(language)}
        about = (
            _("This is about your comment on proposal %(number)s on %(campaign)s.", **said)
            if comment
            else _("This is about your proposal %(number)s on %(campaign)s.", **said)
        )
        outcome = _outcome(decision)
    href = f"{current_app.config['SETTINGS'].base_url}/{language}/{edition.slug}/{path}"
    send_text(
        edition, "mail-decision", account.email, language,
        about=about, decision=outcome, link=href, name=account.name,
    )  # fmt: skip


def _outcome(decision: Decision) -> str:
    if decision.appeal_outcome == "reversed":
        return _("Your appeal was answered: the text is shown again.")
    if decision.appeal_outcome:
        return _("Your appeal was answered: the text stays hidden.")
    if decision.outcome == "ask":
        return _("A facilitator asks you to edit it.")
    if decision.outcome == "warn":
        return _(
            "A facilitator hid it. Please keep to the charter: a repeated breach can lead to your account "
            "being suspended."
        )
    return _("A facilitator hid it.")
