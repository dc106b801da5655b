"""The one schema: every table and column of every file, read from `columns.toml` beside this."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from pipeline.export.schema import Column, Table


class _Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tables: tuple[Table, ...]


@cache
def tables() -> dict[str, Table]:
    """All tables by name; a table comes after the tables that it refers to where it can."""
    raw = files("pipeline.export").joinpath("columns.toml").read_bytes()
    return {table.name: table for table in msgspec.toml.decode(raw, type=_Schema).tables}


@cache
def table(name: str) -> Table:
    return tables()[name]


@cache
def columns(name: str) -> dict[str, Column]:
    """The columns of a table by name, in their order."""
    return {column.name: column for column in table(name).columns}
