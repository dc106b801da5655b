"""Killed before or behind any of its writes, a shard's command goes on when it is given again.

Its file is there whole or not at all, and in the end the same as without the kill.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.shard import Shard

KILLED = -9


def test_a_killed_shard_goes_on_and_is_the_same(place: Any, claims: Any, story: Any) -> None:
    for n in range(4):
        (place.corpus / f"a{n}.txt").write_text(story(n))
    (place.corpus / "empty.txt").touch()
    file, words = Shard(1, 1).file, ["run", str(place.corpus), "--model", str(place.model)]

    def shard(folder: Path, **order: Any) -> Any:
        kept = ["--state", str(folder / "state"), "--out", str(folder / "out")]
        return claims([*words, "--shard", "1/1", *kept], **order)

    undisturbed = shard(place.folder / "whole")
    assert undisturbed.status == 3, undisturbed.stderr
    whole = (place.folder / "whole" / "out" / file).read_bytes()
    points = Counter(undisturbed.points)
    assert {"behind pipeline.store.state.State.put_file", "before pathlib.Path.replace"} <= {
        *points
    }
    for number, (point, times) in enumerate(points.items()):
        trial = place.folder / str(number)
        assert shard(trial, point=point, count=(times + 1) // 2).status == KILLED, point
        made = trial / "out" / file
        assert not made.exists() or made.read_bytes() == whole, point
        again = shard(trial)
        assert again.status in (0, 3), again.stderr
        assert made.read_bytes() == whole, point
        assert [path.name for path in made.parent.iterdir()] == [file], point
