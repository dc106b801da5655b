"""Each rule removes its kind of line and keeps what only looks like it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.ingest.blocks import read_page
from pipeline.ingest.rules import MODEL_RULE, all_rules

HEADLINE, *PROSE = (
    Path(__file__).parents[1].joinpath("port_strike.txt").read_text("utf-8").splitlines()
)


def page_with(line: str, at: str) -> str:
    place = {"top": 0, "inside": 3, "end": len(PROSE)}[at]
    return "\n\n".join([HEADLINE, *PROSE[:place], line, *PROSE[place:]])


def cases() -> list[pytest.ParameterSet]:
    table = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
    return [
        pytest.param(rule, line, case.get("at", "end"), wanted, id=f"{rule}-{kind}-{line[:30]}")
        for rule, case in table.items()
        for kind, wanted in (("remove", True), ("keep", False))
        for line in case[kind]
    ]


@pytest.mark.parametrize(("rule", "line", "at", "wanted"), cases())
def test_rule_on_a_line(rule: str, line: str, at: str, wanted: bool) -> None:
    text = page_with(line, at)
    found = next(r for r in all_rules() if r.name == rule).find(read_page(text))
    assert [p.span.of(text) for p in found] == ([line] if wanted else [])


def test_rules_have_ids_and_reasons() -> None:
    assert len({rule.name for rule in all_rules()}) == len(all_rules())
    assert MODEL_RULE in {rule.name for rule in all_rules()}
    for rule in all_rules():
        assert rule.reason.endswith(".") and len(rule.reason) > 20
