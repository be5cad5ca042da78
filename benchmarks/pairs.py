"""Two ways beside each other, in short interleaved rounds, so that a busy machine disturbs both alike."""

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

Call = Callable[[int], None]
Clock = Callable[[], float]


@dataclass(frozen=True)
class Ratio:
    """`share` is the bare way's time by ours: 1 is as fast as bare. Times are medians, in microseconds a call."""

    share: float
    ours: float
    bare: float


def side_by_side(
    ours: Call, bare: Call, *, rounds: int = 9, calls: int = 60, clock: Clock = time.perf_counter
) -> Ratio:
    """The median of the rounds' ratios, after one round to warm up.

    What waits for nothing is measured by `time.process_time`: a busy machine interrupts long calls more often.
    """
    pairs = []
    for turn in range(rounds + 1):
        first, second = (bare, ours) if turn % 2 else (ours, bare)
        times = {each: _time(each, turn, calls, clock) for each in (first, second)}
        pairs.append((times[ours], times[bare]))
        time.sleep(0.02)
    pairs = pairs[1:]
    return Ratio(
        median(bare / ours for ours, bare in pairs),
        median(ours for ours, _ in pairs),
        median(bare for _, bare in pairs),
    )


def _time(call: Call, turn: int, calls: int, clock: Clock) -> float:
    start = clock()
    for each in range(calls):
        call(turn * calls + each)
    return (clock() - start) / calls * 1e6


def requests_to(
    app: Flask, paths: list[str], bodies: list[bytes], *, cookie: str = "", expected: int = 200
) -> Call:
    """A call that sends the next of the paths with the next of the bodies, without a server between."""
    environs = [_environ(path, cookie, "POST" if bodies else "GET") for path in paths]

    def call(turn: int) -> None:
        environ = dict(environs[turn % len(environs)])
        if bodies:
            body = bodies[turn // len(environs) % len(bodies)]
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        answered: list[str] = []

        def start(status: str, *_rest: Any) -> Callable[[bytes], object]:
            answered.append(status)
            return lambda _part: None

        parts: Iterable[bytes] = app.wsgi_app(environ, start)
        for _ in parts:
            pass
        close = getattr(parts, "close", None)
        if close is not None:
            close()
        if not answered[0].startswith(str(expected)):
            raise RuntimeError(f"{environ['PATH_INFO']} answered {answered[0]}")

    return call


def _environ(path: str, cookie: str, method: str) -> dict[str, Any]:
    environ = EnvironBuilder(path=path, method=method, base_url="http://localhost").get_environ()
    environ["HTTP_SEC_FETCH_SITE"] = "same-origin"
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    if method == "POST":
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    return environ
