"""Rebuild order and bands of a draft from its JSON file alone: python recount.py DRAFT.json

Shares no code with the platform; numpy serves for the draws only. Says "holds" (0) or what differs (1)."""

import itertools
import json
import math
import operator
import sys
from collections.abc import Iterator

import numpy

PROPORTIONAL = ("equal-persons", "equal-groups")


def proportional(items: list[dict], weights: list[float], div: float, claims: dict[int, list]) -> list[int]:
    """Numbers in order: most gain first; a group that got what it wanted weighs less for the next."""
    left = [(item["number"], [min(max(c, 0.0), 1.0) for c in claims[item["number"]]]) for item in items]
    served, order = [0.0] * len(weights), []
    while left:
        voice = [weight / (1 + div * s) for weight, s in zip(weights, served, strict=True)]
        gains = [sum(map(operator.mul, voice, wanted)) for _, wanted in left]
        if (most := max(gains)) <= 0:
            break
        number, wanted = left.pop(next(at for at, g in enumerate(gains) if g > 0 and g >= most - 1e-12))
        served = [s + t for s, t in zip(served, wanted, strict=True)]
        order.append(number)
    return order


def value(name: str, item: dict) -> float:
    """What the methods that share no places sort by."""
    tally, n, z = item["tally"], sum(item["tally"].values()), 1.96
    if name == "net-count":
        return tally["agree"] - tally["disagree"]
    if name != "wilson":
        return item["score"][name.replace("-", "_")]
    p = tally["agree"] / n
    return (p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def draws(items: list[dict], method: dict, groups: list[dict]) -> Iterator[dict]:
    """Per draw the claims of each item in each group and its support; one stream for the edition."""
    score = [[i["score"]["support"], i["score"]["opposition"], *i["score"]["interval"]] for i in items]
    s, o, low, high = numpy.array(score).T
    people, weights = numpy.array([[group["people"], group["weight"]] for group in groups]).T
    claims = numpy.array([[item["claims"][group["id"]] for item in items] for group in groups])
    sd = numpy.maximum.reduce([s - low, high - s, numpy.full(len(s), 0.0001645)]) / 1.645
    shapes = numpy.maximum(numpy.maximum(2, s * (1 - s) / sd**2 - 1) * numpy.array([s, o, 1 - s - o]), 1e-6)
    answers = numpy.outer(people / people.sum(), [item["score"]["answers"] for item in items])
    spread = numpy.maximum(s + o - (s - o) ** 2, 0) / (answers + method["parameters"]["kappa_g"] + 1)
    stream = numpy.random.RandomState(method["seed"])
    for _ in range(method["parameters"]["draws"] * (method["name"] in (*PROPORTIONAL, "support"))):
        gamma = stream.standard_gamma(shapes)
        gamma /= gamma.sum(axis=0)
        drawn = claims + gamma[0] - gamma[1] - (s - o)
        if len(groups) > 1:
            e = stream.standard_normal(claims.shape) * numpy.sqrt(spread)
            drawn += e - weights @ e
        rows = zip(items, drawn.T.tolist(), gamma[0].tolist(), strict=True)
        yield {item["number"]: (claim, share) for item, claim, share in rows}


def bands(order: list[int], placed: list[dict], conf: float) -> dict[int, int]:
    """The band of each number: a new one begins where its leader stood before in `conf` of the draws."""
    found, leader = {}, order[0] if order else None
    for number in order:
        ahead = sum(p.get(leader, math.inf) < p.get(number, math.inf) for p in placed)
        found[number] = leader = number if ahead >= conf * len(placed) - 1e-9 else leader
    return found


def computed(draft: dict, section: dict, drawn: list[dict]) -> tuple[list[int], dict[int, int]]:
    """Order of a question before anything was moved, and the bands."""
    name, div, conf = draft["method"]["name"], *(draft["method"]["parameters"][n] for n in ("div", "conf"))
    weights = [group["weight"] for group in draft["groups"]]
    able = [item for item in section["items"] + section["not_listed"] if item["score"]]
    able = [item for item in able if item["score"]["answers"] >= section["needed"]]
    able = [item for item in able if item.get("reason") != "waits-for-routed-answers"]
    able.sort(key=lambda item: (-item["score"]["support"], item["number"]))
    if name in PROPORTIONAL:
        claims = {item["number"]: [item["claims"][g["id"]] for g in draft["groups"]] for item in able}
        order = proportional(able, weights, div, claims)
        listed = [proportional(able, weights, div, {n: row[0] for n, row in d.items()}) for d in drawn]
    else:
        order = [item["number"] for item in sorted(able, key=lambda item: -value(name, item))]
        listed = [sorted(order, key=lambda n: -d[n][1]) for d in drawn]
    placed = [{number: place for place, number in enumerate(one)} for one in listed]
    return order, bands(order, placed, conf)


def differences(draft: dict) -> Iterator[str]:
    """One line for each question that does not come out as printed."""
    every = [item for section in draft["sections"] for item in section["items"] + section["not_listed"]]
    answered = sorted((item for item in every if item["score"]), key=lambda item: item["number"])
    drawn = list(draws(answered, draft["method"], draft["groups"])) if answered else []
    for section in draft["sections"]:
        order, band = computed(draft, section, drawn)
        moved = {item["number"]: item["rank"] for item in section["items"] if item["moved"]}
        out = {i["number"] for i in section["not_listed"] if i["reason"] == "left-out-by-organisers"}
        final = [number for number in order if number not in {*moved, *out}]
        for number, rank in sorted(moved.items(), key=lambda pair: pair[1]):
            final.insert(rank - 1, number)
        key = [number if number in moved else ("band", band[number]) for number in final]
        ends = [[key.index(one) + 1, len(key) - key[::-1].index(one)] for one in key]
        right = [(final[at], at + 1, ends[at]) for at in range(len(final))][: section["last_place"]]
        rows = [(item["number"], item["rank"], item["band"]) for item in section["items"]]
        for place, (said, now) in enumerate(itertools.zip_longest(rows, right), 1):
            if said != now:
                n = section["question"]["number"]
                yield f"question {n}, place {place}: printed (item, place, band) {said}, computed {now}"
                break


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        difference = next(differences(json.load(file)), None)
    print(difference or "holds")
    sys.exit(bool(difference))
