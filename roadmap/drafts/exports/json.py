"""The draft as its JSON file: the same bytes for the same version, in whatever language it is asked for."""

import json
from collections.abc import Mapping
from typing import Any


def write(document: Mapping[str, Any]) -> bytes:
    """Readable JSON in UTF-8, members in the order of the format, one line feed at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
