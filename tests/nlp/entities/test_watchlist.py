"""The analyst's list of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.nlp.entities.watchlist import read_watchlist


def write(folder: Path, text: str) -> str:
    path = folder / "watchlist.csv"
    path.write_text(text, "utf-8-sig")
    return str(path)


def test_names_are_found_as_written_and_the_longest_first(tmp_path: Path) -> None:
    path = write(
        tmp_path, "name,aliases,type,id\nZorblatt Group,Zorblatt;ZG,ORG,Q1\nMaria Zor,,PERSON,Q2\n"
    )
    watchlist = read_watchlist(path)
    text = "Zorblatt Group and Zorblatt; ZG, not ZGB. Maria Zor left."
    assert [(text[start:end], kind) for start, end, kind in watchlist.find(text)] == [
        ("Zorblatt Group", "ORG"),
        ("Zorblatt", "ORG"),
        ("ZG", "ORG"),
        ("Maria Zor", "PERSON"),
    ]


def test_no_path_is_an_empty_list() -> None:
    assert list(read_watchlist("").find("Anything")) == []


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "name,aliases,type,id\nA,,COMPANY,Q1\n,,ORG,Q2\nB,,ORG,\n")
    with pytest.raises(ConfigError) as error:
        read_watchlist(path)
    assert all(f"row {row}" in str(error.value) for row in (2, 3, 4))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no column id"):
        read_watchlist(write(tmp_path, "name,type\nA,ORG\n"))


def test_a_missing_file_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_watchlist(str(tmp_path / "none.csv"))
