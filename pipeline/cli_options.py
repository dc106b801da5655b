"""What several commands have in common: settings, and errors that a reader understands."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pipeline.errors import PipelineError

CORPUS = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DECISIONS = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Ends the process with the message and exit status of a PipelineError; no traceback."""
    try:
        yield
    except PipelineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_status)


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that every command with settings has; hands over `sourced`."""

    @click.option("--config", type=FILE, help="A TOML file of settings (default: claims.toml).")
    @click.option("--model", help="Model name, or a folder with a spaCy pipeline.")
    @click.option("--workers", type=int, help="Processes; 0 chooses.")
    @click.option("--date-order", help="How 03/04/2021 in metadata.csv is meant: DMY, MDY, YMD.")
    @click.option("--state", help="Folder of the run's memory.")
    @click.option("--log-format", help="Log lines on standard error: text or json.")
    @functools.wraps(command)
    def wrapped(
        config: Path | None,
        model: str | None,
        workers: int | None,
        date_order: str | None,
        state: str | None,
        log_format: str | None,
        **rest: Any,
    ) -> Any:
        from pipeline.config import load_settings

        flags = {
            "model": model,
            "workers": workers,
            "date_order": date_order,
            "state": state,
            "log_format": log_format,
        }
        with readable_errors():
            sourced = load_settings(config, os.environ, flags)
            return command(sourced=sourced, **rest)

    return wrapped
