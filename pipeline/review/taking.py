"""What reading reviewed sheets comes to: decisions taken, rows refused, remarks, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.nlp.entities.decisions import Decision as EntityDecision
from pipeline.review.decisions import Decision


class Remark(NamedTuple):
    """What is wrong or odd, and where; `row` is 0 and `column` "" where there is none."""

    file: str
    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.file, f"sheet {self.sheet}", f"row {self.row}" if self.row else ""]
        place.append(f"column {self.column}" if self.column else "")
        return f"{', '.join(part for part in place if part)}: {self.reason}"


class RefusedError(Exception):
    """A row can't be taken. A mistake of the reviewer, gathered into `Taking.refused`."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class EntityTaken(NamedTuple):
    """A decision about an entity, and the row that it stands in."""

    sheet: str
    row: int
    decision: EntityDecision


@dataclass(slots=True)
class Taking:
    """What reading some files came to.

    Attributes:
        taken: new decisions, in the order of the rows.
        entities: the same about entities.
        gone_entities: rows of entities that the tables don't have.
        known: rows with a decision that is in the file of decisions already.
        refused, remarks: rows that were not taken, and what is odd about those that were.
        conflicts: claims that reviewers disagree about, with what each said.
    """

    taken: list[Decision] = field(default_factory=list)
    entities: list[EntityTaken] = field(default_factory=list)
    gone_entities: int = 0
    known: int = 0
    refused: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
