"""Where the files beside the package lie, in a checkout and in a wheel."""

import hashlib
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
    for name in ("css/app.css", "js/app.js"):
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:10]
