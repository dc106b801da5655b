"""What a reader may be told: limits, and the columns of lists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Options:
    """Limits in bytes, and where lists of articles keep what.

    Attributes:
        max_bytes: of a file, also after it is unpacked.
        max_ratio: unpacked to packed size of gzip and ZIP data.
        max_records: articles in one file.
        columns: our field (text, title, outlet, author, published, url, id) to the name of
            the list's column; fields that are not named here are found by usual names.
        sha256: of the raw file, where the reader gets other bytes than the file's; else "".
    """

    max_bytes: int = 200_000_000
    max_ratio: int = 200
    max_records: int = 1_000_000
    columns: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    def of_file(self, raw: bytes) -> Options:
        """The same, remembering the hash of the file that the bytes were unpacked from."""
        return replace(self, sha256=hashlib.sha256(raw).hexdigest())

    def hash_of(self, raw: bytes) -> str:
        """SHA-256 of the raw file, of which `raw` are the (unpacked) bytes."""
        return self.sha256 or hashlib.sha256(raw).hexdigest()
