"""report/plots/: what the claims speak about, drawn, and the data behind each drawing as CSV.

The report's index shows them. Drawn with matplotlib as SVG: letters stay letters, the paper
is transparent, and colours are of middle brightness, for light and dark pages.
"""

from __future__ import annotations

import csv
import warnings
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.export.cells import guarded, visible
from pipeline.export.reader import TableReader

FILE = "report/plots"

YEARS = 60  # drawn at most; the CSV has all
CURRENCIES = 10
SOURCES = 20
STEPS = 4  # sizes told apart between 1 and 10, 10 and 100, ...
LABEL = 40  # characters

INK = "#75818d"
BAR = "#3f7fc1"
SPOT = "#c9762b"
#: The hash salt and the missing date make equal drawings equal files.
_STYLE: Any = {
    "svg.hashsalt": "claims",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "text.parse_math": False,  # a source's name may hold dollar signs
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}

Row = tuple[str | int, ...]


def write(tables: TableReader, path: Path) -> None:
    """An SVG and a CSV for each drawing that the report shows."""
    path.mkdir(parents=True, exist_ok=True)
    years, sums, sources = count_years(tables), count_sums(tables), count_sources(tables)
    write_csv(path / "timeline.csv", ("year", "claims"), years)
    write_csv(path / "money.csv", ("currency", "from", "to", "sums"), sums)
    write_csv(path / "sources.csv", ("source", "claims"), sources)
    with mpl.rc_context(_STYLE):
        draw_bars(path / "timeline.svg", recent(years), "claims", upright=True)
        draw_sums(path / "money.svg", sums)
        draw_bars(path / "sources.svg", sources[:SOURCES], "attributed claims", upright=False)


# ---------------------------------------------------------------- the data


def count_years(tables: TableReader) -> list[Row]:
    """Claims by the year in which what they speak about begins."""
    query = (
        "SELECT substr(date_start, 1, 4), count(*) FROM claims"
        " WHERE date_start GLOB '[0-9][0-9][0-9][0-9]*' GROUP BY 1 ORDER BY 1"
    )
    return list(tables.rows(query))


def count_sources(tables: TableReader) -> list[Row]:
    """Attributed claims by source, the most quoted first."""
    query = (
        "SELECT source_name, count(*) FROM claims WHERE source_name IS NOT NULL"
        " AND attribution <> 'authorial' GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return list(tables.rows(query))


def count_sums(tables: TableReader) -> list[Row]:
    """Sums of money by currency and size, in steps of a log scale; the commonest currency first.

    Sums without a currency or value, of zero or below are left out.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for currency, amount in tables.rows(
        "SELECT currency, amount FROM money WHERE amount IS NOT NULL AND currency IS NOT NULL"
    ):
        value = Decimal(amount)
        if value > 0:
            counts[currency, int((value.log10() * STEPS).to_integral_value("ROUND_FLOOR"))] += 1
    totals: Counter[str] = Counter()
    for (currency, _), number in counts.items():
        totals[currency] += number
    order = sorted(counts, key=lambda key: (-totals[key[0]], key))
    return [
        (currency, edge(step), edge(step + 1), counts[currency, step]) for currency, step in order
    ]


def edge(step: int) -> str:
    """Where a step of the log scale begins, to three digits."""
    return f"{float(f'{10 ** (step / STEPS):.3g}'):f}".rstrip("0").rstrip(".")


def recent(years: Sequence[Row]) -> list[Row]:
    """The last YEARS years, those without a claim too."""
    if not years:
        return []
    counts = {int(year): int(number) for year, number in years}
    last = max(counts)
    first = max(min(counts), last - YEARS + 1)
    return [(str(year), counts.get(year, 0)) for year in range(first, last + 1)]


def write_csv(path: Path, header: tuple[str, ...], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([guarded(visible(str(cell))) for cell in row])


# ---------------------------------------------------------------- the drawings


def draw_bars(path: Path, rows: Sequence[Row], what: str, *, upright: bool) -> None:
    """Bars for (name, number) rows; upright or lying, the first on top."""
    height = 3.2 if upright else max(1.5, 0.32 * len(rows) + 0.8)
    figure = Figure(figsize=(9, height), layout="constrained")
    axes = figure.add_subplot()
    names = [label(str(name)) for name, _ in rows]
    numbers = [int(number) for _, number in rows]
    places = range(len(rows))
    if not rows:
        empty(axes)
    elif upright:
        axes.bar(places, numbers, color=BAR)
        step = max(1, len(rows) // 15)
        axes.set_xticks(places[::step], names[::step])
        axes.set_ylabel(what)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    else:
        axes.barh(places, numbers, color=BAR)
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.set_xlabel(what)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    save(figure, path)


def draw_sums(path: Path, rows: Sequence[Row]) -> None:
    """A dot for each step of size, as large as there are sums."""
    currencies = list(dict.fromkeys(str(row[0]) for row in rows))[:CURRENCIES]
    figure = Figure(figsize=(9, max(1.5, 0.5 * len(currencies) + 0.8)), layout="constrained")
    axes = figure.add_subplot()
    drawn = [row for row in rows if row[0] in currencies]
    if drawn:
        middles = [(float(low) * float(high)) ** 0.5 for _, low, high, _ in drawn]
        places = [currencies.index(str(row[0])) for row in drawn]
        most = max(int(row[3]) for row in drawn)
        sizes = [30 + 270 * int(row[3]) / most for row in drawn]
        axes.scatter(middles, places, s=sizes, color=SPOT, alpha=0.75, linewidths=0)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(spelled))
        axes.set_yticks(range(len(currencies)), currencies)
        axes.set_ylim(len(currencies) - 0.5, -0.5)
        axes.set_xlabel("whole units of the currency, log scale")
    else:
        empty(axes)
    save(figure, path)


def spelled(value: float, position: int | None = None) -> str:
    """A power of ten as people say it: 1,000, 10 million."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:,.0f} {name}"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def label(words: str) -> str:
    """A name of one short line."""
    line = " ".join(visible(words).split())
    return line if len(line) <= LABEL else line[: LABEL - 1] + "…"


def empty(axes: Any) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=axes.transAxes)


def save(figure: Figure, path: Path) -> None:
    with warnings.catch_warnings():
        # The browser's fonts draw the letters; that the font for measuring lacks some is no harm.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(
            path, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
