"""Every door declares whom it lets in, and a change of access is seen."""

from flask import Flask

from tests.house import doors


def test_every_route_declares_its_verb(app: Flask) -> None:
    assert sorted({rule.rule for rule in doors.rules(app) if doors.verb_of(app, rule) is None}) == []


def test_the_table_of_doors_is_the_one_that_was_read(app: Flask) -> None:
    kept = doors.KEPT.read_text(encoding="utf-8").splitlines()
    assert doors.table(app).splitlines() == kept, "access has changed: run make doors and read the difference"


def test_no_route_acts_on_get_and_answers_a_post_in_one_function(app: Flask) -> None:
    """A HEAD is a GET: a view that is page and deed at once takes one for the other sooner or later."""
    both = {rule.rule for rule in doors.rules(app) if {"GET", "POST"} <= set(rule.methods or ())}
    assert both == set()
