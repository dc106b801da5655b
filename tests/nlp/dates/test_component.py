"""The component: find_dates with the tense of the parse."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("The council will meet on Tuesday.", "2021-11-09", id="will"),
        pytest.param("The council met on Tuesday.", "2021-11-02", id="met"),
        pytest.param("He said he plans to resign on Tuesday.", "2021-11-09", id="plans-to"),
        pytest.param("The works should be completed in March.", "2022-03", id="should"),
        pytest.param(
            "The works were due to start but had been set to end Monday.",
            "2021-11-01",
            id="past-perfect",
        ),
        pytest.param(
            "They would appeal the ruling announced Wednesday.", "2021-11-03", id="participle"
        ),
        pytest.param(
            "It has an agreement to sell the mill in January.", "2022-01", id="agreement-to"
        ),
        pytest.param(
            "They would appeal the ruling, announced Wednesday by the court.",
            "2021-11-03",
            id="loose-participle",
        ),
        pytest.param(
            "It had been due to expire Friday evening.", "2021-11-05TEV", id="had-been-due"
        ),
        pytest.param("The two leaders meet Thursday in Rome.", "2021-11-11", id="timetable"),
        pytest.param("The fund falls Tuesday as oil drops.", "2021-11-02", id="headline-present"),
        pytest.param("Let's meet on Tuesday.", "2021-11-09", id="lets"),
        pytest.param("Farmers planned a march through town on Sunday.", "2021-11-07", id="planned"),
    ],
)
def test_tense_of_the_parse(nlp: Language, text: str, value: str) -> None:
    doc = nlp.make_doc(text)
    doc._.published = "2021-11-05"
    assert [mention.value for mention in nlp(doc)._.dates] == [value]


def test_month_inside_a_name_is_no_date(nlp: Language) -> None:
    doc = nlp("Last week the singer June Carter met Johnny Cash in Nashville.")
    assert all(mention.span.of(doc.text) != "June" for mention in doc._.dates)
