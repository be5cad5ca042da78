"""The edition of an address: its slug becomes the edition before a view is entered."""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request

from roadmap.editions.queries import FIXED_WORDS, find_current_edition, get_edition

PREFIX = "/<edition>"


def init_app(app: Flask) -> None:
    """Take the edition out of addresses, and put the current one into those that want it."""

    @app.url_value_preprocessor
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and isinstance(values.get("edition"), str):
            g.edition = values["edition"] = get_edition(values["edition"])

    @app.url_defaults
    def _put(endpoint: str, values: dict[str, Any]) -> None:
        wanted = values.get("edition")
        if wanted is not None and not isinstance(wanted, str):
            values["edition"] = wanted.slug
        elif wanted is None and current_app.url_map.is_endpoint_expecting(endpoint, "edition"):
            slug = g.edition.slug if g.get("edition") else _current_slug()
            if slug:
                values["edition"] = slug


def _current_slug() -> str:
    """The current edition's slug, looked up once a request; "" where there is no edition."""
    kept: dict[str, Any] = request.environ if has_request_context() else {}
    if "roadmap.current_slug" not in kept:
        edition = find_current_edition()
        kept["roadmap.current_slug"] = edition.slug if edition is not None else ""
    return str(kept["roadmap.current_slug"])


def is_free_slug(slug: str) -> bool:
    """Whether an edition may be called so: not one of the fixed words of the addresses."""
    return slug not in FIXED_WORDS
