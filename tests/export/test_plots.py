"""The drawings of the report and the data behind them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.export import to_plots as plots
from pipeline.export import to_sqlite
from pipeline.export.additions import addition
from pipeline.export.reader import TableReader
from pipeline.export.to_report import PLOTS
from pipeline.records import DocumentResult

Build = Callable[..., DocumentResult]


def drawn(folder: Path, *results: DocumentResult) -> Path:
    to_sqlite.write([addition(results)], folder / "x.sqlite")
    with TableReader(folder / "x.sqlite") as tables:
        plots.write(tables, folder / "plots")
    return folder / "plots"


def data(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def letters(folder: Path, name: str) -> str:
    return "".join(ElementTree.parse(folder / f"{name}.svg").getroot().itertext())


def test_the_data_stand_beside_the_drawings(make_result: Build, tmp_path: Path) -> None:
    folder = drawn(tmp_path, make_result("a.txt"), make_result("b.txt"))
    assert data(folder, "timeline") == [["2021", "2"]]
    assert data(folder, "sources") == [["Dockers' Union", "2"]]
    assert data(folder, "money") == [["EUR", "3160000", "5620000", "2"]]
    assert "2021" in letters(folder, "timeline")
    assert "Dockers' Union" in letters(folder, "sources")
    assert "EUR" in letters(folder, "money")


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    folder = drawn(tmp_path)
    for name, _, _ in PLOTS:
        assert data(folder, name) == []
        assert "nothing to draw" in letters(folder, name)


def test_odd_names_and_sums_are_drawn(make_result: Build, tmp_path: Path) -> None:
    result = make_result()
    (claim,), (figure,) = result.analysis.claims, result.analysis.figures
    names = ("$x_1$ & <b>", "=1+1", "עברית 🚢", "a\x00b\nc", "x" * 500)
    amounts = (Decimal(0), Decimal(-5), Decimal("0.0001"), Decimal("1E+27"))
    analysis = replace(
        result.analysis,
        claims=tuple(replace(claim, source_name=name, text=name) for name in names),
        figures=tuple(replace(figure, amount=amount) for amount in amounts),
    )
    folder = drawn(tmp_path, replace(result, analysis=analysis))
    words = letters(folder, "sources")
    assert "$x_1$ & <b>" in words
    assert "x" * 39 + "…" in words
    assert "a␀b c" in words
    assert ["'=1+1", "1"] in data(folder, "sources")
    assert [row[3] for row in data(folder, "money")] == ["1", "1"]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.1, "0.1"), (1.0, "1"), (1000.0, "1,000"), (1e7, "10 million"), (1e9, "1 billion")],
)
def test_sizes_are_spelled(value: float, words: str) -> None:
    assert plots.spelled(value) == words


def test_years_without_a_claim_are_shown_too() -> None:
    assert plots.recent([("2019", 2), ("2021", 1)]) == [("2019", 2), ("2020", 0), ("2021", 1)]
    assert len(plots.recent([("0001", 1), ("2021", 1)])) == plots.YEARS
