"""Removals widened so that the text that stays is well formed: one block a line, no blank husks."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from pipeline.ingest.blocks import INVISIBLE, line_bounds, strip_bounds
from pipeline.records import Removal, Span

BLANK_LINE = "blank_line"
BLANK_REASON = "A line of blanks only is made empty."
ONLY_BLANK = re.compile(rf"[\s{INVISIBLE}]*")


@dataclass(slots=True)
class _Line:
    """A line of the source: whole and stripped bounds, and the removals that touch it."""

    start: int
    end: int
    first: int
    last: int
    parts: list[Removal]
    gone: bool = False

    @property
    def blank(self) -> bool:
        return self.first == self.last


def tidy(text: str, removals: Sequence[Removal], joins: Container[int] = ()) -> list[Removal]:
    """The removals, widened to whole lines with their line breaks where nothing of a line stays.

    Args:
        removals: sorted, without overlap.
        joins: see line_bounds.

    Returns:
        Removals sorted and without overlap, none across a line that stays. Between two lines that
        stay, the wider of the two gaps stays, so that paragraphs remain apart. Lines of blanks
        only become empty.
    """
    lines = _read_lines(text, removals, joins)
    out: list[Removal] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.gone:
            stop = index
            while stop < len(lines) and (lines[stop].gone or lines[stop].blank):
                stop += 1
            while not lines[stop - 1].gone:
                stop -= 1
            out += _remove_run(text, lines, index, stop)
            index = stop
        elif line.blank:
            if line.end > line.start:
                out.append(Removal(Span(line.start, line.end), BLANK_LINE, "", BLANK_REASON))
            index += 1
        else:
            out += _remove_inside(text, line)
            index += 1
    return _without_overlap(out)


def _read_lines(text: str, removals: Sequence[Removal], joins: Container[int]) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    for start, end in line_bounds(text, joins):
        first, last = strip_bounds(text, start, end)
        while at < len(removals) and removals[at].span.end <= start:
            at += 1
        parts: list[Removal] = []
        look = at
        while look < len(removals) and removals[look].span.start < last:
            if removals[look].span.end > first:
                parts.append(removals[look])
            look += 1
        line = _Line(start, end, first, last, parts)
        line.gone = not line.blank and _covered(text, line)
        lines.append(line)
    return lines


def _covered(text: str, line: _Line) -> bool:
    at = line.first
    for part in line.parts:
        if part.span.start > at and not ONLY_BLANK.fullmatch(text, at, part.span.start):
            return False
        at = max(at, part.span.end)
    return bool(line.parts) and (at >= line.last or bool(ONLY_BLANK.fullmatch(text, at, line.last)))


def _remove_run(text: str, lines: list[_Line], first: int, stop: int) -> list[Removal]:
    """Removals of the run lines[first:stop], the first and last of which are gone."""
    before, after = _kept_before(lines, first), _kept_after(lines, stop)
    # The gap before the run begins at the end of the kept line above it.
    above = lines[before].end if before >= 0 else 0
    below = lines[after].start if after < len(lines) else len(text)
    if before < 0:
        start, end = 0, below
    elif after >= len(lines):
        start, end = above, lines[stop - 1].end
    elif first - before >= after - (stop - 1):
        start, end = lines[first].start, below
    else:
        start, end = above, lines[stop - 1].end
    out: list[Removal] = []
    gone = [line for line in lines[first:stop] if line.gone]
    for number, line in enumerate(gone):
        left = start if number == 0 else line.start
        right = end if number == len(gone) - 1 else gone[number + 1].start
        edges = [left, *(part.span.start for part in line.parts[1:]), right]
        for part, a, b in zip(line.parts, edges, edges[1:], strict=False):
            out.append(Removal(Span(a, b), part.rule, "", part.reason, part.confidence))
    return out


def _kept_before(lines: list[_Line], first: int) -> int:
    index = first - 1
    while index >= 0 and lines[index].blank:
        index -= 1
    return index


def _kept_after(lines: list[_Line], stop: int) -> int:
    index = stop
    while index < len(lines) and lines[index].blank:
        index += 1
    return index


def _remove_inside(text: str, line: _Line) -> list[Removal]:
    """Removals of parts of a line that stays, with the blanks that would stand at its ends."""
    out: list[Removal] = []
    for part in line.parts:
        start, end = max(part.span.start, line.first), min(part.span.end, line.last)
        if start == line.first:
            while end < line.last and text[end].isspace():
                end += 1
        elif end == line.last or text[end].isspace():
            while start > line.first and text[start - 1].isspace():
                start -= 1
        out.append(Removal(Span(start, end), part.rule, "", part.reason, part.confidence))
    return out


def _without_overlap(removals: list[Removal]) -> list[Removal]:
    """Sorted; what a widened removal took from its neighbour is cut off there."""
    out: list[Removal] = []
    for removal in sorted(removals):
        start = max(removal.span.start, out[-1].span.end if out else 0)
        if start < removal.span.end:
            span = Span(start, removal.span.end)
            out.append(Removal(span, removal.rule, "", removal.reason, removal.confidence))
    return out
