"""Reporting, deciding, restoring, appealing: what each does and to whom it is refused."""

import pytest
from flask import Flask

from roadmap.accounts.models import Membership
from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused, TooMany
from roadmap.domain.policy import Actor, Role
from roadmap.log.queries import newest_of
from roadmap.moderation import actions
from roadmap.moderation.models import Decision
from roadmap.moderation.queries import cases_of, reports_on, waiting_at
from tests.factories import DAY, NOW, a_role, the_actor
from tests.moderation.people import People


@pytest.fixture
def people(app: Flask) -> People:
    return People()


def test_a_report_by_a_stranger_waits_at_the_desk(people: People) -> None:
    people.report()
    [case] = cases_of(people.edition)
    assert (case.thing.text.id, case.why, case.since, case.reports) == (people.comment.id, "report", NOW, 1)


def test_several_reports_on_one_text_are_one_case(people: People) -> None:
    people.report()
    people.report(the_actor(people.awa))
    assert [case.reports for case in cases_of(people.edition)] == [2]


def test_the_same_person_reporting_again_changes_their_report(people: People) -> None:
    awa = the_actor(people.awa)
    people.report(awa, reason="An insult")
    people.report(awa, reason="An insult, and untrue")
    assert [report.reason for report in reports_on(people.thing)] == ["An insult, and untrue"]


def test_a_report_needs_a_reason(people: People) -> None:
    with pytest.raises(Invalid) as problem:
        people.report(reason=" ")
    assert list(problem.value.errors) == ["reason"]


def test_a_rule_that_is_not_in_the_charter_is_refused(people: People) -> None:
    with pytest.raises(Invalid) as problem:
        people.report(rule="10")
    assert list(problem.value.errors) == ["rule"]


def test_one_client_cannot_report_without_end(people: People) -> None:
    for _ in range(20):
        people.report()
    with pytest.raises(TooMany):
        people.report()


def test_nothing_is_reported_in_a_past_edition(people: People) -> None:
    people.edition.archived = NOW - DAY
    db.session.commit()
    with pytest.raises(Closed):
        people.report()


def test_leaving_a_text_answers_all_its_reports(people: People) -> None:
    people.report()
    people.report(the_actor(people.awa))
    people.decide(people.rita, "leave", rule="", sentence="")
    assert cases_of(people.edition) == []
    assert people.comment.state == "published"


def test_hiding_a_comment_leaves_a_stub_with_the_rule_and_takes_it_off_the_count(people: People) -> None:
    people.decide(people.rita)
    assert (people.comment.state, people.comment.state_rule, people.comment.state_at) == ("hidden", "1", NOW)
    assert people.proposal.comment_count == 0


def test_hiding_needs_a_rule_and_a_sentence_to_the_author(people: People) -> None:
    with pytest.raises(Invalid) as problem:
        people.decide(people.rita, rule="", sentence="")
    assert sorted(problem.value.errors) == ["rule", "sentence"]


def test_asking_the_author_hides_nothing(people: People) -> None:
    people.decide(people.rita, "ask", rule="")
    assert people.comment.state == "published"


@pytest.mark.parametrize("outcome", ["delete", "", "restore"])
def test_only_the_four_outcomes_are_taken(people: People, outcome: str) -> None:
    with pytest.raises(Invalid):
        people.decide(people.rita, outcome)


def test_nobody_decides_about_their_own_text(people: People) -> None:
    bo = the_actor(a_role(people.bo, Role.FACILITATOR, people.edition))
    with pytest.raises(Conflict, match="your own text"):
        people.decide(bo)


def test_participants_decide_nothing(people: People) -> None:
    with pytest.raises(Refused):
        people.decide(the_actor(people.awa))


def test_the_second_of_two_decisions_at_once_is_told_of_the_first(people: People) -> None:
    people.decide(people.rita)
    with pytest.raises(Conflict, match="meanwhile"):
        people.decide(people.omar)


@pytest.mark.parametrize("outcome", ["leave", "ask", "hide", "warn"])
def test_each_decision_is_in_the_public_log_by_number_without_the_text(people: People, outcome: str) -> None:
    people.decide(people.rita, outcome)
    [entry] = newest_of(people.edition.id, 5)
    rule = {} if outcome == "leave" else {"rule": "1"}
    assert (entry.kind, entry.facts) == (
        f"moderation-{outcome}",
        {"number": 1, "comment": people.comment.id, **rule},
    )
    assert "Nonsense" not in repr(entry.facts) + entry.reason


@pytest.mark.parametrize(("outcome", "mails"), [("leave", 0), ("ask", 1), ("hide", 1), ("warn", 1)])
def test_the_author_is_told_by_mail_without_the_text(
    app: Flask, people: People, outcome: str, mails: int
) -> None:
    people.decide(people.rita, outcome)
    sent = getattr(app.extensions["mailman"], "outbox", [])
    assert [message.to for message in sent] == [["bo@example.org"]] * mails
    assert all("Nonsense" not in message.body for message in sent)
    assert all(f"/en/2026/comments/{people.comment.id}/decision" in message.body for message in sent)


def test_a_hidden_text_is_shown_again_with_a_reason(people: People) -> None:
    people.decide(people.rita)
    actions.restore(people.rita, people.edition, people.thing, reason="I misread it", now=NOW)
    assert (people.comment.state, people.comment.state_rule) == ("published", "")
    assert people.proposal.comment_count == 1
    assert newest_of(people.edition.id, 1)[0].reason == "I misread it"


def test_showing_again_needs_a_reason(people: People) -> None:
    people.decide(people.rita)
    with pytest.raises(Invalid):
        actions.restore(people.rita, people.edition, people.thing, reason=" ", now=NOW)


def appeal(people: People, reason: str = "It was a quotation") -> Decision:
    return actions.appeal(the_actor(people.bo), people.edition, people.thing, reason=reason, now=NOW)


def answer(people: People, who: Actor, *, reverse: bool = True) -> Decision:
    return actions.answer_appeal(
        who, people.edition, people.thing, reverse=reverse, answer="You are right", now=NOW
    )


def test_an_appeal_waits_at_the_desk(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    waiting = waiting_at(people.edition)
    assert (waiting.reports, waiting.appeals, waiting.unread) == (0, 1, 0)


def test_only_the_author_appeals(people: People) -> None:
    people.decide(people.rita)
    with pytest.raises(NotFound):
        actions.appeal(the_actor(people.awa), people.edition, people.thing, reason="No", now=NOW)


def test_an_author_appeals_once(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    with pytest.raises(Conflict):
        appeal(people)


def test_whoever_hid_the_text_does_not_answer_the_appeal(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    with pytest.raises(Conflict, match="You hid this text"):
        answer(people, people.rita)


def test_where_nobody_else_facilitates_the_same_person_answers(app: Flask) -> None:
    people = People()
    db.session.query(Membership).filter_by(account_id=people.omar.account).update({"until": NOW})
    db.session.commit()
    people.decide(people.rita)
    appeal(people)
    answer(people, people.rita)
    assert people.comment.state == "published"


def test_a_reversed_decision_shows_the_text_again_and_is_logged(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    answer(people, people.omar)
    assert (people.comment.state, people.proposal.comment_count) == ("published", 1)
    assert (newest_of(people.edition.id, 1)[0].kind, cases_of(people.edition)) == ("appeal-reversed", [])


def test_an_upheld_decision_stays(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    answer(people, people.omar, reverse=False)
    assert (people.comment.state, newest_of(people.edition.id, 1)[0].kind) == ("hidden", "appeal-upheld")


def test_an_appeal_is_answered_once(people: People) -> None:
    people.decide(people.rita)
    appeal(people)
    answer(people, people.omar, reverse=False)
    with pytest.raises(Conflict):
        answer(people, people.omar)


def test_a_text_that_nobody_has_read_is_a_case(people: People) -> None:
    people.proposal.state = "waiting"
    db.session.commit()
    assert [(case.why, case.thing.kind) for case in cases_of(people.edition)] == [("unread", "proposals")]
