"""Many processes that vote at once; run as `python -m tests.votes.crowd ADDRESS JOB…`, one job each."""

import json
import sys
import threading
from dataclasses import replace
from pathlib import Path

from roadmap import create_app
from roadmap.core.db import close_own_connections, db
from roadmap.core.errors import Conflict, DomainError
from roadmap.domain.policy import Actor, Role
from roadmap.editions.models import Edition
from roadmap.merging.actions import merge_proposals
from roadmap.root import Settings
from roadmap.votes.actions import cast_vote
from tests.factories import NOW


def main(address: str, folder: str, job: str) -> None:
    """Do the job in as many threads as it names, all at the same moment; print what came of each deed."""
    app = create_app(
        Settings(
            instance=Path(folder), secret_key="a secret for tests, long enough to be taken", database_url=address,
            sqlite_synchronous="normal", jobs="none", testing=True,
        )
    )  # fmt: skip
    wanted = json.loads(job)
    done: list[str] = []
    start = threading.Barrier(len(wanted) + 1)

    def work(deeds: list[dict[str, object]]) -> None:
        with app.app_context():
            edition = db.session.query(Edition).one()
            db.session.rollback()
            start.wait()
            for deed in deeds:
                done.append(_done(edition, deed))
            db.session.remove()
            close_own_connections()

    threads = [threading.Thread(target=work, args=(deeds,)) for deeds in wanted]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    start.wait()
    for thread in threads:
        thread.join()
    with app.app_context():
        db.engine.dispose()
    print(json.dumps(done))


def _done(edition: Edition, deed: dict[str, object]) -> str:
    try:
        if "voter" in deed:
            actor = Actor(account=None, voter=int(str(deed["voter"])))
            cast_vote(actor, edition, int(str(deed["number"])), str(deed["choice"]), now=NOW)
        else:
            actor = replace(Actor(account=1), roles=frozenset({(edition.id, Role.FACILITATOR)}))
            sources = list(map(int, deed["sources"]))  # type: ignore[call-overload]
            merge_proposals(
                actor, edition, int(str(deed["lead"])), sources, title="T", text="t", reason="", now=NOW
            )
    except Conflict:
        return "conflict"
    except DomainError as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    main(*sys.argv[1:])
