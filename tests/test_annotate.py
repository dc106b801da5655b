"""`claims annotate`: records in, records out, one for one and in order."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from spacy.language import Language

from pipeline import cli
from pipeline.annotate import LAYER_NAMES, LAYERS, annotate
from pipeline.cli import main

TEXT = "Ana Duarte said on Monday that Norway paid $5 million. She denied it."


def lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_dates_and_money_need_no_model_and_share_spans() -> None:
    given = lines(
        {"id": "b", "text": "It paid $5 million in May 2021."}, {"id": "a", "text": "Nothing."}
    )
    done = CliRunner().invoke(
        main, ["annotate", "--layer", "dates,money", "--no-model"], input=given
    )
    assert done.exit_code == 0, done.output
    first, second = map(json.loads, done.output.splitlines())
    assert first == {
        "id": "b",
        "spans": [
            {
                "start": 8,
                "end": 18,
                "kind": "MONEY",
                "value": {"amount": 5000000, "currency": "USD"},
            },
            {"start": 22, "end": 30, "kind": "DATE", "value": "2021-05"},
        ],
    }
    assert second == {"id": "a", "spans": []}


@pytest.mark.parametrize(
    ("options", "spans"),
    [
        pytest.param([], [("May", "2021-05"), ("July 2021", "2021-07")], id="ends-by-default"),
        pytest.param(
            ["--ranges", "whole"], [("May to July 2021", "2021-05/2021-07")], id="as-in-the-tables"
        ),
    ],
)
def test_a_range_as_its_ends_or_whole(options: list[str], spans: list[tuple[str, str]]) -> None:
    text = "It was shut from May to July 2021."
    command = ["annotate", "--layer", "dates,money", "--no-model", *options]
    done = CliRunner().invoke(main, command, input=lines({"id": 1, "text": text}))
    found = json.loads(done.output)["spans"]
    assert [(text[span["start"] : span["end"]], span["value"]) for span in found] == spans


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("since 2015", "2015-01-01/..", id="since"),
        pytest.param("after 2015", "2016-01-01/..", id="after"),
        pytest.param("before March 2015", "../2015-02-28", id="before"),
        pytest.param("until February 2016", "../2016-02-29", id="until"),
        pytest.param("by 5 May 2016", "../2016-05-05", id="by"),
        pytest.param("in 2015", "2015", id="closed"),
        pytest.param("since early 2016", "2016-01-01/..", id="since-early"),
        pytest.param("from May to July 2021", "2021-05/2021-07", id="both-ends"),
        pytest.param("before AD 1", "0001", id="first-year"),
    ],
)
def test_open_ranges(text: str, value: str) -> None:
    command = ["annotate", "--layer", "dates", "--no-model", "--ranges", "open"]
    done = CliRunner().invoke(main, command, input=lines({"id": 1, "text": f"It was {text}."}))
    assert [span["value"] for span in json.loads(done.output)["spans"]] == [value]


def test_whole_ranges_of_the_layer_with_a_model(nlp: Language) -> None:
    records = [{"id": 1, "text": "It was shut from May to July 2021."}]
    (found,) = annotate(records, ("dates",), nlp, "whole")
    assert [span["value"] for span in found["spans"]] == ["2021-05/2021-07"]


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(lines({"id": 1, "text": "In May 2021."}).encode()))
    done = CliRunner().invoke(main, ["annotate", str(path), "--layer", "dates", "--no-model"])
    assert json.loads(done.output)["spans"][0]["value"] == "2021-05"


def test_clean_keeps_line_breaks_and_drops_boilerplate() -> None:
    raw = (
        "A headline about fish\n\nThe ministry said that output fell in May.\n\nPhoto: Jo Doe/XY\n"
    )
    done = CliRunner().invoke(
        main, ["annotate", "--layer", "clean"], input=lines({"id": 1, "raw_text": raw})
    )
    text = json.loads(done.output)["text"]
    assert "output fell" in text
    assert "Photo" not in text
    assert "\n" in text.strip()


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_gives_one_record_for_one(nlp: Language, layer: str) -> None:
    records = [{"id": n, "text": TEXT, "event_span": [31, 37]} for n in range(3)]
    found = list(annotate(iter(records), (layer,), nlp))
    assert [record["id"] for record in found] == [0, 1, 2]
    assert all(len(record) > 1 for record in found)


@pytest.mark.parametrize(
    ("options", "given", "words"),
    [
        pytest.param(["--layer", "colour"], "", "unknown layer", id="unknown-layer"),
        pytest.param(["--layer", "clean,dates"], "", "stands alone", id="clean-with-others"),
        pytest.param(["--layer", "entities", "--no-model"], "", "dates and money", id="no-model"),
        pytest.param(["--layer", "dates", "--no-model"], "{", "line 1", id="not-json"),
        pytest.param(
            ["--layer", "dates", "--no-model"], '{"id": 1}', "needs id and text", id="no-text"
        ),
    ],
)
def test_wrong_use_is_said(options: list[str], given: str, words: str) -> None:
    done = CliRunner().invoke(main, ["annotate", *options], input=given)
    assert done.exit_code in (1, 2)
    assert words in done.output


def test_the_help_names_every_layer() -> None:
    assert cli.LAYERS == LAYER_NAMES
