"""A launcher of quick `claims` runs, a model that knows no word, and corpora of a few articles."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import spacy

LAUNCHER = Path(__file__).with_name("launcher.py")
#: Facts about runs; everything else in the outputs must depend on what went in alone.
RUN_FACTS = {"run.json", "history.sqlite", "history.sqlite-journal"}  # the journal: of a killed run
STORY = (
    "“We will spend $5 million on the harbour,” said Jane Doe, the mayor of Accra. "
    "Visitors rose by 12 percent between May and June 2021, the city's office said. "
    "The council meets again on 14 July 2021 to talk about the plans."
)


@dataclass(frozen=True)
class Done:
    """An ended command; `status` is negative for the number of the signal that ended it."""

    status: int
    seconds: float
    stdout: str
    stderr: str
    points: list[str]

    @property
    def summary(self) -> dict[str, Any]:
        return dict(json.loads(self.stdout))


@dataclass(frozen=True)
class Place:
    """A folder with the corpus, the outputs and the memory of one sequence of runs."""

    folder: Path
    model: Path

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def words(self, command: str, *more: str) -> list[str]:
        return [
            command, str(self.corpus), "--model", str(self.model), "--out", str(self.out),
            "--state", str(self.folder / "state"), *more,
        ]  # fmt: skip


Claims = Callable[..., Done]


@pytest.fixture(scope="session")
def claims(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Claims]:
    """Runs `claims` with these words; further orders of the launcher as keywords."""
    folder = tmp_path_factory.mktemp("launcher")
    with subprocess.Popen(
        [sys.executable, str(LAUNCHER), str(model)],
        env=os.environ | {"PYTHONPATH": str(LAUNCHER.parents[2])},  # the code beside these tests
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(words: list[str], **order: Any) -> Any:
            assert process.stdin is not None and process.stdout is not None
            order |= {"args": words, "folder": str(folder)}
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            return answer if "race" in order else Done(**answer)

        yield run
        process.stdin.close()  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved spaCy pipeline without parser or NER: it loads in no time."""
    folder = tmp_path_factory.mktemp("model") / "blank"
    spacy.blank("en").to_disk(folder)
    return folder


@pytest.fixture
def place(tmp_path: Path, model: Path) -> Place:
    (tmp_path / "corpus").mkdir()
    return Place(tmp_path, model)


@pytest.fixture(scope="session")
def story() -> Callable[[int], str]:
    """The text of an article that differs from all others by its number."""
    return lambda n: f"Harbour plan {n}\n\n{STORY.replace('12 percent', f'{n + 10} percent')}\n"


@pytest.fixture(scope="session")
def pure() -> Callable[[Path], dict[str, str]]:
    """SHA-256 of every output that a user sees but the facts about runs."""

    def hashes(out: Path) -> dict[str, str]:
        found = {}
        for top in sorted(out.iterdir()):
            if top.name.startswith(".") or top.name in RUN_FACTS:
                continue
            for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
                if path.is_file():
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                    found[path.relative_to(out).as_posix()] = digest
        return found

    return hashes


@pytest.fixture(scope="session")
def visible() -> Callable[[Path], str]:
    """What is wrong with the outputs that a reader sees now, "" if nothing.

    Every file that the data package lists must be there with the bytes it lists.
    """

    def check(out: Path) -> str:
        package = json.loads((out / "datapackage.json").read_text("utf-8"))
        wrong = []
        for resource in package["resources"]:
            file = out / resource["path"]
            if not file.is_file():
                wrong.append(f"{file.name} is missing")
            elif resource["hash"] != f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}":
                wrong.append(f"{file.name} has other bytes")
        return ", ".join(wrong)

    return check
