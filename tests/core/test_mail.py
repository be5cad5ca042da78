"""A message that cannot be handed over is told of, and stops nothing."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from roadmap.core import signals
from roadmap.core.mail import deliver

Told = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def told() -> Iterator[Told]:
    """What is said of each message."""
    said: Told = []

    def sent(_sender: object, **facts: Any) -> None:
        said.append(("sent", facts))

    def failed(_sender: object, **facts: Any) -> None:
        said.append(("failed", facts))

    with signals.mail_sent.connected_to(sent), signals.mail_failed.connected_to(failed):
        yield said


@contextmanager
def a_mail_server(app: Flask, reply: str) -> Iterator[None]:
    """A mail server that answers every recipient so; the application sends its mail there."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                said = line.decode().upper()
                answer = reply if said.startswith("RCPT") else "250 fine"
                self.wfile.write(f"{answer}\r\n".encode())
                if said.startswith("QUIT"):
                    break

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        send_through(app, server.server_address[1])
        try:
            yield
        finally:
            server.shutdown()


def send_through(app: Flask, port: int) -> None:
    sending = app.extensions["mailman"]
    sending.backend, sending.server, sending.port = "smtp", "127.0.0.1", port


def test_a_message_that_is_handed_over_is_told_of(app: Flask, told: Told) -> None:
    deliver("awa@example.org", "Hello", "Text", about={"text": "mail-sign-in"})
    assert told == [("sent", {"address": "awa@example.org", "about": {"text": "mail-sign-in"}})]


@pytest.mark.parametrize(
    ("reply", "reason"), [("550 no such person", "address"), ("450 come again later", "server")]
)
def test_an_address_refused_for_good_is_told_from_one_refused_for_now(
    app: Flask, told: Told, reply: str, reason: str
) -> None:
    with a_mail_server(app, reply):
        deliver("awa@example.org", "Hello", "Text")
    assert told == [("failed", {"address": "awa@example.org", "about": {}, "reason": reason})]


def test_a_server_that_is_not_there_stops_nothing(app: Flask, told: Told) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as taken:
        port = taken.server_address[1]
    send_through(app, port)
    deliver("awa@example.org", "Hello", "Text")
    assert [(kind, facts["reason"]) for kind, facts in told] == [("failed", "server")]
