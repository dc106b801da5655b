"""Readers: one module a format, with `SUFFIXES` and `read(raw, path, options)`.

Adding a format is adding one module here; the package lists its own modules. `path` is below
the corpus root. Nothing here opens a file but `read_file`, and nothing opens a connection.
"""

from __future__ import annotations

import ast
import os
import pkgutil
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Protocol, cast

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.metadata.facts import FIELDS
from pipeline.ingest.readers.gz import GZIP, inflate
from pipeline.ingest.readers.options import Options
from pipeline.records import SourceDocument

__all__ = ["Options", "is_known", "read_file", "read_raw", "suffixes"]


# Neither links nor waiting for the other end of a pipe, where the system knows these flags.
OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
SURROGATE = re.compile("[\ud800-\udfff]")


class Reader(Protocol):
    """What a module of this package offers."""

    SUFFIXES: tuple[str, ...]

    def read(self, raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
        """The articles of a file, in its order; raises DocumentError."""
        ...


@cache
def modules() -> dict[str, str]:
    """Suffix, in lower case and with its dot, to the name of the reader's module.

    The suffixes are taken from the modules' source: importing all of them costs a second, which
    a corpus of text files should not pay.
    """
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        name = f"{__name__}.{module.name}"
        for node in ast.parse(source_of(name)).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SUFFIXES":
                found.update(dict.fromkeys(ast.literal_eval(node.value), name))
    return found


def source_of(name: str) -> str:
    spec = find_spec(name)
    loader = spec.loader if spec else None
    return (loader.get_source(name) or "") if isinstance(loader, InspectLoader) else ""


def suffixes() -> tuple[str, ...]:
    """All suffixes that can be read, sorted; each may be followed by .gz."""
    return tuple(sorted(modules()))


def plain(path: str) -> str:
    """The path without .gz."""
    return path[: -len(GZIP)] if path.lower().endswith(GZIP) else path


def suffix_of(path: str) -> str:
    return PurePosixPath(plain(path)).suffix.lower()


def is_known(path: str) -> bool:
    """Is there a reader for a file of this name?"""
    return suffix_of(path) in modules()


def read_file(
    root: Path, path: str, options: Options | None = None, *, max_bytes: int = 0
) -> Iterator[SourceDocument]:
    """The articles of the file `path` below `root`; `max_bytes` stands in for its option.

    Raises:
        DocumentError: with one of these reasons: vanished, unreadable, too_large, empty,
            binary, undecodable, broken, protected, scanned, unknown_format.
    """
    options = options or Options()
    if max_bytes:
        options = replace(options, max_bytes=max_bytes)
    yield from read_raw(load(root, path, options.max_bytes), path, options)


def read_raw(raw: bytes, path: str, options: Options | None = None) -> Iterator[SourceDocument]:
    """The articles of a file whose bytes are at hand; SHA-256 is of these bytes."""
    options = options or Options()
    name = modules().get(suffix_of(path))
    if name is None:
        raise DocumentError(path, "unknown_format", f"no reader for {suffix_of(path)!r} files")
    reader = cast(Reader, import_module(name))
    if path.lower().endswith(GZIP):
        found = reader.read(inflate(raw, path, options), path, options.of_file(raw))
    else:
        found = reader.read(raw, path, options)
    yield from map(storable, found)


def storable(source: SourceDocument) -> SourceDocument:
    """The document without lone surrogates, which JSON may name and no UTF-8 file can hold."""
    facts = {
        name: replace(fact, value=SURROGATE.sub("\ufffd", fact.value))
        for name in FIELDS
        if (fact := getattr(source.page, name)) is not None and SURROGATE.search(fact.value)
    }
    if facts:
        source = replace(source, page=replace(source.page, **facts))
    if SURROGATE.search(source.path):
        path = SURROGATE.sub("\ufffd", source.path)
        source = replace(source, path=path, doc_id=doc_id(path))
    if SURROGATE.search(source.text):
        source = replace(source, text=SURROGATE.sub("\ufffd", source.text))
    return source


def load(root: Path, path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file; neither links nor pipes are opened, whatever came meanwhile."""
    file = root / path
    try:
        if not file.resolve().parent.is_relative_to(root.resolve()):
            raise DocumentError(path, "unreadable", "it lies outside the corpus folder")
        handle = os.open(file, OPEN)
    except FileNotFoundError as error:
        raise DocumentError(path, "vanished", "the file is gone since it was listed") from error
    except (OSError, ValueError) as error:
        raise DocumentError(path, "unreadable", f"cannot be opened: {error}") from error
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(path, "unreadable", "not a regular file")
        too_large = f"larger than the limit of {max_bytes:,} bytes"
        if status.st_size > max_bytes:
            raise DocumentError(path, "too_large", f"{status.st_size:,} bytes: {too_large}")
        try:
            raw = opened.read(max_bytes + 1)
        except OSError as error:
            raise DocumentError(path, "unreadable", f"cannot be read: {error}") from error
    if len(raw) > max_bytes:
        raise DocumentError(path, "too_large", f"grew while it was read: {too_large}")
    return raw
