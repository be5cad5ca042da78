"""Pages of a list, as an address asks for them."""

from roadmap.core.paging import Page as Page

MOST_PER_PAGE = 100


def page_number(text: str | None) -> int:
    """The page asked for; nonsense is the first page."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0 else 1
