"""An account that was erased stays so when an older database is put in place."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from roadmap.accounts import actions, erasures, listeners
from roadmap.accounts.erasures import FILE, Erasure
from roadmap.accounts.models import Account
from roadmap.core.db import db
from roadmap.proposals.models import Proposal
from roadmap.root import Settings
from roadmap.votes.actions import cast_vote
from roadmap.votes.models import Tally
from tests.factories import DAY, NOW, a_proposal, an_account, an_edition, the_actor

LINES = st.builds(Erasure, st.datetimes(timezones=st.just(NOW.tzinfo)), st.integers(1, 2**31), st.booleans())


def test_an_erasure_is_noted_without_a_name(app: Flask, settings: Settings) -> None:
    awa = an_account("Awa")
    number = awa.id
    actions.erase(the_actor(awa), now=NOW)
    assert erasures.noted() == [Erasure(NOW, number, False)]
    path = settings.instance / FILE
    assert (path.stat().st_mode & 0o777, "awa" in path.read_text().casefold()) == (0o600, False)


@pytest.mark.parametrize("texts", [False, True])
def test_who_is_there_again_is_erased_again_and_the_tallies_stay(
    app: Flask, settings: Settings, texts: bool
) -> None:
    edition, awa = an_edition(), an_account("Awa")
    a_proposal(edition, awa, title="Share seeds")
    cast_vote(the_actor(an_account("Tomé")), edition, 1, "agree", now=NOW)
    other = a_proposal(edition, title="Another")
    cast_vote(the_actor(awa), edition, other.number, "disagree", now=NOW)
    erasures.note(Erasure(NOW, awa.id, texts))
    before = [(row.proposal_id, row.agree, row.disagree) for row in db.session.query(Tally)]
    assert listeners.erase_again() == 1
    proposal = db.session.query(Proposal).filter_by(number=1).one()
    assert [account.name for account in db.session.query(Account)] == ["Tomé"]
    assert (proposal.author_id, proposal.author_name) == (None, "")
    assert [(row.proposal_id, row.agree, row.disagree) for row in db.session.query(Tally)] == before


def test_somebody_newer_who_has_the_number_now_stays(app: Flask, settings: Settings) -> None:
    awa = an_account("Awa")
    erasures.note(Erasure(awa.made - DAY, awa.id, False))
    assert (listeners.erase_again(), db.session.query(Account).count()) == (0, 1)


@given(st.lists(LINES))
def test_every_erasure_is_read_again(tmp_path_factory: pytest.TempPathFactory, known: list[Erasure]) -> None:
    erasures.set_up(tmp_path_factory.mktemp("erasures"))
    for each in known:
        erasures.note(each)
    assert erasures.noted() == known


@given(cut=st.integers(1, 40))
def test_a_line_that_was_cut_off_hides_no_other(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder: Path = tmp_path_factory.mktemp("erasures")
    erasures.set_up(folder)
    first, second = Erasure(NOW, 12, True), Erasure(NOW + DAY, 345, False)
    erasures.note(first)
    erasures.note(second)
    text = (folder / FILE).read_text()
    (folder / FILE).write_text(text[:-cut])
    assert erasures.noted()[0] == first
