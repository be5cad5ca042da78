"""The form of a guiding question: text, short label and note in each language."""

from collections.abc import Mapping, Sequence

from roadmap.core.i18n import _, language_name
from roadmap.domain import texts
from roadmap.editions.actions.questions import PARTS, Wording
from roadmap.editions.models import GuidingQuestion

LONGEST_KEPT = 20_000
"""Characters of a field that are kept to be shown again, however much was sent."""


class QuestionForm:
    """Values as typed, by field name such as `text_fr`; a sentence by field name in `errors`."""

    def __init__(self, languages: Sequence[str], values: Mapping[str, str]) -> None:
        self.languages = tuple(languages)
        self.values = {
            f"{part}_{code}": values.get(f"{part}_{code}", "")[:LONGEST_KEPT]
            for code in self.languages
            for part in PARTS
        }
        self.values["reason"] = values.get("reason", "")[:LONGEST_KEPT]
        self.errors: dict[str, str] = {}

    @classmethod
    def filled(cls, languages: Sequence[str], question: GuidingQuestion) -> "QuestionForm":
        """The form as the question fills it."""
        stored = {part: getattr(question, part) for part in PARTS}
        return cls(
            languages, {f"{part}_{code}": stored[part].get(code, "") for part in PARTS for code in languages}
        )

    @property
    def reason(self) -> str:
        return texts.clean(self.values["reason"]).strip()

    def wording(self) -> Wording:
        """What was written, cleaned: question and label are one line each, the note may have several."""
        return Wording(
            text={code: texts.clean_line(self.values[f"text_{code}"]) for code in self.languages},
            label={code: texts.clean_line(self.values[f"label_{code}"]) for code in self.languages},
            note={code: texts.clean(self.values[f"note_{code}"]).strip() for code in self.languages},
        )

    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence with the language's name) for the error summary, in the order of the fields."""
        return [(name, self._told(name)) for name in self.values if name in self.errors]

    def _told(self, name: str) -> str:
        code = name.rpartition("_")[2]
        if code not in self.languages:
            return self.errors[name]
        return _("%(name)s: %(problem)s", name=language_name(code), problem=self.errors[name])
