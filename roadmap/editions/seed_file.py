"""Reading an edition from a TOML file: the seed edition's own, or one that an organiser wrote."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from roadmap.core.errors import Invalid
from roadmap.core.i18n import LANGUAGES, _
from roadmap.domain.phases import Period, Phase

SEED_FOLDER = Path(__file__).with_name("seed")
TEXTS = ("short_title", "kicker", "organiser", "translation_note", "background")
LISTS = ("aims", "audiences", "forms", "events")


@dataclass(frozen=True)
class QuestionTexts:
    """A guiding question: its exact words, and the short label that may stand beside them."""

    number: int
    text: dict[str, str]
    label: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionPlan:
    """Everything an edition begins with. Texts are keyed by language; moments are aware."""

    slug: str
    title: dict[str, str]
    languages: list[str]
    time_zone: str
    periods: list[Period]
    questions: list[QuestionTexts]
    texts: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


def seed_slugs() -> list[str]:
    """The editions that come with the platform."""
    return sorted(path.stem for path in SEED_FOLDER.glob("*.toml"))


def read_seed(slug: str) -> EditionPlan:
    """The plan of an edition that comes with the platform."""
    return read_plan(SEED_FOLDER / f"{slug}.toml")


def read_plan(path: Path) -> EditionPlan:
    """The plan in a TOML file; raises Invalid with one sentence where something is missing or wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(_("%(file)s cannot be read: %(problem)s", file=path.name, problem=error)) from None
    try:
        return _plan(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(
            _("%(file)s is not a whole edition: look at %(problem)s.", file=path.name, problem=error)
        ) from None


def _plan(data: dict[str, Any]) -> EditionPlan:
    languages = [str(code) for code in data["languages"]]
    if not languages or any(code not in LANGUAGES for code in languages):
        raise ValueError("languages")
    return EditionPlan(
        slug=str(data["slug"]),
        title=dict(data["title"]),
        languages=languages,
        time_zone=str(data["time_zone"]),
        periods=[
            Period(Phase(phase["kind"]), _moment(phase["opens"]), _moment(phase.get("closes")))
            for phase in data["phases"]
        ],
        questions=[
            QuestionTexts(int(question["number"]), dict(question["text"]), dict(question.get("label", {})))
            for question in data["questions"]
        ],
        texts={name: data[name] for name in (*TEXTS, *LISTS) if name in data},
        settings=dict(data.get("settings", {})),
    )


def _moment(value: Any) -> Any:
    if value is not None and not isinstance(value, datetime):
        raise ValueError("phases")
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
