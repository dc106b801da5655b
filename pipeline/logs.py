"""Log lines of a run, as text or JSON, each with the run's id; workers write them too."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from datetime import UTC, datetime


def new_run_id() -> str:
    """Sorts by time and is not given twice."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


class TextLines(logging.Formatter):
    """`2024-05-01T03:00:00+00:00 INFO 20240501T030000-ab12cd read 12 files`."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self.run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        words = super().format(record)  # with the traceback, if there is one
        return f"{time_of(record)} {record.levelname} {self.run_id} {words}"


class JsonLines(TextLines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": time_of(record),
            "level": record.levelname.lower(),
            "run": self.run_id,
            "process": record.process,
            "logger": record.name,
            "message": logging.Formatter().format(record),
        }
        return json.dumps(line)


def time_of(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def configure(log_format: str, run_id: str) -> None:
    """Sends what the pipeline logs to standard error, in this process.

    On a terminal only warnings are shown: the summary tells the rest.

    Args:
        log_format: "text" or "json".
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(run_id) if log_format == "json" else TextLines(run_id))
    logger = logging.getLogger("pipeline")
    for old in list(logger.handlers):
        logger.removeHandler(old)
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING if sys.stderr.isatty() else logging.INFO)
    logger.propagate = False
