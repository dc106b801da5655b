"""Groups of claims: who meets whom, and what hangs together.

Claims meet in blocks: those of one key. A key is made of an entity and of one concept or
figure; each claim has at most `ENTITIES` x (`CONCEPTS` + 1) of them and is compared with the
`WINDOW` claims before it in each block, so that the work grows with the number of claims.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Hashable, Iterable

from pipeline.across.statement import Statement

ENTITIES = 4
CONCEPTS = 3
WINDOW = 40


def keys(claim: Statement) -> list[int]:
    """Keys of the blocks where a claim belongs, 63-bit numbers.

    Of its concepts those with the smallest hashes are taken: two claims that share most words
    are likely to choose the same.
    """
    first = sorted(claim.actors | claim.patients)
    names = [*first, *sorted(claim.entities - set(first))][:ENTITIES]
    hashed = sorted(map(_hash, claim.about))[:CONCEPTS]
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
