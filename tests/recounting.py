"""The program `docs/recount.py`, which shares no code with the platform, on whatever drafts the tests make."""

import hashlib
import json
import runpy
from pathlib import Path
from typing import Any

RECOUNT = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "recount.py"))
_agreed: set[str] = set()


def differences(document: dict[str, Any]) -> list[str]:
    """What the second program finds otherwise; a draft with the same figures is not counted twice, an empty one never."""
    if not document:
        return []
    figures = [document["method"]["name"], document["method"]["seed"], document["method"]["parameters"]]
    figures += [document["groups"], [_figures(section) for section in document["sections"]]]
    key = hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()
    if key in _agreed:
        return []
    found = list(RECOUNT["differences"](document))
    if not found:
        _agreed.add(key)
    return found


def _figures(section: dict[str, Any]) -> list[Any]:
    names = ("number", "rank", "band", "moved", "reason", "tally", "score", "claims")
    rows = [[item.get(name) for name in names] for item in section["items"] + section["not_listed"]]
    return [section["question"]["number"], section["needed"], section["last_place"], rows]
