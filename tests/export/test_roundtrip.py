"""An article of hostile strings through every exporter and back."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import ids
from pipeline.export import exporters, write_all
from pipeline.export.additions import addition
from pipeline.export.cells import unguarded, visible
from pipeline.export.columns import table
from pipeline.export.tables import CELL_LIMIT
from pipeline.records import (
    Analysis,
    Claim,
    CleanDocument,
    DocumentResult,
    Entity,
    EntityMention,
    Fact,
    Figure,
    Link,
    Metadata,
    Sentence,
    SourceDocument,
    Span,
)

HOSTILE = {
    "formula": "=1+1",
    "command": "=cmd|' /C calc'!A0",
    "plus": "+44 20 7946 0000",
    "minus": "-5 percent",
    "at": "@SUM(A1:A9)",
    "tab": "\tafter a tab",
    "spaces": '   =HYPERLINK("http://example.org","x")',
    "later line": "first line\n=2+2",
    "carriage return": "one\rtwo",
    "script": "<script>alert(1)</script> & <b>",
    "rich text of XLSX": "<r><t>a</t></r>",
    "broken XLSX": "<r></is></c></r>",
    "ampersand": "AT&T &amp; &#61;1+1",
    "not available": "NA",
    "nan": "NaN",
    "null": "null",
    "scientific": "1E5",
    "range": "2-3",
    "boolean": "TRUE",
    "leading zeros": "007",
    "link": "https://example.org/a",
    "quotes": 'she said "no, \'never\'"; then, ""',
    "control": "a\x00b\x01c\x0bd\x1be\x7ff",
    "escape": "_x0041_",
    "surrogate": "lone \ud83d here",
    "noncharacters": "\ufffe\uffff\ufdd0",
    "right to left": "\u202egnirts\u202c עברית",
    "emoji": "👩\u200d👩\u200d👧 🇵🇹",
    "separators": "a\u2028b\u2029c\x85d",
    "byte order mark": "\ufeffmark",
    "brackets": "[Red]{0}%s\\n$1",
    "long": "long " * 8000 + "end",
    "long emoji": "🚢" * 20_000,
}

AMOUNTS = {
    "large": Decimal("1E+27"),
    "small": Decimal("0.0000000001"),
    "negative": Decimal("-12.50"),
    "many digits": Decimal("12345678901234567.89"),
    "exponent": Decimal("9E+9"),
    "too large": Decimal("1E+28"),
    "too small": Decimal("1E-11"),
    "no number": Decimal("NaN"),
}


def hostile() -> DocumentResult:
    """One claim, sentence, entity and mention for each string; a figure for each amount."""
    text = "\n".join([*HOSTILE.values(), *AMOUNTS])
    spans, at = [], 0
    for words in [*HOSTILE.values(), *AMOUNTS]:
        spans.append(Span(at, at + len(words)))
        at += len(words) + 1
    strings, sums = spans[: len(HOSTILE)], spans[len(HOSTILE) :]
    source = SourceDocument(ids.doc_id("h.txt"), "h.txt", text, "0" * 64, "txt")
    claims = [
        Claim(
            spans=(span,),
            text=span.of(text),
            sentence=span,
            source_text=span.of(text),
            subject=span.of(text),
            flags=(span.of(text),),
            mentions=(Link(index, "subject"),),
        )
        for index, span in enumerate(strings)
    ]
    claims += [
        Claim(spans=(span,), text=span.of(text), sentence=span, figures=(Link(index),))
        for index, span in enumerate(sums)
    ]
    analysis = Analysis(
        sentences=tuple(Sentence(span, span.of(text), 1) for span in spans),
        figures=tuple(
            Figure(span, "money", amount, currency="EUR")
            for span, amount in zip(sums, AMOUNTS.values(), strict=True)
        ),
        entities=tuple(
            Entity(f"e_{index:016x}", span.of(text), "ORG") for index, span in enumerate(strings)
        ),
        mentions=tuple(
            EntityMention(span, "ORG", f"e_{index:016x}") for index, span in enumerate(strings)
        ),
        claims=tuple(claims),
    )
    metadata = Metadata(
        title=Fact("=1+1", "text"),
        author=Fact("lone \ud83d", "text"),
        extra=tuple(HOSTILE.items()),
    )
    return DocumentResult(CleanDocument(source, ()), metadata, "en", analysis)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_all([addition([hostile()])], folder)
    return folder


Cells = list[dict[str, Any]]


def from_sqlite(out: Path) -> Cells:
    with closing(sqlite3.connect(out / "claims.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM claims")]


def from_jsonl(out: Path) -> Cells:
    lines = (out / "claims.jsonl").read_bytes().split(b"\n")
    return [json.loads(line) for line in lines if line]


def from_parquet(out: Path) -> Cells:
    return list(pq.read_table(out / "claims.parquet").to_pylist())


def from_csv(out: Path) -> Cells:
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: unguarded(cell) or None for name, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def from_pandas(out: Path) -> Cells:
    frame = pd.read_csv(out / "claims.csv", dtype=str, keep_default_na=False)
    return [
        {str(k): unguarded(v) or None for k, v in row.items()} for row in frame.to_dict("records")
    ]


def from_xlsx(out: Path) -> Cells:
    book = openpyxl.load_workbook(out / "claims.xlsx")
    header, *rows = book["Claims"].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


READERS: dict[str, Callable[[Path], Cells]] = {
    "sqlite": from_sqlite,
    "jsonl": from_jsonl,
    "parquet": from_parquet,
    "csv": from_csv,
    "pandas": from_pandas,
    "xlsx": from_xlsx,
}
FOR_PEOPLE = ("csv", "pandas", "xlsx")


def test_every_exporter_is_read_back_here() -> None:
    """A new exporter of tables adds its reader above."""
    assert set(exporters()) - {"to_report", "to_plots"} <= {f"to_{name}" for name in READERS}


def expected(words: str, reader: str) -> str:
    """What a string becomes: a lone surrogate can be held by no file."""
    words = words.replace("\ud83d", "\ufffd")
    if reader not in FOR_PEOPLE:
        return words
    words = visible(words)
    if reader == "xlsx" and len(words.encode("utf-16-le")) > 2 * CELL_LIMIT:
        raw = words.encode("utf-16-le")[: 2 * (CELL_LIMIT - 1)]
        return raw.decode("utf-16-le", "ignore") + "…"
    return words


def as_read(words: str, reader: str) -> str:
    """What a library makes of line ends (XML and pandas) and of escapes (openpyxl)."""
    if reader == "xlsx":
        return words.replace("_x000D_", "\r").replace("_x005F_", "_").replace("\r\n", "\n")
    return words


@pytest.mark.parametrize("reader", READERS)
def test_text_comes_back(out: Path, reader: str) -> None:
    rows = READERS[reader](out)
    assert len(rows) == len(HOSTILE) + len(AMOUNTS)
    for (name, words), row in zip(HOSTILE.items(), rows, strict=False):
        for column in ("claim_text", "sentence", "source_text", "subject", "entities"):
            found = as_read(str(row[column]), reader)
            wanted = as_read(expected(words, reader), reader)
            assert found == wanted, (name, column)


@pytest.mark.parametrize("reader", READERS)
def test_amounts_come_back(out: Path, reader: str) -> None:
    rows = {row["claim_text"]: row for row in READERS[reader](out)}
    for name, amount in AMOUNTS.items():
        row = rows[name]
        if name in ("too large", "too small", "no number"):
            assert row["amount"] is None, name
            assert row["amount_text"] == name
        elif reader == "xlsx" and name != "many digits":
            assert row["amount"] == pytest.approx(float(amount), rel=1e-15), name
        else:
            assert Decimal(row["amount"]) == amount, name
            assert "E" not in str(row["amount"]) or reader == "parquet"


def test_a_sum_that_no_file_holds_is_flagged(out: Path) -> None:
    with closing(sqlite3.connect(out / "claims.sqlite")) as connection:
        rows = connection.execute("SELECT figure_text, flags FROM money WHERE amount IS NULL")
        assert dict(rows) == dict.fromkeys(
            ("too large", "too small", "no number"), "figure_out_of_range"
        )


def test_rows_with_control_characters_and_long_text_are_flagged(out: Path) -> None:
    flags = {row["claim_text"]: row["flags"] or "" for row in from_sqlite(out)}
    assert "control_characters" in flags[HOSTILE["control"]]
    assert "control_characters" in flags["lone \ufffd here"]
    assert "long_text" in flags[HOSTILE["long"]]
    assert flags["NA"] == "NA"


def test_parquet_has_the_types_of_the_schema(out: Path) -> None:
    schema = pq.read_schema(out / "claims.parquet")
    types = {
        "text": pa.string(),
        "json": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "decimal": pa.decimal128(38, 10),
    }
    for column in table("claims").columns:
        field = schema.field(column.name)
        assert field.type == types[column.type]
        assert field.metadata[b"meaning"].decode() == column.meaning


def test_csv_is_what_excel_opens(out: Path) -> None:
    raw = (out / "claims.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfclaim_id,")
    assert raw.endswith(b"\r\n")
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, strict=True):
            for cell in row:
                lines = cell.replace("\r", "\n").split("\n")
                assert not any(line.lstrip().startswith(("=", "+", "@")) for line in lines)


def test_metadata_columns_of_any_name_come_back(out: Path) -> None:
    with closing(sqlite3.connect(out / "claims.sqlite")) as connection:
        (cell,) = connection.execute("SELECT metadata FROM documents").fetchone()
    assert json.loads(cell) == {
        name: words.replace("\ud83d", "\ufffd") for name, words in HOSTILE.items()
    }
