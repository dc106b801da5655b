"""Groups of claims: who meets whom, and what hangs together.

Claims meet in blocks: those of one key. A key is made of an entity and of one concept or
figure; each claim has at most `ENTITIES` x (`CONCEPTS` + 1) of them and is compared with the
`WINDOW` claims before it in each block, so that the work grows with the number of claims. A
claim that names nobody takes the names that its article speaks of most.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable

from pipeline.across.statement import Statement

ENTITIES = 4
CONCEPTS = 3
WINDOW = 40
#: Words of a claim that can be compared although it has neither a name nor a figure nor a date.
TELLING = 5


def keys(claim: Statement) -> list[int]:
    """Keys of the blocks where a claim belongs, 63-bit numbers.

    Of its concepts those with the smallest hashes are taken: two claims that share most words
    are likely to choose the same.
    """
    first = sorted(claim.actors | claim.patients)
    names = [*first, *sorted(claim.entities - set(first))][:ENTITIES]
    if not names and (claim.amounts or claim.dates or len(claim.about) >= TELLING):
        names = list(claim.setting)
    hashed = sorted(map(_hash, claim.about - claim.aside))[:CONCEPTS]
    hashed += [_hash(f"#{amount.unit} {amount.value}") for amount in claim.amounts[:1]]
    return sorted({_hash(f"{name} {concept}") for name in names for concept in hashed})


def _hash(words: str) -> int:
    raw = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big") >> 1


class Union:
    """Sets of numbers 0 to size - 1 that grow together; each is named by its least number."""

    def __init__(self, size: int) -> None:
        self._up = array("q", range(size))

    def find(self, item: int) -> int:
        up = self._up
        while up[item] != item:
            up[item] = up[up[item]]
            item = up[item]
        return item

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._up[second] = first


class Parted(Union):
    """Sets that grow together but for some numbers that no set may hold both of."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]]) -> None:
        super().__init__(size)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first == second or second in self._apart.get(first, ()):
            return
        super().join(first, second)
        for enemy in self._apart.pop(second, set()):
            self._apart[enemy].discard(second)
            self._apart[enemy].add(first)
            self._apart[first].add(enemy)


def independent(voices: Iterable[tuple[Hashable, ...]]) -> int:
    """How many voices there are, when those that share anything are one.

    Args:
        voices: of each claim what it may share, such as its wire story and its outlet;
            None is shared with nobody.
    """
    listed = list(voices)
    union = Union(len(listed))
    holder: dict[Hashable, int] = {}
    for number, marks in enumerate(listed):
        for mark in enumerate(marks):
            if mark[1] is not None:
                union.join(holder.setdefault(mark, number), number)
    return len({union.find(number) for number in range(len(listed))})
