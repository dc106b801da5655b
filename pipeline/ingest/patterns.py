"""What repeats on a page: lines of one form, lists whose items have several lines, typography.

Teasers, remarks of readers and products come in series: title, date, excerpt, title, date,
excerpt. An article does not.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import Line, Page

Floats = npt.NDArray[np.float32]

PERIODS = (2, 3, 4, 5, 6, 7, 8)  # lines an item of a series has at most
SPAN = 8  # lines on each side within which a series shows
SHORT, MEDIUM, LONG = 25, 90, 250  # characters: bounds of the forms of lines
BREAKS = 3  # lines without prose that a run of prose survives
DIGITS = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]+")
#: Words of a reader who speaks for himself and to others.
PERSONAL = frozenset(("i", "i'm", "i've", "me", "my", "you", "your", "thanks", "thank", "please"))
OURS = frozenset(("we", "our", "us", "we're", "we've"))


def form(line: Line, prose: bool) -> int:
    """A small number that is equal for lines of one form."""
    size = (line.size > SHORT) + (line.size > MEDIUM) + (line.size > LONG)
    digit = any(map(str.isdigit, line.text[:40]))
    return size + 4 * digit + 8 * bool(line.mark) + 16 * prose + 32 * line.ends_sentence


def patterns(page: Page) -> Floats:
    """Series, frequent forms, the longest run of prose, typography: shape (lines, columns)."""
    return np.concatenate([series(page), likes(page), run_of_prose(page), typography(page)], axis=1)


def series(page: Page) -> Floats:
    """How well the forms of the lines around repeat with the best period, and that period."""
    forms = np.array(
        [form(line, yes) for line, yes in zip(page.lines, page.prose, strict=True)], np.int32
    )
    n = len(forms)
    scores = np.zeros((n, len(PERIODS) + 1), np.float32)
    for column, period in enumerate((1, *PERIODS)):
        same = np.zeros(n, np.float64)
        if n > period:
            equal = (forms[period:] == forms[:-period]).astype(np.float64)
            same[period:] += equal
            same[:-period] += equal
        sums = np.concatenate([[0.0], np.cumsum(same / 2)])
        low = np.maximum(np.arange(n) - SPAN, 0)
        high = np.minimum(np.arange(n) + SPAN + 1, n)
        scores[:, column] = (sums[high] - sums[low]) / (high - low)
    best = scores[:, 1:].argmax(axis=1)
    top = scores[:, 1:].max(axis=1)
    changes = np.concatenate([[0.0], np.cumsum(np.diff(forms, prepend=forms[:1]) != 0)])
    low = np.maximum(np.arange(n) - SPAN, 0)
    high = np.minimum(np.arange(n) + SPAN + 1, n)
    return np.stack(
        [
            top,
            scores[:, 0],
            top - scores[:, 0],
            best,
            (changes[high] - changes[low]) / (high - low),
        ],
        axis=1,
    ).astype(np.float32)


def likes(page: Page) -> Floats:
    """How many lines of the page have the same mask, the same first and the same last words."""
    masks = [mask(line) for line in page.lines]
    words = [line.norm[:80].split(" ") for line in page.lines]
    heads = [" ".join(w[:2]) for w in words]
    tails = [line.norm[-40:].rpartition(" ")[2] for line in page.lines]
    columns = []
    for values in (masks, heads, tails):
        counts = Counter(values)
        columns.append([counts[value] for value in values])
    return np.log(np.array(columns, np.float32)).T


def mask(line: Line) -> str:
    """The line with letters and digits made one: equal for dates, prices, "5 min read"."""
    text = line.text[:60]
    if line.size <= 60:
        text = DIGITS.sub("0", text)
        return LETTERS.sub(lambda found: "A" if found[0][0].isupper() else "a", text)
    return str(line.size // 40)


def run_of_prose(page: Page) -> Floats:
    """Where the line stands relative to the longest run of prose, and the size of its own run."""
    n = len(page.lines)
    runs: list[tuple[int, int, int]] = []
    first = last = -1
    size = 0
    for i, (line, yes) in enumerate(zip(page.lines, page.prose, strict=True)):
        if not yes:
            continue
        if first >= 0 and i - last > BREAKS + 1:
            runs.append((size, first, last + 1))
            first, size = -1, 0
        if first < 0:
            first = i
        size += min(line.size, 1000)
        last = i
    if first >= 0:
        runs.append((size, first, last + 1))
    out = np.zeros((n, 6), np.float32)
    if not runs:
        return out
    total = sum(run[0] for run in runs)
    ranked = sorted(runs, key=lambda run: (-run[0], run[1]))
    most, start, end = ranked[0]
    index = np.arange(n)
    out[:, 0] = np.clip(index - start, -60, 60)
    out[:, 1] = np.clip(end - 1 - index, -60, 60)
    out[:, 2] = most / total
    for rank, (size, first, last) in enumerate(ranked):
        out[first:last, 3] = size / total
        out[first:last, 4] = size / most
        out[first:last, 5] = min(rank + 1, 9)
    return out


def typography(page: Page) -> Floats:
    """Quotation marks unlike those of the page's prose, blanks before the line, persons."""
    n = len(page.lines)
    out = np.zeros((n, 8), np.float32)
    gaps: Counter[int] = Counter()
    curly = straight = 0
    for i, line in enumerate(page.lines):
        text, tokens = line.text, line.tokens
        bent = "’" in text or "“" in text
        plain = "'" in text or '"' in text
        out[i, 0], out[i, 1] = bent, plain
        count = len(tokens) or 1
        out[i, 2] = len(tokens & PERSONAL) / count
        out[i, 3] = len(tokens & OURS) / count
        at = line.start - 1
        out[i, 4] = 0 if at < 0 or page.text[at] in "\n\r" else 1 + (page.text[at] == "\t")
        out[i, 5] = float(line.text[-1:].isalnum())
        if page.prose[i]:
            curly += bent
            straight += plain
            gaps[line.gap] += 1
    usual = gaps.most_common(1)[0][0] if gaps else 0
    share = curly / (curly + straight) if curly + straight else 0.5
    out[:, 6] = np.where(out[:, 0] + out[:, 1] > 0, np.abs(out[:, 0] - share), -1)
    out[:, 7] = [min(line.gap, 9) - min(usual, 9) for line in page.lines]
    return out
