"""The history tells which claims came, changed and went, and the gate sees a broken feed."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.gate import compare, gate, judge
from pipeline.store.history import WATCHED, Arrivals, arrivals, diff, record_run, runs

FACTS = {"started": "2024-01-01T03:00:00+00:00"}


def write_tables(out: Path, claims: dict[str, str]) -> None:
    """A claims.sqlite with the columns that the history reads; claim_id -> amount."""
    path = out / "claims.sqlite"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute(f"create table claims(claim_id, {', '.join(WATCHED)})")
        db.execute("create table documents(doc_id, n_claims, characters, characters_removed)")
        db.execute("create table dates(doc_id, flags)")
        for claim_id, amount in claims.items():
            values = {"path": "a.txt", "claim_text": claim_id, "amount": amount}
            row = [claim_id, *(values.get(name) for name in WATCHED)]
            db.execute(f"insert into claims values({', '.join('?' * len(row))})", row)
        db.execute("insert into documents values('d_1', ?, 1000, 100)", (len(claims),))
        db.executemany("insert into dates values('d_1', ?)", [("unresolved_date",), (None,)])


def test_claims_come_change_and_go(tmp_path: Path) -> None:
    for number, claims in enumerate(({"c_a": "1", "c_b": "2"}, {"c_a": "9", "c_c": "3"}), 1):
        write_tables(tmp_path, claims)
        assert record_run(tmp_path, FACTS, ["d_1"], 0) == number
    found = {(c.kind, c.claim_id, c.values["amount"]) for c in diff(tmp_path, 1, 2)}
    assert found == {("changed", "c_a", "9"), ("withdrawn", "c_b", "2"), ("added", "c_c", "3")}
    back = {(c.kind, c.claim_id) for c in diff(tmp_path, 2, 1)}
    assert back == {("changed", "c_a"), ("added", "c_b"), ("withdrawn", "c_c")}
    assert arrivals(tmp_path)[0] == Arrivals(1, 1, 2, 1000, 100, 2, 1, 0)


def test_a_run_that_changed_nothing_is_a_run_without_arrivals(tmp_path: Path) -> None:
    write_tables(tmp_path, {"c_a": "1"})
    record_run(tmp_path, FACTS, ["d_1"], 0)
    record_run(tmp_path, FACTS, None, 0)
    assert len(runs(tmp_path)) == 2
    assert len(arrivals(tmp_path)) == 1
    assert diff(tmp_path, 1, 2) == []


def test_an_unknown_run_and_a_damaged_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no runs yet"):
        diff(tmp_path, 1, 2)
    (tmp_path / "history.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(PipelineError, match="move it away"):
        runs(tmp_path)


def day(run: int, *, claims: int = 200, removed: int = 1000, quarantined: int = 0) -> Arrivals:
    return Arrivals(run, 20, claims + run % 3, 10_000, removed, 100, 5, quarantined)


def test_an_ordinary_day_passes_the_gate() -> None:
    assert compare(day(8, claims=220), [day(n) for n in range(1, 8)]) == []


@pytest.mark.parametrize(
    ("today", "words"),
    [
        pytest.param(day(8, claims=20), "claims per document", id="login-pages"),
        pytest.param(day(8, removed=7000), "text removed", id="new-layout"),
        pytest.param(day(8, quarantined=15), "quarantine", id="broken-files"),
    ],
)
def test_a_day_unlike_the_past_is_stopped_with_its_reason(today: Arrivals, words: str) -> None:
    reasons = compare(today, [day(n) for n in range(1, 8)])
    assert len(reasons) == 1
    assert words in reasons[0]


def test_too_little_past_says_nothing(tmp_path: Path) -> None:
    assert judge([day(1), day(2), day(3, claims=0)]) == (
        (),
        "2 earlier runs read something; 5 are needed to compare with",
    )
    few = replace(day(8), documents=2)
    assert "too few" in judge([*(day(n) for n in range(1, 8)), few]).words
    assert "nothing to compare" in gate(tmp_path).words


def test_the_verdict_names_what_was_compared() -> None:
    verdict = judge([day(n) for n in range(1, 9)])
    assert verdict == ((), "run 8 (20 documents) is like 7 earlier runs")
    assert judge([*(day(n) for n in range(1, 8)), day(8, claims=0)]).words.startswith(
        "run 8 (20 documents) is unlike"
    )


def test_a_run_that_was_killed_before_the_history_is_caught_up_with(tmp_path: Path) -> None:
    write_tables(tmp_path, {"c_a": "1"})
    record_run(tmp_path, FACTS | {"outputs": "one"}, ["d_1"], 0)
    write_tables(tmp_path, {"c_b": "1"})  # and killed here; the next run has nothing to do
    record_run(tmp_path, FACTS | {"outputs": "two"}, [], 0)
    assert {(c.kind, c.claim_id) for c in diff(tmp_path, 1, 2)} == {
        ("withdrawn", "c_a"),
        ("added", "c_b"),
    }
    record_run(tmp_path, FACTS | {"outputs": "two"}, [], 0)
    assert diff(tmp_path, 2, 3) == []


CLAIMS = st.dictionaries(st.sampled_from(["c_1", "c_2", "c_3"]), st.sampled_from(["1", "2"]))


@given(st.lists(CLAIMS, min_size=2, max_size=6))
@settings(max_examples=15, deadline=None)
def test_any_two_runs_differ_as_their_tables_do(tables: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for claims in tables:
            write_tables(out, claims)
            record_run(out, FACTS, ["d_1"], 0)
        for before, after in ((1, len(tables)), (len(tables), 1), (1, 2)):
            old, new = tables[before - 1], tables[after - 1]
            found = {(c.kind, c.claim_id) for c in diff(out, before, after)}
            kinds = {(kind, claim) for kind, claim in found if kind != "changed"}
            assert kinds == {("added", c) for c in new.keys() - old.keys()} | {
                ("withdrawn", c) for c in old.keys() - new.keys()
            }
            differs = {c for c in new.keys() & old.keys() if new[c] != old[c]}
            assert differs == {claim for kind, claim in found if kind == "changed"}
