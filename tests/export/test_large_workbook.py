"""A table of 100,000 claims as a workbook: written in constant memory, read back in bounded time.

It takes a minute: the largest thing that people open is worth it.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.export import to_sqlite
from pipeline.export.additions import addition
from pipeline.export.columns import table
from pipeline.records import DocumentResult

Build = Callable[..., DocumentResult]
LARGE, SMALL = 100_000, 1_000

WRITE = """
import resource, sys
from pathlib import Path
from pipeline.export import to_xlsx
from pipeline.export.reader import TableReader
with TableReader(Path(sys.argv[1])) as tables:
    to_xlsx.write(tables, Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
READ = """
import resource, sys
from pathlib import Path
from pipeline.export.reader import TableReader
from pipeline.review.decisions import DecisionFiles
from pipeline.review.sheet import pages
from pipeline.review.take import Taker
with TableReader(Path(sys.argv[1])) as tables:
    when = "2021-11-05T10:00:00Z"
    taker = Taker(tables, DecisionFiles(), reviewer="AQ", user="", when=when, order="")
    taker.read(pages(Path(sys.argv[2])))
    taking = taker.finish()
print(len(taking.taken), len(taking.refused))
"""


def claims_table(path: Path, result: DocumentResult, number: int) -> Path:
    """A database of so many claims, all like the one of the result but for words and id."""
    to_sqlite.write([addition([result])], path)
    other = {"claim_id": "printf('c_%016x', n)", "claim_text": "claim_text || ' (' || n || ')'"}
    names = table("claims").names
    cells = ", ".join(other.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            f"WITH RECURSIVE s(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < {number})"
            f" INSERT INTO claims ({quoted}) SELECT {cells} FROM s, (SELECT * FROM claims LIMIT 1)"
        )
        database.commit()
    return path


def python(program: str, *paths: Path) -> list[int]:
    """The numbers that a program prints, run in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=True)
    return [int(word) for word in done.stdout.split()]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, make_result: Build) -> Path:
    """The database, and claims.xlsx beside it."""
    folder = tmp_path_factory.mktemp("large")
    return claims_table(folder / "claims.sqlite", make_result("a.txt"), LARGE)


def test_memory_does_not_grow_with_the_claims(
    large: Path, make_result: Build, tmp_path: Path
) -> None:
    small = claims_table(tmp_path / "small.sqlite", make_result("a.txt"), SMALL)
    (little,) = python(WRITE, small, tmp_path / "small.xlsx")
    (much,) = python(WRITE, large, large.with_name("claims.xlsx"))
    assert much < little + 20, f"{SMALL} claims need {little} MB, {LARGE} need {much} MB"
    with zipfile.ZipFile(large.with_name("claims.xlsx")) as book:
        with book.open("xl/worksheets/sheet2.xml") as page:
            rows = sum(block.count(b"<row ") for block in iter(lambda: page.read(1 << 20), b""))
        assert LARGE <= rows <= LARGE + 1


def test_a_large_workbook_is_read_back(large: Path) -> None:
    book = large.with_name("claims.xlsx")
    if not book.is_file():
        python(WRITE, large, book)
    begun = time.monotonic()
    assert python(READ, large, book) == [0, 0]
    assert time.monotonic() - begun < 180
