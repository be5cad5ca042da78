"""The short door past the session is for the two deeds of a voting day, and for the look whether it opens."""

import ast

from tests.house import tree

ALLOWED = {
    "roadmap/core/db.py": "where it is made",
    "roadmap/votes/actions.py": "casting a vote",
    "roadmap/web/health.py": "readiness tries whether the database takes a write",
}


def names_in(node: ast.AST) -> set[str]:
    """Every name that is imported or read as an attribute."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.ImportFrom):
            found |= {alias.name for alias in part.names}
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
    return found


def test_only_the_casting_of_votes_goes_through_the_hot_door() -> None:
    users = {
        tree.short(path) for path in tree.python_files("roadmap") if "hot" in names_in(tree.syntax_of(path))
    }
    assert users <= set(ALLOWED)


def test_only_the_deeds_of_voting_write_a_vote_by_hand() -> None:
    """What casting.py says to the database it says while the lock of the hot door is held."""
    users = {
        tree.short(path)
        for path in tree.python_files("roadmap")
        for node in ast.walk(tree.syntax_of(path))
        if isinstance(node, ast.ImportFrom) and _takes_casting(node)
    }
    assert users <= {"roadmap/votes/actions.py"}


def _takes_casting(node: ast.ImportFrom) -> bool:
    names = {alias.name for alias in node.names}
    return node.module == "roadmap.votes.casting" or (node.module == "roadmap.votes" and "casting" in names)
