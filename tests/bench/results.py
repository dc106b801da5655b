"""Ratios of measured costs: a table for people, one for programs, and a plot."""

from __future__ import annotations

import csv
import statistics
from dataclasses import dataclass
from pathlib import Path

Round = dict[str, float]
"""Seconds by name, of one round."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the table: `over` divided by `under`, and the bar of the project, if any."""

    name: str
    over: str
    under: str
    bar: str = ""

    def of(self, rounds: list[Round]) -> list[float]:
        return [found[self.over] / found[self.under] for found in rounds]


RATIOS = (
    Ratio("whole run / bare nlp.pipe", "run", "bare", "<= 1.5"),
    Ratio("whole run / obvious recipe", "run", "obvious", "<= 1.2"),
    Ratio("whole run / obvious recipe, HTML", "run, HTML", "obvious, HTML"),
    Ratio("loading the model / bare nlp.pipe", "load", "bare"),
    Ratio("stage ingest / bare nlp.pipe", "stage ingest", "bare"),
    Ratio("stage nlp / bare nlp.pipe", "stage nlp", "bare"),
    Ratio("stage export / bare nlp.pipe", "stage export", "bare"),
    Ratio("loading what workers share / bare nlp.pipe", "stage loading", "bare"),
    Ratio("HTML reader / whole run, HTML", "read HTML", "run, HTML"),
    Ratio("text reader / bare nlp.pipe", "read text", "bare"),
    Ratio("PDF reader / HTML reader", "read PDF", "read HTML"),
    Ratio("1 worker / 2 workers (wall)", "run, wall", "2 workers, wall"),
    Ratio("1 worker / 2 workers, many (wall)", "many, wall", "many, 2 workers, wall", ">= 1.7"),
    Ratio("2 bare runs in turn / at once (wall)", "2 bare in turn, wall", "2 bare at once, wall"),
    Ratio("nothing changed / whole run (wall)", "unchanged, wall", "run, wall"),
    Ratio("cold start / whole run (wall)", "cold, wall", "run, wall"),
    Ratio("warm start, one more / cold start (wall)", "warm, wall", "cold, wall"),
)


def write_results(rounds: list[Round], articles: int, out: Path) -> str:
    """bench.csv, bench.md and bench.svg in a folder; returns the table as printed."""
    out.mkdir(parents=True, exist_ok=True)
    rows = [
        (r.name, statistics.median(found), min(found), max(found), r.bar)
        for r in RATIOS
        for found in [r.of(rounds)]
    ]
    seconds = {name: statistics.median(found[name] for found in rounds) for name in rounds[0]}
    with (out / "bench.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("kind", "name", "median", "least", "most", "bar"))
        writer.writerows(("ratio", name, *map(three, values), bar) for name, *values, bar in rows)
        for name, median in seconds.items():
            all_ = [found[name] for found in rounds]
            writer.writerow(("seconds", name, *map(three, (median, min(all_), max(all_))), ""))
    head = f"{articles} articles, {len(rounds)} rounds: medians, least and most of the rounds"
    lines = [head, "", "| ratio | median | least | most | bar |", "|---|---|---|---|---|"]
    for name, median, least, most, bar in rows:
        lines.append(f"| {name} | {median:.2f} | {least:.2f} | {most:.2f} | {bar} |")
    lines += ["", "| measured | seconds (CPU, or wall where it says so) |", "|---|---|"]
    lines += [f"| {name} | {median:.2f} |" for name, median in seconds.items()]
    (out / "bench.md").write_text("\n".join(lines) + "\n", "utf-8")
    draw(rows, out / "bench.svg")
    return "\n".join(lines)


def three(value: float) -> str:
    return f"{value:.3f}"


def draw(rows: list[tuple[str, float, float, float, str]], path: Path) -> None:
    """Bars of the medians, whiskers from the least to the most, the project's bars in red."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(9, 5))
    names = [row[0] for row in rows][::-1]
    medians = [row[1] for row in rows][::-1]
    low = [row[1] - row[2] for row in rows][::-1]
    high = [row[3] - row[1] for row in rows][::-1]
    axes.barh(names, medians, color="#4878a8")
    axes.errorbar(medians, names, xerr=(low, high), fmt="none", ecolor="black", capsize=3)
    for place, row in enumerate(rows[::-1]):
        if row[4]:
            at = float(row[4].split()[1])
            axes.plot([at, at], [place - 0.45, place + 0.45], color="crimson", linewidth=2)
    axes.set_xlabel("ratio; red: the project's bar")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
