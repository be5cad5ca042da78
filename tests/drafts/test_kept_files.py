"""A file of a frozen draft is made once, and the largest number of them does not fill the memory."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from roadmap.drafts.exports import Export, _Kept


def a_file(size: int = 1) -> Export:
    return Export(b"x" * size, "text/plain", "a.txt")


def test_many_who_ask_at_once_wait_for_one_file() -> None:
    kept, made, ready = _Kept(most=100), list[int](), threading.Barrier(8)

    def make() -> Export:
        made.append(1)
        time.sleep(0.05)
        return a_file()

    def ask(_turn: int) -> Export:
        ready.wait()
        return kept.made_once(("fingerprint", "pdf", "en"), make)

    with ThreadPoolExecutor(8) as people:
        files = list(people.map(ask, range(8)))
    assert (len(made), len({id(file) for file in files}), kept.making) == (1, 1, {})


def test_a_file_that_could_not_be_made_is_tried_again() -> None:
    kept, key = _Kept(most=100), ("fingerprint", "pdf", "en")

    def fail() -> Export:
        raise RuntimeError

    for _ in range(2):
        try:
            kept.made_once(key, fail)
        except RuntimeError:
            continue
        raise AssertionError("nothing was made")
    assert kept.made_once(key, a_file).content == b"x"


def test_what_was_asked_for_longest_ago_gives_way() -> None:
    kept = _Kept(most=25)
    for name in ("a", "b", "a", "c"):
        kept.made_once((name, "pdf", "en"), lambda: a_file(10))
    assert [key[0] for key in kept.files] == ["a", "c"]
