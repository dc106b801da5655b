"""The memory between runs: what each file and each text gave, and what made that result.

One SQLite file. Losing it costs time, never data: every row can be made again.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import PipelineError
from pipeline.store.fingerprint import digest

log = logging.getLogger(__name__)

Result = TypeVar("Result")

VERSION = 4
SECONDS_BETWEEN_COMMITS = 5
SCHEMA = """
create table if not exists files(
    path text primary key,    -- below the corpus root
    stat text not null,       -- size, times and inode when it was read
    maker text not null,      -- fingerprint of what made the outcome
    reasons text not null,    -- JSON list: why documents of it are in quarantine
    due text not null,        -- first day on which it must be read again, or ''
    digest text not null,     -- of the outcome
    outcome blob not null     -- FileOutcome; last, so that the others are read without it
) without rowid;
create table if not exists analyses(
    key text primary key,     -- fingerprint of text, publication date, model and code
    reason text not null,     -- why there is none, or ''
    digest text not null,     -- of the analysis
    analysis blob not null
) without rowid;
-- What happened and was not reported yet, also by runs that were killed: ('document', doc_id),
-- ('quarantine', path).
create table if not exists news(
    kind text not null, name text not null, primary key(kind, name)
) without rowid;
create table if not exists facts(name text primary key, value text not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is remembered of one file."""

    path: str
    stat: str
    maker: str


class DamagedStateError(PipelineError):
    """The memory was damaged and is put aside: the same run again begins a new one."""


def anew_if_damaged(work: Callable[[], Result]) -> Result:
    """Does the work on a memory again if that was damaged: a new one fills itself."""
    try:
        return work()
    except DamagedStateError as error:
        log.warning("%s: every document is read again", error)
        return work()


FILE = "state.sqlite"


class Reader:
    """What the memory holds of files and texts; other processes read it beside the run.

    A context manager.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._db.close()

    def outcome(self, path: str) -> bytes:
        row = self._db.execute("select outcome from files where path = ?", (path,)).fetchone()
        return bytes(row[0])

    def outcomes(self) -> Iterator[tuple[str, bytes]]:
        """(path, outcome) sorted by path."""
        yield from self._db.execute("select path, outcome from files order by path")

    def sizes(self) -> Iterator[tuple[str, int]]:
        """(path, bytes of its outcome) sorted by path."""
        yield from self._db.execute("select path, length(outcome) from files order by path")

    def analysis(self, key: str) -> bytes | None:
        row = self._db.execute("select analysis from analyses where key = ?", (key,)).fetchone()
        return row[0] if row else None


class State(Reader):
    """Opened for one run; a context manager.

    A file that is damaged or of another version is put aside and begun anew.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._committed = time.monotonic()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except (OSError, sqlite3.OperationalError) as error:
            raise PipelineError(
                f"{folder}: the run's memory cannot be kept there ({error});"
                " name another folder with the setting `state`"
            ) from error

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path)
        try:
            version = db.execute("pragma user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError(f"version {version}")
            db.execute("pragma journal_mode = wal")
            db.execute("pragma synchronous = normal")
            db.executescript(SCHEMA)
            db.execute(f"pragma user_version = {VERSION}")
        except sqlite3.OperationalError:
            db.close()
            raise
        except sqlite3.DatabaseError:
            db.close()
            self._put_aside()
            return self._open()
        return db

    def _put_aside(self) -> None:
        self.path.replace(self.path.with_suffix(".damaged"))
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def __enter__(self) -> State:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Tells damage that shows only while the file is read from other errors.

        Raises:
            DamagedStateError: the file is damaged and was put aside.
            PipelineError: it cannot be written.
        """
        damaged = isinstance(error, sqlite3.DatabaseError | msgspec.DecodeError) and (
            isinstance(error, msgspec.DecodeError) or self._is_damaged()
        )
        self._db.close()
        if damaged:
            self._put_aside()
            raise DamagedStateError(f"{self.path}: damaged ({error}); put aside") from error
        if isinstance(error, sqlite3.OperationalError):
            raise PipelineError(
                f"{self.path}: {error}; the outputs are as they were before. Make room or mend"
                " the disk, then run again"
            ) from error

    def _is_damaged(self) -> bool:
        try:
            found = self._db.execute("pragma quick_check(1)").fetchone()
        except sqlite3.OperationalError:
            return False  # the disk fails or is full; the file may be sound
        except sqlite3.DatabaseError:
            return True
        return found is None or found[0] != "ok"

    def commit(self) -> None:
        self._db.commit()
        self._committed = time.monotonic()

    def commit_now_and_then(self) -> None:
        """A killed run loses the work of a few seconds, and not every row costs a disk write."""
        if time.monotonic() - self._committed > SECONDS_BETWEEN_COMMITS:
            self.commit()

    # ------------------------------------------------------------ files

    def files(self) -> dict[str, FileRow]:
        rows = self._db.execute("select path, stat, maker from files")
        return {row[0]: FileRow(*row) for row in rows}

    def digest(self) -> str:
        """Fingerprint of all outcomes and their paths."""
        rows = self._db.execute("select path, digest from files order by path")
        return digest(*(word for row in rows for word in row))

    def put_file(
        self, row: FileRow, outcome: bytes, reasons: Collection[str] = (), due: str = ""
    ) -> None:
        """Remembers a file.

        Args:
            reasons: why documents of it are in quarantine.
            due: first day on which it must be read again though it did not change, "" for none.
        """
        why = json.dumps([*reasons])
        self._db.execute(
            "insert or replace into files values(?, ?, ?, ?, ?, ?, ?)",
            (row.path, row.stat, row.maker, why, due, digest(outcome), outcome),
        )

    def files_due(self) -> dict[str, str]:
        """Path -> day, of the files that must be read again some day."""
        return dict(self._db.execute("select path, due from files where due <> ''"))

    def files_in_quarantine(self) -> dict[str, list[str]]:
        """Path -> reasons."""
        rows = self._db.execute("select path, reasons from files where reasons <> '[]'")
        return {path: json.loads(reasons) for path, reasons in rows}

    def forget_files(self, paths: Iterable[str]) -> None:
        self._db.executemany("delete from files where path = ?", ((path,) for path in paths))

    def file_rows(self) -> Iterator[tuple[str, str, str, str, str, str, bytes]]:
        """(path, stat, maker, reasons, due, digest, outcome) sorted by path."""
        yield from self._db.execute("select * from files order by path")

    # ------------------------------------------------------------ analyses

    def has_analysis(self, key: str) -> bool:
        found = self._db.execute("select 1 from analyses where key = ?", (key,)).fetchone()
        return found is not None

    def put_analysis(self, key: str, analysis: bytes, reason: str = "") -> None:
        """`reason` says why there is none."""
        self._db.execute(
            "insert or replace into analyses values(?, ?, ?, ?)",
            (key, reason, digest(analysis), analysis),
        )

    def analysis_rows(self) -> Iterator[tuple[str, str, str, bytes]]:
        """(key, reason, digest, analysis) sorted by key."""
        yield from self._db.execute("select * from analyses order by key")

    def analyses_digest(self) -> str:
        """Fingerprint of all analyses and their keys."""
        rows = self._db.execute("select key, digest from analyses order by key")
        return digest(*(word for row in rows for word in row))

    def forget_analyses(self, keys: Iterable[str]) -> None:
        self._db.executemany("delete from analyses where key = ?", ((key,) for key in keys))

    def failed_analyses(self) -> dict[str, str]:
        """Key -> why there is none."""
        return dict(self._db.execute("select key, reason from analyses where reason <> ''"))

    def keep_analyses(self, keys: set[str]) -> None:
        """Forget every analysis that no document of this corpus has any more."""
        known = {row[0] for row in self._db.execute("select key from analyses")}
        self.forget_analyses(sorted(known - keys))

    # ------------------------------------------------------------ facts

    def fact(self, name: str) -> str:
        row = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def put_fact(self, name: str, value: str) -> None:
        self._db.execute("insert or replace into facts values(?, ?)", (name, value))

    # ------------------------------------------------------------ news

    def put_news(self, kind: str, names: Iterable[str]) -> None:
        rows = ((kind, name) for name in names)
        self._db.executemany("insert or ignore into news values(?, ?)", rows)

    def news(self, kind: str) -> list[str]:
        rows = self._db.execute("select name from news where kind = ? order by name", (kind,))
        return [row[0] for row in rows]

    def forget_news(self, kind: str, names: Iterable[str] | None = None) -> None:
        """Of all names, or of these."""
        if names is None:
            self._db.execute("delete from news where kind = ?", (kind,))
        else:
            rows = ((kind, name) for name in names)
            self._db.executemany("delete from news where kind = ? and name = ?", rows)
