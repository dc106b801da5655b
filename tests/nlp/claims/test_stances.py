"""How sure a row is, by which words, and whether it is denied: a table of constructions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

CASES = tomllib.loads((Path(__file__).parent / "stances.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:50]) for case in CASES])
def test_stance(nlp: Language, case: dict[str, Any]) -> None:
    doc = nlp.make_doc(case["text"])
    doc._.published = case.get("published", "")
    claims = nlp(doc)._.claims
    for row in case["rows"]:
        here = [claim for claim in claims if row["row"].lower() in claim.text.lower()]
        assert here, [claim.text for claim in claims]
        claim = min(here, key=lambda claim: len(claim.text))
        assert (claim.certainty, claim.certainty_cue, claim.polarity) == (
            row.get("certainty", "asserted"),
            row.get("cue", ""),
            row.get("polarity", "affirmed"),
        )
