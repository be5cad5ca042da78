"""Telling an author what was decided about their text. The text itself is not in the message."""

from flask import current_app

from roadmap.accounts.mailing import campaign
from roadmap.accounts.models import Account
from roadmap.comments.models import Comment
from roadmap.core import mail
from roadmap.core.db import db
from roadmap.core.i18n import LOCALES, _, direction_of, force_locale
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
        values = {
            "decision": decision, "comment": comment, "number": proposal.number, "language": language,
            "direction": direction_of(language), "campaign": campaign(language),
            "subject": _("About a text of yours on %(campaign)s", campaign=campaign(language)),
            "href": f"{current_app.config['SETTINGS'].base_url}/{language}/{edition.slug}/{path}",
        }  # fmt: skip
        rendered = [
            current_app.jinja_env.get_template(f"mail/moderation/decision.{kind}").render(values)
            for kind in ("txt", "html")
        ]
        mail.deliver(account.email, values["subject"], *rendered)
