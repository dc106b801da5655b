"""docs/columns.md: every table and column with meaning, unit and example, from the one schema;
docs/terms.md: what flags, rules and roles mean.

Renew both with `python -m pipeline.export.columns_doc`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.columns import tables
from pipeline.export.schema import Column, Table
from pipeline.export.terms import Group, groups

_HEAD = """# Tables and columns

Made from `pipeline/export/columns.toml` by `python -m pipeline.export.columns_doc`; do not edit.

Offsets (`start`, `end`, spans) are code points of the document's text as read, end exclusive.
An empty cell is "unknown" or "none". Several values in one cell are joined by `; `. A decimal is
exact: text in SQLite, CSV and JSONL, decimal128(38, 10) in Parquet. All tables are in
`claims.sqlite`, in `tables/*.jsonl` and in `tables/*.parquet` (`claims` in `claims.jsonl`,
`claims.parquet` and `claims.csv`); `datapackage.json` says the same as this page to programs.
What flags, rules and roles mean stands in [terms.md](terms.md).
"""
_TERMS = """# Flags, rules and roles

Made from `pipeline/export/terms.toml` by `python -m pipeline.export.columns_doc`; do not edit.
Where these words stand is told in [columns.md](columns.md).
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


def terms_page() -> str:
    """The page of what the short words mean."""
    return "\n".join([_TERMS, *(line for group in groups().values() for line in explained(group))])


def explained(group: Group) -> Iterator[str]:
    """The words of one column."""
    yield f"## {group.name}\n"
    yield f"{group.meaning}\n\n| word | meaning |\n|---|---|"
    for told in group.terms:
        words = ", ".join(f"`{word}`" for word in told.term.split(", "))
        yield f"| {words} | {inline(told.meaning)} |"
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
    docs = Path(__file__).parents[2] / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "columns.md").write_text(markdown(), encoding="utf-8")
    (docs / "terms.md").write_text(terms_page(), encoding="utf-8")
