"""A desk: articles with claims built by hand, their tables, and the reviewer's files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import ids
from pipeline.export import to_csv, to_sqlite, to_xlsx
from pipeline.export.additions import addition
from pipeline.export.reader import TableReader
from pipeline.records import (
    Analysis,
    Claim,
    CleanDocument,
    DateMention,
    DocumentResult,
    Fact,
    Figure,
    Link,
    Metadata,
    Sentence,
    SourceDocument,
    Span,
)
from pipeline.review.decisions import DecisionFiles, beside
from pipeline.review.desk import take_decisions
from pipeline.review.taking import Taking

FIRST = "The ferry line lost €4 million in May 2021"
SECOND = "its boats carried fewer people than the old bridge"
TEXT = (
    f"A manager, Ines Prado, said {FIRST.lower()}. She added that {SECOND}.\nThe pier stays shut.\n"
)


def article(
    path: str = "pier.txt",
    text: str = TEXT,
    claims: Sequence[Mapping[str, Any]] = ({}, {}),
) -> DocumentResult:
    """Two claims of Ines Prado; each mapping changes one of them (words, amount, source, ...)."""

    def at(words: str) -> Span:
        start = text.rfind(words) if words in text else text.casefold().index(words.casefold())
        return Span(start, start + len(words))

    first = {"words": FIRST, "amount": "4000000", "date": "2021-05", "source": "Ines Prado"}
    second = {"words": SECOND, "amount": "", "date": "", "source": "Ines Prado"}
    dates: list[DateMention] = []
    figures: list[Figure] = []
    made: list[Claim] = []
    for base, change in zip((first, second), claims, strict=False):
        told = base | change
        span = at(str(told["words"]))
        claim = Claim(
            spans=(span,),
            text=span.of(text),
            sentence=Span(0, len(text) - 1),
            attribution="indirect",
            source=(at("Ines Prado"),),
            source_text="Ines Prado",
            source_name=str(told["source"]),
            source_type="person",
            cue=(at("said"),),
            cue_text="said",
            subject="the ferry line",
            predicate="lost",
            dates=(Link(len(dates)),) if told["date"] else (),
            figures=(Link(len(figures)),) if told["amount"] else (),
            check_worthiness=0.6,
            confidence=0.7,
            rule="speech_verb",
            polarity=told.get("polarity", "affirmed"),
        )
        if told["date"]:
            day = str(told["date"])
            dates.append(DateMention(at("May 2021"), "DATE", day, day, day, "month"))
        if told["amount"]:
            amount = Decimal(str(told["amount"]))
            figures.append(Figure(at("€4 million"), "money", amount, currency="EUR"))
        made.append(claim)
    source = SourceDocument(
        ids.doc_id(path), path, text, hashlib.sha256(text.encode()).hexdigest(), "txt"
    )
    sentence = Sentence(Span(0, len(text) - 1), text[:-1], len(made))
    analysis = Analysis((sentence,), tuple(dates), tuple(figures), claims=tuple(made))
    metadata = Metadata(title=Fact("The pier", "text"), published=Fact("2021-06", "text"))
    return DocumentResult(CleanDocument(source, ()), metadata, "en", analysis)


Edit = Mapping[str, object]


@dataclass
class Desk:
    """A corpus and its outputs; `run` writes the tables, `review` reads a file back."""

    folder: Path
    article: Callable[..., DocumentResult] = article
    text: str = TEXT
    results: list[DocumentResult] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def book(self) -> Path:
        return self.out / "claims.xlsx"

    @property
    def decisions(self) -> Path:
        return beside(self.folder / "corpus")

    def run(self, *results: DocumentResult) -> list[dict[str, Any]]:
        """The rows of the claims table after a run over these results."""
        self.results = list(results) or self.results
        (self.folder / "corpus").mkdir(exist_ok=True)
        self.out.mkdir(exist_ok=True)
        database = self.out / "claims.sqlite"
        database.unlink(missing_ok=True)
        made = DecisionFiles([self.decisions])
        to_sqlite.write([addition(self.results, made)], database, decisions=made)
        with TableReader(database) as tables:  # the other files have nothing for reviewers
            to_xlsx.write(tables, self.book)
            to_csv.write(tables, self.out / to_csv.FILE)
        facts = {"corpus": [str(self.folder / "corpus")]}
        (self.out / "run.json").write_text(json.dumps(facts))
        return self.rows("claims")

    def rows(self, name: str) -> list[dict[str, Any]]:
        with TableReader(self.out / "claims.sqlite") as tables:
            return [dict(row) for row in tables.records(name)]

    def edited(
        self, edits: Mapping[int, Edit], sheet: str = "Claims", name: str = "edited.xlsx"
    ) -> Path:
        """A copy of the workbook with cells filled in, by the row's number from 2."""
        book = openpyxl.load_workbook(self.book)
        page = book[sheet]
        names = [cell.value for cell in page[1]]
        for row, cells in edits.items():
            for column, value in cells.items():
                cell = page.cell(row, names.index(column) + 1)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"  # what is typed into a cell for text is text
        book.save(self.folder / name)
        return self.folder / name

    def review(
        self, *files: Path, reviewer: str = "AQ", dry_run: bool = False, order: str = ""
    ) -> Taking:
        return take_decisions(files, self.out, None, reviewer, order, dry_run=dry_run).taking

    def decide(self, *edits: Edit, reviewer: str = "AQ") -> list[dict[str, Any]]:
        """The first claims decided in the workbook as it is, then the rows of the next run."""
        taking = self.review(self.edited(dict(enumerate(edits, start=2))), reviewer=reviewer)
        assert not taking.refused
        return self.run()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.run(made.article())
    return made
