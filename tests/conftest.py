"""Fixtures shared by all tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipeline.nlp.model import build

OF_A_RUN = {"run.json", "history.sqlite"}  # facts about a run, which differ from one to the next


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole Language as a run uses it; loaded once."""
    return build()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that knows no word and loads at once: dates and sums are found all the same."""
    folder = tmp_path_factory.mktemp("model") / "blank"
    spacy.blank("en").to_disk(folder)
    return str(folder)


@pytest.fixture(scope="session")
def tables() -> Callable[[Path], dict[str, str]]:
    """Every file that a run wrote below an output folder, by its SHA-256."""

    def hashes(out: Path) -> dict[str, str]:
        return {
            path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(out.rglob("*"))
            if path.is_file() and path.name not in OF_A_RUN and ".shards" not in path.parts
        }

    return hashes
