"""Packages that only these comparisons need; ordinary set-up does not install them."""

from types import ModuleType

import pytest


def package(name: str) -> ModuleType:
    """Import it, or skip the tests of the module with a word on how to get it."""
    return pytest.importorskip(name, reason=f"{name} is not installed: `make test-oracle` installs it")
