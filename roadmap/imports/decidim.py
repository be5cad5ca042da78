"""Reading an exported Decidim discussion in either of the two shapes that are about, told apart by their columns.

The one names its columns plainly (`title`, `summary`, `supports`, and a comment's `proposal_id`); the other is
Decidim's own export, with one column for each language (`title/ca`) and a component (`component/id`).
"""

from pathlib import Path

from roadmap.imports.discussions import Discussion
from roadmap.imports.flat import PROPOSALS, Shape, read_flat
from roadmap.imports.native import KINDS, is_native, read_native
from roadmap.imports.tables import BrokenFile, content_of, present, read_table

PLATFORM = "decidim"
SHAPE = Shape(
    platform=PLATFORM,
    texts=("summary",),
    moments=("created-at",),
    declared="comments",
    body="body-html",
    body_is_html=True,
    comment_moments=("created-at",),
    reactions=("likes", "dislikes"),
    alignment="alignment",
    answer="rejected-message",
    outcomes={"accepted": "accepted", "rejected": "rejected"},
)


def read_folder(folder: Path, language: str = "") -> Discussion:
    """The discussion in a folder; raises BrokenFile. An empty language is found out."""
    if not folder.is_dir():
        raise BrokenFile(folder.name or str(folder), "there is no such folder.")
    there = [kind for kind in KINDS if (folder / kind.file).is_file()]
    if not there:
        names = " nor ".join(kind.file for kind in KINDS)
        raise BrokenFile(folder.name, f"there is neither {names} in the folder.")
    if len(there) > 1:
        names = " and ".join(kind.file for kind in there)
        raise BrokenFile(folder.name, f"holds {names}; put each into a folder of its own, with its comments.")
    kind = there[0]
    content = content_of(present(folder, kind.file))
    table = read_table(kind.file, content, ("id",))
    if kind.file == PROPOSALS and not is_native(table):
        return read_flat(folder, SHAPE, language)
    return read_native(folder, kind, table, content, platform=PLATFORM, language=language)
