"""Many people who act at once: threads in forked processes, all starting together."""

import multiprocessing
import threading
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection

from flask import Flask

from roadmap.core.db import close_own_connections, db
from roadmap.core.errors import Conflict
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import Part, merge_proposals, split_proposal, undo_merge
from roadmap.merging.models import Merge
from roadmap.votes.actions import cast_vote
from tests.factories import NOW

FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class AVote:
    """A voter's press."""

    voter: int
    number: int
    choice: str


@dataclass(frozen=True)
class AMerge:
    """A facilitator's act."""

    lead: int
    sources: tuple[int, ...]


@dataclass(frozen=True)
class AnUndo:
    """A facilitator takes a merge back; `merge` is its id."""

    merge: int


@dataclass(frozen=True)
class ASplit:
    """A facilitator splits a proposal in two."""

    number: int


Deed = AVote | AMerge | AnUndo | ASplit
PARTS = (Part("One", "x"), Part("Two", "y"))


def together(app: Flask, jobs: list[list[list[Deed]]]) -> Counter[str]:
    """Each process gets a list of threads, each thread its deeds in order. Answers how often each outcome came."""
    db.session.rollback()
    close_own_connections()
    db.engine.dispose()
    ends = [FORK.Pipe() for _ in jobs]
    running = [
        FORK.Process(target=_work, args=(app, job, end)) for job, (_, end) in zip(jobs, ends, strict=True)
    ]
    for process in running:
        process.start()
    for near, _ in ends:
        assert near.recv() == "ready"
    for near, _ in ends:
        near.send("go")
    outcomes: Counter[str] = Counter()
    for near, _ in ends:
        outcomes.update(near.recv())
    for process in running:
        process.join(10)
        assert process.exitcode == 0
    for pair in ends:
        for end in pair:
            end.close()
    return outcomes


def _work(app: Flask, job: list[list[Deed]], end: Connection) -> None:
    done: list[str] = []
    start = threading.Barrier(len(job) + 1)

    def run(deeds: list[Deed]) -> None:
        with app.app_context():
            edition = db.session.query(Edition).one()
            db.session.rollback()
            start.wait(30)
            done.extend(_outcome(edition, deed) for deed in deeds)
            db.session.remove()
            close_own_connections()

    threads = [threading.Thread(target=run, args=(deeds,)) for deeds in job]
    for thread in threads:
        thread.start()
    end.send("ready")
    end.recv()
    start.wait(30)
    for thread in threads:
        thread.join()
    end.send(done)
    with app.app_context():
        db.engine.dispose()


def _outcome(edition: Edition, deed: Deed) -> str:
    try:
        actor = Actor(account=1, roles=frozenset({(edition.id, Role.FACILITATOR)}))
        if isinstance(deed, AVote):
            cast_vote(Actor(voter=deed.voter), edition, deed.number, deed.choice, now=NOW)
        elif isinstance(deed, AMerge):
            merge_proposals(actor, edition, deed.lead, deed.sources, title="T", text="t", reason="", now=NOW)
        elif isinstance(deed, AnUndo):
            undo_merge(actor, db.session.get_one(Merge, deed.merge), reason="", now=NOW)
        else:
            split_proposal(actor, edition, deed.number, PARTS, reason="", now=NOW)
    except Conflict:
        return "conflict"
    except Exception as error:
        return repr(error)
    return "done"
