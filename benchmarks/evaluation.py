"""The report on real deliberations: `python -m benchmarks.evaluation` writes docs/ranking-evaluation.md anew.

Takes the folder of the data from ROADMAP_TEST_DATA, and about ten minutes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.attacks import ITEMS, KINDS, PEOPLE, mean_places
from benchmarks.conversations import CONVERSATIONS, read_conversation
from benchmarks.field import REPORT, section_of, written
from benchmarks.measures import Cost, Held, Served, cost, held, kendall, orders, served, widths
from benchmarks.pictures import bars
from benchmarks.routing import losses
from roadmap.domain.ranking import METHODS, Ranking, Snapshot, rank
from roadmap.domain.ranking.sensitivity import variations

DOCS = Path(__file__).parents[1] / "docs"
SPLITS = 6
DEPTHS = (10, 20)
CHOSEN = "equal-persons"


@dataclass(frozen=True)
class Measured:
    """Everything about one conversation."""

    name: str
    snapshot: Snapshot
    ranking: Ranking
    served: dict[tuple[str, int], Served]
    held: Held
    cost: Cost

    @property
    def short(self) -> str:
        return self.name.split(".2022")[0].replace("scoop-hivemind.", "").replace(".5twd2jsnkf", "")


def main() -> int:
    """Measure all conversations, then write the report and its pictures."""
    folder = os.environ.get("ROADMAP_TEST_DATA")
    if not folder:
        print("ROADMAP_TEST_DATA is not set: the real conversations are not at hand", file=sys.stderr)
        return 1
    found = []
    for name in CONVERSATIONS:
        found.append(measured(name, read_conversation(Path(folder) / "polis", name)))
        print(f"{name}: done", flush=True)
    pictures = DOCS / "pictures"
    (pictures / "evaluation-groups.svg").write_text(_picture_of_groups(found), encoding="utf-8")
    (pictures / "evaluation-bands.svg").write_text(_picture_of_bands(found), encoding="utf-8")
    text, field = "\n".join(report(found)), section_of(REPORT.read_text(encoding="utf-8"))
    REPORT.write_text(written(text, field) if field else text, encoding="utf-8")
    return 0


def measured(name: str, snapshot: Snapshot) -> Measured:
    """One ranking, six splits, and what it takes."""
    ranking = rank(snapshot)
    numbers = orders(ranking)
    return Measured(
        name,
        snapshot,
        ranking,
        {(method, k): served(ranking, numbers[method][:k]) for method in METHODS for k in DEPTHS},
        held(snapshot, SPLITS),
        cost(snapshot),
    )


def report(found: Sequence[Measured]) -> Iterable[str]:
    """The lines of the report."""
    yield "# How the ranking does on real deliberations"
    yield ""
    yield "Written by `python -m benchmarks.evaluation` from public exports that are not part of the repository."
    yield ""
    yield from _conversations(found)
    yield from _groups(found)
    yield from _bands(found)
    yield from _agreement(found)
    yield from _rule(found)
    yield from _attacks()
    yield from _routing()
    yield from _costs(found)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    """A table in Markdown; numbers are set to the right."""
    yield f"| {' | '.join(headings)} |"
    yield f"|---|{'---:|' * (len(headings) - 1)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
    yield ""


def _conversations(found: Sequence[Measured]) -> Iterable[str]:
    yield "## The deliberations"
    yield ""
    rows = (
        (
            each.short,
            each.snapshot.people,
            each.snapshot.items,
            each.snapshot.votes,
            len(each.ranking.sections[0].placed),
            ", ".join(str(group.people) for group in each.ranking.groups),
        )
        for each in found
    )
    yield from table(["deliberation", "voters", "items", "votes", "listed", "people per opinion group"], rows)


def _groups(found: Sequence[Measured]) -> Iterable[str]:
    yield "## How well the voters’ groups are represented"
    yield ""
    yield (
        "The mean share of each opinion group that agrees with the items in the first places, from counts of at "
        "least five answers. First figure: all groups, weighed by their people. Second: the group that has least."
    )
    yield ""
    for k in DEPTHS:
        yield f"### First {k}"
        yield ""
        rows = [
            (
                each.short,
                *(f"{each.served[name, k].all:.2f} / {each.served[name, k].least:.2f}" for name in METHODS),
            )
            for each in found
        ]
        means = [
            f"{np.mean([each.served[name, k].all for each in found]):.3f} / "
            f"{np.mean([each.served[name, k].least for each in found]):.3f}"
            for name in METHODS
        ]
        yield from table(["deliberation", *METHODS], [*rows, ("**mean**", *means)])
    yield "![The group that has least, by method](pictures/evaluation-groups.svg)"
    yield ""


def _bands(found: Sequence[Measured]) -> Iterable[str]:
    yield "## Bands: how wide, and how often they held"
    yield ""
    yield (
        f"The voters are parted into two random halves, {SPLITS} times. Pairs of items that one half puts into "
        "different bands (first 20 places) are looked up in the order of the other half. One half would be chance. "
        "A half has half the votes, so its bands are wider than those of the whole; and the order that it is held "
        "against errs as much, so that less than the 0.9 of the rule is to be expected."
    )
    yield ""
    rows: list[tuple[object, ...]] = []
    for each in found:
        count, width = widths(each.ranking)
        share = f"{each.held.share:.2f}" if each.held.pairs else "–"
        rows.append((each.short, count, f"{width:.1f}", each.held.pairs, share))
    pairs = sum(each.held.pairs for each in found)
    right = sum(each.held.share * each.held.pairs for each in found if each.held.pairs)
    rows.append(("**all pairs**", "", "", pairs, f"{right / max(pairs, 1):.2f}"))
    headings = ["deliberation", "bands in the first 10", "mean width (places)", "pairs", "held"]
    yield from table(headings, rows)
    yield "![How often an order across bands held](pictures/evaluation-bands.svg)"
    yield ""


def _agreement(found: Sequence[Measured]) -> Iterable[str]:
    yield "## Agreement between the methods"
    yield ""
    yield f"Against `{CHOSEN}`: items in both first tens, and Kendall’s tau over what both list."
    yield ""
    others = [name for name in METHODS if name != CHOSEN]
    rows = []
    for each in found:
        numbers = orders(each.ranking)
        own = numbers[CHOSEN]
        rows.append(
            (
                each.short,
                *(
                    f"{len(set(own[:10]) & set(numbers[name][:10]))} / {kendall(own, numbers[name]):.2f}"
                    for name in others
                ),
            )
        )
    yield from table(["deliberation", *others], rows)


def _rule(found: Sequence[Measured]) -> Iterable[str]:
    yield "## What hangs on single choices of the rule"
    yield ""
    yield "Items of the first ten that stay there when one choice is changed; “steady”: in all of them."
    yield ""
    names = ["slower-sharing", "root-of-weights", "one-group-fewer", "one-group-more", "pass-as-unseen"]
    rows = []
    for each in found:
        varied, steady = variations(each.snapshot, each.ranking, {})
        overlap = {one.name: one.overlap for one in varied}
        rows.append((each.short, *(overlap.get(name, "–") for name in names), len(steady[0].numbers)))
    yield from table(["deliberation", *names, "steady"], rows)


def _attacks() -> Iterable[str]:
    yield "## Attacks"
    yield ""
    yield (
        f"Simulated, since no real set has votes given at random: {PEOPLE:,} honest people (half by the deck, a "
        f"third by lists, the rest by links), {ITEMS} items, one of them with 35 % true support. Its place by "
        "support, mean of three runs. Mixed: they answer the deck like the patient ones, and agree by link as "
        "far as the comparison does not notice."
    )
    yield ""
    rows = (
        (KINDS[attack.kind], f"{attack.share:.0%}", without, guarded)
        for attack, without, guarded in mean_places(range(3))
    )
    yield from table(["false accounts", "share of the honest", "without the guard", "with it"], rows)
    yield (
        "What this shows: pushing by links alone, which is cheap, gains nothing under the guard. Who mixes so "
        "as to stay under the test, or answers the deck patiently, is not seen by it. That costs twenty "
        "honest-looking answers for each account and gains far less for as many of them, but it does gain. "
        "The guard may even help a little, since it sets aside honest votes by link on other items. Only "
        "knowing who is a person helps against this; the desk looks for accounts that vote alike, and the "
        "draft says what the order would be without those under review."
    )
    yield ""


def _routing() -> Iterable[str]:
    yield "## Which proposal is shown next"
    yield ""
    yield "Agreement lost in the first ten at equal votes (simulated; mean of 24 runs, and its standard error)."
    yield ""
    lost = losses(range(24))
    chance = lost["random"][0]
    rows = (
        (name, f"{mean:.4f} ± {error:.4f}", f"{mean / chance:.2f}") for name, (mean, error) in lost.items()
    )
    yield from table(["way", "lost", "share of random’s"], rows)


def _costs(found: Sequence[Measured]) -> Iterable[str]:
    yield "## Time and memory"
    yield ""
    yield "A whole ranking: groups, table, order, 200 draws, all six methods, on one core."
    yield ""
    rows = (
        (each.short, each.snapshot.votes, f"{each.cost.seconds:.2f} s", f"{each.cost.peak:.0f} MiB")
        for each in found
    )
    yield from table(["deliberation", "votes", "time", "peak"], rows)


def _picture_of_groups(found: Sequence[Measured]) -> str:
    rows = {
        f"{name}, first {k}": [
            float(np.mean([each.served[name, k].all for each in found])),
            float(np.mean([each.served[name, k].least for each in found])),
        ]
        for k in DEPTHS
        for name in METHODS
    }
    return bars(
        "Agreement with the first places, mean of the deliberations", rows, ["all groups", "least"], 1
    )


def _picture_of_bands(found: Sequence[Measured]) -> str:
    rows = {each.short: [each.held.share] for each in found if each.held.pairs}
    return bars("Order across bands, as the other half of the voters has it", rows, ["held"], 1)


if __name__ == "__main__":
    sys.exit(main())
