"""One run at a time: a lock that the operating system drops when its owner dies."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import LockedError


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Holds the folder's lock for the length of the block.

    Raises:
        LockedError: a live process holds it; says which and since when.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise LockedError(describe(file.read())) from error
        file.truncate(0)
        owner = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        file.write(json.dumps(owner))
        file.flush()
        yield


def describe(text: str) -> str:
    """Who holds the lock, in words; the owner may be between locking and writing its name."""
    try:
        owner = json.loads(text)
        return f"another run (process {owner['pid']}) holds this output since {owner['since']}"
    except (ValueError, KeyError):
        return "another run has just begun on this output"
