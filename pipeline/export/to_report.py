"""report/: the evidence behind each claim, to read in a browser, from the file system, offline.

`index.html` lists all claims with search and filters; `articles/<doc_id>.html` shows an article
as it stood, claims and what they hold marked, removed text struck; `#<claim_id>` leads to a
claim. All text is escaped, and the pages forbid every script but their own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from string import Template
from typing import Any

import msgspec

from pipeline.export.evidence_marks import Mark, marked_html, shown
from pipeline.export.reader import TableReader

FILE = "report"
CLAIMS_A_FILE = 5_000
#: Name, title and words for those who can't see the drawing.
PLOTS = (
    ("timeline", "When: the years that claims speak about", "Bars: claims by year."),
    ("money", "How much: sums of money by currency", "Dots: sums by size, on a log scale."),
    ("sources", "Who: the most quoted sources", "Bars: attributed claims by source."),
)
ASSETS = ("style.css", "index.js", "article.js")

_CLAIM_COLUMNS = (
    *("claim_id", "claim_text", "source_name", "attribution", "certainty", "polarity"),
    *("date_text", "date_modifier", "date_start", "date_end"),
    *("amount_text", "amount_qualifier", "amount", "amount_low", "amount_high", "currency"),
    "per",
    *("entities", "confidence", "flags", "start", "source_text", "cue_text", "spans"),
    *("source_spans", "cue_spans", "decision", "reviewer", "note", "earlier_decisions"),
    *("corrected_source", "corrected_subject", "corrected_date", "corrected_amount"),
    "corrected_currency",
)
Claim = dict[str, Any]


def write(tables: TableReader, path: Path) -> None:
    """The whole folder; its pages need each other and nothing else."""
    assets = path / "assets"
    assets.mkdir(parents=True)
    (path / "articles").mkdir()
    with as_file(files("pipeline.export").joinpath("report_assets")) as folder:
        for name in ASSETS:
            shutil.copyfile(folder / name, assets / name)
    numbers = write_data(tables, path / "data")
    page = template("index.html").substitute(
        scripts="\n".join(f'<script src="data/{name}" defer></script>' for name in numbers),
        plots="\n".join(figure(*plot) for plot in PLOTS),
    )
    (path / "index.html").write_text(page, encoding="utf-8")
    article = template("article.html")
    query = (
        "SELECT doc_id, path, title, outlet, author, published, published_origin, url, text,"
        " share_removed FROM documents JOIN texts USING (doc_id) ORDER BY documents.rowid"
    )
    for row in tables.rows(query):
        html = article_page(tables, article, *row)
        (path / "articles" / f"{row[0]}.html").write_text(html, encoding="utf-8", newline="")


def figure(name: str, title: str, words: str) -> str:
    """A drawing with its title and the way to its data."""
    return (
        f'<figure><figcaption>{title} <a href="plots/{name}.csv">data</a></figcaption>'
        f'<img src="plots/{name}.svg" alt="{words} The data are in {name}.csv." loading="lazy">'
        "</figure>"
    )


def template(name: str) -> Template:
    return Template(
        files("pipeline.export").joinpath("report_assets", name).read_text(encoding="utf-8")
    )


# ---------------------------------------------------------------- the index


def write_data(tables: TableReader, folder: Path) -> list[str]:
    """The script files that hold the documents and the claims; gives their names in order."""
    folder.mkdir()
    encode = msgspec.json.encode
    documents = "SELECT doc_id, coalesce(title, path), published FROM documents ORDER BY rowid"
    with (folder / "documents.js").open("wb") as file:
        for row in tables.rows(documents):
            file.write(b"report.documents.push(" + encode(row) + b");\n")
    names = ["documents.js"]
    query = (
        "SELECT claim_id, d.rowid - 1, claim_text, source_name, attribution, certainty, polarity,"
        " currency, amount_text, coalesce(date_start, ''), entities, flags, decision, review_state"
        " FROM claims AS c JOIN documents AS d USING (doc_id) ORDER BY c.rowid"
    )
    for number, claims in enumerate(batches(tables.rows(query), CLAIMS_A_FILE)):
        name = f"claims-{number:04}.js"
        (folder / name).write_bytes(b"report.add(" + encode(claims) + b");\n")
        names.append(name)
    return names


def batches(rows: Iterable[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


# ---------------------------------------------------------------- an article


def article_page(
    tables: TableReader,
    page: Template,
    doc_id: str,
    path: str,
    title: str | None,
    outlet: str | None,
    author: str | None,
    published: str | None,
    origin: str | None,
    url: str | None,
    text: str,
    share: float,
) -> str:
    """The page of one article."""
    columns = ", ".join(_CLAIM_COLUMNS)
    found = tables.rows(f"SELECT {columns} FROM claims WHERE doc_id = ? ORDER BY rowid", (doc_id,))
    claims = [dict(zip(_CLAIM_COLUMNS, row, strict=True)) for row in found]
    about = [
        ("Outlet", outlet),
        ("Author", author),
        ("Published", f"{published} ({origin})" if published else "unknown"),
        ("File", path),
        ("Removed", f"{share:.1%} of the text"),
    ]
    return page.substitute(
        title=shown(title or path),
        about="".join(f"<dt>{name}</dt><dd>{shown(value)}</dd>" for name, value in about if value),
        address=address(url),
        text=marked_html(text, marks(tables, doc_id, claims)),
        claims="\n".join(card(claim) for claim in claims),
        count="1 claim" if len(claims) == 1 else f"{len(claims)} claims",
    )


def address(url: str | None) -> str:
    """A link to the article on the web; only http and https can be followed."""
    if not url:
        return ""
    if not url.lower().startswith(("http://", "https://")):
        return f"<p>{shown(url)}</p>"
    return f'<p><a href="{shown(url)}" rel="noreferrer noopener">{shown(url)}</a></p>'


def marks(tables: TableReader, doc_id: str, claims: Iterable[Claim]) -> Iterator[Mark]:
    """Everything to show on the text of a document."""
    query = "SELECT start, end, rule, reason, replacement FROM removals WHERE doc_id = ?"
    for start, end, rule, reason, replacement in tables.rows(query, (doc_id,)):
        kind = "removed" if replacement is None else "repaired"
        yield Mark(start, end, kind, f"{kind} by {rule}" + (f": {reason}" if reason else ""))
    for claim in claims:
        for start, end in json_spans(claim["spans"]):
            yield Mark(start, end, "claim", claim_id=claim["claim_id"])
        for kind in ("source", "cue"):
            for start, end in json_spans(claim[f"{kind}_spans"]):
                yield Mark(start, end, kind, kind)
    query = "SELECT start, end, date_modifier, date_value FROM dates WHERE doc_id = ?"
    for start, end, modifier, value in tables.rows(query, (doc_id,)):
        words = " ".join(part for part in (modifier, value or "unresolved") if part)
        yield Mark(start, end, "date", f"date: {words}")
    query = (
        "SELECT start, end, figure_kind, amount_qualifier, figure_value, unit FROM money"
        " WHERE doc_id = ?"
    )
    for start, end, kind, bound, value, unit in tables.rows(query, (doc_id,)):
        parts = ((bound or "").replace("_", " "), value or "no single value", unit)
        words = " ".join(part for part in parts if part)
        yield Mark(start, end, "money", f"{kind}: {words}")
    query = (
        "SELECT m.start, m.end, m.label, e.name FROM mentions AS m"
        " LEFT JOIN entities AS e USING (entity_id) WHERE m.doc_id = ?"
    )
    for start, end, label, name in tables.rows(query, (doc_id,)):
        yield Mark(start, end, "entity", f"{label}: {name or 'not resolved'}")


def json_spans(cell: str | None) -> list[tuple[int, int]]:
    return [] if cell is None else msgspec.json.decode(cell, type=list[tuple[int, int]])


def card(claim: Claim) -> str:
    """One claim of the list beside the text."""
    facts = [
        ("who", claim["source_name"] or claim["source_text"]),
        ("how", f"{claim['attribution']}, {claim['certainty']}, {claim['polarity']}"),
        ("cue", claim["cue_text"]),
        ("when", valued(claim["date_text"], when(claim))),
        ("how much", valued(claim["amount_text"], how_much(claim))),
        ("flags", claim["flags"]),
        ("decision", decided(claim)),
        ("before", claim["earlier_decisions"]),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{shown(value)}</dd>" for name, value in facts if value)
    claim_id = escape(claim["claim_id"])
    return (
        f'<li id="card-{claim_id}" data-id="{claim_id}"><a href="#{claim_id}">'
        f"{shown(claim['claim_text'])}</a><dl>{rows}</dl><code>{claim_id}</code></li>"
    )


def decided(claim: Claim) -> str:
    """The decision in words, with what was corrected."""
    if not claim["decision"]:
        return ""
    names = ("source", "subject", "date", "amount", "currency")
    corrected = [f"{name} {claim[key]}" for name in names if claim[key := f"corrected_{name}"]]
    parts = [claim["decision"], f"by {claim['reviewer']}" if claim["reviewer"] else ""]
    parts += [f": {', '.join(corrected)}" if corrected else ""]
    parts += [f"({claim['note']})" if claim["note"] else ""]
    return " ".join(part for part in parts if part).replace(" : ", ": ", 1)


def when(claim: Claim) -> str | None:
    """The claim's days, months or years with what opens or narrows them: "since 2015"."""
    days = period(claim["date_start"], claim["date_end"])
    return f"{claim['date_modifier']} {days}" if days and claim["date_modifier"] else days


def how_much(claim: Claim) -> str | None:
    """The claim's sum with what bounds it: "almost 4000000 EUR per year"; both ends of a range."""
    exact, bound = claim["amount"], claim["amount_qualifier"] if claim["amount"] else None
    per = claim["per"] if claim["per"] in (None, "each") else f"per {claim['per']}"
    total = exact or period(claim["amount_low"], claim["amount_high"])
    parts = ((bound or "").replace("_", " "), total, claim["currency"], per)
    return " ".join(part for part in parts if part) or None


def period(start: str | None, end: str | None) -> str | None:
    return f"{start} to {end}" if start and end and start != end else start or end


def valued(words: str | None, *values: str | None) -> str:
    """Words and what they were read as."""
    if not words:
        return ""
    read = " ".join(dict.fromkeys(value for value in values if value))
    return f"{words} ({read})" if read else f"{words} (no value)"
