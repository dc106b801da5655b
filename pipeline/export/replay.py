"""A document's words as kept: the text as read with its removals and repairs replayed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from pipeline.records import Span

#: Between the parts of a claim that stand apart.
GAP = " … "

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with each lone surrogate, which no UTF-8 file can hold, as U+FFFD."""
    return _SURROGATE.sub("�", text)


class Replay:
    """Reads spans of one document's text as read, giving the words as kept.

    Args:
        text: SourceDocument.text.
        removals: (start, end, replacement) in order, not overlapping.
    """

    def __init__(self, text: str, removals: Iterable[tuple[int, int, str]]) -> None:
        self._text = text
        self._removals = list(removals)
        self._ends = [end for _, end, _ in self._removals]

    def words(self, span: Span) -> str:
        """The words of a span; a repair that only partly lies in it is taken whole."""
        parts: list[str] = []
        at = span.start
        for index in range(bisect_left(self._ends, span.start + 1), len(self._removals)):
            start, end, replacement = self._removals[index]
            if start >= span.end:
                break
            parts += [self._text[at : max(at, start)], replacement]
            at = end
        parts.append(self._text[at : max(at, span.end)])
        return "".join(parts)

    def joined(self, spans: Iterable[Span]) -> str:
        """The words of several spans, joined by " … "."""
        return GAP.join(self.words(span) for span in spans)
