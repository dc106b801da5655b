"""What a column and a table are; `columns.py` lists them."""

from __future__ import annotations

from typing import Literal

import msgspec

#: text: any words. integer, number: as usual. decimal: exact, never a float.
#: json: text that holds JSON, such as the parts of a split span.
ColumnType = Literal["text", "integer", "number", "decimal", "json"]

#: One cell. A decimal is a str without exponent; None is "unknown" or "none".
Value = str | int | float | None
Row = dict[str, Value]

#: Digits that a decimal may have before and after its point: decimal128(38, 10) in Parquet.
DECIMAL_WHOLE = 28
DECIMAL_PLACES = 10


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column of every file that holds its table.

    Attributes:
        meaning: for an analyst, one or two sentences.
        unit: of the values, such as "characters"; "" where there is none.
        example: a value as it stands in the CSV file.
        enum: the only values there are; () if any.
        required: never empty.
        references: "table.column" that each value is found in, or "".
    """

    name: str
    meaning: str
    example: str
    type: ColumnType = "text"
    unit: str = ""
    enum: tuple[str, ...] = ()
    required: bool = False
    references: str = ""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table; `key` names the columns that together tell its rows apart, () if none do."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)
