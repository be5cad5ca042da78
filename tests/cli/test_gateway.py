"""What the server hands to the application, and whom it keeps waiting."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterable
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

from roadmap.cli.gateway import Environ, Gateway, Headers, environ_of
from tests.cli.test_serving import Served
from tests.cli.test_serving import served as served

BEGUN = (
    b"POST /en/sign-in HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 40\r\n\r\nemail="
)


class Channel:
    """A request's body in parts, and what was answered."""

    def __init__(self, *parts: bytes, then_wait: float = 0) -> None:
        self.parts, self.then_wait = parts, then_wait
        self.answered: list[tuple[int, Headers, bytes]] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part
        await asyncio.sleep(self.then_wait)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self.answered.append((status, headers, body))


def a_scope(headers: Iterable[tuple[str, str]] = (), **changed: Any) -> Any:
    """A request as granian describes it."""
    given = list(headers)
    values = {
        "method": "POST", "path": "/é", "query_string": "a=1", "server": "127.0.0.1:8000",
        "client": "[2001:db8::1]:4711", "scheme": "http", "http_version": "1.1", "authority": "here",
        "headers": SimpleNamespace(items=lambda: given),
    }  # fmt: skip
    return SimpleNamespace(**{**values, **changed})


def echo(environ: Environ, start: Any) -> list[bytes]:
    """Answers with the body that it was given."""
    body: bytes = environ["wsgi.input"].read()
    start("200 OK", [("X-Length", environ.get("CONTENT_LENGTH", ""))])
    return [body[:2], body[2:]]


def answered(channel: Channel, *headers: tuple[str, str]) -> tuple[int, Headers, bytes]:
    """What a gateway that waits a tenth of a second, and reads ten bytes, makes of it."""
    gateway = Gateway(echo, threads=1, most=10, headers=[("X-Ours", "yes")], within=0.1)
    asyncio.run(gateway(a_scope(headers), channel))
    (only,) = channel.answered
    return only


def test_a_body_in_parts_arrives_whole() -> None:
    assert answered(Channel(b"ab", b"cd", b"e"), ("content-length", "5")) == (
        200, [("X-Length", "5")], b"abcde"
    )  # fmt: skip


def test_a_body_that_does_not_come_is_refused_with_our_headers() -> None:
    status, headers, body = answered(Channel(b"ab", then_wait=5), ("content-length", "5"))
    assert (status, body) == (408, b"")
    assert ("X-Ours", "yes") in headers


def test_a_body_that_was_cut_short_never_reaches_the_application() -> None:
    assert answered(Channel(b"choice"), ("content-length", "9"))[0] == 400


def test_a_body_without_a_length_is_refused() -> None:
    assert answered(Channel(b"abc"), ("transfer-encoding", "chunked"))[0] == 411
    assert answered(Channel(b"abc"), ("transfer-encoding", "chunked"), ("content-length", "3"))[0] == 411


def test_of_a_body_that_is_too_long_the_application_learns_only_its_length() -> None:
    assert answered(Channel(b"a" * 11), ("content-length", "11")) == (200, [("X-Length", "11")], b"")


def test_a_request_is_described_as_wsgi_wants_it() -> None:
    environ = environ_of(
        a_scope([
            ("content-type", "text/plain"), ("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "192.0.2.2"),
            ("cookie", "a=1"), ("cookie", "b=2"), ("host", "there"),
        ])
    )  # fmt: skip
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert environ["REMOTE_ADDR"] == "2001:db8::1"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert (environ["CONTENT_TYPE"], environ["HTTP_HOST"]) == ("text/plain", "there")
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "PATH" not in environ  # nothing of the process's own environment


def test_clients_that_never_finish_keep_nobody_waiting(served: Served) -> None:
    port, _process, _said = served
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
    try:
        for one in slow:
            one.sendall(BEGUN)
        time.sleep(0.5)
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == 200
    finally:
        for one in slow:
            one.close()
