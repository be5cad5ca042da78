"""Where the files beside the package lie, in a checkout and in a wheel."""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

PACKAGE = Path(__file__).resolve().parent
IN_WHEEL = (PACKAGE / "templates").is_dir()
ROOT = PACKAGE if IN_WHEEL else PACKAGE.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
MIGRATIONS = PACKAGE / "migrations"
TRANSLATIONS = PACKAGE / "translations"

if TYPE_CHECKING or not IN_WHEEL:
    from config import SettingError as SettingError
    from config import Settings as Settings
else:
    from roadmap.config import SettingError as SettingError
    from roadmap.config import Settings as Settings


def static_mark() -> str:
    """Short mark of the style sheet and the script: their addresses change when they do."""
    digest = hashlib.sha256()
    for name in ("css/app.css", "js/app.js", "js/desk.js"):
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:10]


def newest_revision() -> str:
    """The migration that no other one follows, read from the files' own words: no tool is imported for it."""
    texts = [path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py")]
    revisions, followed = (
        {found[1] for text in texts if (found := re.search(rf'^{name} = "(\w+)"', text, re.MULTILINE))}
        for name in ("revision", "down_revision")
    )
    return max(revisions - followed)
