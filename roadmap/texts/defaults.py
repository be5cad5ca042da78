"""The platform's own texts in five languages: files with front matter, and what an edition was planned with."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from roadmap.core.i18n import in_language
from roadmap.texts.catalogue import Field, Text

FOLDER = Path(__file__).with_name("defaults")
PLANNED_AS = {"note": "translation_note"}
"""The name in the edition's plan of a field that is called otherwise here."""

Plan = Mapping[str, Any]


@cache
def file_of(language: str, name: str) -> dict[str, Any]:
    """Front matter and body of a text that comes with the platform, in a language that it speaks."""
    _, front, body = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8").split("+++\n", 2)
    return {**tomllib.loads(front), "body": body.strip()}


def default_words(text: Text, field: Field, plan: Plan, language: str) -> tuple[str, str]:
    """(a field's default, its language): another one only where the plan lacks the wanted one; "" for none."""
    if not field.plan:
        return str(file_of(language, text.name)[field.name]), language
    planned = plan.get(PLANNED_AS.get(field.name, field.name)) or {}
    if isinstance(planned, list):
        planned = {
            code: "\n".join(item[code] for item in planned if item.get(code))
            for code in dict.fromkeys(code for item in planned for code in item)
        }
    return (planned.get(language, ""), language) if text.alone else in_language(planned, language)
