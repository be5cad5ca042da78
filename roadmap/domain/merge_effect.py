"""What a merge would do to people's votes, worked out before it is made.

Every answer so far is older than the merge, so the rule of `domain.ballots` comes down to joining what each person
has on each of the proposals: none < pass < {agree, disagree} < conflict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmap.domain.ballots import AGREE, CONFLICT, DISAGREE, PASS, Outcome, joined


@dataclass(frozen=True)
class Effect:
    """People by what happens to their vote; `agree`, `disagree`, `passed` are the votes on the lead afterwards.

    `stay` voted on the lead alone, `carried` on one other alone, `once` the same on several, `sided` passed on one
    and took a side on another, `asked` have opposite answers, which are set aside.
    """

    stay: int = 0
    carried: int = 0
    once: int = 0
    sided: int = 0
    asked: int = 0
    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def people(self) -> int:
        """Everybody who has a say on any of them, those asked again too."""
        return self.stay + self.carried + self.once + self.sided + self.asked


def effect_of(votes: Iterable[tuple[int, int, Outcome]], lead: int) -> Effect:
    """The effect of merging the proposals of these votes into `lead`.

    `votes` are (person, proposal, outcome): each person's effective votes before the merge, one a proposal at most;
    None (no vote) changes nothing.
    """
    by_person: dict[int, dict[int, Outcome]] = {}
    for person, proposal, outcome in votes:
        if outcome is not None:
            by_person.setdefault(person, {})[proposal] = outcome
    counts = dict.fromkeys(("stay", "carried", "once", "sided", "asked", "agree", "disagree", "passed"), 0)
    names: Mapping[Outcome, str] = {AGREE: "agree", DISAGREE: "disagree", PASS: "passed"}
    for own in by_person.values():
        after = joined(own.values())
        counts[_kind(own, after, lead)] += 1
        if after in names:
            counts[names[after]] += 1
    return Effect(**counts)


def _kind(own: Mapping[int, Outcome], after: Outcome, lead: int) -> str:
    if after is CONFLICT:
        return "asked"
    if len(own) == 1:
        return "stay" if lead in own else "carried"
    return "once" if len(set(own.values())) == 1 else "sided"
