"""The form in which an author objects to a merge."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField

from roadmap.core.i18n import lazy
from roadmap.domain.texts import LONGEST_REASON
from roadmap.web.forms import BaseForm, cleaned

LIMIT = LONGEST_REASON


class ObjectForm(BaseForm):
    """Why a merge is wrong. A page may hold several: `place` is (merge, number of the proposal it is about)."""

    reason = TextAreaField(
        lazy("Why the merge is wrong"),
        filters=[cleaned],
        description=lazy("Everybody can read it in the public log. Whoever merges again has to answer it."),
    )

    def __init__(
        self, merge: int, number: int, formdata: MultiDict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(formdata, prefix=f"m{merge}-{number}-", **kwargs)
        self.place = (merge, number)
