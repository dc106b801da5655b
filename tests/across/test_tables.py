"""Copies, updates, groups and contradictions as the tables show them."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable

import pytest

from pipeline.across.links import link_claims
from pipeline.executors.base import Here
from pipeline.records import DocumentResult

MakeArticle = Callable[..., DocumentResult]
Link = Callable[..., sqlite3.Connection]

STORY = """The ferry Aurelia ran aground near the island of Brač on Tuesday with 214 people aboard.
The coast guard said 190 passengers were taken to Split by two rescue boats before midnight.
"We heard a loud noise and then the lights went out," said Ivan Perić, a teacher from Zadar.
The owner, Adria Lines, paid €1.2 million in 2019 to have the engine of the ship replaced.
Divers will examine the hull on Thursday and a report is expected by the end of the month.
Croatia's transport ministry has opened an inquiry into the course that the captain chose.
The ferry was built in Rijeka in 1987 and has been in the fleet of Adria Lines since 2004.
"""
OTHER = """Farmers in the valley of Ossola harvested 40,000 tonnes of apples this year.
Frost in April killed many of the blossoms, the growers' union said on Tuesday in Domodossola.
The regional council has promised €3 million for nets and small heaters in the orchards.
"The trees will recover, our bank accounts will not," said Carla Bianchi, who owns twelve hectares.
Prices in Milan rose by 18 percent in September and shops have begun to import from Poland.
"""


def cells(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def documents(connection: sqlite3.Connection) -> dict[str, tuple[str, str | None]]:
    """For each path what it is and of which path."""
    query = """
        SELECT d.path, CASE WHEN d.duplicate_of IS NOT NULL THEN 'copy'
          WHEN d.update_of IS NOT NULL THEN 'update'
          WHEN d.duplicate_group IS NOT NULL THEN 'first' ELSE 'alone' END, e.path
        FROM documents AS d LEFT JOIN documents AS e
          ON e.doc_id = coalesce(d.duplicate_of, d.update_of)"""
    return {path: (kind, of) for path, kind, of in connection.execute(query)}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(STORY, ("copy", "a.txt"), id="same-text"),
        pytest.param("Ship hits rocks\n" + STORY, ("copy", "a.txt"), id="other-headline"),
        pytest.param(STORY.rsplit("\n", 3)[0] + "\n", ("copy", "a.txt"), id="cut-at-the-end"),
        pytest.param(
            STORY.replace("214", "two hundred and fourteen"), ("copy", "a.txt"), id="in-words"
        ),
        pytest.param(STORY.replace("190", "205"), ("update", "a.txt"), id="other-count"),
        pytest.param(STORY.replace("€1.2", "€1.4"), ("update", "a.txt"), id="other-sum"),
        pytest.param(STORY.replace("in 1987", "in 1989"), ("update", "a.txt"), id="other-year"),
        pytest.param(STORY.replace("loud", "soft"), ("update", "a.txt"), id="other-quote"),
        pytest.param(
            STORY.replace("has opened an inquiry", "has not opened an inquiry"),
            ("update", "a.txt"),
            id="negated",
        ),
        pytest.param(OTHER, ("alone", None), id="other-story"),
    ],
)
def test_copies_and_updates(
    second: str, expected: tuple[str, str | None], article: MakeArticle, link: Link
) -> None:
    made = link([article("a.txt", STORY, "2021-11-03"), article("b.txt", second, "2021-11-04")])
    assert documents(made)["b.txt"] == expected


def test_only_the_differing_claims_of_an_update_are_flagged(
    article: MakeArticle, link: Link
) -> None:
    second = STORY.replace("190", "205")
    made = link([article("a.txt", STORY, "2021-11-03"), article("b.txt", second, "2021-11-04")])
    query = "SELECT path, claim_text FROM claims WHERE instr(flags, '{}') ORDER BY path"
    (new,), (old,) = (
        cells(made, query.format("updated")),
        cells(made, query.format("changed_later")),
    )
    assert new[0] == "b.txt" and "205" in str(new[1])
    assert old[0] == "a.txt" and "190" in str(old[1])
    assert not cells(made, "SELECT 1 FROM claims WHERE instr(flags, 'contradiction')")


def test_a_wire_story_is_counted_once(article: MakeArticle, link: Link) -> None:
    made = link(
        [
            article("a.txt", STORY, "2021-11-03", "Glasnik"),
            article("b.txt", "Ferry aground\n" + STORY, "2021-11-04", "Morning Post"),
        ]
    )
    ((all_claims, once),) = cells(
        made, "SELECT count(*), sum(duplicate_of_claim IS NULL) FROM claims"
    )
    assert all_claims == 2 * int(str(once))
    assert cells(made, "SELECT DISTINCT support FROM claims") == [(1,)]


DEAL = "Telmar acquired Odilon Foods for €120 million in February 2020.\n"
TURNED = "In February 2020 Odilon Foods was bought by Telmar for 120 million euros.\n"


@pytest.mark.parametrize(
    ("outlets", "support"),
    [
        pytest.param(("Post", "Globe"), 2, id="two-outlets"),
        pytest.param(("Post", "post"), 1, id="one-outlet-twice"),
        pytest.param(("", ""), 2, id="unknown-outlets"),
    ],
)
def test_support_counts_outlets(
    outlets: tuple[str, str], support: int, article: MakeArticle, link: Link
) -> None:
    texts = (DEAL, TURNED)
    made = link(
        [article(f"{i}.txt", texts[i], "2020-03-02", outlets[i]) for i in range(len(texts))]
    )
    assert cells(made, "SELECT DISTINCT support FROM claims") == [(support,)]
    assert cells(made, "SELECT n_claims, n_versions, support FROM claim_groups") == [
        (2, 1, support)
    ]


def test_a_contradiction_shows_both_values(article: MakeArticle, link: Link) -> None:
    texts = (DEAL, DEAL.replace("120", "150"), TURNED)
    made = link([article(f"{i}.txt", text, "2020-03-02") for i, text in enumerate(texts)])
    found = cells(made, "SELECT relation, about, value, other_value FROM claim_links ORDER BY 3")
    assert {row[:2] for row in found} == {("contradiction", "amount")}
    assert "€150 million" in {row[2] for row in found} | {row[3] for row in found}
    flagged = cells(made, "SELECT support FROM claims WHERE instr(flags, 'contradiction')")
    assert sorted(flagged) == [(1,), (2,), (2,)]
    assert cells(made, "SELECT count(DISTINCT group_id), count(contradicts) FROM claims") == [
        (1, 3)
    ]


def test_a_claim_that_fits_both_sides_hides_no_contradiction(
    article: MakeArticle, link: Link
) -> None:
    fine = "The court fined Brixco {} million in May 2019.\n"
    texts = [fine.format(words) for words in ("€8.75", "almost €9", "€9.24")]
    texts.append("In May 2019 Brixco was fined €9.24 million by the court.\n")
    made = link([article(f"{i}.txt", text, "2019-06-01") for i, text in enumerate(texts)])
    found = cells(made, "SELECT about, value, other_value FROM claim_links")
    assert [sorted(map(str, row)) for row in found] == [
        ["amount", "€8.75 million", "€9.24 million"]
    ] * 2
    assert cells(made, "SELECT n_claims, n_versions FROM claim_groups") == [(4, 2)]
    query = "SELECT path, contradicts IS NOT NULL FROM claims ORDER BY path"
    assert cells(made, query) == [("0.txt", 1), ("1.txt", 0), ("2.txt", 1), ("3.txt", 1)]


def test_claims_without_a_name_meet_by_what_their_articles_speak_of(
    article: MakeArticle, link: Link
) -> None:
    texts = (
        "Floods hit Lublin on Sunday. The floods killed 12 people, the mayor said.\n",
        "Lublin was hit by floods. At least 12 people were killed by the floods.\n",
        "Floods hit Varna on Sunday. The floods killed 12 people, the mayor said.\n",
    )
    made = link([article(f"{i}.txt", text, "2021-07-19") for i, text in enumerate(texts)])
    query = "SELECT path, group_id IS NOT NULL FROM claims WHERE instr(claim_text, '12')"
    assert sorted(cells(made, query)) == [("0.txt", 1), ("1.txt", 1), ("2.txt", 0)]


@pytest.mark.parametrize(
    ("second", "published", "told"),
    [
        pytest.param("won 43 of the 120 seats", "2016-06-03", 1, id="of-one-whole"),
        pytest.param("won 43 of the 120 seats", "2020-06-01", 0, id="years-later"),
        pytest.param("won 34 seats", "2016-06-03", 0, id="the-whole-left-out"),
    ],
)
def test_seats_of_one_house(
    second: str, published: str, told: int, article: MakeArticle, link: Link
) -> None:
    made = link(
        [
            article("a.txt", "The Green Union won 34 of the 120 seats in Malva.\n", "2016-06-01"),
            article("b.txt", f"The Green Union {second} in Malva.\n", published),
        ]
    )
    assert cells(made, "SELECT count(*) FROM claim_links") == [(told,)]


def test_who_somebody_is_keeps_no_claims_apart(article: MakeArticle, link: Link) -> None:
    texts = (
        "Halmstad's chief executive, Nils Berg, earned €2.1 million in 2019.\n",
        "Nils Berg earned €3.4 million in 2019.\n",
        "The chief executive of the brewery Lido, Nils Berg, earned €2.1 million in 2019.\n",
    )
    made = link([article(f"{i}.txt", text, "2020-03-02") for i, text in enumerate(texts)])
    assert cells(made, "SELECT DISTINCT relation, about FROM claim_links") == [
        ("contradiction", "amount")
    ]


@pytest.mark.parametrize("decision", ["reject", "duplicate"])
def test_what_a_reviewer_threw_out_supports_and_contradicts_nothing(
    decision: str, article: MakeArticle, link: Link
) -> None:
    texts = (DEAL, DEAL.replace("120", "150"), TURNED)
    made = link([article(f"{i}.txt", text, "2020-03-02") for i, text in enumerate(texts)])
    order = [str(doc) for (doc,) in cells(made, "SELECT doc_id FROM documents ORDER BY path")]
    for table in ("claim_groups", "claim_links"):
        made.execute(f"DELETE FROM {table}")
    made.execute("UPDATE claims SET group_id = NULL, support = 1, contradicts = NULL, flags = ''")
    made.execute("UPDATE claims SET decision = ? WHERE path = '1.txt'", (decision,))
    link_claims(made, order, {}, Here())
    assert not cells(made, "SELECT 1 FROM claim_links")
    query = "SELECT path, support FROM claims WHERE group_id IS NOT NULL ORDER BY path"
    assert cells(made, query) == [("0.txt", 2), ("2.txt", 2)]


def test_the_rows_of_a_copy_are_compared_with_nothing(article: MakeArticle, link: Link) -> None:
    # the copy is cut short and turned a little: its rows are not word for word the same
    copy = STORY.replace("The owner, Adria Lines, paid", "Adria Lines, the owner, paid")
    other = "Adria Lines paid €1.9 million in 2019 to have the engine of the ship replaced.\n"
    texts = (STORY, copy, other)
    made = link([article(f"{i}.txt", text, "2021-11-03") for i, text in enumerate(texts)])
    assert documents(made)["1.txt"][0] == "copy"
    query = "SELECT path FROM claims WHERE contradicts IS NOT NULL AND path = '1.txt'"
    assert not cells(made, query)


def test_the_order_of_arrival_changes_nothing(article: MakeArticle, link: Link) -> None:
    results = [
        article("a.txt", STORY, "2021-11-03"),
        article("b.txt", STORY.replace("190", "205"), "2021-11-04"),
        article("c.txt", STORY, "2021-11-05"),
        article("d.txt", DEAL, "2020-03-02"),
        article("e.txt", DEAL.replace("120", "150"), "2020-03-02"),
    ]
    orders = [results, results[::-1], results[2:] + results[:2]]
    queries = (
        "SELECT path, duplicate_group, duplicate_of, update_of FROM documents ORDER BY 1",
        "SELECT claim_id, flags, duplicate_of_claim, group_id, support, contradicts, updated_by"
        " FROM claims ORDER BY 1",
        "SELECT group_id, n_claims, n_versions, support FROM claim_groups ORDER BY 1",
    )
    made = [link(order) for order in orders]
    for query, (one, other) in itertools.product(queries, itertools.pairwise(made)):
        assert cells(one, query) == cells(other, query)
