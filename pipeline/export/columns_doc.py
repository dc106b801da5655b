"""docs/columns.md: every table and column with meaning, unit and example, from the one schema.

Renew it with `python -m pipeline.export.columns_doc`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.columns import tables
from pipeline.export.schema import Column, Table

_HEAD = """# Tables and columns

Made from `pipeline/export/columns.toml` by `python -m pipeline.export.columns_doc`; do not edit.

Offsets (`start`, `end`, spans) are code points of the document's text as read, end exclusive.
An empty cell is "unknown" or "none". Several values in one cell are joined by `; `. A decimal is
exact: text in SQLite, CSV and JSONL, decimal128(38, 10) in Parquet. All tables are in
`claims.sqlite`, in `tables/*.jsonl` and in `tables/*.parquet` (`claims` in `claims.jsonl`,
`claims.parquet` and `claims.csv`); `datapackage.json` says the same as this page to programs.
"""


def markdown() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for table in tables().values() for line in section(table))])


def section(table: Table) -> Iterator[str]:
    """One table."""
    yield f"## {table.name}\n"
    yield table.meaning + (f" Key: {', '.join(f'`{k}`' for k in table.key)}." if table.key else "")
    yield "\n| column | type | meaning | unit | example |\n|---|---|---|---|---|"
    for column in table.columns:
        cells = (f"`{column.name}`", kind(column), meaning(column), column.unit)
        yield f"| {' | '.join(map(inline, cells))} | `{inline(column.example)}` |"
    yield ""


def kind(column: Column) -> str:
    return column.type + ("" if column.required else ", may be empty")


def meaning(column: Column) -> str:
    """The meaning with the values there are and where they are found."""
    parts = [column.meaning]
    if column.enum:
        parts.append(f"One of {', '.join(f'`{value}`' for value in column.enum)}.")
    if column.references:
        parts.append(f"From `{column.references}`.")
    return " ".join(parts)


def inline(words: str) -> str:
    """Words that stay in their cell."""
    return words.replace("|", "\\|")


if __name__ == "__main__":
    page = Path(__file__).parents[2] / "docs" / "columns.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(markdown(), encoding="utf-8")
