"""The memory between runs: what each file and each text gave, and what made that result.

One SQLite file. Losing it costs time, never data: every row can be made again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.store.fingerprint import digest

VERSION = 1
SECONDS_BETWEEN_COMMITS = 5
SCHEMA = """
create table if not exists files(
    path text primary key,    -- below the corpus root
    stat text not null,       -- size, times and inode when it was read
    maker text not null,      -- fingerprint of what made the outcome
    outcome blob not null     -- FileOutcome
) without rowid;
create table if not exists analyses(
    key text primary key,     -- fingerprint of text, publication date, model and code
    analysis blob not null
) without rowid;
create table if not exists facts(name text primary key, value text not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is remembered of one file."""

    path: str
    stat: str
    maker: str


class State:
    """Opened for one run; a context manager.

    A file that is damaged or of another version is put aside and begun anew.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state.sqlite"
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
            self.path.replace(self.path.with_suffix(".damaged"))
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            return self._open()
        return db

    def __enter__(self) -> State:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

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
        """Fingerprint of all files and what made their outcomes."""
        rows = self._db.execute("select path, stat, maker from files order by path")
        return digest(*(f"{path}\0{stat}\0{maker}" for path, stat, maker in rows))

    def put_file(self, row: FileRow, outcome: bytes) -> None:
        self._db.execute(
            "insert or replace into files values(?, ?, ?, ?)",
            (row.path, row.stat, row.maker, outcome),
        )

    def forget_files(self, paths: Iterable[str]) -> None:
        self._db.executemany("delete from files where path = ?", ((path,) for path in paths))

    def outcomes(self) -> Iterator[tuple[str, bytes]]:
        """(path, outcome) sorted by path."""
        yield from self._db.execute("select path, outcome from files order by path")

    def outcome(self, path: str) -> bytes:
        row = self._db.execute("select outcome from files where path = ?", (path,)).fetchone()
        return bytes(row[0])

    # ------------------------------------------------------------ analyses

    def has_analysis(self, key: str) -> bool:
        found = self._db.execute("select 1 from analyses where key = ?", (key,)).fetchone()
        return found is not None

    def analysis(self, key: str) -> bytes | None:
        row = self._db.execute("select analysis from analyses where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put_analysis(self, key: str, analysis: bytes) -> None:
        self._db.execute("insert or replace into analyses values(?, ?)", (key, analysis))

    def forget_analyses(self, keys: Iterable[str]) -> None:
        self._db.executemany("delete from analyses where key = ?", ((key,) for key in keys))

    def analyses(self) -> Iterator[tuple[str, bytes]]:
        yield from self._db.execute("select key, analysis from analyses order by key")

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
