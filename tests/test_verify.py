"""`claims verify` finds one changed byte, one changed cell and one shifted offset."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.export import write_all
from pipeline.export.additions import addition
from pipeline.ingest.readers import read_file
from pipeline.records import (
    Analysis,
    Claim,
    CleanDocument,
    DateMention,
    DocumentResult,
    Entity,
    EntityMention,
    Figure,
    Link,
    Metadata,
    Removal,
    Sentence,
    Span,
)
from pipeline.verify import verify_outputs

ARTICLE = """Ferry fares to rise

Operators said in March\u00a0that fares would rise by €2.40 a trip.

Follow us on social media
"""
PATH = "travel/ferry.txt"


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def analysed(corpus: Path) -> DocumentResult:
    """The article read by the real reader, with rows made by hand."""
    source = next(iter(read_file(corpus, PATH)))
    text = source.text
    removals = (
        Removal(at(text, "\u00a0"), "nbsp", " "),
        Removal(at(text, "Follow us on social media"), "socials"),
    )
    sentence = at(text, "Operators said in March\u00a0that fares would rise by €2.40 a trip.")
    claim = Claim(
        spans=(at(text, "in March"), at(text, "fares would rise by €2.40 a trip")),
        text="in March … fares would rise by €2.40 a trip",
        sentence=sentence,
        attribution="indirect",
        source=(at(text, "Operators"),),
        source_text="Operators",
        cue=(at(text, "said"),),
        cue_text="said",
        dates=(Link(0),),
        figures=(Link(0),),
        mentions=(Link(0, "source"),),
    )
    analysis = Analysis(
        sentences=(Sentence(sentence, sentence.of(text).replace("\u00a0", " "), 1),),
        dates=(DateMention(at(text, "March"), "DATE", "2022-03", "2022-03", "2022-03", "month"),),
        figures=(Figure(at(text, "€2.40"), "money", Decimal("2.40"), currency="EUR"),),
        entities=(Entity("e_00000000000000bb", "Operators", "ORG"),),
        mentions=(EntityMention(at(text, "Operators"), "ORG", "e_00000000000000bb"),),
        claims=(claim,),
    )
    return DocumentResult(CleanDocument(source, removals), Metadata(), "en", analysis)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus and its outputs, written once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("pristine")
    (folder / "corpus" / PATH).parent.mkdir(parents=True)
    (folder / "corpus" / PATH).write_text(ARTICLE, encoding="utf-8")
    write_all([addition([analysed(folder / "corpus")])], folder / "out")
    return folder


@pytest.fixture
def corpus(tmp_path: Path, pristine: Path) -> Path:
    return shutil.copytree(pristine / "corpus", tmp_path / "corpus")


@pytest.fixture
def out(tmp_path: Path, pristine: Path, corpus: Path) -> Path:
    folder = shutil.copytree(pristine / "out", tmp_path / "out", symlinks=True)
    (folder / "run.json").write_text(json.dumps({"corpus": [str(corpus)]}), encoding="utf-8")
    return folder


def change(out: Path, statement: str) -> None:
    with closing(sqlite3.connect(out / "claims.sqlite")) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def test_untouched_outputs_pass(out: Path) -> None:
    verdict = verify_outputs(out)
    assert verdict.mismatches == []
    assert verdict.places >= 10


def test_a_moved_corpus_is_named(out: Path, corpus: Path, tmp_path: Path) -> None:
    moved = corpus.rename(tmp_path / "elsewhere")
    assert verify_outputs(out, [moved]).mismatches == []
    assert "not found" in str(verify_outputs(out).mismatches[0])


def test_one_changed_byte_in_a_source(out: Path, corpus: Path) -> None:
    raw = (corpus / PATH).read_bytes()
    (corpus / PATH).write_bytes(raw.replace(b"fares to", b"fares tu"))
    columns = [mismatch.column for mismatch in verify_outputs(out).mismatches]
    assert columns == ["sha256", "text_sha256", "texts.text"]


def test_changed_words_in_a_source(out: Path, corpus: Path) -> None:
    raw = (corpus / PATH).read_bytes()
    (corpus / PATH).write_bytes(raw.replace("€2.40".encode(), "€2.60".encode()))
    columns = {mismatch.column for mismatch in verify_outputs(out).mismatches}
    assert {"claim_text", "figure_text", "amount_text", "text", "sentence"} <= columns


def test_a_vanished_source(out: Path, corpus: Path) -> None:
    (corpus / PATH).unlink()
    assert [m.file for m in verify_outputs(out).mismatches] == [PATH]


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        pytest.param("UPDATE claims SET claim_text = 'in May'", "claim_text", id="claim-text"),
        pytest.param("UPDATE claims SET source_text = 'Ferries'", "source_text", id="source"),
        pytest.param("UPDATE claims SET cue_text = 'sad'", "cue_text", id="cue"),
        pytest.param("UPDATE claims SET sentence = 'No.'", "sentence", id="sentence"),
        pytest.param("UPDATE claims SET amount = '2.41'", "figure_text", id="amount"),
        pytest.param("UPDATE claims SET date_start = '2021-03'", "date_text", id="date"),
        pytest.param("UPDATE claims SET polarity = 'negated'", "polarity", id="no-span"),
        pytest.param("UPDATE claims SET start = start + 1", "start, end", id="shifted-start"),
        pytest.param("UPDATE claims SET spans = '[[1, 2]]'", "claim_text", id="other-spans"),
        pytest.param("UPDATE claims SET spans = 'no list'", "claim_text", id="broken-spans"),
        pytest.param("UPDATE dates SET start = start + 1", "date_text", id="shifted-date"),
        pytest.param("UPDATE money SET end = 10000", "figure_text", id="beyond-the-text"),
        pytest.param("UPDATE mentions SET mention_text = 'x'", "mention_text", id="mention"),
        pytest.param("UPDATE sentences SET start = start - 1", "text", id="shifted-sentence"),
        pytest.param("UPDATE texts SET text = text || ' '", "texts.text", id="text"),
        pytest.param("UPDATE documents SET title = 'x'", "path, title, published", id="title"),
        pytest.param("UPDATE removals SET text = 'x' WHERE rule = 'socials'", "text", id="removal"),
        pytest.param(
            "UPDATE removals SET replacement = 'x' WHERE rule = 'nbsp'", "sentence", id="repair"
        ),
    ],
)
def test_one_changed_cell_in_the_database(out: Path, statement: str, column: str) -> None:
    change(out, statement)
    assert column in {mismatch.column for mismatch in verify_outputs(out).mismatches}


@pytest.mark.parametrize("name", ["claims.csv", "claims.jsonl"])
def test_one_changed_cell_in_a_text_file(out: Path, name: str) -> None:
    path = out / name
    path.write_bytes(path.read_bytes().replace(b"indirect", b"direct"))
    found = [mismatch for mismatch in verify_outputs(out).mismatches if mismatch.file == name]
    assert [mismatch.column for mismatch in found] == ["", "attribution"]
    assert "'direct' here, 'indirect' in claims.sqlite" in found[1].problem


def test_one_changed_cell_in_parquet(out: Path) -> None:
    import pyarrow.parquet as pq

    path = out / "claims.parquet"
    rows = pq.read_table(path)
    number = rows.schema.get_field_index("confidence")
    changed = rows.set_column(number, rows.schema.field(number), [[0.123]])
    pq.write_table(changed, path)
    found = [mismatch for mismatch in verify_outputs(out).mismatches if mismatch.column]
    assert [(mismatch.file, mismatch.column) for mismatch in found] == [
        ("claims.parquet", "confidence")
    ]


def test_a_missing_row_and_a_missing_file(out: Path) -> None:
    (out / "claims.jsonl").write_bytes(b"")
    (out / "claims.csv").unlink()
    problems = {str(mismatch) for mismatch in verify_outputs(out).mismatches}
    assert "claims.csv: the file is missing" in problems
    assert any("claims.jsonl" in words and "row is missing" in words for words in problems)


def test_a_broken_file_is_named(out: Path) -> None:
    (out / "claims.parquet").write_bytes(b"PAR1 no more")
    (out / "claims.jsonl").write_bytes(b"{")
    files = {m.file for m in verify_outputs(out).mismatches if "cannot be read" in m.problem}
    assert files == {"claims.parquet", "claims.jsonl"}


def test_a_broken_database_is_named(out: Path) -> None:
    (out / "claims.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert "cannot be read" in str(verify_outputs(out).mismatches[0])


def test_the_workbook_may_be_worked_in(out: Path) -> None:
    (out / "claims.xlsx").write_bytes(b"saved by somebody")
    assert verify_outputs(out).mismatches == []


def test_without_outputs_or_corpus(tmp_path: Path, out: Path) -> None:
    with pytest.raises(ConfigError, match=r"no claims\.sqlite"):
        verify_outputs(tmp_path)
    (out / "run.json").unlink()
    with pytest.raises(ConfigError, match="--corpus"):
        verify_outputs(out)


def test_an_article_that_left_its_file(tmp_path: Path, corpus: Path) -> None:
    result = analysed(corpus)
    source = replace(result.document.source, path=f"{PATH}#7", doc_id="d_0000000000000007")
    document = CleanDocument(source, result.document.removals)
    write_all([addition([replace(result, document=document)])], tmp_path / "out")
    found = verify_outputs(tmp_path / "out", [corpus]).mismatches
    assert [str(mismatch) for mismatch in found] == [f"{PATH}#7: no longer in its file"]
    assert hashlib.sha256((corpus / PATH).read_bytes()).hexdigest() == source.sha256
