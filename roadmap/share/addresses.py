"""The shortest address that holds for ever: an edition, or a question's number in it, without a language."""

EDITION = 0
"""Stands where a question's number would: the edition itself is meant."""


def short_path(slug: str, number: int) -> str:
    """The path that leads every reader to the page in their own language."""
    return f"/{slug}" if number == EDITION else f"/{slug}/{number}"


def spoken(address: str) -> str:
    """An address as it is printed and typed: without what browsers add by themselves."""
    return address.removeprefix("https://").removeprefix("http://")
