"""A site with something of everything: people of every role, things in every state, a word of ours in each text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from roadmap import create_app
from roadmap.accounts.actions.asking import make_link
from roadmap.accounts.models import Account
from roadmap.comments.models import Comment
from roadmap.core.db import close_own_connections, db
from roadmap.core.markdown import to_html
from roadmap.domain.policy import Role
from roadmap.drafts import actions as drafts
from roadmap.drafts.models import Draft
from roadmap.editions.models import Edition
from roadmap.merging.actions import Part, merge_proposals, split_proposal
from roadmap.moderation.actions import begin_review
from roadmap.moderation.signals import look_through
from roadmap.notices.actions import choose_ways
from roadmap.notices.models import Notice
from roadmap.proposals import corrections, unfinished
from roadmap.proposals.actions import withdraw_proposal
from roadmap.proposals.fields import Fields
from roadmap.proposals.models import Proposal
from roadmap.proposals.tagging import make_tag, tag_proposals
from roadmap.proposals.tags import NAME
from roadmap.root import Settings
from roadmap.texts import actions as texts
from roadmap.texts.catalogue import TEXTS
from roadmap.votes.actions import cast_vote
from tests.accounts.people import Visitor
from tests.databases import Server
from tests.drafts.making import cast as import_votes
from tests.drafts.making import voters
from tests.factories import DAY, NOW, a_proposal, a_role, an_account, an_edition, saved, the_actor

Words = Callable[[str], str]
"""From the name of a text to the text itself."""

STATES = ("published", "waiting", "hidden", "withdrawn")
ROLES = ("guest", "participant", "facilitator", "translator", "organiser", "administrator", "elsewhere")
"""`elsewhere` organises another edition, and is a participant here."""


def named(name: str) -> str:
    """A text that is its own name, as one word that survives in an address."""
    return "zz" + name.replace(" ", "").replace("-", "") + "zz"


@dataclass
class World:
    """The people by role, and what the addresses of the site need to be filled in."""

    app: Flask
    edition: Edition
    people: dict[str, Account]
    proposals: dict[str, Proposal]
    comments: dict[str, Comment]
    drafts: tuple[Draft, ...]
    link: str
    unfinished: int
    notice: int
    stop: str
    merge: int

    def visitor(self, role: str) -> Visitor:
        """A browser in which somebody of the role has signed in; a guest's has not."""
        browser = Visitor(self.app)
        if role != "guest":
            browser.sign_in(self.people[role], factor=1)
        return browser


@contextmanager
def a_site(server: Server, folder: Path, **changed: Any) -> Iterator[Flask]:
    """An application on a database of its own; the clock has to stand still already."""
    values: dict[str, Any] = {
        "instance": folder,
        "secret_key": "a secret for tests, long enough to be taken",
        "database_url": server.fresh(),
        "base_url": "http://localhost",
        "sqlite_synchronous": "normal",
        "jobs": "none",
        "similarity": "words",
        "testing": True,
    }
    app = create_app(Settings(**{**values, **changed}))
    with app.app_context():
        yield app
        db.session.remove()
        close_own_connections()
        db.engine.dispose()


def fill(app: Flask, words: Words = named, *, draft: bool = True, **edition: Any) -> World:
    """Everything, once. `words` makes the texts; other keywords are the edition's."""
    here = an_edition(**edition)
    elsewhere = an_edition("2027", is_current=False)
    people = _people(here, elsewhere, words)
    proposals = _proposals(here, people, words)
    a_proposal(elsewhere, people["elsewhere"], title="Elsewhere")
    comments = _comments(proposals, people, words)
    made = _drafts(here, people, words) if draft else ()
    facilitator, author = the_actor(people["facilitator"]), the_actor(people["participant"])
    for person in ("hider", "translator"):
        cast_vote(the_actor(people[person]), here, proposals["lead"].number, "agree", now=NOW)
    merge = merge_proposals(
        facilitator, here, proposals["lead"].number, [proposals["source"].number, proposals["lost"].number],
        title=words("merged title")[:120], text=words("merged text"), reason=words("merge reason"), now=NOW,
    )  # fmt: skip
    split_proposal(
        facilitator, here, proposals["divided"].number,
        [Part(words(f"{part} title")[:120], words(f"{part} text")) for part in ("first part", "second part")],
        reason=words("split reason"), now=NOW,
    )  # fmt: skip
    for name in ("tag", "another tag"):
        tag = make_tag(facilitator, here, {"en": words(name)[:NAME]}, now=NOW)
        tag_proposals(
            facilitator,
            here,
            [proposals["lead"].number, proposals["hidden"].number],
            put=[tag.number],
            now=NOW,
        )
    corrections.change_proposal(
        author, here, proposals["lead"],
        Fields(title=words("correction title")[:120], text=words("correction text"), language="en"),
        note=words("correction note"), now=NOW,
    )  # fmt: skip
    withdraw_proposal(author, here, proposals["withdrawn"], reason=words("withdrawal reason"), now=NOW)
    _set_states(proposals)
    _texts(here, people, words)
    kept, _key = unfinished.keep(
        author, "", here,
        Fields(question=1, title=words("unfinished title")[:120], text=words("unfinished text"),
               author_name="Awa", language="en", charter=True),
        now=NOW,
    )  # fmt: skip
    begin_review(
        the_actor(people["organiser"]), here, {people["participant"].id, people["hider"].id},
        reason=words("review reason"), now=NOW,
    )  # fmt: skip
    look_through(here.id)
    secret = make_link("sign-in", now=NOW, address="new@example.org", key="new@example.org")
    ways = choose_ways(author, as_author="daily", as_voter="daily", now=NOW)
    ways.key = "a" * 43  # the same on every site, so that pages can be compared
    db.session.commit()
    notice = db.session.query(Notice).filter_by(account_id=author.account, kind="merged").first()
    assert notice is not None
    return World(app, here, people, proposals, comments, made, secret, kept.id, notice.id, ways.key, merge.id)


def put_down(world: World) -> dict[str, Any]:
    """The world by numbers, to be taken up from a copy of its database."""
    return {
        "edition": world.edition.id,
        "people": {name: each.id for name, each in world.people.items()},
        "proposals": {name: each.id for name, each in world.proposals.items()},
        "comments": {name: each.id for name, each in world.comments.items()},
        "drafts": [each.id for each in world.drafts],
        "rest": (world.link, world.unfinished, world.notice, world.stop, world.merge),
    }


def taken_up(app: Flask, ids: dict[str, Any]) -> World:
    """What `put_down` wrote, in the database of the application, which is a copy."""
    get = db.session.get_one
    return World(
        app,
        get(Edition, ids["edition"]),
        {name: get(Account, each) for name, each in ids["people"].items()},
        {name: get(Proposal, each) for name, each in ids["proposals"].items()},
        {name: get(Comment, each) for name, each in ids["comments"].items()},
        tuple(get(Draft, each) for each in ids["drafts"]),
        *ids["rest"],
    )


def _people(here: Edition, elsewhere: Edition, words: Words) -> dict[str, Account]:
    made = {
        role: an_account(words(role)[:80], email=f"{role}@example.org")
        for role in (*ROLES[1:], "hider")
    }  # fmt: skip
    for role in (Role.FACILITATOR, Role.TRANSLATOR, Role.ORGANISER):
        a_role(made[role.value], role, here, ["fr"] if role is Role.TRANSLATOR else [])
    a_role(made["administrator"], Role.ADMINISTRATOR, None)
    a_role(made["elsewhere"], Role.ORGANISER, elsewhere)
    return made


def _proposals(here: Edition, people: dict[str, Account], words: Words) -> dict[str, Proposal]:
    """`lost` is a source that is hidden after it was merged; the hidden ones are by `hider`."""
    made = {}
    for name in ("lead", "plain", "source", "lost", "waiting", "hidden", "withdrawn", "divided"):
        author = people["hider" if name in ("hidden", "lost", "waiting") else "participant"]
        made[name] = a_proposal(
            here, author, title=words(f"{name} title"), text=words(f"{name} text"),
            author_line="organisation", author_contact=words(f"{name} contact")[:300],
            links=[f"https://example.org/{name}?a='onclick=alert(1)"],
        )  # fmt: skip
        made[name].author_name = words(f"{name} author")[:120]
    for voter in voters(12):
        import_votes([(voter, made["lead"].id, 1), (voter, made["plain"].id, -1)])
    return made


def _set_states(proposals: dict[str, Proposal]) -> None:
    for name, state in (("waiting", "waiting"), ("hidden", "hidden"), ("lost", "hidden")):
        proposals[name].state, proposals[name].state_at = state, NOW
    db.session.commit()


def _comments(proposals: dict[str, Proposal], people: dict[str, Account], words: Words) -> dict[str, Comment]:
    made = {}
    for state in ("published", "waiting", "hidden", "removed"):
        text = "" if state == "removed" else words(f"{state} comment")
        person = people["hider" if state in ("waiting", "hidden", "removed") else "participant"]
        made[state] = saved(
            Comment(
                proposal_id=proposals["lead"].id, author_id=person.id, language="en", text=text,
                author_name=words(f"{state} writer")[:120], html=to_html(text), state=state, made=NOW - DAY,
            )
        )  # fmt: skip
    made["lost"] = saved(
        Comment(
            proposal_id=proposals["hidden"].id, author_id=people["hider"].id, language="en",
            author_name=words("buried writer")[:120], text=words("buried comment"),
            html=to_html(words("buried comment")), state="published", made=NOW - DAY,
        )
    )  # fmt: skip
    proposals["lead"].comment_count = 1
    db.session.commit()
    return made


def _texts(here: Edition, people: dict[str, Account], words: Words) -> None:
    """The organisers' own words in every text, in a language that is translated and in one that is not."""
    actor = the_actor(people["organiser"])
    for name, text in TEXTS.items():
        for code in () if text.alone else ("en", "fr"):
            needed = "\n\n" + " ".join(f"{{{each}}}" for field in text.fields for each in field.needed)
            fields = {
                field.name: _unbraced(words(f"{name} {field.name} {code}"))[:300]
                + (needed if field.name == "body" else "")
                for field in text.fields
            }
            texts.write_text(
                actor, here, name, code, fields=fields, based_on=0, note=words(f"{name} note")[:300], now=NOW
            )


def _unbraced(text: str) -> str:
    """Braces stand for placeholders there: an unknown one is refused."""
    return text.replace("{", "(").replace("}", ")")


def _drafts(here: Edition, people: dict[str, Account], words: Words) -> tuple[Draft, ...]:
    """One frozen version and one that is not, both with words of the organisers."""
    actor = the_actor(people["organiser"])
    made = []
    for name in ("frozen", "open"):
        draft = drafts.compile_draft(actor, here, site="http://localhost", now=NOW)
        drafts.write_introduction(actor, draft, text={"en": words(f"{name} introduction")}, now=NOW)
        drafts.write_note(actor, draft, 1, text={"en": words(f"{name} note")}, now=NOW)
        drafts.leave_out(actor, draft, 2, reason={"en": words(f"{name} reason")}, now=NOW)
        if name == "frozen":
            drafts.freeze_draft(actor, draft, reason=words("freezing reason"), now=NOW)
        made.append(draft)
    return tuple(made)
