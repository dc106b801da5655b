"""Rows made by several processes, of files in pieces, are those that one process makes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import finished
from pipeline.config import Settings
from pipeline.finished import Piece, pieces
from pipeline.run import Request
from pipeline.session import do_stages
from pipeline.store.state import Reader, State
from pipeline.workers import MANY_FILES

Tables = Callable[[Path], dict[str, str]]

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
TEXT = "Norway paid ${n} million on 4 May 2021. The ministry of number {n} said it was late.\n\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A list of forty articles, a sample, a bad file, and so many files that workers pay."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(MANY_FILES):
        (folder / f"{number}.txt").write_text(TEXT.format(n=number) * 3, "utf-8")
    records = ({"id": n, "text": TEXT.format(n=1000 + n) * 3} for n in range(40))
    (folder / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    shutil.copy(min(SAMPLES.glob("*.txt")), folder / "again.txt")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def run(corpus: Path, out: Path, model: str, workers: int) -> Path:
    """Returns the folder of the memory."""
    state = out.parent / f"state-of-{out.name}"
    do_stages(Request((corpus,), out, Settings(model=model, workers=workers, state=str(state))))
    return state


def test_pieces_and_processes_change_nothing(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = run(corpus, tmp_path / "one", blank, 1)
    monkeypatch.setattr(finished, "AT_ONCE", 2_000)  # bytes
    run(corpus, tmp_path / "two", blank, 2)
    assert tables(tmp_path / "two") == tables(tmp_path / "one")
    with Reader(state) as memory:
        tasks = list(pieces(memory))
    cut = [piece for task in tasks for piece in task if piece.path == "list.jsonl"]
    assert len(cut) > 5
    assert cut == [Piece("list.jsonl", part, len(cut)) for part in range(len(cut))]
    paths = [piece.path for task in tasks for piece in task]
    assert list(dict.fromkeys(paths)) == sorted(file.name for file in corpus.iterdir())
    assert len(tasks) < len(paths)  # small files go together


def test_a_damaged_memory_is_begun_anew(corpus: Path, tmp_path: Path, blank: str) -> None:
    state = run(corpus, tmp_path / "out", blank, 2)
    with State(state) as memory:
        for path in ("0.txt", "7.txt"):
            (row,) = (row for row in memory.files().values() if row.path == path)
            memory.put_file(row, b"\xc1 is no outcome")
        memory.commit()
    before = (tmp_path / "out" / ".current").readlink()
    run(corpus, tmp_path / "out", blank, 2)
    assert (tmp_path / "out" / ".current").readlink() == before
    assert (state / "state.damaged").is_file()
