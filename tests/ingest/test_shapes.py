"""Forms of page furniture, and lines that copy other lines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.blocks import read_page
from pipeline.ingest.shapes import contained, copies, forms, in_order, shapes, twins

NAMED, CITED, FIGURE, POINTER, GLUED, HOME, ANSWER = 0, 3, 4, 5, 6, 7, 8


@pytest.mark.parametrize(
    ("line", "column", "shows"),
    [
        pytest.param(
            "Ida Holm is a baker who lives near the harbour of Korsvik.", NAMED, True, id="bio"
        ),
        pytest.param(
            "Holm and Sons has offices in nine countries and 400 workers.", NAMED, True, id="firm"
        ),
        pytest.param("Holm I, Moe J, et al. Tides. 2014; 28: 12", CITED, True, id="reference"),
        pytest.param("Figure 2. Tides by month", FIGURE, True, id="figure"),
        pytest.param("→ Read how tides work", POINTER, True, id="arrow"),
        pytest.param("Tides rise againThe county measured", GLUED, True, id="glued"),
        pytest.param("Home News Harbour Tides rise again", HOME, True, id="breadcrumb"),
        pytest.param(
            "In reply to Tides rise again by Moe (not verified)", ANSWER, True, id="answer"
        ),
        pytest.param(
            "The county is the owner of the harbour, its clerk said.", NAMED, False, id="article"
        ),
        pytest.param("The harbour lost 12 boats in 2014, more than ever.", CITED, False, id="year"),
        pytest.param("Figures rose in May.", FIGURE, False, id="figures"),
        pytest.param("The iPhone and the MacBook sank.", GLUED, False, id="brand"),
        pytest.param("Homes were flooded.", HOME, False, id="homes"),
    ],
)
def test_a_form_of_furniture_shows(line: str, column: int, shows: bool) -> None:
    assert (forms(read_page(line))[0, column] > 0) == shows


def test_twins_are_the_nearest_equal_lines() -> None:
    before, after = twins(["a", "b", "a", "a"])
    assert before.tolist() == [-1, -1, 0, 2]
    assert after.tolist() == [2, -1, 3, -1]


def test_a_table_of_contents_runs_in_the_order_of_its_headings() -> None:
    assert in_order(np.array([4, 6, 9, -1, -1])).tolist() == [3, 3, 3, 0, 0]
    assert in_order(np.array([9, 6, -1])).tolist() == [1, 1, 0]


def test_a_line_that_ends_or_begins_with_another_line() -> None:
    known = {"tides rise again today": 1}
    assert contained(["home", "news", "tides", "rise", "again", "today"], known) == (1.0, 0.0)
    assert contained(["tides", "rise", "again", "today", "the", "county", "said"], known) == (
        0.0,
        1.0,
    )
    assert contained(["no", "tides", "rise", "today"], known) == (0.0, 0.0)


@given(st.lists(st.sampled_from(["Tides rise.", "Home", "a b c d e", "→", "潮位は上がる。", ""])))
def test_one_row_a_line_and_only_numbers(lines: list[str]) -> None:
    page = read_page("\n".join(lines))
    rows = shapes(page)
    assert len(rows) == len(page.lines) == len(copies(page))
    assert np.isfinite(rows).all()
