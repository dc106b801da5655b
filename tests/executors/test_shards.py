"""A corpus in shards gives the tables of one run, row for row and byte for byte."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import decide_cleaning
from pipeline.cli import main
from pipeline.config import Settings
from pipeline.distribute import process_shard
from pipeline.errors import ConfigError
from pipeline.run import Request
from pipeline.session import do_stages
from pipeline.shard import Shard
from pipeline.shard_file import read_about

Tables = Callable[[Path], dict[str, str]]

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
DAY = "Norway paid $12 million on 4 May 2021. The ministry of number {n} said it was late.\n\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six articles, two of them of the same words, one bad file and one that is no article."""
    folder = tmp_path / "corpus"
    for number in range(5):
        path = folder / f"part{number % 3}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DAY.format(n=number) * 3, "utf-8")
    shutil.copy(folder / "part0" / "0.txt", folder / "copy.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "notes.xyz").write_text("what is this")
    return folder


def request(corpus: Path, out: Path, model: str) -> Request:
    settings = Settings(model=model, workers=1, state=str(out.parent / f"state-of-{out.name}"))
    return Request((corpus,), out, settings)


def run_shards(asked: Request, folder: Path, count: int) -> tuple[Path, ...]:
    paths = []
    for index in range(1, count + 1):
        shard = Shard(index, count)
        process_shard(replace(asked, shard=shard), folder / shard.file)
        paths.append(folder / shard.file)
    return tuple(paths)


@pytest.mark.parametrize("count", [1, 7])
def test_any_number_of_shards_gives_the_tables_of_one_run(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables, count: int
) -> None:
    whole = request(corpus, tmp_path / "whole", blank)
    do_stages(whole)
    shards = run_shards(request(corpus, tmp_path / "parts", blank), tmp_path / "shards", count)
    held = [about.content for about in map(read_about, shards)]
    assert count == 1 or len(held) > len(set(held))  # some are empty
    merged = request(corpus, tmp_path / "merged", blank)
    summary = do_stages(replace(merged, shards=(*shards, shards[0])), ("merge", "export"))
    assert tables(tmp_path / "merged") == tables(tmp_path / "whole")
    assert summary.exit_status == 3  # the empty file, as the whole run says
    again = do_stages(replace(merged, shards=shards), ("merge", "export"))
    assert (again.read, again.exit_status) == (0, 0)


def test_claims_and_what_links_articles_are_the_same(tmp_path: Path, tables: Tables) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in sorted(SAMPLES.glob("*.txt"))[:3]:
        shutil.copy(path, corpus)
    shutil.copy(sorted(SAMPLES.glob("*.txt"))[0], corpus / "again.txt")
    do_stages(request(corpus, tmp_path / "whole", "en_core_web_md"))
    asked = request(corpus, tmp_path / "parts", "en_core_web_md")
    shards = run_shards(asked, tmp_path / "shards", 2)
    merged = replace(request(corpus, tmp_path / "merged", "en_core_web_md"), shards=shards)
    summary = do_stages(merged, ("merge", "export"))
    assert tables(tmp_path / "merged") == tables(tmp_path / "whole")
    assert summary.stats is not None
    assert summary.stats.rows["claims"] > 20
    assert summary.stats.sums["copies"] == 1


def test_a_shard_is_not_done_again_also_when_its_memory_is_lost(
    corpus: Path, tmp_path: Path, blank: str
) -> None:
    asked = replace(request(corpus, tmp_path / "parts", blank), shard=Shard(1, 2))
    path = tmp_path / "shards" / Shard(1, 2).file
    assert process_shard(asked, path).read > 0
    before = path.stat()
    assert process_shard(asked, path).read == 0
    shutil.rmtree(asked.settings.state)
    again = process_shard(asked, path)
    assert (again.read, again.analysed) == (0, 0)
    assert path.stat() == before


LINES = [
    "The harbour of Marlow paid $12 million for its new pier on 4 May 2021, the town said.",
    "Photo: Mia Reyes/Coastline News",
    *(f"In part {n} of the plan, {n + 3} boats will be sold to pay for it." for n in range(30)),
]


def test_merging_lets_decisions_follow_a_moved_article(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    """And again when it is merged anew, and when the article moves back."""
    places = [corpus / "harbour.txt", corpus / "part1" / "pier.txt"]
    places[0].write_text("\n\n".join(LINES), "utf-8")
    asked, whole, merging = (
        request(corpus, tmp_path / name, blank) for name in ("parts", "whole", "merged")
    )
    decide_cleaning(places[0], "restore", "3", asked.settings)
    was, seen = places[0], dict[str, str]()
    for place in (places[1], places[1], places[0]):
        was = was.rename(place)
        do_stages(whole)
        shards = run_shards(asked, tmp_path / "shards", 2)
        summary = do_stages(replace(merging, shards=shards), ("merge", "export"))
        assert tables(merging.out) == tables(whole.out)
        with closing(sqlite3.connect(merging.out / "claims.sqlite")) as database:
            removed = database.execute("select text from removals").fetchall()
        assert not any("Mia Reyes" in text for (text,) in removed)
        assert (summary.read == 0) == (tables(merging.out) == seen)
        seen = tables(merging.out)


def test_what_does_not_fit_together_is_refused(corpus: Path, tmp_path: Path, blank: str) -> None:
    one, two = run_shards(request(corpus, tmp_path / "parts", blank), tmp_path / "two", 2)
    third = tmp_path / Shard(3, 3).file
    asked = replace(request(corpus, tmp_path / "parts", blank), shard=Shard(3, 3))
    process_shard(asked, third)
    merged = request(corpus, tmp_path / "merged", blank)
    for shards, words in (
        ((two,), "not there: shard 1 of 2"),
        ((one, two, third), "shards of several splits: of 2, 3"),
        ((one, corpus / "copy.txt"), "no shard file"),
    ):
        with pytest.raises(ConfigError, match=words):
            do_stages(replace(merged, shards=shards), ("merge", "export"))
    other = replace(merged, settings=Settings(state=merged.settings.state), shards=(one, two))
    with pytest.raises(ConfigError, match="another model"):
        do_stages(other, ("merge", "export"))


def test_the_commands_of_an_array_job(corpus: Path, tmp_path: Path, blank: str) -> None:
    """As docs/scaling.md shows them."""
    settings = ["--model", blank, "--state", str(tmp_path / "state")]
    for index in ("1", "2"):
        given_ = ["run", str(corpus), "--shard", f"{index}/2", "--out", str(tmp_path / "shards")]
        done = CliRunner().invoke(main, [*given_, *settings])
        assert done.exit_code in (0, 3), done.output
    shards = sorted(str(path) for path in (tmp_path / "shards").glob("*.parquet"))
    done = CliRunner().invoke(main, ["merge", *shards, "--out", str(tmp_path / "out"), *settings])
    assert done.exit_code == 3, done.output
    assert "documents 6" in done.output
    assert (tmp_path / "out" / "claims.csv").is_symlink()


@pytest.mark.parametrize("words", ["0/3", "4/3", "3", "3/", "-1/3", "1/0", "1/3/5", "a/b", ""])
def test_what_is_no_shard(words: str) -> None:
    with pytest.raises(ConfigError, match="give I/N"):
        Shard.parse(words)


@given(st.text(), st.integers(1, 50))
def test_each_path_is_in_one_shard(path: str, count: int) -> None:
    assert sum(Shard(index, count).holds(path) for index in range(1, count + 1)) == 1
