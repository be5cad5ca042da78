"""Folders as Polis exports them: small ones made by hand, and real ones where they are at hand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "1770000000000,Mon Feb 02 02:40:00 UTC 2026,0,0,2,0,1,Share what works\n"
    "1770000001000,Mon Feb 02 02:40:01 UTC 2026,1,1,0,1,-1,Close the doors\n"
    "1770000002000,Mon Feb 02 02:40:02 UTC 2026,2,1,0,0,0,Meet in the open\n"
)
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote\n"
    "1770000010000,Mon Feb 02 02:40:10 UTC 2026,0,0,1\n"
    "1770000011000,Mon Feb 02 02:40:11 UTC 2026,0,1,-1\n"
    "1770000012000,Mon Feb 02 02:40:12 UTC 2026,1,1,-1\n"
    "1770000013000,Mon Feb 02 02:40:13 UTC 2026,0,1,1\n"
    "1770000014000,Mon Feb 02 02:40:14 UTC 2026,1,7,0\n"
)
MATRIX = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    "0,0,1,1,1,0,1,\n"
    "1,0,2,2,1,1,1,-1\n"
    "7,,0,1,0,0,,0\n"
)

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder with these files; bytes and texts alike. Without any: a small whole conversation."""

    def make(name: str = "conversation", **files: str | bytes) -> Path:
        made = tmp_path / name
        made.mkdir()
        contents = files or {"comments_csv": COMMENTS, "votes_csv": VOTES}
        for key, content in contents.items():
            stem, _dot, ending = key.partition("_csv")
            written = content if isinstance(content, bytes) else content.encode()
            (made / f"{stem.replace('_', '-')}.csv{ending.replace('_', '.')}").write_bytes(written)
        return made

    return make


def conversations() -> list[str]:
    """Names of the real conversations at hand; one empty name where the folder of real data is not set."""
    root = os.environ.get("ROADMAP_TEST_DATA")
    return sorted(path.name for path in (Path(root) / "polis").iterdir()) if root else [""]


@pytest.fixture
def real() -> Callable[[str], Path]:
    """The folder of a real conversation, by its name."""
    root = os.environ.get("ROADMAP_TEST_DATA")
    if not root:
        pytest.skip("ROADMAP_TEST_DATA names no folder of real deliberations")
    return lambda name: Path(root) / "polis" / name
