"""Visitors, and an outbox."""

import pytest
from flask import Flask

from tests.accounts.people import Visitor


@pytest.fixture
def browser(app: Flask) -> Visitor:
    """A stranger's browser."""
    return Visitor(app)


@pytest.fixture
def other_browser(app: Flask) -> Visitor:
    """Another device."""
    return Visitor(app)
