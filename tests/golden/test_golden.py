"""The rows of corpus/samples are those that a person has read and accepted."""

from __future__ import annotations

import importlib.util
from pathlib import Path

HERE = Path(__file__).resolve().parent


def test_the_rows_of_the_samples_are_the_accepted_ones(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("renew", HERE / "renew.py")
    assert spec is not None and spec.loader is not None
    renew = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(renew)
    renew.write_tables(renew.golden_rows(), tmp_path)
    accepted = {path.name: path.read_text("utf-8") for path in HERE.glob("*.csv")}
    found = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.csv")}
    assert accepted, "no golden tables: run tests/golden/renew.py"
    assert found == accepted, "if the new rows are better, run tests/golden/renew.py"
