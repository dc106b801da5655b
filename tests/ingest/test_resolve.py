"""Overlapping proposals resolve to the same removals in any order."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.resolve import ANALYST, MODEL, RULE, Candidate, resolve, with_repairs, without
from pipeline.records import Removal, Span


def candidate(start: int, end: int, rule: str, rank: int = RULE, sure: float = 0.9) -> Candidate:
    return Candidate(Removal(Span(start, end), rule, "", "why", sure), rank)


def shown(removals: list[Removal]) -> list[tuple[int, int, str]]:
    return [(r.span.start, r.span.end, r.rule) for r in removals]


def test_the_stronger_takes_the_place_and_the_rest_stays_removed() -> None:
    found = [candidate(0, 10, "model", MODEL), candidate(4, 6, "rule")]
    assert shown(resolve(found)) == [(0, 4, "model"), (4, 6, "rule"), (6, 10, "model")]


def test_the_surer_of_two_rules_wins_then_the_longer() -> None:
    assert shown(resolve([candidate(0, 5, "a"), candidate(0, 5, "b", sure=0.95)])) == [(0, 5, "b")]
    assert shown(resolve([candidate(0, 5, "a"), candidate(0, 6, "b")])) == [(0, 6, "b")]


def test_an_analyst_wins_over_all() -> None:
    found = [candidate(0, 5, "rule", sure=1.0), candidate(2, 3, "analyst", ANALYST, 0.1)]
    assert (2, 3, "analyst") in shown(resolve(found))


def test_kept_places_are_cut_out() -> None:
    cut = without([candidate(0, 10, "a")], [Span(2, 4), Span(9, 12)])
    assert shown(resolve(cut)) == [(0, 2, "a"), (4, 9, "a")]


def test_repairs_stay_where_nothing_was_removed() -> None:
    removed = resolve([candidate(2, 5, "a")])
    repairs = [
        Removal(Span(0, 1), "r", "x"),
        Removal(Span(4, 6), "r", "y"),
        Removal(Span(5, 6), "r"),
    ]
    assert shown(with_repairs(removed, repairs)) == [(0, 1, "r"), (2, 5, "a"), (5, 6, "r")]


CANDIDATES = st.lists(
    st.builds(
        lambda start, size, rule, rank, sure: candidate(start, start + size, rule, rank, sure),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from("abc"),
        st.integers(0, 4),
        st.sampled_from([0.5, 0.9]),
    ),
    max_size=12,
)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_order_is_of_no_effect_and_the_union_is_covered(
    found: list[Candidate], rng: object
) -> None:
    first = resolve(found)
    mixed = list(found)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert resolve(mixed) == first
    covered = {i for r in first for i in range(r.span.start, r.span.end)}
    wanted = {i for c in found for i in range(c.removal.span.start, c.removal.span.end)}
    assert covered == wanted
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(first))
