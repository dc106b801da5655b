"""`make bench`: what a run costs, as ratios against named alternatives in the same run.

CPU seconds of whole processes, their children included, medians of several rounds; the
alternatives take turns with the pipeline, so that a slow minute of the machine hits both.
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
from articles import write_articles

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds of one process and its children."""

    cpu: float
    wall: float


def timed(command: list[str | Path], **environment: str) -> Cost:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [str(part) for part in command],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - begun)


class Bench:
    """A corpus of made articles, their cleaned text, and the commands that are timed."""

    def __init__(self, folder: Path, count: int) -> None:
        self.corpus, self.cleaned = folder / "corpus", folder / "cleaned"
        self.out, self.state = folder / "out", folder / "state"
        write_articles(self.corpus, count)
        self.run("1")
        self.cleaned.mkdir()
        with sqlite3.connect(self.out / "claims.sqlite") as db:
            rows = db.execute("select doc_id, text from sentences order by doc_id, start")
            kept: dict[str, list[str]] = {}
            for doc_id, text in rows:
                kept.setdefault(doc_id, []).append(text)
        for doc_id, sentences in kept.items():
            (self.cleaned / f"{doc_id}.txt").write_text(" ".join(sentences), "utf-8")

    def run(self, workers: str, *, fresh: bool = True) -> Cost:
        if fresh:
            shutil.rmtree(self.out, ignore_errors=True)
            shutil.rmtree(self.state, ignore_errors=True)
        command = [sys.executable, "-m", "pipeline", "run", self.corpus, "--out", self.out]
        return timed([*command, "--workers", workers], CLAIMS_STATE=str(self.state))

    def recipe(self, kind: str) -> Cost:
        raw = kind == "obvious"
        return timed(
            [sys.executable, HERE / "recipe.py", kind, self.corpus if raw else self.cleaned]
        )


@click.command()
@click.option("--articles", default=100, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(articles: int, rounds: int) -> None:
    """Print the table of ratios."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), articles)
        costs: dict[str, list[Cost]] = {}
        for _ in range(rounds):
            costs.setdefault("pipeline", []).append(bench.run("1"))
            costs.setdefault("unchanged", []).append(bench.run("1", fresh=False))
            costs.setdefault("2 workers", []).append(bench.run("2"))
            for kind in ("bare", "obvious", "load"):
                costs.setdefault(kind, []).append(bench.recipe(kind))
    print_table(costs, articles)


def print_table(costs: dict[str, list[Cost]], articles: int) -> None:
    def ratio(one: str, other: str, *, wall: bool = False) -> float:
        pairs = zip(costs[one], costs[other], strict=True)
        return statistics.median((a.wall / b.wall) if wall else (a.cpu / b.cpu) for a, b in pairs)

    click.echo(f"{articles} articles, {len(costs['bare'])} rounds; medians")
    for name, found in costs.items():
        cpu = statistics.median(cost.cpu for cost in found)
        wall = statistics.median(cost.wall for cost in found)
        click.echo(f"  {name:12} {cpu:8.2f} CPU s {wall:8.2f} s")
    click.echo(f"pipeline / bare nlp.pipe (CPU)       {ratio('pipeline', 'bare'):6.2f}")
    click.echo(f"pipeline / obvious recipe (CPU)      {ratio('pipeline', 'obvious'):6.2f}")
    click.echo(
        f"unchanged / pipeline (wall)          {ratio('unchanged', 'pipeline', wall=True):6.2f}"
    )
    click.echo(
        f"1 worker / 2 workers (wall)          {ratio('pipeline', '2 workers', wall=True):6.2f}"
    )


if __name__ == "__main__":
    main()
