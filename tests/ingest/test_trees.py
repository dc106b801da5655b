"""Forests are evaluated as their JSON says."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.trees import read_forest

TREE = {
    "feature": [0, 1],
    "threshold": [0.5, 2.0],
    "left": [1, -1],
    "right": [-3, -2],
    "value": [1.0, -1.0, 3.0],
}
STUMP = {"feature": [], "threshold": [], "left": [], "right": [], "value": [0.5]}


def odds(rows: list[list[float]], *trees: dict[str, list[float]]) -> list[float]:
    p = read_forest(list(trees)).probability(np.array(rows, np.float32)).astype(float)
    return [round(float(x), 3) for x in np.log(p / (1 - p))]


def test_rows_follow_the_tree() -> None:
    rows = [[0.5, 2.0], [0.0, 2.5], [0.6, 0.0]]
    assert odds(rows, TREE) == [1.0, -1.0, 3.0]


def test_trees_add_up_and_may_be_a_single_leaf() -> None:
    assert odds([[0.0, 0.0]], TREE, STUMP) == [1.5]


def test_no_rows_no_answers() -> None:
    assert read_forest([TREE]).probability(np.zeros((0, 2), np.float32)).shape == (0,)
