"""Limits on ZIP data (DOCX, XLSX) before a library unpacks it; not a reader of its own."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.errors import DocumentError
from pipeline.ingest.readers.options import Options

FREE = 10_000_000  # bytes that may come out whatever the ratio
MAX_PARTS = 10_000
#: What the standard library raises on ZIP data that is damaged.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_zip(raw: bytes, path: str, options: Options) -> None:
    """Returns if the archive is whole and unpacks to a reasonable size.

    Raises:
        DocumentError: broken, protected, too_large.
    """
    if raw.startswith(OLE):  # Office wraps what it encrypts, and what it wrote before 2007
        raise DocumentError(path, "protected", "protected with a password, or of an old Office")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except DAMAGE as error:
        raise DocumentError(path, "broken", f"damaged: {error}") from error
    size = sum(part.file_size for part in parts)
    limit = min(options.max_bytes, max(FREE, len(raw) * options.max_ratio))
    if size > limit or len(parts) > MAX_PARTS:
        raise DocumentError(path, "too_large", f"unpacks to more than the limit of {limit:,} bytes")
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(path, "protected", "protected with a password")
