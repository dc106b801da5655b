"""How often rows are right, by band of confidence: appended to reliability.md beside this.

    .venv/bin/python tests/quality/reliability.py ../shared/bench/rows

Right and wrong are as the bench's own `score.py` defines them. A row that matches no labelled
one is wrong; a field counts where the matched label has such a value. Bands with fewer than
LEAST rows are listed with their counts, but no share is claimed for them.
"""

from __future__ import annotations

import csv
import importlib.util
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

HERE = Path(__file__).parent
LOG = HERE / "reliability.md"
LEAST = 50
BANDS = ((0.0, 0.8), (0.8, 0.9), (0.9, 1.01))
MATCH = 0.5  # token F1, as in the scorer

#: (what is judged, its confidence, whether it is right)
Judged = tuple[str, float, bool]


def load_scorer(bench: Path) -> Any:
    spec = importlib.util.spec_from_file_location("rows_score", bench / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(bench: Path, scorer: Any, work: Path) -> Path:
    """The tables that a run over the labelled articles writes."""
    scorer.prepare(scorer.read_jsonl(bench / "articles.jsonl"), work / "in")
    command = [sys.executable, "-m", "pipeline", "run", work / "in", "--out", work / "out"]
    subprocess.run(
        [*map(str, command), "--state", str(work / "state")], check=True, capture_output=True
    )
    return work / "out"


def matches(scorer: Any, text: str, golds: list[Any], rows: list[Any]) -> dict[int, int]:
    """Row number to label number: one to one, best first."""
    want = [scorer.words(text, g.get("parts") or [g["claim"]]) for g in golds]
    have = [scorer.words(text, scorer.parts_of(row)) for row in rows]
    scores = (
        (-scorer.overlap_f1(w, h), i, j) for i, w in enumerate(want) for j, h in enumerate(have)
    )
    found: dict[int, int] = {}
    for score, i, j in sorted(scores):
        if -score >= MATCH and j not in found and i not in found.values():
            found[j] = i
    return found


def judge(bench: Path, outputs: Path, scorer: Any) -> Iterator[Judged]:
    articles = scorer.read_jsonl(bench / "articles.jsonl")
    gold = scorer.read_jsonl(bench / "rows.jsonl")
    with (outputs / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    database = sqlite3.connect(outputs / "claims.sqlite")
    dates = scorer.linked_values(
        database, "claim_dates", "dates", "date_id", ["date_start", "date_end"]
    )
    columns = ["amount", "amount_low", "amount_high", "currency"]
    money = scorer.linked_values(database, "claim_money", "money", "money_id", columns)
    for article in articles:
        name = scorer.file_names(articles)[article["id"]]
        rows = [row for row in table if Path(row["path"]).name == name]
        golds = [label for label in gold if label["doc"] == article["id"]]
        found = matches(scorer, article["text"], golds, rows)
        for j, row in enumerate(rows):
            if j not in found:
                yield "row", float(row["confidence"]), False
                continue
            label, key = golds[found[j]], row["claim_id"]
            tests = {"source": scorer.same_source(label, row)}
            if label.get("dates"):
                tests["date"] = scorer.same_dates(label, row, dates[key])
            if label.get("money"):
                tests["amount"] = scorer.same_money(label, row, money[key])
            right = all(tests.values()) and row["polarity"] == label["polarity"]
            yield "row", float(row["confidence"]), right
            for field, ok in tests.items():
                if row[f"confidence_{field}"]:
                    yield field, float(row[f"confidence_{field}"]), ok


def table_of(judged: list[Judged]) -> Iterator[str]:
    yield "| what | confidence | rows | mean confidence | right |"
    yield "|---|---|---|---|---|"
    for what in ("row", "source", "date", "amount"):
        for low, high in (*BANDS, (0.0, 1.01)):
            here = [(c, ok) for name, c, ok in judged if name == what and low <= c < high]
            if not here:
                continue
            band = "all" if (low, high) == (0.0, 1.01) else f"{low} to {min(high, 1.0)}"
            mean = sum(c for c, _ in here) / len(here)
            right = f"{sum(ok for _, ok in here) / len(here):.3f}"
            shown = right if len(here) >= LEAST else f"(fewer than {LEAST} rows)"
            yield f"| {what} | {band} | {len(here)} | {mean:.3f} | {shown} |"


@click.command()
@click.argument("bench", type=click.Path(path_type=Path, exists=True))
def main(bench: Path) -> None:
    scorer = load_scorer(bench)
    with tempfile.TemporaryDirectory() as work:
        judged = list(judge(bench, run(bench, scorer, Path(work)), scorer))
    command = ["git", "-C", str(HERE), "describe", "--always", "--dirty"]
    commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    lines = list(table_of(judged))
    with LOG.open("a", encoding="utf-8") as log:
        day = datetime.now(UTC).date().isoformat()
        log.write("\n".join(["", f"## {day}, {commit}", "", *lines, ""]))
    click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
