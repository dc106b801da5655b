"""One file's way to documents: signs of its encoding, and why documents are set aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest.process import ingest_file
from pipeline.ingest.readers.options import Options
from pipeline.ingest.tasks import CleanSettings, FileOutcome, FileTask
from pipeline.records import Metadata

WORDS = "The owners of the café said on Monday that they would not sell “La Brûlerie” this year."


def ingest(root: Path, name: str, raw: bytes) -> FileOutcome:
    (root / name).write_bytes(raw)
    task = FileTask(
        root=root,
        path=name,
        given=Metadata(),
        rows={},
        decisions={},
        cleaning=CleanSettings(),
        languages=("en",),
        reading=Options(),
        max_document_chars=100_000,
        today=date(2026, 1, 1),
    )
    return ingest_file(task)


def signs(outcome: FileOutcome) -> dict[str, str]:
    (found,) = outcome.documents
    return {sign.name: sign.words for sign in found.document.signs}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        pytest.param("a.txt", WORDS.encode("mac_roman"), id="mac"),
        pytest.param("a.txt", WORDS.encode() + b" It is \xff\x81.", id="strays"),
        pytest.param("a.md", WORDS.encode("mac_roman"), id="markdown"),
        pytest.param("a.html", f"<p>{WORDS}</p>".encode("mac_roman"), id="page"),
        pytest.param("a.csv", f"id,text\n1,{WORDS}\n".encode("mac_roman"), id="list"),
    ],
)
def test_a_guessed_encoding_is_a_sign(tmp_path: Path, name: str, raw: bytes) -> None:
    outcome = ingest(tmp_path, name, raw)
    found = signs(outcome)["encoding_guessed"]
    assert "read as" in found
    assert WORDS in outcome.documents[0].document.text


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        pytest.param("a.txt", WORDS.encode(), id="utf-8"),
        pytest.param("a.txt", WORDS.encode("utf-16"), id="utf-16"),
        pytest.param("a.txt", WORDS.encode("cp1252"), id="cp1252"),
        pytest.param("a.html", f"<meta charset=macintosh><p>{WORDS}</p>".encode("mac_roman"),
                     id="named-by-the-page"),
    ],
)  # fmt: skip
def test_a_certain_encoding_is_none(tmp_path: Path, name: str, raw: bytes) -> None:
    assert "encoding_guessed" not in signs(ingest(tmp_path, name, raw))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Le ministre a dit lundi que la production avait baissé.", "language_fr",
                     id="french"),
        pytest.param("Bon voyage.", "too_short_for_language", id="short"),
        pytest.param("Blorg fnarp qwib zxo snarf wub. " * 6, "language_", id="no-language"),
    ],
)  # fmt: skip
def test_why_a_document_is_set_aside(tmp_path: Path, text: str, reason: str) -> None:
    outcome = ingest(tmp_path, "a.txt", text.encode())
    assert not outcome.documents
    assert not outcome.quarantined
    (problem,) = outcome.set_aside
    assert problem.reason.startswith(reason)
    assert "only en is analysed" in problem.problem


def test_a_short_english_note_is_analysed(tmp_path: Path) -> None:
    (found,) = ingest(tmp_path, "a.txt", b"The plant closed on Monday.").documents
    assert (found.language, found.document.text) == ("en", "The plant closed on Monday.")
