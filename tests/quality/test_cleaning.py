"""What cleaning is worth on texts of our own; the floors fall only by an explicit edit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pipeline.ingest.clean import clean
from pipeline.records import SourceDocument

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cleaning_cases.toml").read_text("utf-8"))
FLOORS = tomllib.loads((HERE / "cleaning_floors.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Outcome:
    """Lines of one text: article kept and lost, noise dropped and left."""

    kept: list[str]
    lost: list[str]
    dropped: list[str]
    left: list[str]

    @property
    def perfect(self) -> bool:
        return not self.lost and not self.left


@cache
def outcome(name: str) -> Outcome:
    marked = CASES[name]["text"].strip("\n").split("\n")
    lines = [("", "") if line == "~" else (line[0], line[2:]) for line in marked]
    text = "\n".join(words for _, words in lines)
    cleaned = clean(SourceDocument(name, name, text, "", "txt")).text.split("\n")
    stays = {" ".join(line.split()) for line in cleaned}

    def chosen(mark: str, stay: bool) -> list[str]:
        return [w for m, w in lines if m == mark and (" ".join(w.split()) in stays) == stay]

    return Outcome(chosen("+", True), chosen("+", False), chosen("-", False), chosen("-", True))


def names(kind: str) -> list[str]:
    return [name for name, case in CASES.items() if case["kind"] == kind]


@pytest.mark.parametrize("name", names("look-alike"))
def test_a_look_alike_is_kept_whole(name: str) -> None:
    assert outcome(name).lost == []


@pytest.mark.parametrize("name", names("noise"))
def test_the_body_of_a_noisy_page_stays(name: str) -> None:
    assert len(outcome(name).lost) <= FLOORS["lost_lines_a_page"]


def test_noise_goes() -> None:
    found = [outcome(name) for name in names("noise")]
    dropped, left = sum(len(o.dropped) for o in found), sum(len(o.left) for o in found)
    assert dropped / (dropped + left) >= FLOORS["noise_dropped"]
    assert sum(o.perfect for o in found) >= FLOORS["perfect_noisy_pages"]


def test_keep_f1() -> None:
    found = [outcome(name) for name in CASES]
    kept = sum(len(o.kept) for o in found)
    wrong = sum(len(o.lost) + len(o.left) for o in found)
    assert 2 * kept / (2 * kept + wrong) >= FLOORS["keep_f1"]
