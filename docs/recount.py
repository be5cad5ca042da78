"""Rebuild order and bands of a draft from its JSON file alone: python recount.py DRAFT.json

Shares no code with the platform; numpy serves for the draws only, its RandomState stream being frozen.
Says "holds" (exit code 0) or the first difference (1).
"""

import json
import math
import operator
import sys
from collections.abc import Iterator

import numpy

PROPORTIONAL = ("equal-persons", "equal-groups")


def proportional(items: list[dict], weights: list[float], div: float, claims: dict[int, list]) -> list[int]:
    """Numbers in order: most gain first; a group that got what it wanted weighs less for the next."""
    first = sorted(items, key=lambda item: (-item["score"]["support"], item["number"]))
    left = [(item["number"], [min(max(c, 0.0), 1.0) for c in claims[item["number"]]]) for item in first]
    served, order = [0.0] * len(weights), []
    while left:
        voice = [weight / (1 + div * s) for weight, s in zip(weights, served, strict=True)]
        gains = [sum(map(operator.mul, voice, wanted)) for _, wanted in left]
        most = max(gains)
        if most <= 0:
            break
        number, wanted = left.pop(next(at for at, g in enumerate(gains) if g > 0 and g >= most - 1e-12))
        served = [s + t for s, t in zip(served, wanted, strict=True)]
        order.append(number)
    return order


def value(name: str, item: dict) -> float:
    """What the methods that share no places sort by."""
    score, tally = item["score"], item["tally"]
    if name in ("support", "common-ground"):
        return score["support" if name == "support" else "common_ground"]
    if name == "net-count":
        return tally["agree"] - tally["disagree"]
    n = sum(tally.values())
    p, z = tally["agree"] / n, 1.96
    return (p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def draws(items: list[dict], method: dict, groups: list[dict]) -> Iterator[dict]:
    """Per draw the claims of each item in each group and its support; one stream for the edition."""
    score = [item["score"] for item in items]
    s, o = (numpy.array([one[name] for one in score]) for name in ("support", "opposition"))
    low, high = (numpy.array([one["interval"][end] for one in score]) for end in (0, 1))
    weights = numpy.array([group["weight"] for group in groups])
    share = numpy.array([group["people"] for group in groups]) / sum(group["people"] for group in groups)
    claims = numpy.array([[one["claims"][group["id"]] for one in items] for group in groups])
    sd = numpy.maximum.reduce([s - low, high - s, numpy.full(len(s), 0.0001645)]) / 1.645
    shapes = numpy.maximum(numpy.maximum(2, s * (1 - s) / sd**2 - 1) * numpy.array([s, o, 1 - s - o]), 1e-6)
    answers = numpy.array([one["answers"] for one in score])
    below = numpy.outer(share, answers) + method["parameters"]["kappa_g"] + 1
    stream = numpy.random.RandomState(method["seed"])
    for _ in range(method["parameters"]["draws"]):
        gamma = stream.standard_gamma(shapes)
        gamma = gamma / gamma.sum(axis=0)
        drawn = claims + gamma[0] - gamma[1] - (s - o)
        if len(groups) > 1:
            spread = numpy.sqrt(numpy.maximum(s + o - (s - o) ** 2, 0) / below)
            e = stream.standard_normal(claims.shape) * spread
            drawn = drawn + e - weights @ e
        rows = zip(items, drawn.T.tolist(), gamma[0].tolist(), strict=True)
        yield {item["number"]: (claim, share) for item, claim, share in rows}


def bands(order: list[int], placed: list[dict], conf: float) -> dict[int, int]:
    """The band of each number: a new one begins where its leader stood before in `conf` of the draws."""
    found, leader = {}, None
    for number in order:
        ahead = sum(p.get(leader, math.inf) < p.get(number, math.inf) for p in placed)
        if leader is None or ahead >= conf * len(placed) - 1e-9:
            leader = number
        found[number] = leader
    return found


def computed(draft: dict, section: dict, drawn: list[dict]) -> tuple[list[int], dict[int, int]]:
    """Order of a question before anything was moved, and the bands."""
    method = draft["method"]
    name, div, weights = method["name"], method["parameters"]["div"], [g["weight"] for g in draft["groups"]]
    able = [item for item in section["items"] + section["not_listed"] if item["score"]]
    able = [item for item in able if item["score"]["answers"] >= section["needed"]]
    if name in PROPORTIONAL:
        claims = {item["number"]: [item["claims"][g["id"]] for g in draft["groups"]] for item in able}
        order = proportional(able, weights, div, claims)
        listed = [proportional(able, weights, div, {n: row[0] for n, row in d.items()}) for d in drawn]
    else:
        able.sort(key=lambda item: (-value(name, item), -item["score"]["support"], item["number"]))
        order = [item["number"] for item in able]
        listed = [sorted(order, key=lambda n: -d[n][1]) for d in drawn]
    placed = [{number: place for place, number in enumerate(one)} for one in listed]
    return order, bands(order, placed, method["parameters"]["conf"])


def differences(draft: dict) -> Iterator[str]:
    """One line for each question that does not come out as printed."""
    every = [item for section in draft["sections"] for item in section["items"] + section["not_listed"]]
    answered = sorted((item for item in every if item["score"]), key=lambda item: item["number"])
    banded = answered and draft["method"]["name"] in (*PROPORTIONAL, "support")
    drawn = list(draws(answered, draft["method"], draft["groups"])) if banded else []
    for section in draft["sections"]:
        order, band = computed(draft, section, drawn)
        moved = {item["number"]: item["rank"] for item in section["items"] if item["moved"]}
        left = [i["number"] for i in section["not_listed"] if i["reason"] == "left-out-by-organisers"]
        final = [number for number in order if number not in moved and number not in left]
        for number, rank in sorted(moved.items(), key=lambda pair: pair[1]):
            final.insert(rank - 1, number)
        ends = {}
        for rank, number in enumerate(final, 1):
            ends.setdefault(number if number in moved else ("band", band[number]), []).append(rank)
        rows = [(i["number"], i["rank"], i["band"]) for i in section["items"]]
        right = []
        for rank, number in enumerate(final[: section["last_place"]], 1):
            ranks = ends[number if number in moved else ("band", band[number])]
            right.append((number, rank, [ranks[0], ranks[-1]]))
        for place in range(max(len(rows), len(right))):
            said, now = rows[place : place + 1], right[place : place + 1]
            if said != now:
                where = f"question {section['question']['number']}, place {place + 1}"
                yield f"{where}: printed (item, rank, band) {said}, computed {now}"
                break


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(differences(json.load(file)))
    print(found[0] if found else "holds")
    sys.exit(bool(found))
