"""The analyst's word on entities, kept in `corpus/_claims/entities.csv` and applied to each run.

Columns: entity_id, action (merge, split, rename, retype), value, words; see
`pipeline.nlp.entities.decisions` for what each means. It is read as spreadsheets save it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.nlp.entities.decisions import Decision, apply_decisions, parse_decisions, retyped
from pipeline.nlp.entities.normal import entity_redirects
from pipeline.records import DocumentResult
from pipeline.review.sheet import csv_sheets
from pipeline.review.values import words_of

FILE = Path("_claims") / "entities.csv"


#: An entity's id of earlier, and the one that it has now.
Redirect = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EntityDecisions:
    """Decisions of all corpora."""

    decisions: tuple[Decision, ...]

    @property
    def merges(self) -> list[Redirect]:
        return [(d.entity_id, d.value) for d in self.decisions if d.action == "merge"]

    def applied(self, result: DocumentResult) -> tuple[DocumentResult, list[Redirect]]:
        """The result with its entities and mentions as the analyst decided, and the ids that
        other types gave its entities."""
        if not self.decisions:
            return result, []
        analysis = result.analysis
        before = {entity.entity_id: entity for entity in analysis.entities}
        redirects = [
            (entity.entity_id, retyped(entity, decision.value).entity_id)
            for decision in self.decisions
            if decision.action == "retype" and (entity := before.get(decision.entity_id))
        ]
        entities, mentions = apply_decisions(
            analysis.entities,
            analysis.mentions,
            result.document.source.text,
            self.decisions,
            before,
        )
        analysis = replace(analysis, entities=entities, mentions=mentions)
        return replace(result, analysis=analysis), redirects


def read_entity_decisions(corpora: Sequence[Path]) -> EntityDecisions:
    """The decisions beside the corpora; none without a file.

    Raises:
        ConfigError: every problem of every file, with row and column.
    """
    found: list[Decision] = []
    problems: list[str] = []
    for corpus in corpora:
        path = corpus / FILE
        if not path.is_file():
            continue
        try:
            found += parse_decisions(cells_of(path), str(path))
        except ConfigError as error:
            problems.append(str(error))
    try:
        entity_redirects((d.entity_id, d.value) for d in found if d.action == "merge")
    except ValueError as error:
        problems.append(f"{', '.join(str(corpus / FILE) for corpus in corpora)}: {error}")
    if problems:
        raise ConfigError("\n".join(problems))
    return EntityDecisions(tuple(found))


def cells_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows below the header, by column."""
    for _, rows in csv_sheets(path):
        _, header = next(rows, (0, ()))
        names = [words_of(cell).strip().lower() for cell in header]
        for _, cells in rows:
            yield dict(zip(names, map(words_of, cells), strict=False))
