"""The `clean` layer of `claims annotate`."""

from __future__ import annotations

from typing import Any


def clean_record(record: dict[str, Any]) -> str:
    """The cleaned text of a record with `raw_text`, `html` or `html_path`."""
    raise NotImplementedError
