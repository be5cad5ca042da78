"""The form of the settings: one name for each language, and choices that each say what they mean for people."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.core.i18n import LANGUAGES, lazy
from roadmap.core.setting_names import SETTINGS, VALUES
from roadmap.core.zones import zone_names
from roadmap.editions.choices import ALLOWED, Choices
from roadmap.web.forms import BaseForm, choices, cleaned_line

MEANINGS: dict[str, dict[str, Any]] = {
    "ask_group": {
        "asked": lazy(
            "People may say whether they decide, work in civil society or speak for themselves. Drafts then show"
            " how each group answered."
        ),
        "not-asked": lazy("Nobody is asked. Drafts show the votes of all together."),
    },
    "ask_country": {
        "asked": lazy(
            "People may name their country. Only its region is counted, and shown for ten people or more."
        ),
        "not-asked": lazy("Nobody is asked, and drafts show no regions."),
    },
    "moderation": {
        "after": lazy(
            "What people write can be read at once. Facilitators hide what breaks the charter, and say why."
        ),
        "before": lazy(
            "Nobody else sees what somebody wrote until a facilitator has let it through. Somebody has to do this"
            " every day."
        ),
    },
    "results": {
        "after-own-vote": lazy(
            "People see how others voted on a proposal once they have voted on it themselves."
        ),
        "at-close": lazy(
            "Nobody sees how others voted until voting closes, and no draft is made before. How many have voted is"
            " always shown."
        ),
    },
    "guest_votes": {
        "apart": lazy(
            "Everybody can vote at once. A vote counts in the ranking when its person confirms an e-mail address;"
            " until then it is shown apart."
        ),
        "counted": lazy(
            "Votes count without a confirmed address. Whoever uses several browsers can then vote several times."
        ),
    },
    "paper_votes": {
        "apart": lazy("Votes from paper sheets are shown beside the others and do not change the order."),
        "counted": lazy("Each paper sheet counts as one person of the general public."),
    },
    "method": {
        "equal-persons": lazy(
            "One person, one voice. Most places go to what many people want, and some to what a minority wants."
        ),
        "equal-groups": lazy(
            "Decision makers, civil society and the public have an equal voice as groups, so one person’s vote can"
            " weigh more than another’s. The first page of each draft says what a vote of each group weighed."
        ),
        "support": lazy(
            "What the largest share of people agree with comes first. A minority may get no place."
        ),
        "net-count": lazy("Agrees minus disagrees, as on many sites. What was shown most has an advantage."),
        "common-ground": lazy(
            "What people of every opinion can live with comes first. What only some want very much comes late."
        ),
        "wilson": lazy(
            "The share that agree, at its cautious end. A proposal with few votes waits further down the list."
        ),
    },
}
"""What each choice means for people, in a sentence or two."""


def _radio(name: str) -> RadioField:
    names = VALUES[name]
    return RadioField(
        SETTINGS[name],
        choices=choices([(value, names[value]) for value in ALLOWED[name]]),
        validate_choice=False,
    )


class SettingsForm(BaseForm):
    """Every setting as typed; what a form leaves out stays as it is. The deed decides what fits."""

    languages = SelectMultipleField(
        SETTINGS["languages"],
        description=lazy(
            "Proposals and comments can be written in these, and your questions are to be read in them. Buttons and"
            " menus are there in five languages always."
        ),
        choices=choices(list(LANGUAGES.items())),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    time_zone = SelectField(
        SETTINGS["time_zone"],
        description=lazy(
            "Deadlines are set and shown in it. Another time zone moves no deadline; the hour is only written"
            " differently."
        ),
        validate_choice=False,
    )
    ask_group = _radio("ask_group")
    ask_country = _radio("ask_country")
    moderation = _radio("moderation")
    results = _radio("results")
    guest_votes = _radio("guest_votes")
    paper_votes = _radio("paper_votes")
    method = _radio("method")
    revision = HiddenField()

    def __init__(self, stored: Choices, revision: int, formdata: MultiDict[str, str] | None = None) -> None:
        kept = {name: getattr(stored, name) for name in (*ALLOWED, "time_zone")}
        names = {f"title_{code}": stored.title.get(code, "") for code in LANGUAGES}
        super().__init__(
            formdata, data={**kept, **names, "languages": list(stored.languages), "revision": str(revision)}
        )
        self.stored = stored
        self.time_zone.choices = choices([(zone, zone.replace("_", " ")) for zone in zone_names()])

    @property
    def titles(self) -> dict[str, Any]:
        """The fields of the name, for the languages that the edition has or is to have."""
        shown = {*self.stored.languages, *(self.languages.data or [])}
        return {code: self[f"title_{code}"] for code in LANGUAGES if code in shown}

    def wanted(self) -> Choices:
        """Every setting as it is to be."""
        chosen = tuple(code for code in LANGUAGES if code in (self.languages.data or []))
        typed = {code: str(self[f"title_{code}"].data or "") for code in chosen}
        return Choices(
            title={code: text for code, text in {**self.stored.title, **typed}.items() if text},
            languages=chosen,
            time_zone=str(self.time_zone.data or ""),
            **{name: str(self[name].data or "") for name in ALLOWED},
        )

    def written_over(self) -> int:
        """The revision of the edition that was on the page; 0 where the form does not say."""
        typed = str(self.revision.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def complain(self, faults: dict[str, str]) -> None:
        """Put each sentence to its field."""
        for name, sentence in faults.items():
            self.add_error(name, sentence)


for _code, _name in LANGUAGES.items():
    setattr(
        SettingsForm,
        f"title_{_code}",
        TextAreaField(lazy("Name in %(language)s", language=_name), filters=[cleaned_line]),
    )
