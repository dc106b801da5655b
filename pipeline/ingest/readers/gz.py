"""Unpacking .gz files with limits; not a reader of its own."""

from __future__ import annotations

import gzip
import io
import zlib

from pipeline.errors import DocumentError
from pipeline.ingest.readers.options import Options

GZIP = ".gz"
FREE = 10_000_000  # bytes that may come out whatever the ratio: tiny files of one letter are fine
CHUNK = 1 << 20


def inflate(raw: bytes, path: str, options: Options) -> bytes:
    """The unpacked bytes of all members.

    Raises:
        DocumentError: broken, too_large (size or ratio over the limits of a decompression bomb).
    """
    limit = min(options.max_bytes, max(FREE, len(raw) * options.max_ratio))
    out: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as unpacked:
            while piece := unpacked.read(CHUNK):
                size += len(piece)
                if size > limit:
                    words = f"unpacks to more than the limit of {limit:,} bytes"
                    raise DocumentError(path, "too_large", words)
                out.append(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentError(path, "broken", f"damaged gzip data: {error}") from error
    return b"".join(out)
