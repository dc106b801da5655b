"""Which articles are near-copies of each other: MinHash signatures and their bands.

Written on numpy, which is there: the usual library needs scipy for its tests of accuracy only.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
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
    """Signatures by band; gives those that a new one may be alike to."""

    def __init__(self) -> None:
        self._bands: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(BANDS)]
        self._signatures: list[Hashes] = []

    def _keys(self, sign: Hashes) -> Iterator[tuple[dict[bytes, list[int]], bytes]]:
        for number, band in enumerate(self._bands):
            yield band, sign[number * ROWS : (number + 1) * ROWS].tobytes()

    def add(self, sign: Hashes) -> int:
        """Number of the signature, from 0 in the order they come."""
        number = len(self._signatures)
        self._signatures.append(sign)
        for band, key in self._keys(sign):
            band[key].append(number)
            del band[key][:-CROWD]
        return number

    def alike(self, sign: Hashes, least: float) -> list[tuple[float, int]]:
        """(estimated similarity, number) of those at least so alike, the likest first."""
        numbers = {number for band, key in self._keys(sign) for number in band.get(key, ())}
        found = [(float(np.mean(self._signatures[number] == sign)), number) for number in numbers]
        return sorted((pair for pair in found if pair[0] >= least), key=lambda p: (-p[0], p[1]))
