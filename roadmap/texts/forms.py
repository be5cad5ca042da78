"""The form of a text in one language."""

from collections.abc import Mapping

from roadmap.core.errors import Invalid
from roadmap.core.i18n import _
from roadmap.domain.texts import clean_line, line_feeds
from roadmap.texts.actions import Others
from roadmap.texts.catalogue import Text
from roadmap.texts.checking import cleaned, problems_of


class TextForm:
    """Values as typed, by field name; sentences by field name in `errors`.

    `based_on` is the number of the version that was open; `why` the note for the public log; `preview`: nothing is
    to be saved yet.
    """

    def __init__(self, text: Text, sent: Mapping[str, str]) -> None:
        self.text = text
        self.values = {field.name: line_feeds(sent.get(field.name, "")) for field in text.fields}
        self.why = clean_line(sent.get("why", ""))
        self.others = Others.TRANSLATE
        if sent.get("others") in list(Others):
            self.others = Others(sent["others"])
        number = sent.get("based_on", "")
        self.based_on = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1
        self.preview = sent.get("do") == "preview"
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def filled(cls, text: Text, values: Mapping[str, str], based_on: int) -> "TextForm":
        """The form as a stored text fills it."""
        return cls(text, {**values, "based_on": str(based_on)})

    def validate(self) -> bool:
        """Whether the text can be kept; leaves a sentence at each field that has to be mended."""
        for name, sentence in problems_of(self.text, self.cleaned()).items():
            self.errors[name] = [sentence]
        return not self.errors

    def cleaned(self) -> dict[str, str]:
        """The text as it would be kept."""
        return cleaned(self.text, self.values)

    def refuse(self, problem: Invalid) -> None:
        """Attach the sentences of a refusal to their fields."""
        for name, sentence in problem.errors.items():
            self.errors.setdefault(name, []).append(sentence)

    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence with the field's label) for the error summary."""
        labels = {field.name: str(field.label) for field in self.text.fields}
        return [
            (name, f"{labels.get(name, _('Reason'))}: {sentence}")
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]
