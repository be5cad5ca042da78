"""Markup that is the same for the same values, remembered in this process: cards and ballots of long lists.

In a template: `{% call remembered("card", language, value, …) %}…{% endcall %}`. The values are all that the part
is made of, so nothing has to be told when one of them changes: the part is then made anew under its new values.
What differs from address to address is put in afterwards, in place of `MARK`.
"""

from collections.abc import Callable, Hashable
from itertools import islice

from flask import current_app
from markupsafe import Markup, escape

MOST = 4_000
"""Parts of about 2 kB; beyond so many the oldest quarter is forgotten."""
MARK = "\0"
"""Stands where something is put in afterwards: no text holds it, since none is taken in."""


def remembered(name: str, language: str, *values: Hashable, caller: Callable[[], str]) -> Markup:
    """What the caller makes of these values: made once, then taken from memory."""
    parts: dict[Hashable, Markup] = current_app.extensions.setdefault("remembered-markup", {})
    key = (name, language, values)
    part = parts.get(key)
    if part is None:
        part = Markup(caller())  # noqa: S704 - rendered by a template of ours, which has escaped it
        if len(parts) >= MOST:
            for old in list(islice(parts, MOST // 4)):
                parts.pop(old, None)
        parts[key] = part
    return part


def put_in(markup: str, value: str) -> Markup:
    """The markup with the value, escaped, in every place that was left open for it."""
    return Markup(str(markup).replace(MARK, escape(value)))  # noqa: S704 - the value is escaped, the rest is ours
