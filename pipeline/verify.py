"""`claims verify`: do the outputs still say what the raw files say?

Every document is read again, its file and text hashed, and every span in every table read
from that text, with the removals of the audit trail replayed, and compared with the row's words.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import ConfigError, DocumentError
from pipeline.export import DATABASE
from pipeline.export.reader import TableReader
from pipeline.export.replay import Replay, storable
from pipeline.ingest.readers import read_file
from pipeline.ingest.readers.options import Options
from pipeline.records import SourceDocument, Span

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where the outputs are not what they should be.

    Attributes:
        file: the output file, or the path of the document.
        row: id of the row, or "".
        column: the column, or "".
        problem: what is wrong, in words.
    """

    file: str
    row: str
    column: str
    problem: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.file, self.row, self.column) if part)
        return f"{place}: {self.problem}"


class Verdict(NamedTuple):
    """What `verify_outputs` found.

    `places` counts the hashes and spans that were compared.
    """

    places: int
    mismatches: list[Mismatch]


class Place(NamedTuple):
    """Spans of a document, the words that a row says stand there, and the row's cell.

    `raw`: the words as read, without the removals replayed.
    """

    spans: Sequence[tuple[int, int]]
    words: str
    row: str
    column: str
    raw: bool = False


def verify_outputs(out: Path, corpus: Sequence[Path] = ()) -> Verdict:
    """Compare everything in `out` with the raw files, and its files with each other.

    Args:
        out: the folder that a run wrote.
        corpus: where the raw files are now; () for where run.json says they were.

    Raises:
        ConfigError: there are no outputs, or nobody knows where the corpus is.
    """
    if not (out / DATABASE).is_file():
        raise ConfigError(f"{out}: no {DATABASE} there; name the folder that `claims run` wrote")
    roots = [root.parent if root.is_file() else root for root in corpus or recorded_corpus(out)]
    places = 0
    mismatches: list[Mismatch] = []
    try:
        with TableReader(out / DATABASE) as tables:
            for count, found in check_documents(tables, roots, recorded_options(out)):
                places += count
                mismatches += found
            mismatches += echoes(tables)
            mismatches += check_files(tables, out)
    except sqlite3.DatabaseError as error:
        mismatches.append(Mismatch(DATABASE, "", "", f"cannot be read: {error}"))
    return Verdict(places, mismatches)


def recorded_corpus(out: Path) -> list[Path]:
    """The corpus folders that run.json names."""
    path = out / "run.json"
    try:
        return [Path(root) for root in json.loads(path.read_text(encoding="utf-8"))["corpus"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path}: does not say where the corpus is; name it with --corpus"
        ) from error


def recorded_options(out: Path) -> Options:
    """How lists of articles were read, as run.json says; the usual way if it says nothing."""
    try:
        settings = json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]
        return Options(settings["max_file_mb"] * 1_000_000, columns=settings["columns"])
    except (OSError, ValueError, KeyError, TypeError):
        return Options()


def check_files(tables: TableReader, out: Path) -> Iterator[Mismatch]:
    from pipeline.export.agreement import disagreements

    for found in disagreements(tables, out):
        row = found.row if found.file.startswith("claims") else f"{found.table} {found.row}".strip()
        yield Mismatch(found.file, row, found.column, found.problem)


def check_documents(
    tables: TableReader, roots: Sequence[Path], options: Options
) -> Iterator[tuple[int, list[Mismatch]]]:
    """For each document, the number of places compared and those that are wrong."""
    wanted: dict[str, dict[str, tuple[str, str, str]]] = {}
    query = "SELECT path, doc_id, sha256, text_sha256 FROM documents ORDER BY rowid"
    for path, *rest in tables.rows(query):
        wanted.setdefault(file_of(path, roots), {})[path] = tuple(rest)
    for file, documents in wanted.items():
        root = root_of(file, roots)
        if root is None:
            missing = f"not found below {', '.join(map(str, roots))}"
            yield 0, [Mismatch(path, "", "", missing) for path in documents]
            continue
        try:
            for source in read_file(root, file, options):
                if row := documents.pop(source.path, None):
                    yield check_document(tables, source, *row)
        except DocumentError as error:
            yield 0, [Mismatch(error.path, "", "", f"cannot be read again: {error.problem}")]
        else:
            yield 0, [Mismatch(path, "", "", "no longer in its file") for path in documents]


def file_of(path: str, roots: Sequence[Path]) -> str:
    """The file of a document; `path#record` names one article of a file."""
    file, mark, _ = path.rpartition("#")
    return file if mark and root_of(path, roots) is None else path


def root_of(file: str, roots: Sequence[Path]) -> Path | None:
    return next((root for root in roots if (root / file).is_file()), None)


def check_document(
    tables: TableReader, source: SourceDocument, doc_id: str, sha256: str, text_sha256: str
) -> tuple[int, list[Mismatch]]:
    """Both hashes of one document, and every span that points into it."""
    mismatches = []
    if source.sha256 != sha256:
        problem = f"the file changed: SHA-256 {source.sha256}, documents has {sha256}"
        mismatches.append(Mismatch(source.path, "", "sha256", problem))
    if source.text_sha256 != text_sha256:
        problem = f"the text changed: SHA-256 {source.text_sha256}, documents has {text_sha256}"
        mismatches.append(Mismatch(source.path, "", "text_sha256", problem))
    stored = tables.rows("SELECT text FROM texts WHERE doc_id = ?", (doc_id,))
    if [storable(source.text)] != [text for (text,) in stored]:
        mismatches.append(Mismatch(source.path, "", "texts.text", "not the text of the file"))
    removals = tables.rows(
        "SELECT start, end, coalesce(replacement, '') FROM removals WHERE doc_id = ?"
        " ORDER BY start, end",
        (doc_id,),
    )
    replay = Replay(source.text, removals)
    count = 3
    for place in places(tables, doc_id):
        count += 1
        if problem := wrong(source.text, replay, place):
            mismatches.append(Mismatch(source.path, place.row, place.column, problem))
    return count, mismatches


def wrong(text: str, replay: Replay, place: Place) -> str:
    """What is wrong with a place, or ""."""
    for start, end in place.spans:
        if not 0 <= start < end <= len(text):
            return f"[{start}, {end}) is no place in a text of {len(text)} characters"
    spans = [Span(start, end) for start, end in place.spans]
    found = spans[0].of(text) if place.raw else replay.joined(spans)
    if spaced(storable(found)) == spaced(place.words):
        return ""
    return f"{place.words[:60]!r} in the row, {found[:60]!r} in the text at {place.spans}"


def spaced(text: str) -> str:
    """Claims join the lines of their words with spaces, so these count as one space."""
    return _SPACES.sub(" ", text)


#: Table, its id, its words and whether they are as read.
_SIMPLE = (
    ("removals", "removal_id", "text", True),
    ("sentences", "sentence_id", "text", False),
    ("dates", "date_id", "date_text", False),
    ("money", "money_id", "figure_text", False),
    ("mentions", "mention_id", "mention_text", False),
)
#: Columns of claims: the words and their spans.
_CLAIM_PARTS = (
    ("claim_text", "spans"),
    ("source_text", "source_spans"),
    ("cue_text", "cue_spans"),
)
_DATE = (
    *("date_text", "date_value", "date_start", "date_end", "date_granularity", "date_modifier"),
)
_FIGURE = (
    *("amount_text", "amount", "amount_low", "amount_high", "currency", "amount_qualifier"),
    *("figure_text", "figure_kind", "figure_value", "figure_low", "figure_high", "unit", "per"),
)
_ABOUT = ("path", "title", "published")


def echoes(tables: TableReader) -> Iterator[Mismatch]:
    """Cells of claims that repeat another row, such as the date, and don't."""
    checks = (
        ("start, end", "no start and end of its spans", _SPREAD),
        ("date_text", "no date of claim_dates has these cells", _unlinked("date", "dates", _DATE)),
        (
            "figure_text",
            "no figure of claim_money has these cells",
            _unlinked("money", "money", _FIGURE),
        ),
        (
            ", ".join(_ABOUT),
            "not what documents has",
            "SELECT claim_id FROM claims AS c JOIN documents AS t USING (doc_id)"
            f" WHERE {_cells('c', _ABOUT)} IS NOT {_cells('t', _ABOUT)}",
        ),
    )
    for column, problem, query in checks:
        for (claim_id,) in tables.rows(query):
            yield Mismatch("claims", claim_id, column, problem)


_SPREAD = """
SELECT claim_id FROM claims AS c WHERE NOT json_valid(spans) OR (start, end) IS NOT
  (SELECT min(json_extract(value, '$[0]')), max(json_extract(value, '$[1]')) FROM json_each(
    CASE WHEN json_valid(c.spans) THEN c.spans ELSE '[]' END))
"""


def _cells(alias: str, names: Iterable[str]) -> str:
    return f"({', '.join(f'{alias}.{name}' for name in names)})"


def _unlinked(link: str, name: str, columns: tuple[str, ...]) -> str:
    """The query for claims whose cells are not those of a row that they are linked to."""
    return (
        f"SELECT claim_id FROM claims AS c WHERE c.{link if link == 'date' else 'figure'}_text"
        f" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claim_{name} AS l"
        f" JOIN {name} AS t USING ({link}_id) WHERE l.claim_id = c.claim_id"
        f" AND {_cells('t', columns)} IS {_cells('c', columns)})"
    )


def places(tables: TableReader, doc_id: str) -> Iterable[Place]:
    """All places of a document that its rows speak of."""
    for name, key, column, raw in _SIMPLE:
        query = f"SELECT {key}, start, end, coalesce({column}, '') FROM {name} WHERE doc_id = ?"
        for row, start, end, words in tables.rows(query, (doc_id,)):
            yield Place([(start, end)], words, row, column, raw)
    query = "SELECT money_id, start, end, amount_text FROM money WHERE doc_id = ?"
    for row, start, end, words in tables.rows(query, (doc_id,)):
        if words is not None:
            yield Place([(start, end)], words, row, "amount_text")
    for words_column, spans_column in _CLAIM_PARTS:
        query = f"SELECT claim_id, {words_column}, {spans_column} FROM claims WHERE doc_id = ?"
        for row, words, spans in tables.rows(query, (doc_id,)):
            if spans:
                yield Place(pairs(spans), words or "", row, words_column)
    query = (
        "SELECT c.claim_id, c.sentence, s.start, s.end FROM claims AS c"
        " JOIN sentences AS s USING (sentence_id) WHERE c.doc_id = ?"
    )
    for row, words, start, end in tables.rows(query, (doc_id,)):
        yield Place([(start, end)], words, row, "sentence")


def pairs(cell: str) -> list[tuple[int, int]]:
    """The spans of a cell; a cell that holds none gives a place that no text has."""
    try:
        found: Any = json.loads(cell)
        return [(int(start), int(end)) for start, end in found] or [(-1, -1)]
    except (ValueError, TypeError):
        return [(-1, -1)]
