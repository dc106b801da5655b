"""The tables put into a database, in one transaction: afterwards it holds what they hold.

Each table goes to a temporary one first. Then rows that are new or differ are written, parents
before their children, and rows that are gone are deleted, children before their parents. Rows
that are as they were stay untouched. Who reads meanwhile sees the state before.

`claims_export` says which tables are ours and what they looked like when they were made. A
version with more columns adds them; where more changed, our tables are made anew, in the same
transaction. A table that is not ours is never touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from pipeline.errors import PipelineError
from pipeline.export.columns import tables
from pipeline.export.database.address import engine_of, parse, shown
from pipeline.export.database.tables import cells, definition, key_of, shape, shapes
from pipeline.export.reader import TableReader, select
from pipeline.export.schema import Table

OURS = "claims_export"
STAGE = "claims_stage_"
BATCH = 500  # rows sent at a time to a database that has no COPY
WAIT = "60s"  # for readers that hold a table which must be made anew
_LOCK = 0x636C61696D73  # of writers, "claims" in ASCII; PostgreSQL knows locks by number

_RECORD = sa.Table(
    OURS,
    sa.MetaData(),
    sa.Column("table_name", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    comment="The tables that `claims export` writes, and what they looked like when it made them.",
)


class Written(NamedTuple):
    """What a database was told: rows it holds now, rows added or changed, rows deleted."""

    address: str
    rows: int
    changed: int
    deleted: int

    def __str__(self) -> str:
        return (
            f"{self.address}: {self.rows:,} rows, {self.changed:,} of them new or changed;"
            f" {self.deleted:,} deleted"
        )


def write_database(source: Path, address: str) -> Written:
    """Let the database hold what claims.sqlite holds.

    Args:
        source: claims.sqlite of a finished run.
        address: an SQLAlchemy URL of PostgreSQL or SQLite.

    Raises:
        ConfigError: the address is none.
        PipelineError: no server, wrong password, a table that is not ours; the database is as it
            was. The message never holds the password.
    """
    url = parse(address)
    engine = engine_of(url)
    try:
        with TableReader(source) as reader, engine.begin() as connection:
            return Written(shown(url), *replace(connection, reader))
    except DBAPIError as error:
        problem = " ".join(without(str(error.orig), url.password).split())
        raise PipelineError(
            f"{shown(url)}: {problem}; the database is as it was before"
        ) from error.orig
    except SQLAlchemyError as error:
        raise PipelineError(f"{shown(url)}: {without(str(error), url.password)}") from None
    finally:
        engine.dispose()


def without(words: str, password: object) -> str:
    return words.replace(str(password), "***") if password else words


def replace(connection: sa.Connection, reader: TableReader) -> tuple[int, int, int]:
    """Rows, changed and deleted rows, as in `Written`."""
    postgres = connection.dialect.name == "postgresql"
    if postgres:
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{WAIT}'"))
    prepare(connection)
    metadata = shapes()
    ordered = [table.name for table in metadata.sorted_tables]
    rows = changed = deleted = 0
    for name in ordered:
        rows += stage(connection, tables()[name], reader)
        if postgres:  # else the planner takes a full table for an empty one
            connection.execute(sa.text(f'ANALYZE "{STAGE}{name}"'))
        changed += connection.execute(sa.text(upsert(tables()[name], postgres))).rowcount
    for name in reversed(ordered):
        deleted += connection.execute(sa.text(delete(tables()[name]))).rowcount
        connection.execute(sa.text(f'DROP TABLE "{STAGE}{name}"'))
    return rows, changed, deleted


# ---------------------------------------------------------------- the tables


def prepare(connection: sa.Connection) -> None:
    """Let our tables be there as this version wants them.

    Raises:
        PipelineError: a table of that name is there and not ours.
    """
    _RECORD.create(connection, checkfirst=True)
    record = sa.select(_RECORD.c.table_name, _RECORD.c.definition).order_by(_RECORD.c.place)
    known = {str(name): str(made) for name, made in connection.execute(record)}
    there = set(sa.inspect(connection).get_table_names())
    known = {name: made for name, made in known.items() if name in there}
    if strange := sorted((set(tables()) - set(known)) & there):
        raise PipelineError(
            f"the database has a table {strange[0]!r} that `claims export` did not make; name"
            " another database, or a schema of its own with ?options=-csearch_path%3DNAME"
        )
    wanted = {name: definition(spec) for name, spec in tables().items()}
    if known == wanted:
        return
    if not all(name in wanted and grew(made, wanted[name]) for name, made in known.items()):
        for name in reversed(known):
            connection.execute(sa.text(f'DROP TABLE "{name}"'))
        known = {}
    metadata = shapes()
    for name in known:
        add_columns(connection, metadata.tables[name])
    metadata.create_all(connection)
    connection.execute(_RECORD.delete())
    order = [table.name for table in metadata.sorted_tables]
    connection.execute(
        _RECORD.insert(),
        [
            {"table_name": name, "place": place, "definition": wanted[name]}
            for place, name in enumerate(order)
        ],
    )


def grew(made: str, wanted: str) -> bool:
    """Is all that differs columns more, which may be empty?"""
    (fixed, optional), (new_fixed, new_optional) = json.loads(made), json.loads(wanted)
    return bool(fixed == new_fixed and all(column in new_optional for column in optional))


def add_columns(connection: sa.Connection, table: sa.Table) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            kind = column.type.compile(connection.dialect)
            connection.execute(
                sa.text(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}')
            )


# ---------------------------------------------------------------- the rows


def stage(connection: sa.Connection, spec: Table, reader: TableReader) -> int:
    """Put the rows of a table into a temporary one; gives their number."""
    table = shape(spec, f"{STAGE}{spec.name}", sa.MetaData(), staging=True)
    connection.execute(CreateTable(table))
    rows = cells(spec, reader.rows(select(spec)))
    names = quoted(table.columns.keys())
    count = 0
    if connection.dialect.name == "postgresql":
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        return count
    marks = ", ".join("?" * len(table.columns))
    while batch := list(islice(rows, BATCH)):
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', batch)
        count += len(batch)
    return count


def names_of(spec: Table) -> list[str]:
    return list(shape(spec, spec.name, sa.MetaData(), staging=True).columns.keys())


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def upsert(spec: Table, postgres: bool) -> str:
    """The statement that writes rows which are new or differ."""
    names, key = names_of(spec), key_of(spec)
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    rest = [name for name in names if name not in key]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
    other = " OR ".join(f'"{spec.name}"."{name}" {differs} excluded."{name}"' for name in rest)
    action = f"UPDATE SET {sets} WHERE {other}" if rest else "NOTHING"
    return (
        f'INSERT INTO "{spec.name}" ({quoted(names)}) SELECT {quoted(names)}'
        f' FROM "{STAGE}{spec.name}" WHERE true ON CONFLICT ({quoted(key)}) DO {action}'
    )


def delete(spec: Table) -> str:
    """The statement that deletes rows which are gone."""
    alike = " AND ".join(f's."{name}" = "{spec.name}"."{name}"' for name in key_of(spec))
    return (
        f'DELETE FROM "{spec.name}" WHERE NOT EXISTS'
        f' (SELECT 1 FROM "{STAGE}{spec.name}" AS s WHERE {alike})'
    )
