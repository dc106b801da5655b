"""Boosted decision trees read from JSON and evaluated with numpy, many lines and trees at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
CHUNK = 128  # rows evaluated together: rows times trees should fit into the processor's cache


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees as flat arrays over all nodes; a leaf is a node that leads to itself.

    Attributes:
        roots: node number of each tree's root.
        feature, threshold: a row goes left where row[feature] <= threshold.
        left, right: numbers of the next nodes.
        value: log odds that a leaf adds, 0 for inner nodes.
        depth: steps that lead from every root to a leaf.
    """

    roots: npt.NDArray[np.intp]
    feature: npt.NDArray[np.intp]
    threshold: Floats
    children: npt.NDArray[np.intp]
    value: Floats
    depth: int

    def probability(self, rows: Floats) -> Floats:
        """For each row the probability of the positive class, shape (rows,)."""
        if not len(rows):
            return np.zeros(0, np.float32)
        parts = [self._chunk(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        return np.concatenate(parts)

    def _chunk(self, rows: Floats) -> Floats:
        n, width = rows.shape
        flat = np.ascontiguousarray(rows).ravel()
        base = (np.arange(n) * width)[None, :]
        node = np.repeat(self.roots[:, None], n, axis=1)
        place = np.empty_like(node)
        value, bound = np.empty(node.shape, np.float32), np.empty(node.shape, np.float32)
        # mode="clip" spares a check; every index is in bounds.
        for _ in range(self.depth):
            np.take(self.feature, node, out=place, mode="clip")
            place += base
            np.take(flat, place, out=value, mode="clip")
            np.take(self.threshold, node, out=bound, mode="clip")
            node *= 2
            node += value > bound
            np.take(self.children, node, out=place, mode="clip")
            node, place = place, node
        odds = self.value[node].sum(axis=0, dtype=np.float64)
        chance: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
        return chance


def read_forest(trees: list[dict[str, Any]]) -> Forest:
    """A forest from its JSON form.

    Args:
        trees: each with lists "feature", "threshold", "left", "right" over its inner nodes and
            "value" over its leaves; a child c >= 0 is an inner node, c < 0 the leaf ~c.
    """
    roots: list[int] = []
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    deepest = 0
    for tree in trees:
        at, inner = len(feature), len(tree["feature"])
        roots.append(at)
        place = [
            c if c >= 0 else inner + ~c
            for pair in zip(tree["left"], tree["right"], strict=True)
            for c in pair
        ]
        leaves = len(tree["value"])
        feature += [*tree["feature"], *[0] * leaves]
        threshold += [*tree["threshold"], *[0.0] * leaves]
        children += [at + c for c in place]
        children += [at + inner + leaf for leaf in range(leaves) for _ in (0, 1)]
        value += [*[0.0] * inner, *tree["value"]]
        deepest = max(deepest, _depth(tree))
    return Forest(
        np.array(roots, np.intp),
        np.array(feature, np.intp),
        np.array(threshold, np.float32),
        np.array(children, np.intp),
        np.array(value, np.float32),
        deepest,
    )


def _depth(tree: dict[str, Any]) -> int:
    if not tree["feature"]:
        return 0
    depth, level = 0, [0]
    while level:
        depth += 1
        level = [c for node in level for c in (tree["left"][node], tree["right"][node]) if c >= 0]
    return depth
