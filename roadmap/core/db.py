"""The database: models' base, one transaction per use case, and the short door for hot deeds."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from roadmap.core.connections import connect

P = ParamSpec("P")
R = TypeVar("R")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 in UTC: how moments are stored, exact and equal on both databases."""
    return (moment - EPOCH) // MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The aware UTC moment of a stored number of microseconds."""
    return EPOCH + timedelta(microseconds=value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_microseconds(value)


class Row(Protocol):
    def __getitem__(self, index: int) -> Any: ...


class Cursor(Protocol):
    rowcount: int

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class DriverConnection(Protocol):
    """The driver's own connection, without a session around it."""

    def execute(self, statement: str, parameters: Mapping[str, Any] = ..., /) -> Cursor: ...


def prepare_engine(engine: Engine, synchronous: str) -> None:
    """Give an SQLite engine the pragmas and the explicit BEGIN that writing needs; others stay as they are."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        from roadmap.core.connections import prepare_sqlite  # thin command

        prepare_sqlite(connection, synchronous)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """Run as one transaction. Only the outermost use case commits; nested ones join it.

    The write lock is taken before the first read, so facts read inside are the facts decided on.
    Signals queued meanwhile are sent after the commit, never before, and not at all on failure.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get("use_case"):
            return function(*args, **kwargs)
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("Something was changed outside a use case.")
        session.rollback()
        session.info["use_case"], session.info["outbox"] = True, []
        try:
            session.connection(execution_options={"writes": True})
            result = function(*args, **kwargs)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["use_case"] = False
            outbox = session.info.pop("outbox")
        for send in outbox:
            send()
        return result

    return run


_local = threading.local()
_gate = threading.Lock()
_NAMED = re.compile(r"(?<!:):([a-z_]+)")


class _Postgres:
    """A psycopg connection that takes the same `:name` parameters as SQLite."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def execute(self, statement: str, parameters: Mapping[str, Any] | None = None, /) -> Cursor:
        return self.connection.execute(_pyformat(statement), parameters)  # type: ignore[no-any-return]


@cache
def _pyformat(statement: str) -> str:
    return _NAMED.sub(r"%(\1)s", statement.replace("%", "%%"))


def own_connection() -> DriverConnection:
    """This thread's driver connection, outside any session; each statement on it is a transaction of its own."""
    engine = db.engine
    kept: dict[Engine, DriverConnection] = _local.__dict__.setdefault("connections", {})
    found = kept.get(engine)
    if found is None or getattr(getattr(found, "connection", None), "closed", False):
        opened = connect(engine.url, engine.dialect.name, synchronous())
        found = kept[engine] = opened if engine.dialect.name == "sqlite" else _Postgres(opened)
    return found


def close_own_connections() -> None:
    """Close this thread's driver connections (end of a thread, of a test, or after a failure)."""
    for connection in _local.__dict__.pop("connections", {}).values():
        getattr(connection, "connection", connection).close()


def synchronous() -> str:
    """The durability setting of the running application: `full` or `normal`."""
    return str(db.engine.get_execution_options().get("synchronous", "full"))


def is_sqlite() -> bool:
    """Whether the running application's database is SQLite."""
    return db.engine.dialect.name == "sqlite"


@contextmanager
def hot() -> Iterator[DriverConnection]:
    """A short write on this thread's driver connection; the write lock comes before the first read.

    For the two deeds a voting day consists of, and nothing else. Never nested. Whatever the session
    had read is ended first, so that nobody goes on with facts from before the deed.
    """
    if db.session.registry.has():
        db.session.rollback()
    connection = own_connection()
    with _gate:
        connection.execute("BEGIN IMMEDIATE" if is_sqlite() else "BEGIN")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def _roll_back(connection: DriverConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except Exception:  # the connection itself may be what failed
        close_own_connections()
