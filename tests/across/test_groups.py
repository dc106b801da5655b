"""Sets that grow together, the keys by which claims meet, and how many voices there are."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.across.groups import Parted, independent, keys
from pipeline.across.statement import Amount, Statement

NUMBERS = st.integers(min_value=0, max_value=9)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] != pair[1]), max_size=20)
NOTHING = frozenset[str]()
BARE: dict[str, Any] = dict.fromkeys(Statement.__struct_fields__, NOTHING)


def claim(**values: object) -> Statement:
    return Statement(**BARE | {"amounts": (), "dates": (), "setting": ()} | values)


@given(PAIRS, PAIRS)
def test_no_set_holds_two_that_stand_apart(
    apart: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    union = Parted(10, apart)
    for pair in joined:
        union.join(*pair)
    assert all(union.find(one) != union.find(other) for one, other in apart)


def test_the_first_that_joins_has_it() -> None:
    union = Parted(4, [(0, 2)])
    for pair in ((0, 1), (1, 2), (2, 3)):
        union.join(*pair)
    assert [union.find(item) for item in range(4)] == [0, 0, 2, 2]


DEAD = Amount("count", "", None, None, None, loose=False, change=False, words="14")


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        pytest.param({"entities": frozenset({"lublin"})}, {"entities": frozenset({"lublin"})},
                     True, id="one-name"),
        pytest.param({"entities": frozenset({"lublin"})}, {"entities": frozenset({"varna"})},
                     False, id="two-names"),
        pytest.param({"entities": frozenset({"lublin"})},
                     {"setting": ("lublin",), "amounts": (DEAD,)}, True, id="named-by-its-article"),
        pytest.param({"setting": ("lumex", "lublin"), "amounts": (DEAD,)},
                     {"setting": ("lublin", "varna"), "amounts": (DEAD,)}, True, id="both"),
        pytest.param({"entities": frozenset({"lublin"})}, {"setting": ("lublin",)},
                     False, id="nothing-to-compare"),
        pytest.param({"setting": ("lublin",), "entities": frozenset({"varna"})},
                     {"entities": frozenset({"lublin"})}, False, id="a-name-of-its-own"),
    ],
)  # fmt: skip
def test_who_meets(one: dict[str, object], other: dict[str, object], meet: bool) -> None:
    flood = {"about": frozenset({"flood", "kill"})}
    first, second = keys(claim(**flood | one)), keys(claim(**flood | other))
    assert bool(set(first) & set(second)) is meet


def test_voices_that_share_anything_are_one() -> None:
    voices = [("a", "post"), ("b", "post"), ("c", None), ("c", "globe"), ("d", None)]
    assert independent(voices) == 3
    for part in combinations(voices, 4):
        assert independent(part) <= 4
