"""A source text split into lines, with what every cleaning rule wants to know of them.

Offsets are code points of SourceDocument.text. A line here is a line that holds text: blank
lines, and lines of blanks, no-break spaces and invisible characters, only count as gaps.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pipeline.ingest.words import lorem_words, word_map, word_set
from pipeline.records import Span

BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
#: Zero-width characters, direction marks, soft hyphen, byte order mark.
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069"
    "\u202a\u202b\u202c\u202d\u202e\ufeff\u00ad\u061c"
)
INVISIBLE_TABLE = dict.fromkeys(map(ord, INVISIBLE))
HAS_INVISIBLE = re.compile(f"[{INVISIBLE}]")
EDGE = re.compile(rf"[\s{INVISIBLE}]*")
MARK = re.compile(r"(?:[•*‣▪▸►◦○●■□➤➔→»·–—+-]|\d{1,3}[.)])\s+|[•‣▪▸►◦●■□➤➔](?=\w)")
EMPHASIS = re.compile(r"\*\*|__|^#{1,6} +")
#: "Key : value"; the key begins with a letter and is at most 40 characters long.
KEY_VALUE = re.compile(
    r"([^\W\d_][^:：=|\t\n]{0,39}?)\s*(?:[:：=|]|\t|\s[–—-]\s|\s?→)\s*(.*)", re.DOTALL
)
WORD = re.compile(r"\w+(?:['’]\w+)*")
SENTENCE_END = re.compile(r"""[.!?…。！？؟।]["'”’»)\]]*(?:\[\d{1,3}\])*$""")
#: Chinese, Japanese and Korean letters at the beginning.
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
#: What rules and features look at; enough for every phrase that marks boilerplate.
HEAD = 400


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that a rule would remove or replace.

    Attributes:
        reason: a sentence an analyst understands.
        confidence: of the rule, 0 to 1.
    """

    span: Span
    rule: str
    reason: str
    confidence: float = 0.9
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds text.

    Attributes:
        start, end: its text without white space around it, in SourceDocument.text.
        text: the same without invisible characters, blanks made plain, at most HEAD long.
        body: `text` without list mark and emphasis marks.
        mark: the list mark, "" if none.
        tokens: the different words of `body` in lower case.
        norm: words of `body` in lower case joined by one space, at most HEAD characters.
        label: `body` in lower case without the colon at its end.
        size: characters of the whole line.
        gap: blank lines before it.
        ends_sentence: closed like a sentence; a line longer than HEAD counts as one.
        key, value: parts of "key: value", both "" if the line is none; key in lower case.
    """

    start: int
    end: int
    text: str
    body: str
    mark: str
    norm: str
    tokens: frozenset[str]
    label: str
    size: int
    gap: int
    ends_sentence: bool
    key: str = ""
    value: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_prose(self) -> bool:
        """A sentence or more: long enough and closed like one."""
        if not self.ends_sentence:
            return False
        if self.size >= 60 and self.words >= 9:
            latin = len(self.tokens & lorem_words())
            return latin < 4 or latin * 2 < len(self.tokens)
        # Scripts without blanks between words have few "words".
        return self.size >= 25 and WIDE.match(self.body) is not None

    @property
    def words(self) -> int:
        return self.norm.count(" ") + 1 if self.norm else 0


@dataclass(frozen=True, eq=False)  # compared and cached by identity
class Page:
    """The lines of a text that are still there when rules run.

    Attributes:
        text: SourceDocument.text, whole.
        lines: lines with text that no library has removed.
    """

    text: str
    lines: tuple[Line, ...]

    def without(self, gone: Sequence[Span]) -> Page:
        """The page less the lines that lie wholly inside one of the sorted places `gone`."""
        starts = [span.start for span in gone]

        def stays(line: Line) -> bool:
            at = bisect_right(starts, line.start) - 1
            return at < 0 or gone[at].end < line.end

        return Page(self.text, tuple(line for line in self.lines if stays(line)))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each normalised line stands on the page."""
        return Counter(line.norm for line in self.lines)

    @cached_property
    def prose(self) -> tuple[bool, ...]:
        """Which lines are prose."""
        return tuple(line.is_prose for line in self.lines)

    @cached_property
    def prose_before(self) -> tuple[int, ...]:
        """Number of prose lines before each line, and at the end the number of all."""
        return tuple(accumulate(self.prose, initial=0))

    @cached_property
    def first_prose(self) -> int:
        """Index of the first prose line; the number of lines if there is none."""
        return next((i for i, yes in enumerate(self.prose) if yes), len(self.lines))

    @cached_property
    def last_prose(self) -> int:
        """Index of the last prose line, -1 if there is none."""
        return next((i for i in range(len(self.lines) - 1, -1, -1) if self.prose[i]), -1)

    @cached_property
    def prose_words(self) -> frozenset[str]:
        """Words of four letters and more in the page's prose."""
        return frozenset(
            word
            for line, yes in zip(self.lines, self.prose, strict=True)
            if yes
            for word in line.tokens
            if len(word) >= 4
        )

    @cached_property
    def links(self) -> tuple[bool, ...]:
        """Which lines look like link texts: short, without a sentence end."""
        return tuple(
            line.size <= 140 and not line.ends_sentence and line.words <= 22 for line in self.lines
        )


def plain(text: str) -> str:
    """Text with invisible characters dropped and every run of white space made one blank."""
    if HAS_INVISIBLE.search(text):
        text = text.translate(INVISIBLE_TABLE)
    return " ".join(text.split())


def read_line(text: str, start: int, end: int, gap: int) -> Line:
    """The features of the line at [start, end), which begins and ends with visible characters."""
    raw = text[start : min(end, start + HEAD)]
    tabbed = "\t" in raw
    shown = plain(raw)
    body, mark = shown, ""
    if (found := MARK.match(shown)) and found.end() < len(shown):
        mark, body = found.group().strip(), shown[found.end() :]
    if "**" in body or "__" in body or body.startswith("#"):
        body = EMPHASIS.sub("", body).strip() or body
    lower = body.casefold()
    words = WORD.findall(lower)
    key = value = ""
    if tabbed:
        # Blanks were made one; between a key and its value the tab is the sign.
        keyed = raw.strip()
        keyed = keyed[found.end() :] if (found := MARK.match(keyed)) else keyed
    else:
        keyed = body
    if pair := KEY_VALUE.match(keyed):
        key = plain(pair[1]).casefold().strip(" *_")
        value = plain(pair[2]).strip(" *")
    return Line(
        start=start,
        end=end,
        text=shown,
        body=body,
        mark=mark,
        norm=" ".join(words) or lower,
        tokens=frozenset(words),
        label=lower.rstrip(" :：*_").strip(),
        size=end - start,
        gap=gap,
        ends_sentence=end - start > HEAD or SENTENCE_END.search(shown[-12:]) is not None,
        key=key,
        value=value,
    )


def line_bounds(text: str, joins: Container[int] = ()) -> list[tuple[int, int]]:
    """[start, end) of every line of a text, blank ones too, without its line break.

    Args:
        joins: offsets of line breaks that end no line: places where a hard-wrapped line goes on.
    """
    bounds, at = [], 0
    for found in BREAK.finditer(text):
        if found.start() not in joins:
            bounds.append((at, found.start()))
            at = found.end()
    bounds.append((at, len(text)))
    return bounds


def strip_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without blanks and invisible characters at both ends; start == end if blank."""
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return start, end


def read_page(text: str, gone: Sequence[Span] = (), joins: Container[int] = ()) -> Page:
    """Split a text into lines.

    Args:
        text: SourceDocument.text.
        gone: places already removed, sorted, not overlapping; a line wholly inside one is left out.
        joins: see line_bounds.
    """
    lines: list[Line] = []
    gap = at = 0
    for raw_start, raw_end in line_bounds(text, joins):
        start, end = strip_bounds(text, raw_start, raw_end)
        if start == end:
            gap += 1
            continue
        while at < len(gone) and gone[at].end <= start:
            at += 1
        if at < len(gone) and gone[at].start <= start and end <= gone[at].end:
            continue
        lines.append(read_line(text, start, end, gap))
        gap = 0
    return Page(text, tuple(lines))


def is_platform(line: Line) -> bool:
    """The line names a social network and nothing else."""
    return line.label in word_set("platforms")


def person_field(key: str) -> str:
    """The kind of personal field that a key names ("email", "birth", ...), "" if none."""
    return word_map("person_fields").get(key.strip(" .-_*"), "")


def runs(flags: Iterable[bool]) -> list[tuple[int, int]]:
    """[first, last + 1) of each run of true flags."""
    out: list[tuple[int, int]] = []
    start = -1
    index = -1
    for index, flag in enumerate(flags):
        if flag and start < 0:
            start = index
        elif not flag and start >= 0:
            out.append((start, index))
            start = -1
    if start >= 0:
        out.append((start, index + 1))
    return out
