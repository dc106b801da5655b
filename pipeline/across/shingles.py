"""Which articles are near-copies of each other: MinHash signatures and their bands.

Written on numpy, which is there: the usual library needs scipy for its tests of accuracy only.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.across.lexicon import lexicon

Hashes = NDArray[np.uint64]

SHINGLE = 4  # words
BANDS, ROWS = 32, 4  # pairs of similarity 0.5 meet with a chance of 87 %, of 0.7 with 99.98 %
CROWD = 50  # versions of one band that are looked at: templates must not cost their square
SEED = 20_211_105

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words, lower case; a number or a day or month is "#", so that updates look alike."""
    numbers = lexicon().numbers
    return [
        "#" if word in numbers or not word.isalpha() else word
        for word in _WORD.findall(text.casefold())
    ]


def shingles(text: str) -> Hashes:
    """Distinct hashes of all runs of four words, sorted; of all words where there are fewer."""
    found = words_of(text)
    if not found:
        return np.empty(0, np.uint64)
    raw = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in found], np.uint64)
    size = max(1, len(raw) - SHINGLE + 1)
    mixed = np.zeros(size, np.uint64)
    for step in range(min(SHINGLE, len(raw))):
        mixed = (mixed ^ raw[step : step + size]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


@cache
def _factors() -> tuple[Hashes, Hashes]:
    random = np.random.Generator(np.random.PCG64(SEED))
    odd = random.integers(0, 1 << 63, (2, BANDS * ROWS), np.uint64) * np.uint64(2) + np.uint64(1)
    return odd[0][:, None], odd[1][:, None]


def signature(found: Hashes) -> Hashes:
    """BANDS x ROWS minima; two signatures agree in as many places as their texts are alike."""
    factor, shift = _factors()
    if not len(found):
        return np.zeros(BANDS * ROWS, np.uint64)
    low = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for at in range(0, len(found), 4096):  # a huge text must not need a huge table
        part = (found[None, at : at + 4096] * factor + shift) >> np.uint64(16)
        low = np.minimum(low, part.min(axis=1))
    return low


class Index:
    """Signatures by band; gives those that a new one may be alike to.

    They lie in a temporary file of SQLite's, so memory does not grow with the articles.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("pragma journal_mode = off")
        self._db.execute("create table signatures(number integer primary key, sign blob)")
        self._db.execute(
            "create table bands(key integer, number integer, primary key(key, number))"
            " without rowid"
        )
        self._count = 0

    def close(self) -> None:
        self._db.close()

    def add(self, sign: Hashes) -> int:
        """Number of the signature, from 0 in the order they come."""
        number = self._count
        self._count += 1
        self._db.execute("insert into signatures values(?, ?)", (number, sign.tobytes()))
        rows = ((key, number) for key in band_keys(sign))
        self._db.executemany("insert into bands values(?, ?)", rows)
        return number

    def alike(self, sign: Hashes, least: float) -> list[tuple[float, int]]:
        """(estimated similarity, number) of those at least so alike, the likest first."""
        ask = f"select number from bands where key = ? order by number desc limit {CROWD}"
        numbers = {row[0] for key in band_keys(sign) for row in self._db.execute(ask, (key,))}
        found = [(float(np.mean(self._signature(number) == sign)), number) for number in numbers]
        return sorted((pair for pair in found if pair[0] >= least), key=lambda p: (-p[0], p[1]))

    def _signature(self, number: int) -> Hashes:
        ask = "select sign from signatures where number = ?"
        (raw,) = self._db.execute(ask, (number,)).fetchone()
        return np.frombuffer(raw, np.uint64)


def band_keys(sign: Hashes) -> list[int]:
    """A hash of each band and its place; equal for signatures that agree in the whole band."""
    mixed = np.arange(BANDS, dtype=np.uint64)
    for row in sign.reshape(BANDS, ROWS).T:
        mixed = (mixed ^ row) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return [int(key) for key in mixed.view(np.int64)]
