"""An article's text cut at every mark's ends, so that marks may overlap in any way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from pipeline.export.cells import visible


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show on the characters [start, end).

    Attributes:
        kind: CSS class: claim, source, cue, date, money, entity, removed or repaired.
        note: shown when the pointer rests there; "" for none.
        claim_id: of a claim's own words, else "".
    """

    start: int
    end: int
    kind: str
    note: str = ""
    claim_id: str = ""


#: What `shown` makes something else of.
_SPECIAL = re.compile(r"[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def shown(text: str) -> str:
    """Any text, escaped; control characters as their pictures."""
    return escape(visible(text)) if _SPECIAL.search(text) else text


def marked_html(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML with its marks; all of it is escaped."""
    return "".join(pieces(text, marks))


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[str]:
    """HTML of each stretch of text that lies under the same marks."""
    changes: list[tuple[int, int, int, Mark]] = []
    for order, mark in enumerate(marks):
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            changes.append((start, 1, order, mark))
            changes.append((end, -1, order, mark))
    changes.sort(key=lambda change: change[:3])
    active: dict[int, Mark] = {}  # by `order`, in the order in which they began
    at = 0
    anchored: set[str] = set()
    for place, by, order, mark in changes:
        if place > at:
            yield piece(text[at:place], active.values())
            at = place
        if by > 0 and mark.claim_id and mark.claim_id not in anchored:
            anchored.add(mark.claim_id)
            yield f'<a class="anchor" id="{escape(mark.claim_id)}" tabindex="-1"></a>'
        if by > 0:
            active[order] = mark
        else:
            del active[order]
    yield shown(text[at:])


def piece(words: str, marks: Iterable[Mark]) -> str:
    """HTML of one stretch."""
    inside = shown(words)
    found = list(marks)
    if not found:
        return inside
    kinds = " ".join(dict.fromkeys(mark.kind for mark in found))
    claims = " ".join(dict.fromkeys(mark.claim_id for mark in found if mark.claim_id))
    notes = "\n".join(dict.fromkeys(mark.note for mark in found if mark.note))
    tag = "del" if any(mark.kind == "removed" for mark in found) else "span"
    title = f' title="{shown(notes)}"' if notes else ""
    data = f' data-c="{escape(claims)}"' if claims else ""
    return f'<{tag} class="{escape(kinds)}"{data}{title}>{inside}</{tag}>'
