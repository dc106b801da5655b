"""Fingerprints: what made a result, so that it is made again when, and only when, that changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def digest(*parts: str | bytes) -> str:
    """SHA-256 of the parts; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


@cache
def code_of(*places: str) -> str:
    """Fingerprint of the code and data files below the given places of this package."""
    parts: list[str | bytes] = []
    for place in places:
        root = PACKAGE / place
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                parts += [path.relative_to(PACKAGE).as_posix(), path.read_bytes()]
    return digest(*parts)
