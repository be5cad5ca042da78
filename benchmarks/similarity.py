"""How well proposals that say the same are found, and how long that takes: `python -m benchmarks.similarity`.

Needs ROADMAP_TEST_DATA. `--quick` leaves out the 10,000 proposals, `--time` measures them alone.
"""

import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.deliberations import Case, arguments, goals, identical_comments, many_texts, rights
from benchmarks.world import an_empty_world
from roadmap.core import clock
from roadmap.core.db import db
from roadmap.domain.similar import Pair, copied_by, groups
from roadmap.proposals.models import Proposal
from roadmap.similarity import encoders, queries
from roadmap.similarity.actions import compare_edition
from roadmap.similarity.actions.comparing import REST
from roadmap.similarity.encoders import Encoder
from roadmap.similarity.likeness import Kept, likely_pairs

MANY = 10_000
PAGE = "/en/2026/questions/1-q-1"


@dataclass(frozen=True)
class Measured:
    """Pairs that were suggested, those of them that are right, and those that there are."""

    suggested: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


def suggestions(using: Encoder, case: Case) -> list[Pair]:
    """The pairs that the product would store for these texts."""
    count = len(case.texts)
    kept = Kept(
        list(range(count)), [1] * count, case.languages, [copied_by(text) for text in case.texts],
        using.encode(case.texts),
    )  # fmt: skip
    found = {(one, other): value for one, other, value in likely_pairs(using, kept, range(count))}
    return [Pair(one, other, value) for (one, other), value in found.items()]


def measure(using: Encoder, cases: Iterable[Case]) -> Measured:
    """Precision and recall over all cases at the encoder's working thresholds."""
    suggested = right = there = 0
    for case in cases:
        found = {(pair.a, pair.b) for pair in suggestions(using, case)}
        judged = found if case.known is None else found & case.known
        suggested, right, there = (
            suggested + len(judged),
            right + len(judged & case.same),
            there + len(case.same),
        )
    return Measured(suggested, right, there)


def identical_groups(using: Encoder) -> tuple[int, int]:
    """(found, there): groups of identical comments that stand together in one group of the desk."""
    found = there = 0
    for case in identical_comments():
        desk = groups(suggestions(using, case))
        there += len(case.same)
        found += sum(any({*pair} <= {*group.members} for group in desk) for pair in case.same)
    return found, there


def main() -> None:
    """Everything, for both encoders."""
    if "--time" not in sys.argv:
        quality()
    if "--quick" not in sys.argv:
        for choice in ("words", "auto"):
            many(choice)


def quality() -> None:
    """Precision and recall on each set."""
    sets = {
        "arguments that match one key point (English, within 24 topics)": arguments(),
        "targets in en, fr, es, ar": goals(),
        "articles in en, fr, pt, es, ar": rights(),
    }
    encoders.set_up("auto")
    for using in (encoders.WORDS, encoders.encoder()):
        print(f"{using.name}: likely from {using.same} in one language, from {using.across} across two")
        found, there = identical_groups(using)
        print(f"  groups of identical comments: {found} of {there} found")
        for name, cases in sets.items():
            figures = measure(using, cases)
            print(
                f"  {name}: precision {figures.precision:.3f}, recall {figures.recall:.3f}"
                f" ({figures.right:,} of {figures.suggested:,} suggested, {figures.there:,} there)"
            )


def many(choice: str) -> None:
    """Time and memory of an edition with 10,000 proposals, and what its pages take meanwhile."""
    with tempfile.TemporaryDirectory(prefix="roadmap-bench-") as folder:
        world = an_empty_world(Path(folder), "normal")
        encoders.set_up(choice)
        with world.app.app_context():
            edition, question = world.edition()
            now = clock.now()
            db.session.add_all(
                Proposal(
                    edition_id=edition.id, question_id=question.id, number=number, title=text[:120], text=text,
                    html=f"<p>{number}</p>", language=language, author_line="none", made=now, changed=now,
                )
                for number, (language, text) in enumerate(many_texts(MANY), 1)
            )  # fmt: skip
            db.session.commit()
            using = encoders.encoder()
            before = _memory()
            alone = _pages(world.app, 20)
            times, stop = [], threading.Event()

            def visit() -> None:
                while not stop.is_set():
                    times.extend(_pages(world.app, 1))
                    stop.wait(0.2)

            visitor = threading.Thread(target=visit)
            visitor.start()
            start = time.perf_counter()
            pairs = compare_edition(edition, now=now, rest=REST)
            took = time.perf_counter() - start
            stop.set()
            visitor.join()
            print(
                f"{using.name}, {MANY:,} proposals: {took:.0f} s, {pairs:,} pairs, {_memory() - before:.0f} MB more"
            )
            late = f"19 of 20 within {_late(times):.0f}"
            print(f"  a page meanwhile: {_middle(times):.0f} ms ({late}); alone {_middle(alone):.0f} ms")
            start = time.perf_counter()
            found = len(queries.groups_of(edition))
            print(f"  groups for the desk: {1000 * (time.perf_counter() - start):.0f} ms, {found} shown")
            _one_more(edition, question)
            db.session.remove()


def _one_more(edition: object, question: object) -> None:
    from roadmap.editions.models import Edition, GuidingQuestion  # thin command

    assert isinstance(edition, Edition) and isinstance(question, GuidingQuestion)
    now = clock.now()
    title = "Freeze the rents in the inner city for five years"
    hints = []
    for _turn in range(12):
        start = time.perf_counter()
        queries.similar_to(edition, title, "", "en")
        hints.append(1000 * (time.perf_counter() - start))
    print(f"  hint: {_middle(hints[1:]):.0f} ms, the first in a process {hints[0]:.0f} ms")
    db.session.add(
        Proposal(
            edition_id=edition.id, question_id=question.id, number=MANY + 1, title=title, text="", html="",
            language="en", author_line="none", made=now, changed=now,
        )
    )  # fmt: skip
    db.session.commit()
    start = time.perf_counter()
    compare_edition(edition, now=now)
    print(f"  one more proposal: {1000 * (time.perf_counter() - start):.0f} ms in the background")


def _pages(app: object, count: int) -> list[float]:
    """Milliseconds of each of so many requests for a list of fifty."""
    times = []
    for _request in range(count):
        start = time.perf_counter()
        answer = app.test_client().get(PAGE)  # type: ignore[attr-defined]
        times.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200, answer.status_code
    return times


def _middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _late(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _memory() -> float:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
