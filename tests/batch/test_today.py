"""An article of a day to come has no date until the day has come; another day may be set."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Settings
from pipeline.pending import pending
from pipeline.records import Metadata
from pipeline.run import Request, ingested
from pipeline.session import do_stages
from pipeline.store.state import State

PAGE = """<html><head><title>Harbour plan</title>
<meta property="article:published_time" content="2031-05-03T08:00:00Z"></head>
<body><article><h1>Harbour plan</h1><p>{}</p></article></body></html>"""


def night(folder: Path, day: date, today: str = "") -> int:
    """Reads what is new on that day by the clock; how many files were read."""
    settings = Settings(state=str(folder / "state"), workers=1, today=today)
    request = Request((folder / "corpus",), folder / "out", settings)
    if not today:
        vars(request)["today"] = day
    return do_stages(request, ("ingest",)).read


def known(folder: Path) -> tuple[Metadata, list[str]]:
    with State(folder / "state") as state:
        (item,) = (item for _, _, item in ingested(state))
        return item.metadata, [sign.name for sign in item.document.signs]


@pytest.fixture
def page(tmp_path: Path, story: Any) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.html").write_text(PAGE.format(story(1) * 3))
    return tmp_path


def test_it_is_read_again_when_its_day_has_come(page: Path) -> None:
    assert night(page, date(2031, 5, 1)) == 1
    metadata, signs = known(page)
    assert metadata.published is None
    assert {"future_date", "no_date"} <= set(signs)
    assert night(page, date(2031, 5, 2)) == 0
    request = Request((page / "corpus",), page / "out", Settings(state=str(page / "state")))
    vars(request)["today"] = date(2031, 5, 3)
    assert pending(request) == ({"a.html": "the day that it is of has come"}, 0)
    assert night(page, date(2031, 5, 3)) == 1
    metadata, signs = known(page)
    assert metadata.published is not None and metadata.published.value == "2031-05-03"
    assert "future_date" not in signs
    assert night(page, date(2031, 5, 4)) == 0


def test_a_day_to_come_in_the_users_own_list_waits_too(tmp_path: Path, story: Any) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(story(1) * 3)
    (corpus / "metadata.csv").write_text("path,outlet,published\na.txt,Echo,2031-05-03\n")
    assert night(tmp_path, date(2031, 5, 2)) == 1
    metadata, signs = known(tmp_path)
    assert metadata.published is None
    assert metadata.outlet is not None and metadata.outlet.value == "Echo"
    assert "future_date" in signs
    assert night(tmp_path, date(2031, 5, 3)) == 1
    metadata, _ = known(tmp_path)
    assert metadata.published is not None and metadata.published.value == "2031-05-03"


def test_the_setting_stands_for_the_clock(page: Path) -> None:
    assert night(page, date.max, today="2031-05-03") == 1
    assert known(page)[0].published is not None
    assert night(page, date.max, today="2031-05-02") == 1
    assert known(page)[0].published is None
