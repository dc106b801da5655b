"""Flags that claims get when they are compared across articles."""

from __future__ import annotations

import sqlite3

CONTRADICTION = "contradiction"
UPDATED = "updated"  # gives a newer value than an earlier article
CHANGED_LATER = "changed_later"  # a later article gives a newer value

_FLAG = """
UPDATE claims SET flags = coalesce(flags || '; ', '') || :flag
WHERE claim_id = :claim AND instr('; ' || coalesce(flags, '') || ';', '; ' || :flag || ';') = 0
"""


def flag(connection: sqlite3.Connection, claim_id: str, name: str) -> None:
    """Add a flag to a claim that does not have it."""
    connection.execute(_FLAG, {"claim": claim_id, "flag": name})
