"""Which words of a page a library's extract holds, without the library's help.

Words are matched by anchors (runs of words that stand once in the page and once in the extract,
in the same order), which grow to both sides; what lies between two anchors is matched block by
block. Time is linear but for a sort.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

WORD = re.compile(r"\w+")
GRAM = 4  # words of an anchor
MAX_GAP = 3000  # words of the extract between two anchors that are searched for short blocks


def shares(blocks: Sequence[str], extract: str) -> list[float]:
    """For each block the share of its words that the extract holds, in the page's order.

    A block without words has the share of the block before it, so that it goes where that goes.
    """
    words: list[str] = []
    edges = [0]
    for block in blocks:
        words.extend(WORD.findall(block.casefold()))
        edges.append(len(words))
    other = WORD.findall(extract.casefold())
    hit = bytearray(len(words))
    pairs = grow(words, other, anchors(words, other), hit)
    fill_gaps(words, other, pairs, edges, hit)
    found: list[float] = []
    for start, end in pairwise(edges):
        before = found[-1] if found else 0.0
        found.append(sum(hit[start:end]) / (end - start) if end > start else before)
    return found


def anchors(words: list[str], other: list[str]) -> list[tuple[int, int]]:
    """Places of runs of GRAM words that are unique in both, as the longest rising sequence."""
    mine, theirs = once(words), once(other)
    pairs = [(mine[gram], theirs[gram]) for gram in mine.keys() & theirs.keys()]
    pairs.sort()
    tails: list[int] = []  # smallest end of a rising sequence of each length
    ends: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[length] = place
            ends[length] = index
        before.append(ends[length - 1] if length else -1)
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def once(words: list[str]) -> dict[tuple[str, ...], int]:
    """Runs of GRAM words that stand once, and where."""
    grams = list(zip(*(words[skip:] for skip in range(GRAM)), strict=False))
    counts = Counter(grams)
    return {gram: place for place, gram in enumerate(grams) if counts[gram] == 1}


def grow(
    words: list[str], other: list[str], pairs: list[tuple[int, int]], hit: bytearray
) -> list[tuple[int, int, int, int]]:
    """Marks anchors and the equal words on both their sides; returns the stretches."""
    stretches: list[tuple[int, int, int, int]] = []
    for place, there in pairs:
        if stretches and place < stretches[-1][1]:
            continue  # inside the stretch before
        floor, floor_there = (stretches[-1][1], stretches[-1][3]) if stretches else (0, 0)
        start, start_there = place, there
        while start > floor and start_there > floor_there:
            if words[start - 1] != other[start_there - 1]:
                break
            start, start_there = start - 1, start_there - 1
        end, end_there = place, there
        while end < len(words) and end_there < len(other) and words[end] == other[end_there]:
            end, end_there = end + 1, end_there + 1
        hit[start:end] = b"\x01" * (end - start)
        stretches.append((start, end, start_there, end_there))
    return stretches


def fill_gaps(
    words: list[str],
    other: list[str],
    stretches: list[tuple[int, int, int, int]],
    edges: list[int],
    hit: bytearray,
) -> None:
    """Marks blocks between two stretches that stand there in the extract too."""
    last = (len(words), len(words), len(other), len(other))
    for (_, start, _, there), (end, _, end_there, _) in pairwise([(0, 0, 0, 0), *stretches, last]):
        if end_there <= there or end_there - there > MAX_GAP:
            continue
        gap = f" {' '.join(other[there:end_there])} "
        at = 0
        index = bisect_left(edges, start)
        while index + 1 < len(edges) and edges[index + 1] <= end:
            first, final = edges[index], edges[index + 1]
            index += 1
            if final == first:
                continue
            wanted = f" {' '.join(words[first:final])} "
            found = gap.find(wanted, at)
            if found >= 0:
                hit[first:final] = b"\x01" * (final - first)
                at = found + len(wanted) - 1
