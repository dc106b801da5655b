"""Rows in, output files out: `write_all`.

claims.sqlite is written first, document by document; every other file is made from it in
pieces, so memory does not grow with the number of articles. An exporter is a module `to_*` of
this package with `FILE`, the name of its file or folder, and `write(tables, path)`; adding one is
adding a file.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from pipeline.executors.base import Executor, Here, all_of
from pipeline.export.publish import new_version
from pipeline.export.reader import TableReader
from pipeline.export.stats import Stats, stats
from pipeline.records import Problem
from pipeline.review.decisions import DecisionFiles

if TYPE_CHECKING:
    from pipeline.export.additions import Addition
    from pipeline.review.entities import Redirect

DATABASE = "claims.sqlite"


class Exporter(Protocol):
    """A module that writes one file or folder of the outputs."""

    FILE: str

    def write(self, tables: TableReader, path: Path) -> None: ...


LONGEST = ("to_xlsx", "to_plots", "to_parquet")  # they begin first: no worker is left waiting


def exporters() -> list[str]:
    """The modules of this package that are exporters, those that take longest first.

    They are not imported here: each needs libraries that only the process that runs it should load.
    """
    names = {found.name for found in pkgutil.iter_modules(__path__)} - {"to_sqlite", *LONGEST}
    return [*LONGEST, *sorted(name for name in names if name.startswith("to_"))]


def write_part(part: tuple[str, Path]) -> None:
    """Write the file of one exporter, by its name, into a folder that holds the database."""
    name, folder = part
    exporter = cast(Exporter, import_module(f"{__name__}.{name}"))
    with TableReader(folder / DATABASE) as tables:
        exporter.write(tables, folder / exporter.FILE)


def write_all(
    additions: Iterable[Addition],
    out: Path,
    *,
    set_aside: Iterable[Problem] = (),
    redirects: Iterable[Redirect] = (),
    facts: Mapping[str, str] | None = None,
    decisions: DecisionFiles | None = None,
    workers: Executor | None = None,
) -> Stats:
    """Replace all output files in `out` together, or none of them.

    The files depend on the arguments only: the same ones give the same bytes.

    Args:
        additions: what each document adds, in an order that is always the same; read once, one at
            a time.
        set_aside: more rows of `set_aside` than the additions have.
        redirects: more old and new ids of merged entities than the additions have.
        facts: what the results depend on besides the corpus, such as the model's name and
            version, for datapackage.json.
        decisions: what analysts decided in earlier tables.
        workers: compare claims and write several files at a time; None does it here.

    Raises:
        ConfigError: `out` cannot be written to.
        PipelineError: writing failed; the last outputs are in place.
    """
    from pipeline.export import datapackage, to_sqlite

    workers = workers or Here()
    with new_version(out) as folder:
        database = folder / DATABASE
        to_sqlite.write(
            additions,
            database,
            set_aside=set_aside,
            redirects=redirects,
            decisions=decisions,
            workers=workers,
        )
        parts = [(name, folder) for name in exporters()]
        for _ in all_of(workers.map(write_part, parts), f"writing {out}"):
            pass  # each writes its file
        with TableReader(database) as tables:
            counted = stats(tables)
        datapackage.write(folder, facts or {})
    return counted
