"""`claims export --to`: the database holds what the tables hold, whatever it held before."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pipeline.errors import ConfigError, PipelineError
from pipeline.export import to_sqlite
from pipeline.export.additions import addition
from pipeline.export.columns import tables
from pipeline.export.database import write
from pipeline.export.database.address import engine_of, parse
from pipeline.export.database.write import write_database
from pipeline.export.reader import TableReader
from pipeline.export.schema import Column, Table
from pipeline.records import DocumentResult, Fact

Build = Callable[..., DocumentResult]

HOSTILE = (
    *("=1+1", "'; DROP TABLE claims; --", '"', "%s %(x)s :x $1 ?", "\\N", "\\.", "a\tb\nc\rd"),
    *(
        "NULL",
        "NA",
        "1E5",
        "TRUE",
        "é\u202e\U0001f6a2",
        "nul\0here",
        "{1,2}",
        "<script>",
        "\x1b[0m",
    ),
)


def tables_of(folder: Path, *results: DocumentResult) -> Path:
    path = folder / "claims.sqlite"
    path.unlink(missing_ok=True)
    to_sqlite.write([addition(results)], path)
    return path


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    engine = engine_of(parse(address))
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def held(address: str) -> dict[str, list[dict[str, Any]]]:
    """The database's tables as rows of the tables' own columns, in one order."""
    return {
        name: sorted(
            (dict(zip(spec.names, row, strict=True)) for row in rows(address, select(spec))),
            key=repr,
        )
        for name, spec in tables().items()
    }


def select(spec: Table) -> str:
    names = ", ".join(f'"{name}"' for name in spec.names)
    return f'SELECT {names} FROM "{spec.name}"'


def expected(source: Path) -> dict[str, list[dict[str, Any]]]:
    with TableReader(source) as reader:
        return {
            name: sorted(
                (
                    {c.name: typed(c, record[c.name]) for c in spec.columns}
                    for record in reader.records(name)
                ),
                key=repr,
            )
            for name, spec in tables().items()
        }


def typed(column: Column, cell: Any) -> Any:
    """The cell as PostgreSQL gives it."""
    if cell is None:
        return None
    if column.name in ("flags", "signals", "signs", "contradicts", "updated_by"):
        return cell.split("; ")
    if column.type == "json":
        return json.loads(cell)
    return Decimal(cell) if column.type == "decimal" else cell


@pytest.fixture
def lite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/copy.db"


def test_postgresql_holds_what_the_tables_hold(
    database: str, make_result: Build, tmp_path: Path
) -> None:
    source = tables_of(tmp_path, make_result("a.txt"), make_result("b.txt", before="Menu\n"))
    written = write_database(source, database)
    assert held(database) == expected(source)
    assert written.rows == written.changed == sum(map(len, expected(source).values()))
    assert written.deleted == 0


def test_sqlite_holds_what_the_tables_hold(lite: str, make_result: Build, tmp_path: Path) -> None:
    source = tables_of(tmp_path, make_result("a.txt"))
    write_database(source, lite)
    (row,) = rows(lite, "SELECT amount, flags, date_start_day, published_day FROM claims")
    assert row == ("3500000", '["ambiguous_source"]', "2021-10-29", None)
    assert {name: len(found) for name, found in held(lite).items()} == {
        name: len(found) for name, found in expected(source).items()
    }


def test_columns_have_the_types_of_what_they_hold(
    database: str, result: DocumentResult, tmp_path: Path
) -> None:
    write_database(tables_of(tmp_path, result), database)
    query = "SELECT amount, confidence, flags, spans, date_start, date_start_day FROM claims"
    (row,) = rows(database, query)
    assert row[:3] == (Decimal(3500000), 0.45, ["ambiguous_source"])
    assert row[4:] == ("2021-10-29", date(2021, 10, 29))
    assert isinstance(row[3][0][0], int)
    assert rows(database, "SELECT published, published_day FROM documents") == [("2021-11", None)]
    query = (
        "SELECT attname, format_type(atttypid, -1) FROM pg_attribute"
        " WHERE attrelid = 'decisions'::regclass AND attnum > 0"
    )
    found = dict(rows(database, query))
    assert found["decided_at"] == "timestamp with time zone"
    assert found["corrected_amount"] == "numeric"


def test_tables_have_their_keys_and_references(
    database: str, result: DocumentResult, tmp_path: Path
) -> None:
    write_database(tables_of(tmp_path, result), database)
    inspector = sa.inspect(engine_of(parse(database)))
    for name, spec in tables().items():
        key = inspector.get_pk_constraint(name)["constrained_columns"]
        assert key == list(spec.key or ("row_number",))
        references = {
            f["constrained_columns"][0]: f"{f['referred_table']}.{f['referred_columns'][0]}"
            for f in inspector.get_foreign_keys(name)
        }
        assert references == {c.name: c.references for c in spec.columns if c.references}
    comment = inspector.get_table_comment("claims")["text"]
    assert comment == tables()["claims"].meaning


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_again_changes_nothing(
    kind: str, request: pytest.FixtureRequest, result: DocumentResult, tmp_path: Path
) -> None:
    address = request.getfixturevalue(kind)
    source = tables_of(tmp_path, result)
    first = write_database(source, address)
    assert write_database(source, address) == first._replace(changed=0)


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_rows_change_come_and_go(
    kind: str, request: pytest.FixtureRequest, make_result: Build, tmp_path: Path
) -> None:
    address = request.getfixturevalue(kind)
    write_database(tables_of(tmp_path, make_result("a.txt"), make_result("b.txt")), address)
    changed = make_result("b.txt", title="Another title")
    source = tables_of(tmp_path, changed, make_result("c.txt"))
    written = write_database(source, address)
    assert written.deleted > 0
    assert rows(address, "SELECT path FROM documents ORDER BY path") == [("b.txt",), ("c.txt",)]
    if kind == "database":
        assert held(address) == expected(source)


def test_what_somebody_changed_in_the_database_is_as_in_the_tables_again(
    database: str, result: DocumentResult, tmp_path: Path
) -> None:
    source = tables_of(tmp_path, result)
    write_database(source, database)
    with engine_of(parse(database)).begin() as connection:
        connection.execute(sa.text("UPDATE claims SET amount = 1, currency = NULL"))
        connection.execute(sa.text("DELETE FROM removals"))
    written = write_database(source, database)
    assert (written.changed, written.deleted) == (3, 0)
    assert held(database) == expected(source)


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_hostile_words_stay_words(
    kind: str, request: pytest.FixtureRequest, make_result: Build, tmp_path: Path
) -> None:
    address = request.getfixturevalue(kind)
    results = []
    for number, words in enumerate(HOSTILE):
        result = make_result(f"{number:02}.txt")
        (claim,) = result.analysis.claims
        claims = (replace(claim, subject=words, source_name=words, rule=words),)
        extra = (("desk", words), (words, "x"))
        metadata = replace(result.metadata, title=Fact(words, "text"), extra=extra)
        results.append(
            replace(result, metadata=metadata, analysis=replace(result.analysis, claims=claims))
        )
    write_database(tables_of(tmp_path, *results), address)
    shown = [words.replace("\0", "␀") for words in HOSTILE]
    query = "SELECT subject, source_name, rule, title FROM claims ORDER BY path"
    assert rows(address, query) == [(words,) * 4 for words in shown]
    extra = [row[0] for row in rows(address, "SELECT metadata FROM documents ORDER BY path")]
    extra = [cell if isinstance(cell, dict) else json.loads(cell) for cell in extra]
    assert extra == [{"desk": words, words: "x"} for words in shown]


def test_readers_never_see_half(
    database: str, make_result: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(tables_of(tmp_path, make_result("a.txt")), database)
    query = "SELECT (SELECT min(path) FROM documents), (SELECT min(path) FROM claims)"
    halfway, seen = threading.Event(), threading.Event()
    delete = write.delete

    def slow(spec: Table) -> str:
        halfway.set()
        assert seen.wait(30)
        return delete(spec)

    monkeypatch.setattr(write, "delete", slow)
    source = tables_of(tmp_path, make_result("b.txt"))
    writer = threading.Thread(target=write_database, args=(source, database))
    writer.start()
    assert halfway.wait(30)
    assert rows(database, query) == [("a.txt", "a.txt")]
    seen.set()
    writer.join(30)
    assert rows(database, query) == [("b.txt", "b.txt")]


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_a_failure_leaves_the_database_as_it_was(
    kind: str,
    request: pytest.FixtureRequest,
    make_result: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = request.getfixturevalue(kind)
    write_database(tables_of(tmp_path, make_result("a.txt")), address)
    before = held(address)
    source = tables_of(tmp_path, make_result("b.txt"))
    monkeypatch.setattr(write, "delete", lambda spec: "DELETE FROM nowhere")
    with pytest.raises(PipelineError, match=r"nowhere.*; the database is as it was before"):
        write_database(source, address)
    assert held(address) == before


# ---------------------------------------------------------------- other versions


def grown(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """Let claims have another column, as a later version might."""
    spec = tables()["claims"]
    column = Column(name="mood", meaning="A mood.", example="grim")
    column = Column(**{f: getattr(column, f) for f in column.__struct_fields__} | changes)
    later = Table(
        name=spec.name, meaning=spec.meaning, key=spec.key, columns=(*spec.columns, column)
    )
    monkeypatch.setitem(tables(), "claims", later)


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_a_version_with_more_columns_keeps_the_tables(
    kind: str,
    request: pytest.FixtureRequest,
    result: DocumentResult,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = request.getfixturevalue(kind)
    write_database(tables_of(tmp_path, result), address)
    with engine_of(parse(address)).begin() as connection:
        connection.execute(sa.text("CREATE VIEW ours AS SELECT claim_id FROM claims"))
    grown(monkeypatch)
    write_database(tables_of(tmp_path, result), address)
    assert rows(address, "SELECT mood FROM claims JOIN ours USING (claim_id)") == [(None,)]


@pytest.mark.parametrize("kind", ["database", "lite"])
def test_a_version_with_other_columns_makes_the_tables_anew(
    kind: str,
    request: pytest.FixtureRequest,
    result: DocumentResult,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = request.getfixturevalue(kind)
    source = tables_of(tmp_path, result)
    with monkeypatch.context() as later:
        grown(later, required=True, type="integer", name="mood")
        with closing(sqlite3.connect(tmp_path / "later.sqlite")) as copy:
            with closing(sqlite3.connect(source)) as made:
                made.backup(copy)
            copy.execute("ALTER TABLE claims ADD COLUMN mood INTEGER NOT NULL DEFAULT 3")
            copy.commit()
        write_database(tmp_path / "later.sqlite", address)
        assert rows(address, "SELECT mood FROM claims") == [(3,)]
    write_database(source, address)
    names = {
        column["name"] for column in sa.inspect(engine_of(parse(address))).get_columns("claims")
    }
    assert "mood" not in names


def test_a_table_of_somebody_else_is_left_alone(
    database: str, result: DocumentResult, tmp_path: Path
) -> None:
    with engine_of(parse(database)).begin() as connection:
        connection.execute(sa.text("CREATE TABLE money (coins integer)"))
    source = tables_of(tmp_path, result)
    with pytest.raises(PipelineError, match="has a table 'money' that `claims export` did not"):
        write_database(source, database)
    assert rows(database, "SELECT count(*) FROM money") == [(0,)]
    with engine_of(parse(database)).begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA ours"))
    write_database(source, f"{database}&options=-csearch_path%3Dours")
    assert rows(database, "SELECT count(*) FROM ours.claims") == [(1,)]


# ---------------------------------------------------------------- what can go wrong


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("postgresql://u:geheim@ss@h/db", id="two-ats"),
        pytest.param("postgresql://u:geheim@h:port/db", id="port"),
        pytest.param("u:geheim@h", id="no-kind"),
        pytest.param("mysql://u:geheim@h/db", id="other-database"),
        pytest.param("postgresql+psycopg2://u:geheim@h/db", id="other-driver"),
        pytest.param("sqlite://", id="memory"),
    ],
)
def test_bad_addresses_are_told_without_the_password(address: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        write_database(tmp_path / "none.sqlite", address)
    assert str(caught.value).startswith("--to")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("missing", ["sqlalchemy", "psycopg"])
def test_without_the_extra(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.export.database import address

    find = address.find_spec
    monkeypatch.setattr(address, "find_spec", lambda name: None if name == missing else find(name))
    with pytest.raises(ConfigError, match=r"pip install 'claims-pipeline\[database\]'"):
        parse("postgresql://h/db")


def test_no_server(result: DocumentResult, tmp_path: Path) -> None:
    source = tables_of(tmp_path, result)
    with pytest.raises(PipelineError, match=r"postgresql://u@127.0.0.1:1/db: .*refused") as caught:
        write_database(source, "postgresql://u:geheim@127.0.0.1:1/db?application_name=x")
    assert "geheim" not in str(caught.value)
