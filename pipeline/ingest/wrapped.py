"""Hard-wrapped lines: text whose paragraphs were broken at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.records import Removal, Span

MIN_WIDTH, MAX_WIDTH = (
    45,
    120,
)  # characters; shorter lines are lists and verse, longer are paragraphs
EDITOR_SLACK = 2  # editors count the space at the end differently
PRINT_SLACK = 12
MIN_BREAKS = 3  # line ends that must agree on the width, in the whole text
LINE = re.compile(r"[^\n\x0c]*[\n\x0c]?")  # a page's end is a line's end
#: What begins a line of its own: bullets, numbers, quoted mail, headings, tables.
OWN_LINE = re.compile(r"(?:[-*•·–—>|#]|\d{1,3}[.)]|\(?[a-z]\))\s|[>|#]")
HYPHENATED = re.compile(r"([A-Za-z]{2,})-$")
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end and the blanks around it: [start, end)."""

    start: int
    end: int
    words: str


def unwrap(text: str, slack: int = EDITOR_SLACK) -> list[Removal]:
    """Line ends inside paragraphs, each replaced by a space, in order.

    Args:
        slack: characters that a full line may be shorter than the width; programs that set type
            (PDF) fill lines by the width of letters, not by their number.

    Only where the text is evidently wrapped: the first word of the next line would not have
    fitted, at one width for the whole text. "\\n" becomes " ", of the same length unless blanks
    stand around it; a line end after a hyphen goes with or without the hyphen, as the same word
    is written elsewhere in the text.
    """
    paragraphs = list(paragraphs_of(text))
    width = width_of(paragraphs, slack)
    if not width:
        return []
    known: frozenset[str] = frozenset()
    found: list[Removal] = []
    for lines in paragraphs:
        for line, after in pairwise(lines):
            if not is_wrapped(line, after, width, slack):
                continue
            if HYPHENATED.search(line.words) and after.words[:1].islower():
                known = known or frozenset(WORD.findall(text))
                found.append(join_hyphen(line, after, known))
            else:
                found.append(
                    Removal(
                        Span(line.end, after.start), "wrapped_line", " ", "a line wrapped by width"
                    )
                )
    return found


def paragraphs_of(text: str) -> Iterator[list[Line]]:
    """Lines that stand together, without the blank lines between; one-line paragraphs left out."""
    lines: list[Line] = []
    for match in LINE.finditer(text):
        words = match.group().rstrip()
        indent = len(words) - len(words.lstrip())
        if words:
            start = match.start() + indent
            lines.append(Line(start, match.start() + len(words), words[indent:]))
            if not match.group().endswith("\x0c"):
                continue
        if len(lines) > 1:
            yield lines
        lines = []
    if len(lines) > 1:
        yield lines


def width_of(paragraphs: Sequence[list[Line]], slack: int) -> int:
    """The width that the text was wrapped at, 0 if it was not.

    Evidence is taken over all paragraphs: nearly every line but the last of each paragraph must
    be so long that the next word did not fit.
    """
    inner = [(line, after) for lines in paragraphs for line, after in pairwise(lines)]
    if len(inner) < MIN_BREAKS:
        return 0
    lengths = sorted(len(line.words) for lines in paragraphs for line in lines)
    # A web address may stick out: the width is that of all but the longest few.
    width = lengths[-1 - len(lengths) // 50]
    if not MIN_WIDTH <= width <= MAX_WIDTH or median(lengths) < MIN_WIDTH * 0.75:
        return 0
    agree = sum(is_wrapped(line, after, width, slack) for line, after in inner)
    return width if agree >= MIN_BREAKS and agree * 10 >= len(inner) * 7 else 0


def is_wrapped(line: Line, after: Line, width: int, slack: int) -> bool:
    """Would the next line's first word not have fitted on this line?"""
    if OWN_LINE.match(after.words) or len(line.words) > width + slack:
        return False
    first = after.words.split(None, 1)[0]
    return len(line.words) + 1 + len(first) > width - slack


def join_hyphen(line: Line, after: Line, known: frozenset[str]) -> Removal:
    """A word divided at the line's end; where nothing speaks for one word, the hyphen stays."""
    head = WORD.findall(line.words)[-1]
    match = WORD.match(after.words)
    tail = match.group() if match else ""
    if head + tail in known:
        span = Span(line.end - 1, after.start)
        return Removal(span, "wrapped_line", "", "a word divided at the line's end")
    return Removal(Span(line.end, after.start), "wrapped_line", "", "a line wrapped by width")
