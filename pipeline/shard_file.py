"""The Parquet file that holds what was found in one shard of a corpus.

It holds what the memory of a run holds (`store.state`): a row for each file of the corpus and
one for each text that was analysed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from glob import escape
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigError, PipelineError
from pipeline.store.state import FileRow, State

FORMAT = 2
ABOUT = b"claims_shard"  # key of `About` in the file's metadata
BATCH = 500  # rows held at a time
MEMORY = "1GB"  # of DuckDB; beyond, it sorts on disk
SCHEMA = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),  # file, text
        pa.field("key", pa.string(), nullable=False),  # path of a file, fingerprint of a text
        pa.field("stat", pa.string(), nullable=False),  # of files, see FileRow
        pa.field("maker", pa.string(), nullable=False),  # of files, see FileRow
        pa.field("reasons", pa.string(), nullable=False),  # of quarantine; JSON list for files
        pa.field("due", pa.string(), nullable=False),  # of files, see State.put_file
        pa.field("digest", pa.string(), nullable=False),  # of data
        pa.field("data", pa.binary(), nullable=False),  # FileOutcome or Analysed, msgpack
    ]
)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard file says of itself.

    Attributes:
        maker: fingerprint of model, watch list and code of the analysis.
        content: fingerprint of all rows.
        corpus: the folders that were read.
        outside: the list of what lies there and is no article, JSON.
        model: SHA-256 of the model.
    """

    index: int
    count: int
    maker: str
    content: str
    corpus: tuple[str, ...]
    outside: str
    model: str
    format: int = FORMAT


def write_shard(state: State, about: About, path: Path) -> None:
    """Write all that a memory holds; the file appears whole or not at all."""
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        left.unlink(missing_ok=True)  # by a process that was killed: the caller holds the lock
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    schema = SCHEMA.with_metadata({ABOUT: msgspec.json.encode(about)})
    rows = chain(
        (("file", *row) for row in state.file_rows()),
        (("text", key, "", "", why, "", *rest) for key, why, *rest in state.analysis_rows()),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            while batch := list(islice(rows, BATCH)):
                columns = [list(column) for column in zip(*batch, strict=True)]
                writer.write_table(pa.Table.from_arrays([*map(pa.array, columns)], schema=schema))
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise PipelineError(f"{path}: cannot be written ({error}); make room or mend it") from error
    finally:
        draft.unlink(missing_ok=True)


def read_about(path: Path) -> About:
    """What a shard file says of itself.

    Raises:
        ConfigError: it is no shard file, or one of another version.
    """
    try:
        metadata = pq.read_schema(path).metadata or {}
        about = msgspec.json.decode(metadata[ABOUT], type=About)
    except (OSError, pa.ArrowException, KeyError, msgspec.MsgspecError) as error:
        raise ConfigError(f"{path}: no shard file of this version ({error})") from error
    if about.format != FORMAT:
        raise ConfigError(f"{path}: written by another version; run its shard again")
    return about


def load_shard(path: Path, state: State) -> None:
    """Put a shard's rows into a memory."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=BATCH):
            put_rows(state, batch.to_pylist())


def put_rows(state: State, rows: list[dict[str, Any]]) -> None:
    """Put rows of a shard file into a memory."""
    for row in rows:
        if row["kind"] == "file":
            state.put_file(file_row(row), row["data"], json.loads(row["reasons"]), row["due"])
        else:
            state.put_analysis(row["key"], row["data"], row["reasons"])


def file_row(row: dict[str, Any]) -> FileRow:
    return FileRow(row["key"], row["stat"], row["maker"])


_CHOSEN = """
select * from read_parquet(?) where kind = ?
qualify row_number() over (partition by key order by digest) = 1 order by key
"""


def chosen_rows(paths: Sequence[Path], kind: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of one kind of many files, each key once, sorted by key, some at a time.

    What does not fit into memory is sorted on disk.

    Raises:
        ConfigError: duckdb is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ConfigError("merging needs duckdb: pip install 'claims-pipeline[merge]'") from error
    names = [str(path) for path in dict.fromkeys(path.resolve() for path in paths)]
    with tempfile.TemporaryDirectory(prefix="claims-merge-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": folder,
            "threads": 1,
        }
        with duckdb.connect(config=settings) as connection:
            found = connection.sql(_CHOSEN, params=[names, kind])
            for batch in found.to_arrow_reader(BATCH):
                yield batch.to_pylist()
