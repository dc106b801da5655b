"""`make bench`: what a run costs, as ratios against named alternatives in the same run.

CPU seconds of whole processes, their children included; each alternative takes its turn in every
round, so that a slow minute of the machine hits all of them, and the median of the rounds' ratios
is taken. docs/scaling.md says how to read the table.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
from articles import write_articles
from results import Round, write_results

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
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - begun)


def recipe(kind: str, folder: Path) -> Cost:
    return timed([sys.executable, HERE / "recipe.py", kind, folder])


def bare_at_once(folder: Path) -> float:
    """Wall seconds of two bare runs at the same time: what two processors of this machine give."""
    begun = time.monotonic()
    command = [sys.executable, HERE / "recipe.py", "bare", folder]
    both = [subprocess.Popen(command) for _ in range(2)]
    if any(process.wait() for process in both):
        raise click.ClickException("the bare model failed")
    return time.monotonic() - begun


def reading(folder: Path) -> float:
    """CPU seconds that the reader of a format takes for all files of a folder but one."""
    command = [sys.executable, HERE / "recipe.py", "read", folder]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class Corpus:
    """Made articles of one kind, and the commands that are timed over them."""

    def __init__(self, folder: Path, count: int, kind: str) -> None:
        self.folder, self.kind, self.count = folder, kind, count
        self.articles, self.out = folder / kind, folder / f"{kind}-out"
        write_articles(self.articles, count, kind=kind)

    def run(self, workers: int = 1, *, fresh: bool = True) -> Cost:
        state = self.folder / f"{self.kind}-state"
        if fresh:
            shutil.rmtree(self.out, ignore_errors=True)
            shutil.rmtree(state, ignore_errors=True)
        command = [sys.executable, "-m", "pipeline", "run", self.articles, "--out", self.out]
        return timed([*command, "--workers", str(workers)], CLAIMS_STATE=str(state))

    def stages(self) -> dict[str, float]:
        """CPU seconds of each stage of the last run."""
        facts = json.loads((self.out / "run.json").read_text("utf-8"))
        return {name: float(spent) for name, spent in facts["cpu_seconds"].items()}

    def cleaned(self) -> Path:
        """A folder of the articles' cleaned text, for the bare model."""
        folder = self.folder / f"{self.kind}-cleaned"
        if not folder.exists():
            folder.mkdir()
            with sqlite3.connect(self.out / "claims.sqlite") as db:
                rows = db.execute("select doc_id, text from sentences order by doc_id, start")
                kept: dict[str, list[str]] = {}
                for doc_id, text in rows:
                    kept.setdefault(doc_id, []).append(text)
            for doc_id, sentences in kept.items():
                (folder / f"{doc_id}.txt").write_text("\n".join(sentences), "utf-8")
        return folder

    def add_one(self) -> None:
        """One more article, for a run that knows all the others."""
        made = self.folder / "one-more"
        write_articles(made, 1, seed=os.getpid() + time.monotonic_ns(), kind=self.kind)
        (made / f"000000.{self.kind}").replace(self.articles / f"{time.monotonic_ns()}.{self.kind}")


def one_round(text: Corpus, many: Corpus, pages: Corpus, sheets: Corpus, one: Corpus) -> Round:
    """CPU seconds (wall seconds where so named) of everything that is compared."""
    spent: Round = {}
    whole = text.run()
    spent["run"], spent["run, wall"] = whole.cpu, whole.wall
    spent |= {f"stage {name}": cpu for name, cpu in text.stages().items()}
    spent["unchanged, wall"] = text.run(fresh=False).wall
    spent["2 workers, wall"] = text.run(2).wall
    spent["many, wall"], spent["many, 2 workers, wall"] = many.run().wall, many.run(2).wall
    bare = recipe("bare", text.cleaned())
    spent["bare"], spent["2 bare in turn, wall"] = bare.cpu, 2 * bare.wall
    spent["2 bare at once, wall"] = bare_at_once(text.cleaned())
    spent["obvious"] = recipe("obvious", text.articles).cpu
    spent["load"] = recipe("load", text.articles).cpu
    spent["run, HTML"] = pages.run().cpu
    spent["obvious, HTML"] = recipe("obvious_html", pages.articles).cpu
    spent["read text"] = reading(text.articles)
    spent["read HTML"] = reading(pages.articles)
    spent["read PDF"] = reading(sheets.articles)
    spent["cold, wall"] = one.run().wall
    one.add_one()
    spent["warm, wall"] = one.run(fresh=False).wall
    return spent


@click.command()
@click.option("--articles", default=150, show_default=True)
@click.option("--many", default=400, show_default=True, help="Articles, for one worker and two.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--out", default=HERE / "results", show_default=True, type=Path)
def main(articles: int, many: int, rounds: int, out: Path) -> None:
    """Measure, print the ratios, and write bench.csv, bench.md and bench.svg."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = Corpus(folder, articles, "txt")
        pages, sheets = Corpus(folder, articles // 2, "html"), Corpus(folder, articles // 2, "pdf")
        one, more = Corpus(folder / "one", 1, "txt"), Corpus(folder / "many", many, "txt")
        found: list[Round] = []
        for number in range(rounds):
            click.echo(f"round {number + 1} of {rounds}", err=True)
            found.append(one_round(text, more, pages, sheets, one))
    click.echo(write_results(found, articles, out))


if __name__ == "__main__":
    main()
