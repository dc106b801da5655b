"""Results in, output files out: `write_all`.

claims.sqlite is written first, document by document; every other file is made from it in
pieces, so memory does not grow with the number of articles. An exporter is a module of this
package with `FILE`, the name of its file or folder, and `write(tables, path)`; adding one is
adding a file.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from pipeline.export.publish import new_version
from pipeline.export.reader import TableReader
from pipeline.export.stats import Stats, stats
from pipeline.records import DocumentResult, Problem
from pipeline.review.decisions import DecisionFiles

DATABASE = "claims.sqlite"
#: Written before and after the exporters.
_APART = frozenset({"to_sqlite", "datapackage"})


class Exporter(Protocol):
    """A module that writes one file or folder of the outputs."""

    FILE: str

    def write(self, tables: TableReader, path: Path) -> None: ...


def exporters() -> dict[str, Exporter]:
    """The modules of this package that are exporters, by name."""
    modules = {
        found.name: import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if found.name not in _APART
    }
    return {
        name: cast(Exporter, module) for name, module in modules.items() if hasattr(module, "FILE")
    }


def write_all(
    results: Iterable[DocumentResult],
    problems: Iterable[Problem],
    set_aside: Iterable[Problem],
    out: Path,
    *,
    facts: Mapping[str, str] | None = None,
    redirects: Iterable[tuple[str, str]] = (),
    decisions: DecisionFiles | None = None,
) -> Stats:
    """Replace all output files in `out` together, or none of them.

    The files depend on the arguments only: the same ones give the same bytes.

    Args:
        results: in an order that is always the same; read once, one at a time, before
            `problems` and `set_aside`.
        problems: for the table `quarantine`, in any order.
        set_aside: for the table `set_aside`, in any order.
        facts: what the results depend on besides the corpus, such as the model's name and
            version, for datapackage.json.
        redirects: old and new id of entities that were merged.
        decisions: what analysts decided in earlier tables.

    Raises:
        ConfigError: `out` cannot be written to.
        PipelineError: writing failed; the last outputs are in place.
    """
    from pipeline.export import datapackage, to_sqlite

    with new_version(out) as folder:
        database = folder / DATABASE
        to_sqlite.write(results, problems, set_aside, redirects, database, decisions)
        with TableReader(database) as tables:
            for exporter in exporters().values():
                exporter.write(tables, folder / exporter.FILE)
            counted = stats(tables)
        datapackage.write(folder, facts or {})
    return counted
