"""Fixtures shared by all tests."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.nlp.model import build


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole Language as a run uses it; loaded once."""
    return build()
