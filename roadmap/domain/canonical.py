"""Canonical bytes of a JSON document (RFC 8785) and the fingerprint over them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical_bytes(document: Any) -> bytes:
    """The one canonical form of a JSON value. Raises ValueError for what JSON cannot hold."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise ValueError(f"the document has no canonical form: {error}") from error


def fingerprint(document: Mapping[str, Any]) -> str:
    """ "sha256:" and 64 hexadecimal digits over the document without its member `fingerprint`."""
    body = {name: value for name, value in document.items() if name != "fingerprint"}
    return "sha256:" + hashlib.sha256(canonical_bytes(body)).hexdigest()
