"""One run at a time: a lock that the operating system drops when its owner dies.

The folders themselves are locked. A file beside says who holds the lock, for people only: it is
gone after an orderly end, and what a killed run left of it is never believed.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import LockedError, PipelineError

OWNER = ".owner.json"
PATIENCE = 2.0  # seconds in which an owner that has just begun writes its name


@contextmanager
def lock(*folders: Path) -> Iterator[None]:
    """Holds the folders' locks for the length of the block.

    Raises:
        LockedError: a live process holds one; says which and since when.
        PipelineError: a folder cannot be locked.
    """
    with ExitStack() as held:
        # In one order for all runs, or two of them could refuse each other.
        for folder in sorted({folder.resolve() for folder in folders}):
            held.enter_context(lock_folder(folder))
        yield


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    owner_file = folder / OWNER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise PipelineError(f"{folder}: cannot be used ({error.strerror})") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            owner_file.write_text(json.dumps(owner()), "utf-8")
        except BlockingIOError as error:
            raise LockedError(describe(folder)) from error
        except OSError as error:
            raise PipelineError(f"{folder}: cannot be locked ({error.strerror})") from error
        try:
            yield
        finally:
            owner_file.unlink(missing_ok=True)
    finally:
        os.close(handle)


def owner() -> dict[str, Any]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": platform.node(), "since": since}


def describe(folder: Path) -> str:
    """Who holds the lock of a folder and since when."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = read_owner(folder / OWNER)
        if found is not None:
            pid, since = found
            return f"another run (process {pid}) works on {folder} since {since}"
        time.sleep(0.02)
    return f"another run works on {folder}; it did not say which"


def read_owner(file: Path) -> tuple[int, str] | None:
    """Process and start of the owner; None where the file names none that can live."""
    try:
        found = json.loads(file.read_text("utf-8"))
        pid, host, since = int(found["pid"]), str(found["host"]), str(found["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it is being written, or was cut off
    return (pid, since) if host != platform.node() or is_alive(pid) else None


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True  # somebody else's
    return True
