"""A month of nights: what they leave is what one run over the final corpus gives."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path
from typing import Any

NIGHTS = int(os.environ.get("NIGHTS", "30"))


class Corpus:
    """Articles that come, change, move and go at random."""

    def __init__(self, folder: Path, story: Any, seed: int) -> None:
        self.folder, self.story, self.chance = folder, story, random.Random(seed)
        self.made = 0
        self.dates: dict[str, str] = {}

    def articles(self) -> list[Path]:
        return sorted(self.folder.rglob("*.txt"))

    def day(self) -> None:
        for event in self.chance.choices(
            [self.arrive, self.edit, self.go, self.move, self.date, self.spoil, self.touch],
            weights=[5, 2, 1, 1, 1, 1, 1],
            k=self.chance.randint(0, 3),
        ):
            event()

    def arrive(self) -> None:
        self.made += 1
        folder = self.folder / self.chance.choice(["", "feed", "feed/old"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"n{self.made}.txt").write_text(self.story(self.chance.randint(0, 60)))

    def any_article(self) -> Path | None:
        return self.chance.choice(self.articles()) if self.articles() else None

    def edit(self) -> None:
        if article := self.any_article():
            article.write_text(self.story(self.chance.randint(100, 160)))

    def go(self) -> None:
        if article := self.any_article():
            article.unlink()

    def move(self) -> None:
        if article := self.any_article():
            self.made += 1
            article.rename(self.folder / f"m{self.made}.txt")

    def touch(self) -> None:
        if article := self.any_article():
            article.touch()

    def spoil(self) -> None:
        if article := self.any_article():
            article.write_bytes(b"\x00\x01" * 300)

    def date(self) -> None:
        if article := self.any_article():
            path = article.relative_to(self.folder).as_posix()
            self.dates[path] = f"2021-05-{self.chance.randint(1, 28):02}"
            rows = "".join(f"{name},{day}\n" for name, day in self.dates.items())
            (self.folder / "metadata.csv").write_text(f"path,published\n{rows}")


def test_a_month_of_nights(place: Any, story: Any, claims: Any, pure: Any) -> None:
    seed = random.randrange(10**6)
    corpus = Corpus(place.corpus, story, seed)
    chance = random.Random(seed + 1)
    for _ in range(4):
        corpus.arrive()
    crashes = 0
    for night in range(NIGHTS):
        corpus.day()
        crash = {"seconds": chance.uniform(0, 1.2)} if night and chance.random() < 0.3 else {}
        done = claims(place.words("run"), **crash)
        crashes += done.status == -9
        assert done.status in (0, 3, -9), f"seed {seed}: {done.stderr}"
    assert claims(place.words("run")).status in (0, 3)
    assert claims(place.words("status")).stdout.startswith("nothing to do")
    afresh = type(place)(place.folder / "afresh", place.model)
    afresh.folder.mkdir()
    afresh.corpus.symlink_to(place.corpus)
    assert claims(afresh.words("run")).status in (0, 3)
    assert pure(afresh.out) == pure(place.out), f"seed {seed}"
    with sqlite3.connect(place.out / "history.sqlite") as db:
        nights = db.execute("select count(*) from runs").fetchone()[0]
    assert NIGHTS + 1 - crashes <= nights <= NIGHTS + 1
