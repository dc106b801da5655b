"""The whole path as a user walks it: the `claims` command on the shipped samples."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"
SHARED = ROOT.parent / "shared" / "corpus"
RUN_FACTS = {"run.json", "history.sqlite"}


def claims(*arguments: str | Path, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CLAIMS_STATE": str(state)},
    )


def pure_files(out: Path) -> dict[str, str]:
    """Every output but the facts about a run, by its SHA-256."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in RUN_FACTS
    }


def table(out: Path) -> list[dict[str, str]]:
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of one run over corpus/samples."""
    folder = tmp_path_factory.mktemp("samples")
    done = claims("run", SAMPLES, "--out", folder / "out", "--json", state=folder / "state")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["documents"] == 9
    return folder / "out"


def test_every_row_is_verified_against_the_raw_files(samples: Path, tmp_path: Path) -> None:
    done = claims("verify", samples, state=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_second_run_with_two_workers_gives_the_same_bytes(samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = claims("run", SAMPLES, "--out", out, "--workers", "2", state=tmp_path / "state")
    assert done.returncode == 0, done.stderr
    assert pure_files(out) == pure_files(samples)


def test_an_unchanged_corpus_is_not_read_again(tmp_path: Path) -> None:
    corpus, out, state = tmp_path / "corpus", tmp_path / "out", tmp_path / "state"
    corpus.mkdir()
    shutil.copy(SAMPLES / "bridge-undated.txt", corpus)
    assert claims("run", corpus, "--out", out, state=state).returncode == 0
    before = pure_files(out)
    again = json.loads(claims("run", corpus, "--out", out, "--json", state=state).stdout)
    assert (again["files_read"], again["texts_analysed"]) == (0, 0)
    assert pure_files(out) == before
    assert claims("status", corpus, "--out", out, state=state).stdout.startswith("nothing to do")
    (corpus / "bridge-undated.txt").rename(corpus / "moved.txt")
    moved = json.loads(claims("run", corpus, "--out", out, "--json", state=state).stdout)
    assert (moved["files_read"], moved["texts_analysed"]) == (1, 0)


def test_bad_files_go_to_quarantine_and_the_rest_goes_on(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    shutil.copy(SAMPLES / "bridge-undated.txt", corpus)
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "picture.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "notes.xyz").write_text("what is this")
    done = claims("run", corpus, "--out", out, "--json", state=tmp_path / "state")
    summary = json.loads(done.stdout)
    assert done.returncode == 3, done.stderr
    assert (summary["documents"], summary["quarantined"], summary["set_aside"]) == (1, 2, 1)
    with sqlite3.connect(out / "claims.sqlite") as db:
        reasons = dict(db.execute("select path, reason from quarantine"))
    assert set(reasons) == {"empty.txt", "picture.txt"}
    assert reasons["empty.txt"] == "empty"
    told = claims("status", corpus, "--out", out, state=tmp_path / "state").stdout
    assert "nothing to do" in told
    assert "in quarantine 2" in told


def test_a_corpus_without_articles_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    done = claims("run", tmp_path / "corpus", "--out", tmp_path / "out", state=tmp_path / "state")
    assert done.returncode == 0, done.stderr
    assert "no articles" in done.stdout + done.stderr
    assert table(tmp_path / "out") == []


def test_an_unwritable_output_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = claims("run", SAMPLES, "--out", tmp_path / "file" / "out", state=tmp_path / "state")
    assert done.returncode in (1, 2)
    assert "name another --out" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_wrong_use(tmp_path: Path) -> None:
    done = claims("run", SAMPLES, "--date-order", "XYZ", "--out", tmp_path, state=tmp_path)
    assert done.returncode == 2
    assert "--date-order" in done.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/corpus beside this checkout")
def test_real_articles_give_a_table_without_end_matter(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = claims("run", SHARED, "--out", out, state=tmp_path / "state")
    assert done.returncode == 0, done.stderr
    rows = table(out)
    words = "\n".join(row["claim_text"] for row in rows)
    for noise in ("instagram", "Lorem", "dolor", "donations", "Getty", "research assistant"):
        assert noise not in words
    assert any(row["amount"] == "9000000000" and row["currency"] == "USD" for row in rows)
    named = {row["source_name"] for row in rows}
    assert {"Rodrigo Malmierca", "Saeed Khatibzadeh"} <= named
    assert claims("verify", out, state=tmp_path / "state").returncode == 0


def test_a_corpus_that_lost_all_its_articles_leaves_the_tables(tmp_path: Path) -> None:
    corpus, out, state = tmp_path / "corpus", tmp_path / "out", tmp_path / "state"
    corpus.mkdir()
    shutil.copy(SAMPLES / "bridge-undated.txt", corpus)
    assert claims("run", corpus, "--out", out, state=state).returncode == 0
    before = pure_files(out)
    (corpus / "bridge-undated.txt").unlink()
    done = claims("run", corpus, "--out", out, state=state)
    assert done.returncode == 1
    assert "stay as they are" in done.stderr
    assert pure_files(out) == before
