"""A decision follows its claim while it is the same claim, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.apply import nearly_same, reviewed
from pipeline.review.decisions import CORRECTABLE, Decision, Seen, seen

if TYPE_CHECKING:
    from conftest import Desk

from pipeline.export.columns import table

WORDS = "The new harbour wall at Sines will hold back the winter storms for many years"


def row(words: str = WORDS, **cells: object) -> dict[str, Any]:
    base = dict.fromkeys(table("claims").names) | {"claim_text": words, "start": 5, "end": 60}
    base |= {
        "claim_id": "c_00000000000000aa",
        "source_name": "Ines Prado",
        "predicate": "will hold",
    }
    return base | {"polarity": "affirmed"} | cells


def decision(**fields: Any) -> Decision:
    base: dict[str, Any] = {
        "when": "2021-11-05T10:00:00Z",
        "who": "AQ",
        "kind": "claim",
        "path": "a.txt",
        "claim_id": "c_00000000000000aa",
        "decision": "accept",
        "seen": seen(row()),
    }
    return Decision(**base | fields)


OTHER_ID = {"claim_id": "c_00000000000000bb", "start": 900}


def test_a_date_given_by_a_reviewer_means_just_it() -> None:
    dated = row(date_start="2015", date_end="2015", date_modifier="since")
    (kept,) = reviewed([dated], [decision(seen=seen(dated))]).claims
    assert (kept["effective_date"], kept["effective_date_modifier"]) == ("2015", "since")
    made = decision(seen=seen(dated), decision="correct", corrected={"date": "2016"})
    (mended,) = reviewed([dated], [made]).claims
    assert (mended["effective_date"], mended["effective_date_modifier"]) == ("2016", None)


def test_a_sum_given_by_a_reviewer_means_just_it() -> None:
    names = ("effective_amount", "effective_amount_qualifier")
    rough = row(amount_text="$4 million", amount="4000000", amount_qualifier="almost")
    (kept,) = reviewed([rough], [decision(seen=seen(rough))]).claims
    assert [kept[name] for name in names] == ["4000000", "almost"]
    made = decision(seen=seen(rough), decision="correct", corrected={"amount": "3900000"})
    (mended,) = reviewed([rough], [made]).claims
    assert [mended[name] for name in names] == ["3900000", None]
    (share,) = reviewed([row(amount_text=None, amount=None, amount_qualifier="almost")], []).claims
    assert [share[name] for name in names] == [None, None]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param({}, "same", id="untouched"),
        pytest.param({"start": 80, "end": 140}, "moved", id="elsewhere"),
        pytest.param(OTHER_ID, "moved", id="new-id"),
        pytest.param(
            {**OTHER_ID, "words": WORDS.replace("hold back", "hold off")}, "moved", id="a-word"
        ),
        pytest.param(
            {**OTHER_ID, "words": WORDS.replace("Sines", "Leixões")}, "changed", id="another-name"
        ),
        pytest.param(
            {**OTHER_ID, "words": WORDS.replace("many", "20")}, "changed", id="another-number"
        ),
        pytest.param(
            {**OTHER_ID, "words": WORDS.replace("hold back", "not hold back")},
            "changed",
            id="negation",
        ),
        pytest.param({"polarity": "negated"}, "changed", id="polarity"),
        pytest.param({"source_name": "Rui Faro"}, "changed", id="another-source"),
        pytest.param({"date_start": "2022", "date_end": "2022"}, "same", id="a-date-found"),
        pytest.param(
            {"figure_kind": "money", "amount": "5", "currency": "EUR"}, "changed", id="a-sum-found"
        ),
        pytest.param({**OTHER_ID, "words": "Fishermen feed gulls"}, "new", id="another-claim"),
    ],
)
def test_states(now: dict[str, Any], state: str) -> None:
    cells, history = reviewed([row(**now)], [decision()])
    assert cells[0]["review_state"] == state
    assert cells[0]["decision"] == ("accept" if state in ("same", "moved") else None)
    assert bool(cells[0]["earlier_decisions"]) == (state == "changed")
    assert history[0]["review_state"] == ("gone" if state == "new" else state)


def test_a_date_that_changed_wants_another_look() -> None:
    made = decision(seen=seen(row(date_start="2021-05")))
    assert reviewed([row(date_start="2021-06")], [made]).claims[0]["review_state"] == "changed"


@pytest.mark.parametrize(
    ("corrected", "now"),
    [
        pytest.param("source", {"source_name": "Rui Faro"}, id="source"),
        pytest.param("date", {"date_start": "2022"}, id="date"),
        pytest.param("currency", {"currency": "EUR"}, id="currency"),
    ],
)
def test_what_was_corrected_may_change(corrected: str, now: dict[str, Any]) -> None:
    made = decision(decision="correct", corrected={corrected: "X"})
    assert reviewed([row(**now)], [made]).claims[0][f"effective_{corrected}"] == "X"


def test_two_copies_of_a_claim_keep_their_own_decisions() -> None:
    rows = [row(), row(**OTHER_ID)]
    made = [decision(), decision(decision="reject", claim_id=OTHER_ID["claim_id"])]
    assert [cells["decision"] for cells in reviewed(rows, made).claims] == ["accept", "reject"]
    left = reviewed(rows[1:], made)
    assert left.claims[0]["decision"] == "reject"


def test_a_claim_reviewed_again_is_in_force_again() -> None:
    now = row(source_name="Rui Faro")
    made = [decision(), decision(who="BB", decision="reject", seen=seen(now))]
    (cells,) = reviewed([now], made).claims
    assert (cells["decision"], cells["reviewer"]) == ("reject", "BB")
    assert cells["earlier_decisions"] is None


def test_decisions_hold_after_the_article_was_edited(desk: Desk) -> None:
    desk.decide({"decision": "accept", "note": "n1"}, {"decision": "reject"})
    edited = "An update was added here.\n" + desk.text.replace("fewer people", "far fewer people")
    second = "its boats carried far fewer people than the old bridge"
    first_row, second_row = desk.run(desk.article(text=edited, claims=({}, {"words": second})))
    assert (first_row["review_state"], first_row["decision"]) == ("moved", "accept")
    assert (second_row["review_state"], second_row["decision"]) == ("moved", "reject")
    changed, _ = desk.run(desk.article(claims=({"amount": "40000000"}, {})))
    assert (changed["review_state"], changed["decision"]) == ("changed", None)
    assert changed["earlier_decisions"] == "before it changed: AQ: accept (n1)"
    assert changed["effective_amount"] == "40000000"
    back, _ = desk.run(desk.article())
    assert (back["review_state"], back["decision"]) == ("same", "accept")


def test_what_is_gone_stays_in_the_table_of_decisions(desk: Desk) -> None:
    desk.decide({"decision": "accept"})
    desk.run(desk.article("other.txt"))
    (gone,) = desk.rows("decisions")
    assert (gone["review_state"], gone["path"], gone["claim_id"]) == ("gone", "pier.txt", None)
    assert gone["claim_text"].casefold() == "the ferry line lost €4 million in may 2021"


def test_the_work_grows_with_the_claims() -> None:
    """Thousands of claims that all lost their ids, in one document."""
    claims = [row(f"{WORDS} and load {n} went by", claim_id=f"c_{n:016x}") for n in range(1500)]
    made = [decision(claim_id=f"c_{n + 9000:016x}", seen=seen(claims[n])) for n in range(1500)]
    found = reviewed(claims, made).claims
    assert all(cells["review_state"] == "moved" for cells in found)


@given(st.text("abN3 '’", max_size=30), st.text("abN3 '’", max_size=30))
def test_nearly_same_takes_sides_with_nobody(one: str, other: str) -> None:
    assert nearly_same(Seen(one), Seen(one))
    if nearly_same(Seen(one), Seen(other)):
        assert [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]


@given(
    st.lists(st.sampled_from(["accept", "reject", "correct", "unsure", ""]), max_size=6),
    st.lists(st.sampled_from("AB"), min_size=6, max_size=6),
)
def test_no_order_of_decisions_breaks_the_rows(verdicts: list[str], names: list[str]) -> None:
    made = [
        decision(decision=v, who=w, corrected={"subject": "s"} if v == "correct" else {})
        for v, w in zip(verdicts, names, strict=False)
    ]
    cells = reviewed([row()], made).claims[0]
    wanted = {"review_state", "decision", "reviewer", "note", "earlier_decisions"}
    wanted |= {f"{kind}_{name}" for kind in ("corrected", "effective") for name in CORRECTABLE}
    wanted |= {"effective_date_modifier", "effective_amount_qualifier"}
    assert set(cells) == wanted
