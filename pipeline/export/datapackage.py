"""datapackage.json: what every table and column means, as Frictionless Table Schema.

https://specs.frictionlessdata.io/ (Data Package, Data Resource, Table Schema, version 1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.export import to_jsonl, to_parquet
from pipeline.export.columns import table, tables
from pipeline.export.publish import file_hash
from pipeline.export.schema import Column, Table

FILE = "datapackage.json"

_TYPES = {"text": "string", "json": "string", "decimal": "number"}
_MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "html": "text/html",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CSV_NOTE = (
    "For people: a cell that a spreadsheet might run as a formula has an apostrophe before it, "
    "control characters are shown as pictures. Text is untouched in the other files."
)

_PARQUET_NOTE = "The table of this name in Parquet: the same cells, decimals as decimal128(38, 10)."
#: Name, path and description of further files.
_FILES = (
    ("claims-sqlite", "claims.sqlite", "All tables in one SQLite database, decimals as text."),
    (
        "claims-xlsx",
        "claims.xlsx",
        "The workbook to review claims in; its sheet Guide explains it.",
    ),
    ("report", "report/index.html", "Each article as it stood with its claims marked: a web page."),
)

Json = dict[str, Any]


def write(folder: Path, facts: Mapping[str, str]) -> None:
    """Describe the files in `folder`, with their sizes and hashes.

    Args:
        facts: what the outputs depend on besides the corpus, such as model and version;
            never anything of the single run.
    """
    resources = [resource(folder, name, to_jsonl.place(name)) for name in tables()]
    csv = resource(folder, "claims", "claims.csv")
    csv |= {"name": "claims-csv", "description": _CSV_NOTE, "encoding": "utf-8"}
    csv["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
    resources.append(csv)
    for name in tables():
        resources.append(plain(folder, f"{name}-parquet", to_parquet.place(name), _PARQUET_NOTE))
    for name, path, words in _FILES:
        resources.append(plain(folder, name, path, words))
    package = {
        "profile": "data-package",
        "name": "claims",
        "title": "Claims and what they rest on",
        "description": "All offsets are code points of a document's text as read, end exclusive.",
        "keywords": ["claims", "provenance"],
        **({"facts": dict(sorted(facts.items()))} if facts else {}),
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def plain(folder: Path, name: str, path: str, words: str) -> Json:
    """A file that is no table by itself, or one that is described under another name."""
    return {"name": name, "type": "file", "description": words, **described(folder, path)}


def described(folder: Path, path: str) -> Json:
    """What is known of a file."""
    kind = path.rpartition(".")[2]
    file = folder / path
    return {
        "path": path,
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": file.stat().st_size,
        "hash": f"sha256:{file_hash(file)}",
    }


def resource(folder: Path, name: str, path: str) -> Json:
    """A file that holds one table.

    Frictionless tools can't read a table of JSON lines without a line: an empty one is called
    a file, and no key points to it.
    """
    spec = table(name)
    found = described(folder, path)
    schema = table_schema(spec)
    keys = [key for key in schema.pop("foreignKeys", ()) if not is_empty(folder, key)]
    return {
        "name": name,
        **({"profile": "tabular-data-resource"} if found["bytes"] else {"type": "file"}),
        "description": spec.meaning,
        **found,
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def is_empty(folder: Path, key: Json) -> bool:
    """Is the table that a foreign key points to without a row?"""
    return not (folder / to_jsonl.place(key["reference"]["resource"])).stat().st_size


def table_schema(spec: Table) -> Json:
    """A table's columns and keys as Table Schema."""
    keys = [
        {"fields": column.name, "reference": {"resource": parent, "fields": key}}
        for column in spec.columns
        if column.references
        for parent, key in [column.references.split(".")]
    ]
    return {
        "fields": [field(column) for column in spec.columns],
        "missingValues": [""],
        **({"primaryKey": list(spec.key)} if spec.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def field(column: Column) -> Json:
    """A column's type, meaning, unit, example and constraints."""
    constraints: Json = {"required": True} if column.required else {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    return {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "description": column.meaning,
        "example": column.example,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def hashes(out: Path) -> dict[str, str]:
    """SHA-256 of each file as it was written, by its path; {} where nothing was written."""
    path = out / FILE
    if not path.is_file():
        return {}
    package = json.loads(path.read_text(encoding="utf-8"))
    return {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
