"""The `clean` layer: records of the three shapes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest.annotate import clean_record

PARAGRAPHS = [
    "The council of Riverside opened a new bridge on Monday, three years after the old one was"
    " closed because of cracks in its northern pier, the mayor said.",
    "The bridge cost $4 million, a tenth more than was planned, and will carry ten thousand cars a"
    " day, according to the city's own figures.",
]
PAGE = (
    "<html><head><title>Bridge</title></head><body><nav><a href='/'>Home</a></nav>"
    f"<article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_raw_text_is_cleaned_with_its_line_breaks() -> None:
    record = {"id": "1", "raw_text": f"\ufeff{PARAGRAPHS[0]}\r\n\r\n{PARAGRAPHS[1]}"}
    assert lines(clean_record(record)) == PARAGRAPHS


def test_html_is_cleaned() -> None:
    assert lines(clean_record({"id": "1", "html": PAGE})) == PARAGRAPHS


def test_a_page_beside_the_records_is_read(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    record = {"id": "1", "html_path": "html/a.html.gz", "_folder": str(tmp_path)}
    assert lines(clean_record(record)) == PARAGRAPHS


def test_an_empty_text_stays_empty() -> None:
    assert clean_record({"id": "1", "raw_text": " \n"}) == ""


def test_a_missing_page_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="gone since it was listed"):
        clean_record({"id": "1", "html_path": "no.html", "_folder": str(tmp_path)})
