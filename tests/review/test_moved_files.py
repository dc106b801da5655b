"""Decisions follow an article that was moved or renamed, through the command line."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.review.moves import Moves, find, known, likeness, read, remember, sketch

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "port-strike.txt"
PHOTO = "Photo: Mia Reyes/Coastline News"


class Office:
    """A corpus of one article, and what a person does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "corpus").mkdir()
        shutil.copyfile(SAMPLE, self.file("strike.txt"))

    def file(self, path: str) -> Path:
        return self.folder / "corpus" / path

    def claims(self, *words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--out", str(self.folder / "out")])
        assert done.exit_code == 0, done.output
        return done.stdout

    def run(self) -> str:
        return self.claims("run", str(self.folder / "corpus"))

    def rows(self, query: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.folder / "out" / "claims.sqlite")) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(query)]

    def review(self, sheets: Mapping[str, Mapping[str, str]]) -> None:
        """Fill in cells of the first row of some sheets, and have them read."""
        book = openpyxl.load_workbook(self.folder / "out" / "claims.xlsx")
        for title, cells in sheets.items():
            names = [cell.value for cell in book[title][1]]
            for name, value in cells.items():
                book[title].cell(2, names.index(name) + 1).value = value
        book.save(self.folder / "edited.xlsx")
        self.claims("review", str(self.folder / "edited.xlsx"), "--reviewer", "Anna")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.run()
    made.review(
        {
            "Claims": {"decision": "accept", "note": "called them"},
            "Documents": {"outlet": "Marlow Post"},
        }
    )
    number = 1 + SAMPLE.read_text("utf-8").splitlines().index(PHOTO)
    article = str(made.file("strike.txt"))
    assert CliRunner().invoke(main, ["restore", article, str(number)]).exit_code == 0
    made.run()
    (row,) = made.rows("SELECT * FROM claims WHERE decision IS NOT NULL")
    assert row["review_state"] == "same"
    return made


def moved(office: Office, old: str, new: str) -> None:
    office.file(new).parent.mkdir(parents=True, exist_ok=True)
    office.file(old).rename(office.file(new))


def assert_followed(office: Office, path: str) -> None:
    (row,) = office.rows("SELECT * FROM claims WHERE decision IS NOT NULL")
    assert (row["path"], row["decision"], row["review_state"]) == (path, "accept", "moved")
    assert (row["reviewer"], row["note"]) == ("Anna", "called them")
    (document,) = office.rows(f"SELECT * FROM documents WHERE path = '{path}'")
    assert (document["outlet"], document["outlet_origin"]) == ("Marlow Post", "analyst")
    (kept,) = office.rows("SELECT review_state, claim_id, path FROM decisions")
    assert kept == {
        "review_state": "moved",
        "claim_id": row["claim_id"],
        "path": "strike.txt",
    }
    removed = {r["text"] for r in office.rows("SELECT text FROM removals")}
    assert not any(PHOTO in words for words in removed)


def test_every_decision_follows_a_file_that_was_moved_twice(office: Office) -> None:
    moved(office, "strike.txt", "archive/2023/port.txt")
    office.run()
    assert_followed(office, "archive/2023/port.txt")
    assert "read 0 new or changed files" in office.run()
    moved(office, "archive/2023/port.txt", "port.txt")
    office.run()
    assert_followed(office, "port.txt")
    moved(office, "port.txt", "strike.txt")
    office.run()
    (back,) = office.rows("SELECT * FROM claims WHERE decision IS NOT NULL")
    assert (back["decision"], back["review_state"]) == ("accept", "same")


def test_they_follow_one_that_was_corrected_meanwhile(office: Office) -> None:
    text = office.file("strike.txt").read_text("utf-8")
    office.file("strike.txt").unlink()
    office.file("later.txt").write_text(text.replace("about 4 percent", "about 5 percent"))
    office.run()
    assert_followed(office, "later.txt")


def test_of_two_places_nobody_can_choose(office: Office) -> None:
    text = office.file("strike.txt").read_text("utf-8")
    office.file("strike.txt").unlink()
    for name in ("a.txt", "b.txt"):
        office.file(name).write_text(text.replace("about 4 percent", f"about 5 percent {name[0]}"))
    office.run()
    assert office.rows("SELECT * FROM claims WHERE decision IS NOT NULL") == []
    shown = office.rows("SELECT * FROM claims WHERE review_state = 'changed' ORDER BY path")
    assert [row["path"] for row in shown] == ["a.txt", "b.txt"]
    assert all(
        "Anna: accept (called them) in strike.txt" in row["earlier_decisions"] for row in shown
    )
    (document, _) = office.rows("SELECT outlet_origin FROM documents")
    assert document["outlet_origin"] != "analyst"
    assert office.rows("SELECT review_state FROM decisions") == [{"review_state": "gone"}]
    office.file("b.txt").unlink()
    office.run()
    assert_followed(office, "a.txt")


def test_decisions_made_at_the_new_place_join_the_old_ones(office: Office) -> None:
    moved(office, "strike.txt", "port.txt")
    office.run()
    office.review({"Claims": {"decision": "reject", "note": "changed my mind"}})
    office.run()
    (row,) = office.rows("SELECT * FROM claims WHERE decision IS NOT NULL")
    assert (row["decision"], row["note"]) == ("reject", "changed my mind")


def test_another_article_at_another_place_takes_nothing(office: Office) -> None:
    office.file("strike.txt").unlink()
    other = SAMPLE.with_name("bridge-undated.txt")
    shutil.copyfile(other, office.file("bridge.txt"))
    office.run()
    assert {row["review_state"] for row in office.rows("SELECT * FROM claims")} == {"new"}
    assert office.rows("SELECT review_state FROM decisions") == [{"review_state": "gone"}]


def test_a_run_over_one_file_takes_nothing_from_the_others(office: Office) -> None:
    text = office.file("strike.txt").read_text("utf-8")
    office.file("copy.txt").write_text(text.replace("about 4 percent", "about 5 percent"))
    office.claims("run", str(office.file("copy.txt")))
    assert {row["review_state"] for row in office.rows("SELECT * FROM claims")} == {"new"}


# ---------------------------------------------------------------- which text is which


WORDS = " ".join(f"word{number}" for number in range(300))


@pytest.mark.parametrize(
    ("present", "places"),
    [
        pytest.param({"b": WORDS}, ("b",), id="the-same"),
        pytest.param({"b": WORDS.upper() + "!"}, ("b",), id="but-for-case"),
        pytest.param({"b": WORDS.replace("word7 ", "other ")}, ("b",), id="a-word-changed"),
        pytest.param({"b": WORDS, "c": WORDS + " more"}, ("b",), id="the-same-wins"),
        pytest.param({"b": WORDS, "c": WORDS}, ("b", "c"), id="two-copies"),
        pytest.param({"b": " ".join(WORDS.split()[:180])}, None, id="half-of-it"),
        pytest.param({"b": " ".join(reversed(WORDS.split()))}, None, id="other-order"),
        pytest.param({"b": ""}, None, id="nothing"),
    ],
)
def test_where_a_text_went(present: dict[str, str], places: tuple[str, ...] | None) -> None:
    assert find({"a": known("a", WORDS)}, present.items()).places.get("a") == places


def test_moves_by_new_path() -> None:
    moves = Moves({"a": ("x",), "b": ("x",), "c": ("y", "x")})
    assert moves.sure() == {"x": ["a", "b"]}
    assert moves.unsure() == {"y": ["c"], "x": ["c"]}


def test_a_document_is_kept_again_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "documents.jsonl"
    for text in (WORDS, WORDS, WORDS + " more"):
        remember(file, [("a", text)])
    assert len(file.read_text().splitlines()) == 2
    assert read(file) == {"a": known("a", WORDS + " more")}


@given(st.text("abcdef", max_size=30), st.text("abcdef", max_size=30))
def test_likeness_takes_no_side(one: str, other: str) -> None:
    left, right = sketch(list(one)), sketch(list(other))
    assert likeness(left, left) == 1.0
    assert likeness(left, right) == likeness(right, left) <= 1.0
