"""claims.parquet and tables/*.parquet: every table for programs, text untouched."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import table
from pipeline.export.columns import tables as all_tables
from pipeline.export.reader import TableReader
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
    decimals = [column.name for column in spec.columns if column.type == "decimal"]
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for frame in tables.frames(name):
            for column in decimals:
                frame[column] = frame[column].astype(object).map(Decimal, na_action="ignore")
            rows = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
            writer.write_table(rows.replace_schema_metadata(schema.metadata))


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
