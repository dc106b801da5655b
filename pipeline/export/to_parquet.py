"""claims.parquet and tables/*.parquet: every table for programs, text untouched."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import table
from pipeline.export.columns import tables as all_tables
from pipeline.export.reader import CHUNK, LONG_ROWS, TableReader, select
from pipeline.export.schema import DECIMAL_PLACES, DECIMAL_WHOLE, Column, Table

FILE = "claims.parquet"


def place(name: str) -> str:
    """The file of a table, below the output folder."""
    return FILE if name == "claims" else f"tables/{name}.parquet"


def write(tables: TableReader, path: Path) -> None:
    """Every table; `path` is that of the claims."""
    (path.parent / "tables").mkdir(exist_ok=True)
    for name in all_tables():
        write_table(tables, name, path.parent / place(name))


def write_table(tables: TableReader, name: str, path: Path) -> None:
    """One table; a row group for each chunk of rows."""
    spec = table(name)
    schema = arrow_schema(spec)
    decimals = [place for place, column in enumerate(spec.columns) if column.type == "decimal"]
    rows, size = tables.rows(select(spec)), LONG_ROWS.get(name, CHUNK)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        # Without pandas, which takes three times as long. An empty table has an empty row group.
        for batch in chain(batches(rows, size), [] if tables.count(name) else [[]]):
            columns = [list(cells) for cells in zip(*batch, strict=True)] or [[] for _ in schema]
            for column in decimals:
                columns[column] = [None if c is None else Decimal(c) for c in columns[column]]
            arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def batches(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, size)):
        yield batch


def arrow_schema(spec: Table) -> pa.Schema:
    """Types and meanings of a table's columns."""
    fields = [
        pa.field(
            column.name,
            arrow_type(column),
            nullable=not column.required,
            metadata={"meaning": column.meaning, "unit": column.unit},
        )
        for column in spec.columns
    ]
    return pa.schema(fields, metadata={"meaning": spec.meaning})


def arrow_type(column: Column) -> pa.DataType:
    if column.type == "decimal":
        return pa.decimal128(DECIMAL_WHOLE + DECIMAL_PLACES, DECIMAL_PLACES)
    return {"integer": pa.int64(), "number": pa.float64()}.get(column.type, pa.string())
