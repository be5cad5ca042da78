"""Forms: shared base, fields and the way their values are cleaned."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation, ValidationError

from roadmap.core.i18n import _
from roadmap.domain import texts


class BaseForm(Form):
    """A form whose values are cleaned before they are looked at; the token is checked elsewhere, once for all."""

    def __init__(self, formdata: MultiDict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(formdata=formdata, **kwargs)

    def problems(self) -> list[tuple[str, str]]:
        """(field id, sentence) for the error summary, in the order of the fields."""
        return [(field.id, str(error)) for field in self for error in field.errors]

    def add_error(self, field: str, message: str) -> None:
        """Attach a sentence found outside the form to one of its fields."""
        target = self[field]
        target.errors = [*target.errors, message]


def cleaned(value: Any) -> Any:
    """Filter for long texts: normalised, without control characters, single line feeds."""
    return texts.clean(value) if isinstance(value, str) else value


def cleaned_line(value: Any) -> Any:
    """Filter for one-line texts."""
    return texts.clean_line(value) if isinstance(value, str) else value


class Filled:
    """Something has to be written; `message` says what."""

    field_flags: dict[str, Any] = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Form, field: Any) -> None:
        if not field.data or not str(field.data).strip():
            raise StopValidation(str(self.message))


class AtMost:
    """At most so many characters, counted in code points after cleaning; says how many there are."""

    def __init__(self, most: int, kind: str = "text") -> None:
        self.most = most
        self.kind = kind

    def __call__(self, form: Form, field: Any) -> None:
        count = texts.length(field.data or "")
        if count <= self.most:
            return
        if self.kind == "title":
            raise ValidationError(
                _("Shorten the title to %(max)s characters; it has %(n)s.", max=self.most, n=count)
            )
        raise ValidationError(
            _("Shorten the text to %(max)s characters; it has %(n)s.", max=self.most, n=count)
        )


def choices(pairs: list[tuple[str, str]]) -> list[Any]:
    """Choices of a select or radio field from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]
