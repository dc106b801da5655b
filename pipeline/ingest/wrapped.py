"""Hard-wrapped lines: text whose paragraphs were broken at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Removal, Span

MIN_WIDTH = 45  # characters; shorter lines are lists and verse
MAX_WIDTH = 120  # longer ones are paragraphs
CLOSED_SLACK = 12  # characters that a full line may be short of the width at a sentence's end
MIN_BREAKS = 3  # line ends that must agree on the width, in the whole text
MIN_GOING_ON = 2  # of them that evidently stand inside a sentence
LINE = re.compile(r"[^\n\x0c]*[\n\x0c]?")  # a page's end is a line's end
#: What begins a line of its own: bullets, numbers, quoted mail, headings, tables.
OWN_LINE = re.compile(r"(?:[-*•·–—>|#]|\d{1,3}[.)]|\(?[a-z]\))\s|[>|#]")
SENTENCE_ENDS = '.!?"”'
PAGE_END, ENDS = re.compile("\x0c"), re.compile("[\n\x0c]")
WINDOW = 400  # characters on each side of a page's end among which its lines are
PAUSES = ".!?:;,"
HYPHENATED = re.compile(r"([A-Za-z]{2,})-$")
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end and the blanks around it: [start, end)."""

    start: int
    end: int
    words: str


def unwrap(text: str) -> list[Removal]:
    """Line ends inside paragraphs, each replaced by a space, in order.

    Only where the text is evidently wrapped: the first word of the next line would not have
    fitted, at one width for the whole text. "\\n" becomes " ", of the same length unless blanks
    stand around it; a line end after a hyphen goes with or without the hyphen, as the same word
    is written elsewhere in the text.
    """
    paragraphs = list(paragraphs_of(text))
    width = usual_width(paragraphs)
    if not width:
        return []
    inner = [pair for lines in paragraphs for pair in pairwise(lines)]
    inner += dict.fromkeys(pair for pair in page_turns(text) if goes_on(*pair))
    if not is_wrapped(inner, width):
        return []
    breaks = [pair for pair in inner if is_full(*pair, width)]
    divided = any(HYPHENATED.search(line.words) for line, _ in breaks)
    known = frozenset(WORD.findall(text)) if divided else frozenset()
    return sorted(join(*pair, known) for pair in breaks)


def join(line: Line, after: Line, known: frozenset[str]) -> Removal:
    """The line end as a space; a word divided there is made one if it is `known`, else the
    hyphen stays."""
    at, words, reason = line.end, " ", "a line wrapped by width"
    if HYPHENATED.search(line.words) and after.words[0].islower():
        head, tail = WORD.findall(line.words)[-1], WORD.match(after.words)
        words = ""
        if head + (tail.group() if tail else "") in known:
            at, reason = line.end - 1, "a word divided at the line's end"
    return Removal(Span(at, after.start), "wrapped_line", words, reason)


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


def page_turns(text: str) -> Iterator[tuple[Line, Line]]:
    """The last line of each page and the first of the next one."""
    for turn in PAGE_END.finditer(text):
        above, below = max(0, turn.start() - WINDOW), turn.end()
        head, tail = text[above : turn.start()].rstrip(), text[below : below + WINDOW]
        last = ENDS.split(head)[-1].strip()
        first = ENDS.split(tail.lstrip(), maxsplit=1)[0].rstrip()
        if last and first:
            end, start = above + len(head), below + len(tail) - len(tail.lstrip())
            yield Line(end - len(last), end, last), Line(start, start + len(first), first)


def goes_on(line: Line, after: Line) -> bool:
    """The sentence goes on behind the line, in small letters."""
    return after.words[0].islower() and line.words[-1] not in SENTENCE_ENDS


def usual_width(paragraphs: Sequence[list[Line]]) -> int:
    """The width that the text may be wrapped at, 0 if its lines are too short or too long."""
    lengths = sorted(len(line.words) for lines in paragraphs for line in lines)
    if len(lengths) <= MIN_BREAKS:
        return 0
    # A web address may stick out: the width is that of all but the longest few.
    width = lengths[-1 - len(lengths) // 50]
    full = sum(length for length in lengths if length * 4 >= width * 3)
    return width if MIN_WIDTH <= width <= MAX_WIDTH and full * 2 >= sum(lengths) else 0


def is_wrapped(inner: Sequence[tuple[Line, Line]], width: int) -> bool:
    """Are the lines full behind which a sentence goes on, in small letters?

    Only these tell: programs that take text out of a PDF leave no blank lines between paragraphs,
    so that headings, bylines and last lines may outnumber the full ones. Lines of a list begin
    with capitals; verse ends its lines where the sentence pauses, which a width does not.
    """
    going_on = [pair for pair in inner if pair[1].words[0].islower()]
    pauses = sum(line.words[-1] in PAUSES for line, _ in going_on)
    full = sum(is_full(line, after, width) for line, after in going_on)
    if full < MIN_GOING_ON or full * 10 < len(going_on) * 8 or pauses * 3 > len(going_on):
        return False
    return sum(is_full(*pair, width) for pair in inner) >= MIN_BREAKS


def is_full(line: Line, after: Line, width: int) -> bool:
    """Would the next line's first word not have fitted on this line?

    Programs that set type fill lines by the width of letters: the numbers of letters differ by a
    quarter. Where a sentence ends, more is asked for, as the line may be its paragraph's last.
    """
    if OWN_LINE.match(after.words):
        return False
    first = after.words.split(None, 1)[0]
    slack = CLOSED_SLACK if line.words[-1] in SENTENCE_ENDS else width // 4
    return len(line.words) + 1 + len(first) > width - slack
