"""Killed at any moment, a run leaves the last good tables, and the next one ends where it would.

Each trial starts from the same finished run and the same changed corpus: an article added, one
edited, one moved, one deleted, one bad. A run is killed (SIGKILL), the outputs are looked at, and
a second run is left to end.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

AT_RANDOM = int(os.environ.get("KILLS_AT_RANDOM", "16"))
EACH_OCCASION = "KILLS_EVERYWHERE" in os.environ  # `make stress`


@dataclass(frozen=True)
class Before:
    """Two undisturbed runs, one after the other.

    Attributes:
        old, new: the outputs after the first and the second run.
        points: how often the second run passed each point.
        seconds: it took.
    """

    folder: Path
    old: dict[str, str]
    new: dict[str, str]
    points: Counter[str]
    seconds: float


@pytest.fixture(scope="module")
def before(
    tmp_path_factory: pytest.TempPathFactory, model: Path, claims: Any, story: Any, pure: Any
) -> Before:
    base = tmp_path_factory.mktemp("before")
    (base / "corpus").mkdir()
    for n in range(6):
        (base / "corpus" / f"a{n}.txt").write_text(story(n))
    assert claims(words(base, base, model)).status == 0
    old = pure(base / "out")
    (base / "corpus" / "new.txt").write_text(story(7))
    (base / "corpus" / "a1.txt").write_text(story(8))
    (base / "corpus" / "a2.txt").rename(base / "corpus" / "moved.txt")
    (base / "corpus" / "a3.txt").unlink()
    (base / "corpus" / "bad.txt").write_bytes(b"\x00\x01\x02" * 500)
    undisturbed = copy(base, base / "undisturbed")
    done = claims(words(base, undisturbed, model))
    assert done.status == 3, done.stderr
    return Before(base, old, pure(undisturbed / "out"), Counter(done.points), done.seconds)


def words(base: Path, trial: Path, model: Path) -> list[str]:
    return [
        "run", str(base / "corpus"), "--out", str(trial / "out"), "--state", str(trial / "state"),
        "--model", str(model),
    ]  # fmt: skip


def copy(base: Path, trial: Path) -> Path:
    trial.mkdir()
    for name in ("out", "state"):
        shutil.copytree(base / name, trial / name, symlinks=True)
    return trial


@dataclass(frozen=True)
class Trials:
    """Kills a run that goes from `before.old` to `before.new`, and sees to what comes then."""

    before: Before
    model: Path
    claims: Callable[..., Any]
    pure: Callable[[Path], dict[str, str]]
    visible: Callable[[Path], str]

    def once(self, trial: Path, order: dict[str, Any]) -> bool:
        """Returns whether the kill came before the end."""
        copy(self.before.folder, trial)
        command = words(self.before.folder, trial, self.model)
        killed = self.claims(command, **order)
        assert killed.status in (-9, 3), killed.stderr
        assert self.visible(trial / "out") == "", order
        assert self.pure(trial / "out") in (self.before.old, self.before.new), order
        told = json.loads((trial / "out" / "run.json").read_text())["newly_quarantined"]
        again = self.claims(command)
        # 3: the bad document is told once, by the run that lives to tell it.
        assert again.status in (0, 3), again.stderr
        assert self.pure(trial / "out") == self.before.new, order
        assert [run.status for run in (killed, again) if run.status == 3] == [3] or told
        assert told_in_history(trial / "out") >= 1
        assert not list((trial / "out").glob(".owner*"))
        shutil.rmtree(trial)
        return bool(killed.status == -9)


def told_in_history(out: Path) -> int:
    """The arrivals of the changed articles that the history holds: two texts are new."""
    with sqlite3.connect(out / "history.sqlite") as db:
        rows = db.execute("select documents from arrivals order by run").fetchall()
    assert rows[0] == (6,)
    return sum(row[0] for row in rows[1:])


@pytest.fixture(scope="module")
def trials(before: Before, model: Path, claims: Any, pure: Any, visible: Any) -> Trials:
    return Trials(before, model, claims, pure, visible)


def test_a_kill_at_every_point_between_two_writes(trials: Trials, tmp_path: Path) -> None:
    """At a random occasion of each point; `make stress` takes every one."""
    chance = random.Random(8)
    kills = 0
    for point, occasions in sorted(trials.before.points.items()):
        if EACH_OCCASION:
            counts = list(range(1, occasions + 1))
        elif point.startswith("behind"):
            continue  # little lies between it and the next point
        else:
            counts = [chance.randint(1, occasions)]
        for count in counts:
            order = {"point": point, "count": count}
            kills += trials.once(tmp_path / f"{kills}", order)
    assert kills >= 32
    print(f"{kills} kills at named points")  # noqa: T201


def test_a_kill_at_random(trials: Trials, tmp_path: Path) -> None:
    chance = random.Random()
    kills = 0
    for n in range(AT_RANDOM):
        seconds = chance.uniform(0, trials.before.seconds)
        kills += trials.once(tmp_path / f"{n}", {"seconds": seconds})
    assert kills >= AT_RANDOM / 2
    print(f"{kills} kills at random")  # noqa: T201
