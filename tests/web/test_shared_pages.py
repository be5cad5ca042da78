"""Strangers share a page for a moment; nobody else's page is ever theirs."""

import gzip
from dataclasses import replace

import brotli  # type: ignore[import-untyped]
import pytest
import time_machine
from flask import Flask

from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.web.shared_pages import ENCODINGS
from tests.browsing import Browser
from tests.factories import a_proposal, an_account, an_edition


@pytest.fixture
def sharing(app: Flask) -> Flask:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], page_age=2)
    a_proposal(an_edition(), an_account(), title="Pay interpreters")
    return app


def rename(title: str) -> None:
    db.session.query(Proposal).one().title = title
    db.session.commit()


def test_a_stranger_may_see_a_page_that_is_a_moment_old(sharing: Flask) -> None:
    address = "/en/2026/questions/1-question-1"
    assert "Pay interpreters" in Browser(sharing).page(address).text
    rename("Pay translators")
    assert "Pay interpreters" in Browser(sharing).page(address).text


def test_after_two_seconds_it_is_made_anew(sharing: Flask, clock: time_machine.Traveller) -> None:
    address = "/en/2026/questions/1-question-1"
    Browser(sharing).page(address)
    rename("Pay translators")
    clock.shift(2)
    assert "Pay translators" in Browser(sharing).page(address).text


def test_whoever_has_voted_sees_their_own_vote_at_once(sharing: Flask) -> None:
    address = "/en/2026/questions/1-question-1"
    Browser(sharing).page(address)
    guest = Browser(sharing)
    guest.post("/en/2026/proposals/1/vote", {"choice": "agree"})
    assert "You agree" in guest.page(address).text
    assert "You agree" not in Browser(sharing).page(address).text


def test_a_page_made_for_somebody_is_never_shared(sharing: Flask) -> None:
    Browser(sharing).sign_in(an_account("Ravi")).page("/en/")
    assert "My account" not in Browser(sharing).page("/en/").text


def test_each_language_has_its_own_page(sharing: Flask) -> None:
    Browser(sharing).page("/en/")
    assert Browser(sharing).page("/ar/").html["dir"] == "rtl"


@pytest.mark.parametrize("asked", ["br", "gzip", "br, gzip", "identity", ""])
def test_each_way_of_compressing_gets_the_page_it_asked_for(sharing: Flask, asked: str) -> None:
    """From the first reader's page on, and again when it is there compressed already."""
    address = "/en/2026/questions/1-question-1"
    plain = Browser(sharing).get(address).data
    for _reader in range(3):
        answer = Browser(sharing).get(address, headers={"Accept-Encoding": asked})
        encoding = answer.headers.get("Content-Encoding", "")
        assert encoding == ("br" if "br" in asked else "gzip" if asked == "gzip" else "")
        body = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](answer.data)
        assert (body, set(answer.vary)) == (plain, {"Cookie", "Accept-Encoding"})


def test_only_a_few_ways_of_asking_are_remembered(sharing: Flask) -> None:
    address = "/en/2026/questions/1-question-1"
    for quality in range(1, 10):
        Browser(sharing).get(address, headers={"Accept-Encoding": f"gzip;q=0.{quality}"})
    (kept,) = sharing.extensions["shared-pages"].values()
    assert len(kept.compressed) == ENCODINGS
