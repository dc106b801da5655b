"""How often the tool was right, by what reviewers decided; and their decisions as labelled rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import ConfigError
from pipeline.export import DATABASE
from pipeline.export.reader import TableReader
from pipeline.export.schema import Row
from pipeline.ids import normalised
from pipeline.review.added import RULE

BANDS = (0.0, 0.25, 0.5, 0.75, 0.9)  # confidence: from this to below the next

_DECIDED = (
    "SELECT rule, attribution, confidence, decision, count(*) FROM claims"
    " WHERE decision IN ('accept', 'correct', 'reject') AND coalesce(rule, '') <> ?"
    " GROUP BY 1, 2, 3, 4"
)


class Counts(NamedTuple):
    """Decisions of one group of claims."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0

    def plus(self, decision: str, number: int) -> Counts:
        name = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}[decision]
        return self._replace(**{name: getattr(self, name) + number})

    @property
    def total(self) -> int:
        return sum(self)

    @property
    def precision(self) -> float:
        """The share of rows that were right as they stood."""
        return self.accepted / self.total

    @property
    def usable(self) -> float:
        """The share of rows that are claims, right or put right."""
        return (self.accepted + self.corrected) / self.total


def precision(out: Path) -> dict[str, dict[str, Counts]]:
    """Group ("all", "rule", "attribution", "confidence") -> its value -> the decisions.

    Rows without a decision, unsure and duplicate ones, and those that analysts added don't count.
    """
    keys: dict[str, Callable[[str, str, float], str]] = {
        "all": lambda rule, attribution, confidence: "all",
        "rule": lambda rule, attribution, confidence: rule,
        "attribution": lambda rule, attribution, confidence: attribution,
        "confidence": lambda rule, attribution, confidence: band(confidence),
    }
    found: dict[str, dict[str, Counts]] = {name: {} for name in keys}
    with tables_of(out) as tables:
        for rule, attribution, confidence, decision, number in tables.rows(_DECIDED, (RULE,)):
            for name, key in keys.items():
                value = key(rule or "other", attribution, confidence)
                before = found[name].get(value, Counts())
                found[name][value] = before.plus(decision, number)
    return {name: dict(sorted(values.items())) for name, values in found.items()}


def band(confidence: float) -> str:
    """The band that a confidence lies in, such as "0.50 to 0.75"."""
    start = max(edge for edge in BANDS if edge <= max(confidence, 0.0))
    after = [edge for edge in BANDS if edge > start]
    return f"{start:.2f} to {after[0] if after else 1.0:.2f}"


def precision_table(out: Path) -> str:
    """`precision` as a table in text."""
    groups = precision(out)
    if not groups["all"]:
        return "no decisions yet: fill in claims.xlsx, run `claims review` with it, run again"
    head = ("", "", "accept", "correct", "reject", "right", "usable")
    lines: list[tuple[str, ...]] = [head]
    for name, values in groups.items():
        for value, counts in values.items():
            shares = f"{counts.precision:.0%}", f"{counts.usable:.0%}"
            group = "" if name == "all" else name
            lines.append((group, value, *map(str, counts), *shares))
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


@contextmanager
def tables_of(out: Path) -> Iterator[TableReader]:
    if not (out / DATABASE).is_file():
        raise ConfigError(f"{out}: no {DATABASE} there; name the folder of the tables with --out")
    with TableReader(out / DATABASE) as tables:
        yield tables


# ---------------------------------------------------------------- labelled rows


def write_labels(out: Path, folder: Path) -> str:
    """Accepted, corrected and added claims as rows.jsonl, their articles as articles.jsonl.

    Only articles whose every claim was decided are written, so that what has no row is no claim.
    Returns words about it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    articles = rows = 0
    with (
        tables_of(out) as tables,
        (folder / "articles.jsonl").open("w", encoding="utf-8") as texts,
        (folder / "rows.jsonl").open("w", encoding="utf-8") as labels,
    ):
        query = (
            "SELECT d.path, t.text, d.published FROM documents AS d JOIN texts AS t USING (doc_id)"
            " WHERE d.n_claims > 0 AND NOT EXISTS (SELECT 1 FROM claims AS c WHERE"
            " c.doc_id = d.doc_id AND coalesce(c.decision, 'unsure') = 'unsure') ORDER BY d.rowid"
        )
        for path, text, published in tables.rows(query):
            write(texts, {"id": path, "text": text, "ref_date": published or ""})
            articles += 1
            for label in labels_of(tables, path):
                write(labels, label)
                rows += 1
    return f"{rows} rows of {articles} wholly reviewed articles written to {folder}"


def write(file: Any, record: dict[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


_LABEL = (
    *("claim_id", "spans", "start", "end", "attribution", "source_spans", "outlet", "cue_spans"),
    *("polarity", "certainty", "check_worthiness", "corrected_date", "corrected_amount"),
    *("corrected_currency", "corrected_source", "source_text", "effective_source"),
    *("effective_currency", "note", "date_text", "amount_text"),
)


def labels_of(tables: TableReader, path: str) -> Iterator[dict[str, Any]]:
    """The rows of one article that are right, in their order."""
    query = (
        f"SELECT {', '.join(_LABEL)} FROM claims WHERE path = ?"
        " AND decision IN ('accept', 'correct') ORDER BY rowid"
    )
    for cells in list(tables.rows(query, (path,))):
        row: Row = dict(zip(_LABEL, cells, strict=True))
        spans = json.loads(str(row["spans"]))
        source = source_span(row)
        named = row["effective_source"]
        label: dict[str, Any] = {
            "doc": path,
            "claim": [row["start"], row["end"]],
            "attribution": row["attribution"],
            "source": {"span": source, "name": named} if source or named else None,
            "cue": first_span(row["cue_spans"]),
            "polarity": row["polarity"],
            "certainty": row["certainty"],
            "dates": dates_of(tables, row),
            **figures_of(tables, row),
            "importance": 1 + round(2 * float(row["check_worthiness"] or 0)),
            "doubt": row["note"],
        }
        if len(spans) > 1:
            label["parts"] = spans
        if row["outlet"]:
            label["outlet"] = {"span": None, "name": row["outlet"]}
        yield label


def first_span(cell: object) -> list[int] | None:
    spans = json.loads(str(cell)) if cell else []
    return list(spans[0]) if spans else None


def source_span(row: Row) -> list[int] | None:
    """Where the source stands; None where the reviewer names another one than those words do."""
    named = normalised(str(row["corrected_source"] or "")).split()
    if named and not set(named) & set(normalised(str(row["source_text"] or "")).split()):
        return None
    return first_span(row["source_spans"])


def dates_of(tables: TableReader, row: Row) -> list[dict[str, Any]]:
    """The claim's dates; a corrected one replaces the value of that of its row.

    Where the tool found none, the reviewer's has no span.
    """
    query = (
        "SELECT start, end, date_start, date_end, date_text, role FROM claim_dates"
        " JOIN dates USING (date_id) WHERE claim_id = ? ORDER BY start, role"
    )
    out = []
    corrected = str(row["corrected_date"] or "")
    for start, end, first, last, words, role in tables.rows(query, (row["claim_id"],)):
        if corrected and words == row["date_text"]:
            first, _, last = corrected.partition("/")
            last, corrected = last or first, ""
        out.append({"span": [start, end], "start": first, "end": last, "what": role})
    if corrected:
        first, _, last = corrected.partition("/")
        out.append({"span": None, "start": first, "end": last or first, "what": "event"})
    return out


def figures_of(tables: TableReader, row: Row) -> dict[str, list[dict[str, Any]]]:
    """The claim's sums and other figures; corrected values replace those of its row's sum.

    Where the tool found none, the reviewer's has no span.
    """
    query = (
        "SELECT start, end, figure_kind, figure_value, figure_low, figure_high, unit,"
        " amount_qualifier, per, l.role, figure_text FROM claim_money AS l JOIN money USING"
        " (money_id) WHERE claim_id = ? ORDER BY start, l.role"
    )
    money: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    corrected = row["corrected_amount"]
    for found in tables.rows(query, (row["claim_id"],)):
        start, end, kind, value, low, high, unit, qualifier, per, role, words = found
        if kind != "money":
            figures.append({"span": [start, end], "value": value, "unit": unit})
            continue
        mine = words == row["amount_text"]
        label = {
            "span": [start, end],
            "amount": (row["corrected_amount"] if mine else None) or value,
            "currency": (row["corrected_currency"] if mine else None) or unit,
        }
        if mine and row["corrected_amount"]:  # one sum, no range
            low = high = corrected = None
            qualifier = None if qualifier == "range" else qualifier
        label |= {"low": low, "high": high, "bound": qualifier, "per": per, "role": role}
        money.append(label)
    if corrected:
        label = {"span": None, "amount": corrected, "currency": row["effective_currency"]}
        money.append(label | dict.fromkeys(("low", "high", "bound", "per", "role")))
    return {"money": money, "figures": figures}
