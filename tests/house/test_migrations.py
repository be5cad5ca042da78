"""The migrations: one line of them, up and down with data, ending where the models stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, func, inspect, select, table

from roadmap.core.db import db
from roadmap.root import MIGRATIONS
from roadmap.schema import metadata
from tests.factories import a_proposal, an_account, an_edition


@pytest.fixture
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def differences(connection: Connection) -> list[object]:
    """Return what would have to be migrated for the database to equal the models."""
    opts = {
        "compare_type": True,
        "include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=opts), metadata))


def rows() -> dict[str, int]:
    """Return how many rows each table of ours holds."""
    with db.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) & set(metadata.tables)
        return {
            name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in sorted(tables)
        }


def test_there_is_one_head(scripts: ScriptDirectory) -> None:
    assert len(scripts.get_heads()) == 1


def test_every_migration_is_named_by_its_number_and_can_be_undone(scripts: ScriptDirectory) -> None:
    names = sorted(Path(revision.path).name for revision in scripts.walk_revisions())
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert [
        revision.revision
        for revision in scripts.walk_revisions()
        if not hasattr(revision.module, "downgrade")
    ] == []


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    db.session.remove()
    with db.engine.connect() as connection:
        yield connection


def test_the_migrated_database_equals_the_models(connection: Connection) -> None:
    assert differences(connection) == []


def test_every_table_of_the_models_is_in_the_database(connection: Connection) -> None:
    assert set(metadata.tables) - set(inspect(connection).get_table_names()) == set()


def test_every_table_has_its_constraints_named(connection: Connection) -> None:
    """A constraint without a name cannot be changed on every database."""
    bare = [
        f"{table.name}: {constraint}"
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert bare == []


def test_each_migration_goes_down_and_up_again_with_data(app: Flask, scripts: ScriptDirectory) -> None:
    author = an_account()
    a_proposal(an_edition(), author)
    db.session.remove()
    full = rows()
    for revision in scripts.walk_revisions():
        downgrade(revision=revision.down_revision or "base")
        below = rows()
        upgrade(revision=revision.revision)
        again = rows()
        kept = {name: count for name, count in full.items() if name in below}
        assert {name: again[name] for name in kept} == kept, f"{revision.revision} loses rows on the way down"
        downgrade(revision=revision.down_revision or "base")
        full = rows()
    assert full == {}, "something stays behind when everything was taken down"
    upgrade()
    with db.engine.connect() as connection:
        assert differences(connection) == []
