"""Repairs: places whose characters are wrong though their words are the article's.

All patterns read the source text and take linear time. Typographic quotes and dashes stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import ftfy
from ftfy.badness import BADNESS_RE

from pipeline.ingest.wrapped import unwrap
from pipeline.records import Removal, SourceDocument, Span

__all__ = ["find_repairs", "unwrap"]

#: Group name -> rule and reason. A carriage return alone is an old line end.
CHARACTERS = re.compile(
    "(?P<line_end>\r\n?|\u2028|\x85)"
    "|(?P<paragraph>\u2029|\x0c)"
    "|(?P<odd_space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b]+)"
    "|(?P<byte_order_mark>\ufeff)"
    "|(?P<soft_hyphen>\u00ad)"
    # Joiners carry meaning in Indic and Arabic scripts and in emoji: only those after Latin go.
    "|(?P<zero_width>[\u200b\u2060-\u2064\u180e]+|(?<=[\x00-\u024f\u2000-\u206f])[\u200c\u200d]+)"
    "|(?P<direction_mark>[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+)"
    "|(?P<control_character>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]+)"
)
REASONS = {
    "line_end": ("\n", "another system's line end"),
    "paragraph": ("\n\n", "a page or paragraph break"),
    "odd_space": (" ", "an unusual space"),
    "byte_order_mark": ("", "a byte order mark"),
    "soft_hyphen": ("", "an invisible hyphen"),
    "zero_width": ("", "an invisible character"),
    "direction_mark": ("", "an invisible writing-direction mark"),
    "control_character": ("", "a control character"),
}
ENDS = "\r\u2028\x85\u2029\x0c"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b"
UNSEEN = "\u200b-\u200d\u2060-\u2064\u180e"
DIRECTIONS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
#: Runs of anything that CHARACTERS knows, and blanks among them: one character class is what
#: `re` finds fastest.
KNOWN = f"{ENDS}{SPACES}{UNSEEN}{DIRECTIONS}{CONTROLS}\u00ad\ufeff"
ODD = re.compile(f"[{KNOWN}][ \n{KNOWN}]*")
LONG_RUN = 32  # characters of a run that are worth the trouble of a repair of their own
#: Line ends, and what stands between them: a repair that crosses a line end would bind two lines.
BETWEEN_ENDS = re.compile(f"[\n{ENDS}]+|[^\n{ENDS}]+")
SPACE = re.compile(f"[{SPACES}]")
ONE_KIND = re.compile(
    f"[\n{ENDS}]+|[{SPACES}]+|[\u00ad]+|[\ufeff]+|[{UNSEEN}]+|[{DIRECTIONS}]+|[{CONTROLS}]+"
)
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
#: Characters that are not ASCII with single spaces between: ftfy's unit of damage.
CLUSTER = re.compile("[^\x00-\x7f]+(?: [^\x00-\x7f]+)* {0,2}")
#: Mojibake is two bytes or more of one character, or the capital A that stands for one.
SUSPECT = re.compile("[^\x00-\x7f]{2}|[ÂÃ]")
CHUNK = 1000  # characters that ftfy judges at once
MOJIBAKE = ftfy.TextFixerConfig(unescape_html=False)


def find_repairs(source: SourceDocument) -> Iterator[Removal]:
    """Every repair of the text, sorted, no two overlapping.

    The reader's own repairs (removals of the source that have a replacement) are among them.
    """
    text = source.text
    found = [removal for removal in source.removals if removal.replacement]
    if source.reader in ("txt", "pdf", "eml", "rtf"):
        found.extend(unwrap(text))  # first: of equal places the join of a sentence counts
    found += [*find_mojibake(text), *find_entities(text, source.reader), *find_characters(text)]
    end = 0
    for removal in sorted(found, key=place):
        if removal.span.start >= end:
            end = removal.span.end
            yield removal


def place(removal: Removal) -> tuple[int, int]:
    """Earlier first; of two at one place the longer, which understands more."""
    return (removal.span.start, -removal.span.end)


def find_characters(text: str) -> Iterator[Removal]:
    """Odd spaces, line ends and invisible characters.

    A long run of several kinds between two line ends is one repair: a text may hold millions.
    """
    for odd in ODD.finditer(text):
        start, end = odd.span()
        if end - start < LONG_RUN:
            yield from find_each(text, start, end)
            continue
        for part in BETWEEN_ENDS.finditer(text, start, end):
            first, last = part.span()
            if last - first < LONG_RUN or ONE_KIND.fullmatch(text, first, last):
                yield from find_each(text, first, last)
            else:
                words = " " if SPACE.search(text, first, last) else ""
                reason = "a long run of unusual spaces and invisible characters"
                yield Removal(Span(first, last), "odd_run", words, reason)


def find_each(text: str, start: int, end: int) -> Iterator[Removal]:
    """One repair for each stretch of one kind."""
    for match in CHARACTERS.finditer(text, start, end):
        rule = match.lastgroup or ""
        words, reason = REASONS[rule]
        yield Removal(Span(*match.span()), rule, words, reason)


def replacement(match: re.Match[str]) -> str:
    """What stands for an odd character inside another repair."""
    return REASONS[match.lastgroup or ""][0]


def find_entities(text: str, reader: str) -> Iterator[Removal]:
    """`&amp;` and the like in what should be plain text."""
    if reader in ("html", "mhtml") or "&" not in text:
        return
    for match in ENTITY.finditer(text):
        words = html.unescape(match.group())
        if (words != match.group() and words.isprintable()) or words == "\u00a0":
            reason = "an HTML entity in plain text"
            yield Removal(Span(*match.span()), "html_entity", words.replace("\u00a0", " "), reason)


def find_mojibake(text: str) -> Iterator[Removal]:
    """Text decoded with the wrong encoding, as "donâ€™t" for "don’t"; found and mended by ftfy."""
    if text.isascii():
        return
    end = 0
    while suspect := SUSPECT.search(text, end):
        start, end = chunk_around(text, suspect.start(), end)
        if BADNESS_RE.search(text, start, end):
            yield from mend(text, start, end)


def chunk_around(text: str, at: int, after: int) -> tuple[int, int]:
    """The line of a place, or some words around it where the line is very long."""
    start = max(after, at - CHUNK)
    if (line := text.rfind("\n", start, at)) >= 0:
        start = line + 1
    elif start > after:
        start = max(start, text.find(" ", start, at) + 1)
    end = min(len(text), at + CHUNK)
    if (line := text.find("\n", at, end)) >= 0:
        end = line
    elif end < len(text):
        blank = text.rfind(" ", at + 2, end)
        end = blank if blank > 0 else end
    return start, end


def mend(text: str, start: int, end: int) -> Iterator[Removal]:
    """The clusters of a chunk that ftfy's plan for the whole chunk changes."""
    chunk = text[start:end]
    fixed, plan = ftfy.fix_encoding_and_explain(chunk, MOJIBAKE)
    if not plan or fixed == chunk:
        return
    changes = [(m.start(), m.end(), apply(m.group(), plan)) for m in CLUSTER.finditer(chunk)]
    if any(words is None for *_, words in changes) or rebuilt(chunk, changes) != fixed:
        changes = [between(chunk, fixed)]  # rare: what depends on more than its own cluster
    for first, last, words in changes:
        if words is not None and words != chunk[first:last]:
            reason = "text decoded with the wrong encoding"
            span = Span(start + first, start + last)
            yield Removal(span, "mojibake", CHARACTERS.sub(replacement, words), reason)


def between(chunk: str, fixed: str) -> tuple[int, int, str]:
    """The place of a chunk outside of which nothing changed, and its new words."""
    head = equal_letters(chunk, fixed)
    tail = equal_letters(chunk[head:][::-1], fixed[head:][::-1])
    return head, len(chunk) - tail, fixed[head : len(fixed) - tail]


def equal_letters(one: str, other: str) -> int:
    """How many characters two texts share at the beginning."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def apply(words: str, plan: Sequence[tuple[str, str]]) -> str | None:
    """The words after ftfy's steps; None if the steps don't fit them alone."""
    try:
        return str(ftfy.apply_plan(words, list(plan)))
    except UnicodeError:
        return None


def rebuilt(chunk: str, changes: list[tuple[int, int, str | None]]) -> str:
    edges = [(0, 0, ""), *changes, (len(chunk), len(chunk), "")]
    return "".join(
        chunk[before[1] : after[0]] + (after[2] or "") for before, after in pairwise(edges)
    )
