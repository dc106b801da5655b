"""What repeats on a page: series of teasers, lines of one form, the longest run of prose."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.blocks import read_page
from pipeline.ingest.patterns import likes, mask, patterns, run_of_prose, series

PROSE = "The ministry said on Monday that the output of all its mills had fallen by a tenth."
TEASER = (
    "A title of a few words\n3 May 2020\nShort words that tell what it is about, and no more.\n"
)


def test_a_series_repeats_with_its_period() -> None:
    teasers = series(read_page(TEASER * 8))
    article = series(read_page(f"{PROSE}\n" * 24))
    assert teasers[12, 2] > 0.5, "three lines an item fit, one line does not"
    assert teasers[12, 3] == 1, "the second of the periods is three"
    assert article[12, 2] <= 0


def test_likes_count_dates_and_prices_of_one_form() -> None:
    page = read_page("3 May 2020\n14 June 2021\n$5.00\nsomething else\n")
    assert mask(page.lines[0]) == mask(page.lines[1]) != mask(page.lines[2])
    assert np.allclose(likes(page)[:, 0], np.log([2, 2, 1, 1]))


def test_the_longest_run_of_prose_is_the_centre() -> None:
    page = read_page("\n".join([PROSE, *["Menu"] * 6, PROSE, PROSE, *["Menu"] * 6]))
    found = run_of_prose(page)
    assert found[7:9, 5].tolist() == [1, 1] and found[0, 5] == 2
    assert found[7, 0] == 0 and found[8, 1] == 0


def test_no_prose_at_all() -> None:
    page = read_page("Home\nNews\n")
    assert not run_of_prose(page).any()
    assert np.isfinite(patterns(page)).all()
