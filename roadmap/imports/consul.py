"""Reading an exported Consul discussion: citizens' proposals with supports, and their threads of comments."""

from pathlib import Path

from roadmap.imports.discussions import Discussion
from roadmap.imports.flat import Shape, read_flat

PLATFORM = "consul"
SHAPE = Shape(
    platform=PLATFORM,
    texts=("summary", "text"),
    moments=("date",),
    declared="comments-declared",
    body="text",
    body_is_html=False,
    comment_moments=("date", "time"),
    reactions=("votes-up", "votes-down"),
)


def read_folder(folder: Path, language: str = "") -> Discussion:
    """The discussion in a folder with proposals.csv and comments.csv; raises BrokenFile."""
    return read_flat(folder, SHAPE, language)
