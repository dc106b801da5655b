"""Settings come from a file, the environment and flags, in rising order, and are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Settings, load_settings
from pipeline.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    return file


def test_flags_win_over_environment_over_file(tmp_path: Path) -> None:
    file = write(tmp_path, 'model = "a"\nworkers = 1\ndate_order = "DMY"\n')
    found = load_settings(file, {"CLAIMS_MODEL": "b", "CLAIMS_WORKERS": "2"}, {"workers": 3})
    assert (found.settings.model, found.settings.workers) == ("b", 3)
    assert found.settings.date_order == "DMY"
    assert found.origin == {
        "model": "CLAIMS_MODEL",
        "workers": "--workers",
        "date_order": str(file),
    }


def test_lists_in_the_environment_are_separated_by_commas() -> None:
    found = load_settings(None, {"CLAIMS_LANGUAGES": "en, de"}, {})
    assert found.settings.languages == ("en", "de")


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings(None, {"PATH": "/bin"}, {"model": None}).settings == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("modell = 'x'", "unknown setting 'modell'", id="misspelt-key"),
        pytest.param("workers = 'many'", "must be a whole number", id="wrong-type"),
        pytest.param("workers = -1", "`workers` must be 0 or more", id="out-of-range"),
        pytest.param("date_order = 'YDM'", "must be one of: .* DMY, MDY, YMD", id="not-in-list"),
        pytest.param("languages = 'en'", "must be a list of texts", id="no-list"),
        pytest.param("columns = 3", "must be a table of texts", id="no-table"),
        pytest.param("workers = = 1", "not TOML", id="not-toml"),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        load_settings(write(tmp_path, text), {}, {})


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    file = write(tmp_path, "modell = 'x'\nworkers = 'many'\n")
    with pytest.raises(ConfigError) as error:
        load_settings(file, {"CLAIMS_NOPE": "1"}, {})
    assert len(str(error.value).splitlines()) == 3
