"""Organisers and translators who write, and what they write."""

from typing import Any

from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.texts import actions
from roadmap.texts.models import TextVersion
from roadmap.texts.queries import current_of, show, show_default
from tests.factories import NOW, a_role, an_account, the_actor


def an_organiser(edition: Edition, name: str = "Organiser") -> Actor:
    return the_actor(a_role(an_account(name), Role.ORGANISER, edition))


def a_translator(edition: Edition, *languages: str) -> Actor:
    account = an_account(f"Translator of {' '.join(languages)}")
    return the_actor(a_role(account, Role.TRANSLATOR, edition, list(languages)))


def words_of(edition: Edition, name: str, language: str = "en") -> dict[str, str]:
    """What stands in the fields of a text as it is shown."""
    return show(edition, name, language).values()


def write(
    actor: Actor, edition: Edition, name: str, language: str = "en", *, fields: dict[str, str] | None = None,
    **options: Any,
) -> TextVersion | None:  # fmt: skip
    """Save a text with some fields changed, on top of whatever stands there; the rest is the default's."""
    held = current_of(edition, name).get(language)
    values = {
        **show_default(edition, name, language).values(),
        **(held.fields if held else {}),
        **(fields or {}),
    }
    based_on = options.pop("based_on", held.number if held else 0)
    return actions.write_text(
        actor,
        edition,
        name,
        language,
        fields=values,
        based_on=based_on,
        now=options.pop("now", NOW),
        **options,
    )
