"""`roadmap run`: a production server, one process that watches and as many that answer as the settings say."""

import errno
import os
import signal
import socket
import threading
import time
from dataclasses import replace
from functools import partial
from typing import IO

import click

from roadmap.cli import locks
from roadmap.cli.application import (
    OWNER_ONLY,
    application,
    database_path,
    has_account,
    is_up_to_date,
    read_settings,
)
from roadmap.cli.gateway import Gateway
from roadmap.root import Settings

ANY_HOST = ("0.0.0.0", "::")  # noqa: S104
BACKLOG = 1024
HEADERS_WITHIN = 15_000
STOP_WITHIN = 10
_held: list[IO[str]] = []

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)


@click.command()
@host_option
@port_option
def run(host: str, port: int) -> None:
    """Serve the platform; the first start makes the database."""
    settings = reached_at(read_settings(), host, port)
    refuse_taken(host, port)
    if database_path(settings) is None or not (is_up_to_date(settings) and has_account(settings)):
        _prepare(settings)
    serve(settings, host, port)


def reached_at(settings: Settings, host: str, port: int) -> Settings:
    """Settings whose links lead to where the server listens, unless a public address was given."""
    if settings.production or settings.base_url != Settings.base_url:
        return settings
    name = "127.0.0.1" if host in ANY_HOST else host
    return replace(settings, base_url=f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}")


def refuse_taken(host: str, port: int) -> None:
    """Raise ClickException where nothing can listen on this port."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        raise click.ClickException(f"There is no address “{host}” to listen on.") from None
    except OSError as error:
        reasons = {errno.EADDRINUSE: "is taken", errno.EACCES: "is not allowed to this user"}
        reason = reasons.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise click.ClickException(f"Port {port} {reason}: choose another with --port.") from None


def _prepare(settings: Settings) -> None:
    """Make or migrate the database; without any account, print how to become the first administrator."""
    with application(settings):
        from roadmap.accounts.actions import first_administrator_link  # slow import
        from roadmap.accounts.queries import has_administrator  # slow import
        from roadmap.core import clock  # slow import

        if not has_administrator() and not _has_any_account():
            path = first_administrator_link(now=clock.now())
            click.echo("There is no account yet. This link makes the first administrator; it works once:")
            click.echo(f"  {settings.base_url}{path}")


def _has_any_account() -> bool:
    from sqlalchemy import select  # slow import

    from roadmap.accounts.models import Account  # slow import
    from roadmap.core.db import db  # slow import

    return db.session.scalar(select(Account.id).limit(1)) is not None


def serve(settings: Settings, host: str, port: int) -> None:
    """Answer requests until told to stop (Ctrl+C, SIGTERM)."""
    from granian.constants import Interfaces  # slow import
    from granian.http import HTTP1Settings  # slow import
    from granian.log import LogLevels  # slow import
    from granian.server import Server  # slow import

    os.umask(OWNER_ONLY)
    lock = locks.hold(settings.instance, locks.SERVER)
    if lock is None:
        raise click.ClickException(f"Another server already uses the data in {settings.instance}.")
    server = Server(
        "wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=max(1, settings.processes),
        backlog=BACKLOG,
        backpressure=BACKLOG // max(1, settings.processes),
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        websockets=False,
    )
    click.echo(f"The platform is at {settings.base_url} (Ctrl+C stops it).")
    server.serve(target_loader=partial(answering, settings), wrap_loader=False)
    lock.close()


def answering(settings: Settings) -> Gateway:
    """The application inside a process that answers; the first such process also works off the queue."""
    from roadmap import create_app  # slow import
    from roadmap.accounts.listeners import erase_again  # slow import
    from roadmap.core.jobs import start_worker  # slow import
    from roadmap.drafts.actions.background import catch_up as compile_rest  # slow import
    from roadmap.similarity.listeners import catch_up  # slow import
    from roadmap.web.headers import security_headers  # slow import

    _end_with(os.getppid())
    app = create_app(settings)
    if settings.jobs == "thread" and (lock := locks.hold(settings.instance, locks.WORKER)) is not None:
        _held.append(lock)
        start_worker()
        catch_up()
        with app.app_context():
            erase_again()
            compile_rest(settings.base_url)
    return Gateway(
        app,
        threads=settings.threads,
        most=app.config["MAX_CONTENT_LENGTH"],
        headers=security_headers(settings),
    )


def _end_with(parent: int) -> None:
    """End this process once the one that watches it is gone: nobody else would stop it, and it holds the port."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="watch", daemon=True).start()


COMMANDS = [run]
