"""Secrets that travel in cookies and links, and their hashes that are stored."""

import hashlib
import re
import secrets

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")


def new_token() -> str:
    """256 random bits as 43 characters for a cookie or a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Whether the text has the form of a token; anything else is not looked up."""
    return TOKEN.match(text) is not None


def link_path(language: str, secret: str) -> str:
    """The address of a mailed link on this site; nothing personal is in it."""
    return f"/{language}/links/{secret}"
