"""An article made of hostile strings, from its file through every exporter and a real server."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.export.database.address import engine_of, parse

ARTICLE = """\
=HYPERLINK("http://evil.example","Council") pays <script>alert(1)</script>

The mayor, Ines "Bobby'); DROP TABLE claims;--" Prado, said the council paid €3 million
in May 2021.

@SUM(1+1) said on Monday that the <img src=x onerror=alert(1)> harbour lost 1E5
dollars, or -2-3 boats.

+1-555 \u202egnirts\u202c spokeswoman Mia Reyes said: "{{7*7}} ${jndi:ldap://x} %s %n
the fund rose to $5 million."

-- The minister told \\N and \\. that "NULL" and "NA" were TRUE on 7 July 2021.

The bank said \t=1+1 \x07 and "'=2+2" would cost it 2 billion euros, ]]> &amp; <!-- gone -->.

The union said the strike cost the port €4 million. The port said it had lost \U0001f6a2 €5 million.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "=cmd' <b>.txt").write_text(ARTICLE, encoding="utf-8")
    (corpus / "metadata.csv").write_text(
        "path,title,outlet,desk\n=cmd' <b>.txt,=1+1,<b>Post</b>,@SUM(1)\n", encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["run", str(corpus), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    return folder / "out"


def claims_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]


def test_there_is_something_to_look_at_and_it_verifies(out: Path) -> None:
    assert len(claims_of(out)) >= 5
    done = CliRunner().invoke(main, ["verify", str(out)])
    assert done.exit_code == 0, done.output


def test_every_file_holds_the_same_words(out: Path) -> None:
    claims = claims_of(out)
    parquet = pq.read_table(out / "claims.parquet").to_pylist()
    assert [row["claim_text"] for row in parquet] == [row["claim_text"] for row in claims]
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["claim_id"] for row in rows] == [row["claim_id"] for row in claims]
    assert not [cell for row in rows for cell in row.values() if runs(cell)]


def runs(cell: str) -> bool:
    """Might a spreadsheet run the cell? Negative numbers are numbers."""
    begins = re.search(r"^[ \t\r]*[=+\-@\t\r]", cell, re.MULTILINE)
    return bool(begins) and not re.fullmatch(r"-\d+(\.\d+)?", cell)


def test_the_workbook_has_no_formula_but_its_links(out: Path) -> None:
    book = openpyxl.load_workbook(out / "claims.xlsx")
    formulas = [
        str(cell.value)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert all(formula.startswith('=HYPERLINK("report/articles/') for formula in formulas)


def test_no_page_holds_markup_of_the_article(out: Path) -> None:
    for page in (out / "report").rglob("*.html"):
        words = page.read_text("utf-8")
        assert "<script>" not in words
        assert not re.search(r"<(img|b)\b(?![^>]*plots/)", words)
    for data in (out / "report" / "data").iterdir():
        assert not re.search(r"^(?!report\.)", data.read_text("utf-8").strip(), re.MULTILINE)


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_database_holds_the_words(
    out: Path, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from pipeline.export.database.write import write_database

    to = f"sqlite:///{tmp_path}/copy.db"
    address = request.getfixturevalue("database") if kind == "postgresql" else to
    write_database(out / "claims.sqlite", address)
    with engine_of(parse(address)).connect() as connection:
        found = dict(connection.execute(sa.text("SELECT claim_id, claim_text FROM claims")).all())
        path, title = connection.execute(sa.text("SELECT path, title FROM documents")).one()
        (text,) = connection.execute(sa.text("SELECT text FROM texts")).one()
    assert found == {row["claim_id"]: row["claim_text"] for row in claims_of(out)}
    assert (path, title) == ("=cmd' <b>.txt", "=1+1")
    assert "DROP TABLE claims;--" in text
