"""What a text must hold and must not hold before it is kept."""

from collections.abc import Iterable, Mapping

from roadmap.core.i18n import _, listed
from roadmap.domain import texts
from roadmap.domain.placeholders import missing_in, unknown_in
from roadmap.texts.catalogue import MOST, Field, Look, Text


def cleaned(text: Text, values: Mapping[str, str]) -> dict[str, str]:
    """Each field of the text as it is kept: one line where it is a line, no empty lines in a list."""
    return {field.name: _cleaned(field, values.get(field.name, "")) for field in text.fields}


def _cleaned(field: Field, value: str) -> str:
    if field.look is Look.LINE:
        return texts.clean_line(value)
    if field.look is Look.LIST:
        lines = (texts.clean_line(line) for line in texts.clean(value).split("\n"))
        return "\n".join(line for line in lines if line)
    return texts.clean(value).strip()


def problems_of(text: Text, values: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field that cannot be kept, by field; `values` are cleaned."""
    found = {field.name: _problem(field, values.get(field.name, "")) for field in text.fields}
    return {name: sentence for name, sentence in found.items() if sentence}


def _problem(field: Field, value: str) -> str:
    if not value:
        return "" if field.optional else _("Write something here, or go back to the default text.")
    if len(value) > MOST[field.look]:
        return _("Shorten the text to %(max)s characters; it has %(n)s.", max=MOST[field.look], n=len(value))
    wrong = unknown_in(value, field.placeholders)
    if wrong and field.placeholders:
        return _(
            "There is no placeholder %(wrong)s here. You can use: %(right)s.",
            wrong=in_braces(wrong),
            right=in_braces(field.placeholders),
        )
    if wrong:
        return _("This field takes no placeholders. Write %(wrong)s without braces.", wrong=in_braces(wrong))
    missing = missing_in(value, field.needed)
    if missing:
        return _("Put %(missing)s back in: the message is of no use without it.", missing=in_braces(missing))
    return ""


def in_braces(names: Iterable[str]) -> str:
    """Placeholders as they are written in a text, for a sentence."""
    return listed("{" + name + "}" for name in names)
