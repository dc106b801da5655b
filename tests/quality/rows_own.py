"""Our own labelled articles, `rows_own.toml`, in the form that the bench for rows reads."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_name("rows_own.toml")
BACK = 400  # characters before the last row in which the next one may begin


def write(folder: Path) -> tuple[Path, Path]:
    """The files of articles and of rows, one JSON object a line."""
    articles = tomllib.loads(LABELS.read_text("utf-8"))["articles"]
    texts = [
        {"id": a["id"], "text": a["text"].lstrip("\n"), "ref_date": a["published"]}
        for a in articles
    ]
    rows = [
        row
        for article, text in zip(articles, texts, strict=True)
        for row in labels(article["id"], text["text"], article["rows"])
    ]
    for name, lines in (("articles", texts), ("rows", rows)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(x) + "\n" for x in lines), "utf-8")
    return folder / "articles.jsonl", folder / "rows.jsonl"


def labels(doc: str, text: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    last = 0
    for row in rows:
        parts = places(text, row, max(0, last - BACK))
        last = parts[0][0]
        holder = row.get("holder") or row.get("by")
        source = {"span": near(text, holder, last), "name": row["by"]} if holder else None
        yield {
            "doc": doc,
            "claim": [parts[0][0], parts[-1][1]],
            **({"parts": parts} if len(parts) > 1 else {}),
            "attribution": row.get("kind", "authorial"),
            "source": source,
            "cue": near(text, row["cue"], last) if "cue" in row else None,
            "polarity": row.get("polarity", "affirmed"),
            "certainty": row.get("certainty", "asserted"),
            "dates": [
                {"span": near(text, words, last), "start": start, "end": end, "what": "event"}
                for words, start, end in row.get("dates", [])
            ],
            "money": [money(text, item, last) for item in row.get("money", [])],
            "figures": [],
            "importance": row.get("weight", 2),
            "doubt": row.get("doubt"),
        }


def places(text: str, row: dict[str, Any], begin: int) -> list[list[int]]:
    """[start, end] of each part of the row's words, from `begin` on if they stand there."""
    if "at" in row:
        begin = text.index(row["at"]) + row["at"].index(row["words"].split(" ## ")[0])
    found: list[list[int]] = []
    for words in row["words"].split(" ## "):
        at = text.find(words, begin)
        at = text.index(words) if at < 0 else at
        found.append([at, at + len(words)])
        begin = at + len(words)
    return found


def near(text: str, words: str, at: int) -> list[int]:
    """[start, end] of the place of the words that is nearest to `at`."""
    starts = []
    start = text.index(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    best = min(starts, key=lambda start: abs(start - at))
    return [best, best + len(words)]


def money(text: str, item: list[str], at: int) -> dict[str, Any]:
    words, amount, currency, low, high = (*item, "", "")[:5]
    values = {"amount": amount, "low": low, "high": high}
    return {
        "span": near(text, words, at),
        "currency": currency,
        **{key: value or None for key, value in values.items()},
    }
