"""Reads the tables back from claims.sqlite in pieces; every other exporter is fed by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from pipeline.export.columns import table
from pipeline.export.schema import Row, Table

if TYPE_CHECKING:  # slow to import; `claims --help` has no need of it
    import pandas as pd

CHUNK = 5_000  # rows held in memory at a time
LONG_ROWS = {"texts": 100}  # fewer where a row may be long

_DTYPES = {"integer": "Int64", "number": "Float64"}


class TableReader:
    """The tables of a finished claims.sqlite, which it never writes to. A context manager."""

    def __init__(self, path: Path) -> None:
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        return iter(self._connection.execute(query, values))

    def records(self, name: str) -> Iterator[Row]:
        """The rows of a table in their order, as column -> cell."""
        names = table(name).names
        for row in self.rows(select(table(name))):
            yield dict(zip(names, row, strict=True))

    def frames(self, name: str) -> Iterator[pd.DataFrame]:
        """The rows of a table in their order, some at a time; at least one frame, maybe empty.

        Missing cells are NA; texts, decimals and JSON are of dtype string, integers Int64,
        numbers Float64.
        """
        import pandas as pd

        spec = table(name)
        dtypes = {column.name: _DTYPES.get(column.type, "string") for column in spec.columns}
        size = LONG_ROWS.get(name, CHUNK)
        yield from pd.read_sql_query(select(spec), self._connection, chunksize=size, dtype=dtypes)

    def count(self, name: str) -> int:
        """The number of rows of a table."""
        return int(next(self.rows(f'SELECT count(*) FROM "{table(name).name}"'))[0])


def select(spec: Table) -> str:
    """The query for all columns of a table, in the order the rows were written."""
    names = ", ".join(f'"{name}"' for name in spec.names)
    return f'SELECT {names} FROM "{spec.name}" ORDER BY rowid'
