"""Between the server and the application: a request reaches a thread only once all of it is there.

Granian hands a request to a thread of WSGI as soon as its headers are read; whoever then sends the rest slowly, or
never, holds that thread. Here the server's loop waits for the rest, and threads only answer.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from sys import stderr
from typing import Any, Protocol

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

BODY_WITHIN = 30.0
"""Seconds in which the body of a request has to arrive: enough for 1 MB over a poor mobile line."""
CUT_SHORT, TOO_SLOW, NO_LENGTH = 400, 408, 411
JOINED_BY = {"HTTP_COOKIE": "; "}


class Channel(Protocol):
    """What granian offers for one request (RSGI)."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...


class Gateway:
    """An RSGI application around a WSGI application, which so many threads answer with."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        most: int,
        headers: Headers,
        within: float = BODY_WITHIN,
    ) -> None:
        """`most`: bytes of a body that are read at all; `headers`: what a refusal of its own carries."""
        self.application = application
        self.most = most
        self.headers = headers
        self.within = within
        self.threads = ThreadPoolExecutor(max(1, threads), "answering")

    async def __call__(self, scope: Any, channel: Channel) -> None:
        """One request, from its body to its answer."""
        environ = environ_of(scope)
        refusal = await self._receive(environ, channel)
        if refusal:
            channel.response_bytes(refusal, [*self.headers, ("Connection", "close")], b"")
            return
        await asyncio.get_running_loop().run_in_executor(
            self.threads, answer, self.application, environ, channel
        )

    async def _receive(self, environ: Environ, channel: Channel) -> int:
        """Put the body into the environment; hands back the status of a refusal, else 0.

        A body that is too long is not read: its length is enough for the application to refuse it.
        """
        if "HTTP_TRANSFER_ENCODING" in environ:
            return NO_LENGTH  # no browser sends a form so, and where such a body is cut off nobody notices
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= self.most:
            return 0
        body = bytearray()
        try:
            async with asyncio.timeout(self.within):
                async for part in channel:
                    body += part
        except TimeoutError:
            return TOO_SLOW
        environ["wsgi.input"] = BytesIO(body)
        return 0 if len(body) == length else CUT_SHORT


def environ_of(scope: Any) -> Environ:
    """The request in the words of WSGI, still without its body. Nothing of the process's environment is in it."""
    name, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "HTTP_HOST": scope.authority or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    given: dict[str, str] = {}
    for header, value in scope.headers.items():
        name = header.upper().replace("-", "_")
        name = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        given[name] = f"{given[name]}{JOINED_BY.get(name, ',')}{value}" if name in given else value
    return environ | given


def answer(application: Application, environ: Environ, channel: Channel) -> None:
    """Let the application answer, and send it whole from this thread: no way back through the loop, which would
    cost votes a third of their pace, and no thread is held by whoever reads slowly.
    """
    begun: list[tuple[int, Headers]] = []

    def start(status: str, headers: Headers, _problem: Any = None) -> None:
        begun[:] = [(int(status[:3]), headers)]

    parts = application(environ, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    channel.response_bytes(*begun[0], body)
