"""How people want to be told by mail."""

from wtforms import RadioField

from roadmap.core.i18n import lazy
from roadmap.web.forms import BaseForm, choices

WAY_CHOICES = [
    ("off", lazy("No e-mails")),
    ("at-once", lazy("Within minutes; several things come in one e-mail")),
    ("daily", lazy("Once a day, where there is something new")),
]


class WaysForm(BaseForm):
    """One answer for one's proposals, one for one's votes."""

    as_author = RadioField(
        lazy("About your proposals and comments"), choices=choices(WAY_CHOICES), validate_choice=False
    )
    as_voter = RadioField(lazy("About your votes"), choices=choices(WAY_CHOICES), validate_choice=False)
