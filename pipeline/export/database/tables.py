"""The tables in a database: made of `columns.toml`, with keys, references and the database's types.

What the other files keep as text has its own type where a database has one: sums are NUMERIC,
JSON and lists of codes are JSONB, and beside each date of varying precision (2021, 2021-11)
stands the same as a DATE where it is a whole day. SQLite keeps these as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from pipeline.export.columns import tables
from pipeline.export.schema import Column, Table, Value

#: Of a table whose rows have no key: their place in it, from 1.
ROW_NUMBER = "row_number"
DAY = "_day"
DATES = ("published", "date_start", "date_end", "first_published", "last_published")
MOMENTS = ("decided_at",)
#: Codes and ids joined by "; ", which none of them holds.
LISTS = ("flags", "signals", "signs", "contradicts", "updated_by")

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    "decimal": sa.Text().with_variant(sa.Numeric(), "postgresql"),
    "json": sa.Text().with_variant(pg.JSONB(), "postgresql"),
    "date": sa.Text().with_variant(sa.Date(), "postgresql"),
    "moment": sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql"),
}

Convert = Callable[[Value], Value]


def key_of(spec: Table) -> tuple[str, ...]:
    return spec.key or (ROW_NUMBER,)


def type_of(column: Column) -> str:
    """The key of its type, "text" where it has none of its own."""
    if column.name in LISTS:
        return "json"
    if column.name in MOMENTS:
        return "moment"
    return column.type


def days_of(spec: Table) -> tuple[str, ...]:
    """The columns that have another one of whole days beside them."""
    return tuple(column.name for column in spec.columns if column.name in DATES)


def definition(spec: Table) -> str:
    """What the table looks like, as JSON; it changes when, and only when, the table does.

    Two parts: all that must be as it is, and the columns that may be empty.
    """
    required = [[c.name, type_of(c), c.references] for c in spec.columns if c.required]
    optional = [[c.name, type_of(c)] for c in spec.columns if not c.required and not c.references]
    optional += [[name + DAY, "date"] for name in days_of(spec)]
    linked = [[c.name, c.references] for c in spec.columns if not c.required and c.references]
    return json.dumps([[key_of(spec), required, linked], sorted(optional)])


def shape(spec: Table, name: str, metadata: sa.MetaData, *, staging: bool) -> sa.Table:
    """The table; for staging a temporary one that refers to nothing."""
    columns: list[sa.Column[Any]] = []
    if not spec.key:
        columns.append(sa.Column(ROW_NUMBER, sa.BigInteger, primary_key=True, autoincrement=False))
    for column in spec.columns:
        others = [sa.ForeignKey(column.references)] if column.references and not staging else []
        columns.append(
            sa.Column(
                column.name,
                _TYPES.get(type_of(column), sa.Text()),
                *others,
                primary_key=column.name in spec.key,
                nullable=not column.required,
                # a row that goes asks every table that refers to it
                index=bool(others) and column.name != key_of(spec)[0],
                comment=None if staging else column.meaning,
            )
        )
    for name_ in days_of(spec):
        words = f"{name_}, where it is a whole day."
        columns.append(sa.Column(name_ + DAY, _TYPES["date"], comment=words))
    if staging:
        return sa.Table(
            name, metadata, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP"
        )
    return sa.Table(name, metadata, *columns, comment=spec.meaning)


def shapes() -> sa.MetaData:
    """All tables."""
    metadata = sa.MetaData()
    for spec in tables().values():
        shape(spec, spec.name, metadata, staging=False)
    return metadata


def cells(spec: Table, rows: Iterator[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """The rows of a table of claims.sqlite as those of `shape(spec)`."""
    converts = [converter(column) for column in spec.columns]
    days = [spec.names.index(name) for name in days_of(spec)]
    for number, row in enumerate(rows, start=1):
        own = [
            cell if cell is None else convert(cell)
            for convert, cell in zip(converts, row, strict=True)
        ]
        own += [whole_day(row[index]) for index in days]
        yield tuple(own) if spec.key else (number, *own)


def converter(column: Column) -> Convert:
    if column.name in LISTS:
        return listed
    return {"json": json_cell, "text": text_cell}.get(type_of(column), same)


def same(cell: Value) -> Value:
    return cell


def text_cell(cell: Value) -> Value:
    """PostgreSQL's texts cannot hold NUL: its picture stands for it, as in the workbook."""
    return str(cell).replace("\0", "␀")


def listed(cell: Value) -> Value:
    return json.dumps(str(text_cell(cell)).split("; "), ensure_ascii=False)


def json_cell(cell: Value) -> Value:
    words = str(cell)
    if "\\u0000" not in words:
        return words
    return json.dumps(without_nul(json.loads(words)), ensure_ascii=False)


def without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "␀")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    if isinstance(value, dict):
        return {without_nul(name): without_nul(item) for name, item in value.items()}
    return value


def whole_day(cell: Value) -> str | None:
    """The day, if the value is one."""
    if not isinstance(cell, str) or len(cell) != 10:
        return None
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        return None
