"""Which proposal is shown next: what the adaptive draw gains over others at equal votes.

`python -m benchmarks.routing` prints, for each way, the agreement lost in the top ten: the mean true agree share of
the ten best items less that of the ten that the votes put first. Items arrive while people vote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from roadmap.domain.ranking import Method, scores
from roadmap.domain.ranking.arrays import AGREE, DISAGREE, PASS
from roadmap.domain.ranking.routing import UNIFORM_EACH, chances, closeness, weights

PEOPLE, ITEMS, EACH, FIRST = 1000, 150, 20, 10
REFRESHED = 200
PASSES = 0.15
SPOKEN = (0.4, 0.2, 0.15, 0.15, 0.1)
"""Shares of five languages, among texts and among what people read; half of the people read a second one."""
Whole = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
METHOD = Method()


class Campaign:
    """The votes so far; `near` is refreshed each 200 votes, as on the site."""

    def __init__(
        self, seed: int, people: int = PEOPLE, items: int = ITEMS, *, languages: bool = False
    ) -> None:
        """With `languages` everybody is asked about what they can read, else about everything."""
        self.chance = np.random.default_rng(seed)
        self.people, self.items = people, items
        self.share = self.chance.beta(4, 2.5, size=items)
        # half of the items are there from the start, the rest arrive until half of the people have voted
        self.arrives = np.sort(
            np.where(np.arange(items) < items / 2, 0, self.chance.integers(0, people // 2, items))
        )
        self.language = self.chance.choice(len(SPOKEN), items, p=SPOKEN) if languages else None
        self.tally = np.zeros((3, items), dtype=np.int64)
        self.near = np.ones(items)
        self.votes = 0

    def run(self, pick: Callable[[Campaign, Whole, int], int]) -> float:
        """Let everybody vote on what `pick` shows them; hands back the agreement lost."""
        for person in range(self.people):
            left = self._read(np.flatnonzero(self.arrives <= person))
            for draw in range(min(EACH, len(left))):
                if self.votes % REFRESHED == 0:
                    self._refresh()
                item = pick(self, left, draw)
                left = left[left != item]
                self._answer(item)
        return self._lost()

    def _read(self, items: Whole) -> Whole:
        """Those of the items that the next person can read."""
        if self.language is None:
            return items
        first, second = self.chance.choice(len(SPOKEN), 2, p=SPOKEN)
        reads = [first, second] if self.chance.random() < 0.5 else [first]
        return items[np.isin(self.language[items], reads)]

    def _answer(self, item: int) -> None:
        agrees = AGREE if self.chance.random() < self.share[item] else DISAGREE
        self.tally[PASS if self.chance.random() < PASSES else agrees, item] += 1
        self.votes += 1

    def _refresh(self) -> None:
        average = scores.estimate(self.tally[:, self.tally.sum(axis=0) > 0], METHOD)
        self.near = closeness(self.tally, METHOD, average).near

    def _lost(self) -> float:
        known = self.tally.sum(axis=0) > 0
        average = scores.estimate(self.tally[:, known], METHOD)
        found = scores.pulled(self.tally, average.mu[:, None], average.k0)[AGREE]
        chosen = np.argsort(-np.where(known, found, -1.0), kind="stable")[:FIRST]
        best = np.sort(self.share)[::-1][:FIRST]
        return float(best.mean() - self.share[chosen].mean())


def adaptive(campaign: Campaign, left: Whole, draw: int) -> int:
    """As the deck draws: each seventh uniform, the others by rule 10."""
    if draw % UNIFORM_EACH == UNIFORM_EACH - 1:
        return random(campaign, left, draw)
    answers = campaign.tally[:, left].sum(axis=0)
    chance = chances(weights(answers, campaign.near[left], METHOD), METHOD.eps)
    return int(campaign.chance.choice(left, p=chance))


def random(campaign: Campaign, left: Whole, _draw: int) -> int:
    """All alike."""
    return int(campaign.chance.choice(left))


def least_voted(campaign: Campaign, left: Whole, _draw: int) -> int:
    """What has the fewest answers; among equals by chance."""
    answers = campaign.tally[:, left].sum(axis=0)
    return int(campaign.chance.choice(left[answers == answers.min()]))


def newest_first(_campaign: Campaign, left: Whole, _draw: int) -> int:
    """What arrived last."""
    return int(left[-1])


def oldest_first(_campaign: Campaign, left: Whole, _draw: int) -> int:
    """What arrived first."""
    return int(left[0])


WAYS = {
    "adaptive": adaptive,
    "random": random,
    "least voted": least_voted,
    "newest first": newest_first,
    "oldest first": oldest_first,
}


def losses(
    seeds: range,
    people: int = PEOPLE,
    items: int = ITEMS,
    ways: Iterable[str] = tuple(WAYS),
    *,
    languages: bool = False,
) -> dict[str, tuple[float, float]]:
    """Agreement lost in the top ten under each way: mean over the seeds, and its standard error."""
    found = {}
    for name in ways:
        runs = [Campaign(seed, people, items, languages=languages).run(WAYS[name]) for seed in seeds]
        found[name] = (float(np.mean(runs)), float(np.std(runs, ddof=1) / np.sqrt(len(runs))))
    return found


def votes_needed(target: float, pick: Callable[[Campaign, Whole, int], int], seeds: range) -> int | None:
    """Votes until the mean loss is at most `target`; None where all the people tried are not enough."""
    for people in range(300, 1100, 100):
        runs = [Campaign(seed, people) for seed in seeds]
        if np.mean([run.run(pick) for run in runs]) <= target:
            return people * EACH
    return None


def main() -> None:
    """Print the losses, as figures and as shares of random's, and the votes needed for random's loss."""
    found = losses(range(24))
    print(f"{PEOPLE} people, {EACH} answers each, {ITEMS} items; agreement lost in the first {FIRST}:")
    chance = found["random"][0]
    for name, (loss, error) in found.items():
        print(f"  {name}: {loss:.4f} ± {error:.4f}   ({loss / chance:.2f} of random's)")
    found = losses(range(24), ways=("adaptive", "random"), languages=True)
    print("  where people read one or two of five languages:")
    for name, (loss, error) in found.items():
        print(f"    {name}: {loss:.4f} ± {error:.4f}   ({loss / found['random'][0]:.2f} of random's)")
    needed = votes_needed(chance, adaptive, range(8))
    if needed:
        print(f"  votes the adaptive draw needs for random's loss: {needed:,} of {PEOPLE * EACH:,}")


if __name__ == "__main__":
    main()
