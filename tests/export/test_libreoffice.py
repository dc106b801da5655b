"""The workbook, opened and saved again by LibreOffice, is still the same workbook."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.export import write_all
from pipeline.export.additions import addition
from pipeline.records import DocumentResult, Fact

Build = Callable[..., DocumentResult]

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "<r><t>a</t></r>",
    "NA",
    "1E5",
    "2-3",
    "TRUE",
    "007",
    "2021-07",
)


def resave(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the workbook is not opened in it")
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(book)]
    done = subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert (folder / book.name).is_file(), done.stderr
    return folder / book.name


def test_every_cell_survives(make_result: Build, tmp_path: Path) -> None:
    results = []
    for number, words in enumerate(HOSTILE):
        result = make_result(f"{number:02}.txt")
        (claim,) = result.analysis.claims
        claims = (replace(claim, subject=words, object=f"a\n{words}", source_name=f"\t{words}"),)
        metadata = replace(result.metadata, title=Fact(words, "text"))
        analysis = replace(result.analysis, claims=claims)
        results.append(replace(result, metadata=metadata, analysis=analysis))
    write_all([addition(results)], tmp_path / "out")
    (tmp_path / "again").mkdir()
    saved = resave(tmp_path / "out" / "claims.xlsx", tmp_path / "again")
    before, after = (
        openpyxl.load_workbook(tmp_path / "out" / "claims.xlsx"),
        openpyxl.load_workbook(saved),
    )
    assert after.sheetnames == before.sheetnames
    for name in before.sheetnames:
        rows = zip(before[name].iter_rows(), after[name].iter_rows(), strict=True)
        for one, other in rows:
            values = [cell.value for cell in one], [cell.value for cell in other]
            assert values[0] == values[1], name
            assert [cell.data_type for cell in one] == [cell.data_type for cell in other], name
    lists = after["Claims"].data_validations.dataValidation
    assert any("accept" in rule.formula1 for rule in lists)
