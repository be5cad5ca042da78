"""The form in which a proposal is split: as many parts as were asked for, each with a title and a text."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, TextAreaField

from roadmap.core.i18n import lazy
from roadmap.merging.actions import Part
from roadmap.merging.actions.splitting import FEWEST, MOST
from roadmap.web.forms import BaseForm, cleaned, cleaned_line


class SplitForm(BaseForm):
    """Why a proposal is split; `split_form` adds the fields of its parts."""

    count = FEWEST
    reason = TextAreaField(
        lazy("Reason"), filters=[cleaned], description=lazy("Everybody can read it in the public log.")
    )

    @property
    def parts(self) -> list[Part]:
        """What was written."""
        return [Part(title.data or "", text.data or "") for title, text in self.fields_of_parts()]

    def fields_of_parts(self) -> list[tuple[Field, Field]]:
        """The two fields of each part, in order."""
        return [(self[f"title_{place}"], self[f"text_{place}"]) for place in range(1, self.count + 1)]


def split_form(parts: Sequence[Part], reason: str = "", *, more: int = 0) -> SplitForm:
    """A form that holds these parts, and so many empty ones more; never fewer than two or more than ten."""
    count = min(MOST, max(FEWEST, len(parts) + more))
    fields: dict[str, Any] = {"count": count}
    for place in range(1, count + 1):
        fields[f"title_{place}"] = TextAreaField(lazy("Title"), filters=[cleaned_line])
        fields[f"text_{place}"] = TextAreaField(lazy("Text"), filters=[cleaned])
    made: type[SplitForm] = type("SplitForm", (SplitForm,), fields)
    data = {"reason": reason}
    for place, part in enumerate(parts, 1):
        data |= {f"title_{place}": part.title, f"text_{place}": part.text}
    return made(MultiDict(data))


def parts_in(form: Mapping[str, str]) -> list[Part]:
    """The parts that were sent; a part of which nothing was written is left out."""
    sent = (
        Part(form.get(f"title_{place}", ""), form.get(f"text_{place}", "")) for place in range(1, MOST + 1)
    )
    return [part for part in sent if part.title.strip() or part.text.strip()]
