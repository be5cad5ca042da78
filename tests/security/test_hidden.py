"""What is hidden, waiting, withdrawn, removed or unfinished shows on no route; results and votes neither
(security checklist, D4, J8, J9)."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmap.core.db import db
from roadmap.domain.policy import Role
from roadmap.drafts.actions import compile_draft, freeze_draft
from roadmap.drafts.exports import LABELS
from roadmap.proposals.models import Proposal
from roadmap.standing.actions import renew_all
from roadmap.votes.actions import cast_vote
from tests.factories import NOW, a_role, an_account, the_actor
from tests.security.pages import all_forms, leaves
from tests.security.routes import doors
from tests.security.world import ROLES, World

NOBODY = ("hidden title", "hidden text", "hidden author", "hidden comment", "hidden writer", "removed writer", "buried comment",
          "buried writer", "lost title", "lost text", "lost author", "withdrawn title", "withdrawn text", "withdrawn author")  # fmt: skip
FACILITATORS = ("waiting title", "waiting text", "waiting author", "waiting comment", "waiting writer")
CORRECTION = ("correction title", "correction text", "correction note")
OPEN_DRAFT = ("open introduction", "open note")
CONTACTS = tuple(
    f"{name} contact" for name in ("lead", "plain", "source", "lost", "waiting", "hidden", "withdrawn")
)
TO_CONFIRM = ("lead contact", "plain contact", "source contact")
"""Contacts of published proposals: organisers need them to confirm who speaks for an organisation."""
DOWNLOAD = "/en/me/data/download"
OWN = (DOWNLOAD, "/en/me/data/tables")
"""A person's own data, for nobody else."""
FACILITATING = {"facilitator", "organiser", "administrator"}


def forbidden(role: str) -> list[str]:
    """The names of the texts that somebody of the role must not come to see."""
    organises = role in {"organiser", "administrator"}
    names = [*NOBODY, *(name for name in CONTACTS if not (organises and name in TO_CONFIRM))]
    names += [] if role in FACILITATING else FACILITATORS
    names += [] if role in FACILITATING | {"participant"} else CORRECTION
    names += [] if organises else OPEN_DRAFT
    names += [] if role == "participant" else ["unfinished title", "unfinished text"]
    return [f"zz{name.replace(' ', '')}zz" for name in names]


def places(world: World) -> Iterator[str]:
    """Every page, and the addresses that name each proposal and comment in each way there is."""
    yield from (door.address for door in doors(world, "GET") if door.endpoint != "health.ready")
    numbers = [proposal.number for proposal in world.proposals.values()]
    for number in numbers:
        for tail in (
            "",
            "-x",
            "/history",
            "/origins",
            "/edit",
            "/vote",
            "-x/history",
            "-x/origins",
            "?from=1",
            "/history?before=1&after=2",
        ):
            yield f"/en/2026/proposals/{number}{tail}"
        yield f"/en/2026/propose?question=1&built_on={number}"
        yield f"/en/2026/vote?saved={number}&again={number}"
        yield f"/en/2026/vote?again={number}"
        yield f"/en/2026/roadmap/1/items/{number}"
        yield f"/en/2026/roadmap/3/items/{number}"
    for comment in world.comments.values():
        yield f"/en/2026/comments/{comment.id}"
        yield f"/en/2026/comments/{comment.id}/edit"
    for order in ("fair", "fewest", "new", "talked", "agreed"):
        yield f"/en/2026/questions/1-question-1?sort={order}"
    for word in ("zz", "hidden", "waiting", "withdrawn", "lost"):
        yield f"/en/2026/questions/1-question-1?q={word}"
    yield RESULTS
    for tail in ("3", "3/method", "3/compare/1", *(f"3.{name}" for name in LABELS if name != "pdf")):
        yield f"/en/2026/roadmap/{tail}"
    yield DOWNLOAD


def told(answer: TestResponse) -> str:
    """Everything an answer says, its headers and the parts of packed files included."""
    content = answer.get_data(as_text=False)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"\n".join(file.read(name) for name in file.namelist())
    return f"{answer.headers}\n{content.decode('utf-8', 'replace')}".lower()


@pytest.fixture
def later(build: Callable[..., World]) -> World:
    """Everything was compiled and frozen again after things were hidden; everybody had voted on what is hidden."""
    world = build(draft=False)
    organiser = the_actor(world.people["organiser"])
    for _ in range(3):
        draft = compile_draft(organiser, world.edition, site="http://localhost", now=NOW)
        freeze_draft(organiser, draft, reason="Known.", now=NOW)
    renew_all(now=NOW)
    for state in ("published", "hidden"):
        for name in ("hidden", "lost", "waiting"):
            world.proposals[name].state = state if name != "waiting" or state == "published" else "waiting"
        db.session.commit()
        if state == "published":
            for role in ROLES[1:]:
                for name in ("hidden", "waiting"):
                    cast_vote(
                        the_actor(world.people[role]),
                        world.edition,
                        world.proposals[name].number,
                        "agree",
                        now=NOW,
                    )
    return world


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_what_is_not_for_its_reader(later: World, role: str) -> None:
    """D4: pages, lists, deck, home, history, origins, files, drafts compiled later, addresses of comments."""
    browser = later.visitor(role)
    shown: dict[tuple[str, str], bool] = {}
    for place in places(later):
        page = told(browser.get(place))
        own = ("withdrawn", "contact") if role == "participant" and place in OWN else ("nothing",)
        shown |= {
            (place, word): True
            for word in forbidden(role)
            if word in page and not any(map(word.__contains__, own))
        }
    assert sorted(shown) == []


@pytest.mark.parametrize("role", ["participant", "elsewhere", "guest"])
def test_no_answer_to_a_deed_shows_it_either(later: World, role: str) -> None:
    """D4: a vote, comment, report or form that names it, sent by hand."""
    browser, shown = later.visitor(role), set()
    for proposal in later.proposals.values():
        for path, fields in (
            (f"/en/2026/proposals/{proposal.number}/vote", {"choice": "agree"}),
            (
                f"/en/2026/proposals/{proposal.number}/comments",
                {"text": "x", "stance": "for", "language": "en"},
            ),
            (f"/en/2026/proposals/{proposal.number}-x/edit", {"title": "x", "text": "y", "language": "en"}),
            (f"/en/2026/proposals/{proposal.number}-x/publish", {}),
            ("/en/2026/vote", {"number": str(proposal.number), "choice": "agree"}),
            ("/en/2026/propose", {"built_on": str(proposal.number), "question": "1", "title": "lost title"}),
        ):
            for headers in ({}, {"X-Fragment": "ballot"}, {"X-Fragment": "deck"}):
                page = told(browser.post(path, fields, headers=headers))
                shown |= {(path, word) for word in forbidden(role) if word in page}
    assert sorted(shown) == []


def test_the_probes_are_seen_by_those_they_are_for(build: Callable[..., World]) -> None:
    """Otherwise the tests above would look for words that are nowhere."""
    world = build()
    seen: dict[str, str] = {}
    for role in ("organiser", "participant"):
        browser = world.visitor(role)
        seen[role] = "\n".join(told(browser.get(place)) for place in places(world))
    for word in (*FACILITATORS, *CORRECTION, *OPEN_DRAFT, "merged title", "published comment"):
        assert f"zz{word.replace(' ', '')}zz" in seen["organiser"], word
    assert "zzunfinishedtitlezz" in seen["participant"]


RANDOM = re.compile(
    r'(name="(?:token|nonce|sealed|sign_in|ticket)"\s+value=")[^"]*|/links/[\w-]{43}|class="num seal" dir="ltr">\w+'
)
CHANGING = {"accounts.second_step", "accounts.link", "accounts.security", "health.ready"}


def walked(world: World, role: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Every page as somebody of the role reads it, less what is drawn anew each time."""
    browser, pages = world.visitor(role), {}
    for place in [*(door.address for door in doors(world, "GET") if door.endpoint not in CHANGING), *more]:
        answer = browser.get(place)
        page = answer.get_data().decode(errors="replace")
        pages[place] = RANDOM.sub(r"\1", f"{answer.status} {answer.location} {page}")
    return pages


RESULTS = "/en/2026/questions/1-question-1/results"
LISTS = (
    *(f"/en/2026/questions/1-question-1?sort={order}" for order in ("fair", "fewest", "new", "talked", "agreed")),
    "/en/2026/proposals/2-zzplaintitlezz", "/en/2026/proposals/2-zzplaintitlezz/origins", "/en/2026/propose/check?unfinished=1",
    RESULTS,
)  # fmt: skip


def differing(
    build: Callable[..., World], role: str, vote: Callable[[World, bool], None], **edition: Any
) -> list[str]:
    """The pages that differ between a site where the votes are so and one where they are the other way round."""
    seen = []
    for turned in (False, True):
        world = build(draft=False, **edition)
        vote(world, turned)
        renew_all(now=NOW)
        seen.append(walked(world, role, LISTS))
    return sorted(place for place in seen[0] if seen[0][place] != seen[1][place])


def results(world: World, turned: bool) -> None:
    """Forty people against the one and for the other proposal, or the reverse; the reader's own vote is the same."""
    from tests.drafts.making import cast, voters  # thin command

    lead, plain = world.proposals["lead"], world.proposals["plain"]
    sign, word = (-1, "disagree") if turned else (1, "agree")
    cast([(voter, plain.id, -sign) for voter in voters(40)])
    for number in range(6):
        cast_vote(the_actor(an_account(f"Voter {number}")), world.edition, lead.number, word, now=NOW)
    for role in ROLES[1:]:
        for proposal in (lead, plain):
            cast_vote(the_actor(world.people[role]), world.edition, proposal.number, "pass", now=NOW)


@pytest.mark.parametrize("role", ROLES)
def test_results_that_wait_for_the_close_show_on_no_route(build: Callable[..., World], role: str) -> None:
    """J8: every page is the same whatever people answered; organisers' pages, orders and counters included."""
    assert differing(build, role, results, results="at-close") == []


def test_results_that_may_show_do(build: Callable[..., World]) -> None:
    """The other direction, so that the test above is known to see results."""
    assert differing(build, "guest", results) == [
        RESULTS, f"{RESULTS}.csv", "/en/2026/questions/1-question-1?sort=agreed"
    ]  # fmt: skip
    shown = differing(build, "participant", results)
    assert {"/en/2026/proposals/1-zzmergedtitlezz", "/en/2026/proposals/2-zzplaintitlezz"} <= set(shown)


@pytest.mark.parametrize("deed", ["new", "freeze"])
def test_no_draft_is_made_while_results_wait_for_the_close(build: Callable[..., World], deed: str) -> None:
    """J8: a draft shows the results, so there is none before the close, for organisers neither."""
    world = build()
    world.edition.results = "at-close"
    db.session.commit()
    address = "/en/2026/manage/roadmap/new" if deed == "new" else "/en/2026/manage/roadmap/2/freeze"
    answer = world.visitor("organiser").post(address, {"method": "equal-persons", "sure": "y"})
    assert answer.status_code == 409


def one_vote(world: World, turned: bool) -> None:
    """Two people answer the opposite of each other on each proposal, so that no total tells who said what."""
    first, second = ("disagree", "agree") if turned else ("agree", "disagree")
    voted = an_account("Dora"), an_account("Ulf")
    for proposal in (world.proposals["lead"], world.proposals["plain"]):
        for person, choice in zip(voted, (first, second), strict=True):
            cast_vote(the_actor(person), world.edition, proposal.number, choice, now=NOW)
    for role in ROLES[1:]:
        cast_vote(
            the_actor(world.people[role]), world.edition, world.proposals["plain"].number, "pass", now=NOW
        )
    a_role(voted[0], Role.TRANSLATOR, world.edition)


@pytest.mark.parametrize("role", ROLES)
def test_nobodys_vote_shows_on_any_page_of_another(build: Callable[..., World], role: str) -> None:
    """J9: swapping the votes of two people changes no page of anybody else, organisers and administrators included."""
    assert differing(build, role, one_vote) == []


def test_logs_and_mails_tell_no_vote(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """J9, F6: what is written about a vote does not say which it was."""
    from tests.accounts.people import mails  # thin command

    browser = world.visitor("participant")
    capsys.readouterr()
    for choice in ("agree", "disagree", "pass", "clear"):
        browser.post("/en/2026/proposals/2/vote", {"choice": choice})
    said = capsys.readouterr()
    assert [word for word in ("agree", "disagree", "pass", "clear") if word in said.out + said.err] == []
    assert mails(world.app) == []


def test_no_form_offers_another_persons_thing(later: World) -> None:
    """D5: the forms on all pages of a participant lead to deeds that the participant may do."""
    browser = later.visitor("participant")
    forms = all_forms(browser, [place for place in places(later) if "format" not in place])
    deeds = {form["action"].split("?")[0] for form in forms.values() if not leaves(form["action"])}
    assert [deed for deed in deeds if deed.endswith(("/publish", "/correction")) or "/manage" in deed] == []
    assert db.session.query(Proposal).filter_by(state="waiting").count() == 1
