"""Of two runs started at once one works; the other exits 4 and says who works and since when."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.mark.parametrize("attempt", range(10))
def test_one_works_and_the_other_says_who(
    place: Any, story: Any, claims: Any, attempt: int
) -> None:
    (place.corpus / "a.txt").write_text(story(attempt))
    words = [place.words("run"), place.words("run")]
    if attempt % 2:  # the memory is another, but the output is the same
        words[1][words[1].index("--state") + 1] += "-of-its-own"
    ended = claims([], race=words)
    assert sorted(one["status"] for one in ended) == [0, 4], ended
    winner, loser = sorted(ended, key=lambda one: one["status"])
    assert f"another run (process {winner['pid']}) works on" in loser["stderr"]
    assert re.search(r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", loser["stderr"])
