"""A field that people leave empty and programs fill in: protection from spam that asks nobody to prove anything."""

from flask import request

FIELD = "extra"
"""Its name; templates/components/trap.html draws it."""


def sprung() -> bool:
    """Whether the form that was sent has something in the field, so that a program probably filled it in."""
    return bool(request.form.get(FIELD, "").strip())
