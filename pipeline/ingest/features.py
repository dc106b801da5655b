"""What the line model sees of each line: numbers about the line, its place and its neighbours.

No word of any site, no name and no sentence is among them: only shapes, positions, word classes
(words/vocabulary.toml), repetition, and which rules speak up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from math import log1p

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import Line, Page, person_field
from pipeline.ingest.patterns import patterns
from pipeline.ingest.shapes import shapes
from pipeline.ingest.subject import Subject, coherence
from pipeline.ingest.words import word_classes, word_set

Floats = npt.NDArray[np.float32]

LABELS = (
    "platforms",
    "share",
    "navigation",
    "related",
    "comments",
    "ads",
    "contents",
    "author_headings",
    "endmatter",
    "conclusion",
)
SENTENCES = re.compile(r"[.!?…]['\"”’)\]]* ")
QUOTES = '"“”„«»'
QUOTE = re.compile(f"[{QUOTES}]")
OPENERS = frozenset(QUOTES + "'‘’")
PIECES = re.compile(r" [|•·/›»>] ")
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b)?|\bago\b|\b\d{1,2} ?[ap]m\b", re.IGNORECASE)
SAYS = re.compile(
    r"\b(?:says|said|wrote|schrieb|sagt|dit|dice|ha detto|disse)\b\W*$", re.IGNORECASE
)
WIDE_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DIGITS, CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_LABEL = (0.0,) * len(LABELS)
OWN = 31  # columns of `own` before the word classes
WIDE_COLUMNS = 2  # columns of `own` behind the labels
MOST = 40  # lines; greater distances to a milestone are one
NEAR = 3  # neighbours on each side whose numbers are seen
SHOWN = (0, 1, 2, 4, 9, 10, 12, 14, 17, 30)  # columns of `own` that neighbours show


@cache
def class_numbers() -> dict[str, tuple[int, ...]]:
    """Word -> numbers of the word classes that have it."""
    out: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(word_classes()):
        for word in words:
            out[word] = (*out.get(word, ()), number)
    return out


@cache
def label_columns() -> dict[str, tuple[float, ...]]:
    """Label -> for each of LABELS 1 if it is in that list, else 0."""
    lists = [word_set(name) for name in LABELS]
    return {
        label: tuple(float(label in words) for words in lists)
        for label in frozenset().union(*lists)
    }


def own(line: Line) -> list[float]:
    """Numbers about the line alone."""
    text, body, size, tokens = line.text, line.body, line.size, line.tokens
    words = body.split()
    n = len(words) or 1
    capital = digits_and_capitals("".join([word[0] for word in words]))[1]
    digits, upper = digits_and_capitals(text)
    shown = len(text)
    last, first = text[-1], body[0]
    kinds = class_numbers()
    classes = [0] * len(word_classes())
    for token in tokens & kinds.keys():
        for number in kinds[token]:
            classes[number] += 1
    return [
        log1p(size),
        log1p(n),
        float(line.ends_sentence),
        float(last == ":"),
        capital / n,
        upper / shown,
        digits / shown,
        size / n if n > 1 else float(size),
        float(len(SENTENCES.findall(text))),
        classes[0] / (len(tokens) or 1),  # function words
        float(bool(line.mark)),
        float(line.mark[:1].isdigit()),
        float(line.gap),
        float(first.islower()),
        float(first in OPENERS),
        float(QUOTE.search(text) is not None),
        text.count(",") / n,
        float(bool(line.key)),
        float(bool(line.value)),
        float(bool(person_field(line.key)) if line.key else 0),
        float(len(PIECES.findall(text))),
        float("http" in text or "www." in text or ".com" in text),
        float("@" in text),
        float("#" in text),
        float(last == "?"),
        float(last == "!"),
        float(last in "…»›>→" or text.endswith("...")),
        float(text.isupper()),
        float("(" in text),
        float(capital == n),
        float(sum(classes[2:10])),
        *map(float, classes[1:]),
        *label_columns().get(line.label, NO_LABEL),
        float(WIDE_SCRIPT.search(text[:60]) is not None),
        float(text.count("。") + text.count("、")),
    ]


@cache
def own_width() -> int:
    """Number of columns that own() gives; those of the rules stand behind them."""
    return OWN + len(word_classes()) - 1 + len(LABELS) + WIDE_COLUMNS


def digits_and_capitals(text: str) -> tuple[int, int]:
    """How many characters are digits, and how many capital letters."""
    if not text.isascii():
        return sum(map(str.isdigit, text)), sum(map(str.isupper, text))
    plain = text.encode("ascii")
    shown = len(plain)
    return shown - len(plain.translate(None, DIGITS)), shown - len(plain.translate(None, CAPITALS))


def page_features(
    page: Page, hits: Sequence[frozenset[str]], rules: Sequence[str], subject: Subject
) -> Floats:
    """One row a line: shape (lines, features).

    Args:
        hits: for each line the rules that propose to remove it.
        rules: names of the rules, in the order of their columns.
        subject: the words of the page's lines.
    """
    lines = page.lines
    n = len(lines)
    base = np.array([own(line) for line in lines], np.float32)
    hit = np.array([[name in found for name in rules] for found in hits], np.float32).reshape(n, -1)
    any_hit: Floats = np.asarray(hit.max(axis=1, keepdims=True, initial=0), np.float32)
    place = placement(page)
    about = coherence(page, subject)
    marks = milestones(page, base, any_hit)
    runs = np.concatenate(
        [
            surroundings(page, base),
            place,
            about,
            repeats(page),
            marks,
            patterns(page),
            shapes(page),
        ],
        axis=1,
    )
    near = np.concatenate([base[:, SHOWN], any_hit], axis=1)
    context = [shifted(near, step) for step in range(-NEAR, NEAR + 1) if step]
    whole = document(page, base, any_hit)
    windows = [window_mean(near, width) for width in (4, 12)]
    return np.concatenate(
        [base, hit, any_hit, runs, *context, *windows, np.tile(whole, (n, 1))], axis=1
    )


def shifted(values: Floats, step: int) -> Floats:
    """Row i holds row i + step; -1 beyond the ends."""
    out = np.full_like(values, -1)
    if step > 0:
        out[:-step] = values[step:]
    else:
        out[-step:] = values[:step]
    return out


def window_mean(values: Floats, width: int) -> Floats:
    """Means over the lines from `width` above to `width` below."""
    n = len(values)
    sums = np.concatenate(
        [np.zeros((1, values.shape[1]), np.float64), np.cumsum(values, axis=0, dtype=np.float64)]
    )
    low = np.maximum(np.arange(n) - width, 0)
    high = np.minimum(np.arange(n) + width + 1, n)
    means: Floats = ((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32)
    return means


def placement(page: Page) -> Floats:
    """Where on the page each line stands, in lines, characters and prose."""
    n = len(page.lines)
    index = np.arange(n)
    sizes = np.array([line.size for line in page.lines], np.float64)
    prose = np.array(page.prose, np.float64)
    weight = sizes * prose
    chars, above = np.cumsum(sizes) - sizes, np.cumsum(weight) - weight
    columns = [
        index / n,
        np.log1p(index),
        np.log1p(n - 1 - index),
        chars / sizes.sum(),
        above / (weight.sum() or 1),
        (weight.sum() - above - weight) / (weight.sum() or 1),
        np.log1p(np.cumsum(prose) - prose),
        np.log1p(prose.sum() - np.cumsum(prose)),
        np.clip(index - page.first_prose, -200, 200),
        np.clip(index - page.last_prose, -200, 200),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def surroundings(page: Page, base: Floats) -> Floats:
    """Distances to the nearest prose on both sides and its size; gaps; runs of one list mark."""
    lines = page.lines
    n = len(lines)
    out = np.zeros((n, 9), np.float32)
    for step, columns in ((1, (0, 1)), (-1, (2, 3))):
        far, size = 99.0, 0.0
        for i in range(n) if step > 0 else range(n - 1, -1, -1):
            out[i, columns[0]], out[i, columns[1]] = min(far, 99.0), size
            if page.prose[i]:
                far, size = 0.0, float(base[i, 0])
            far += 1
    out[:-1, 4] = [line.gap for line in lines[1:]]
    start = 0
    for i in range(1, n + 1):
        if i == n or lines[i].mark != lines[start].mark:
            out[start:i, 5] = np.log1p(i - start)
            start = i
    start = 0
    links = page.links
    for i in range(1, n + 1):
        if i == n or links[i] != links[start]:
            out[start:i, 6] = np.log1p(i - start) if links[start] else 0
            out[start:i, 7] = np.arange(i - start) / (i - start)
            start = i
    out[:, 8] = [float(yes) for yes in links]
    return out


def milestones(page: Page, base: Floats, any_hit: Floats) -> Floats:
    """Counts above and below, and distances, of lines that tell where an article ends.

    Comments have times and "Reply"; teasers stand under headings; footers are full of legal words.
    """
    label = base[:, -len(LABELS) - WIDE_COLUMNS : base.shape[1] - WIDE_COLUMNS]
    lines = page.lines
    marks = np.stack(
        [
            label[:, LABELS.index("comments")] > 0,
            np.array([line.size <= 90 and bool(CLOCK.search(line.text)) for line in lines]),
            np.array([line.size <= 60 and bool(SAYS.search(line.text)) for line in lines]),
            label[:, LABELS.index("related")] > 0,
            label[:, LABELS.index("endmatter")] > 0,
            label[:, LABELS.index("conclusion")] > 0,
            label[:, LABELS.index("share")] + label[:, LABELS.index("platforms")] > 0,
            label[:, LABELS.index("navigation")] > 0,
            np.array(
                [len(line.tokens & word_classes()[3]) >= 2 and line.size < 200 for line in lines]
            ),
            any_hit[:, 0] > 0,
            np.array(
                [line.size > 250 and yes for line, yes in zip(lines, page.prose, strict=True)]
            ),
        ],
        axis=1,
    )
    n = len(lines)
    sums = np.cumsum(marks, axis=0)
    above, below = sums - marks, sums[-1] - sums
    index = np.arange(n)[:, None]
    last = np.maximum.accumulate(np.where(marks, index, -MOST), axis=0)
    after = np.minimum.accumulate(np.where(marks, index, n + MOST)[::-1], axis=0)[::-1]
    far = [np.minimum(index - last, MOST), np.minimum(after - index, MOST)]
    return np.concatenate([np.log1p(above), np.log1p(below), *far], axis=1).astype(np.float32)


def repeats(page: Page) -> Floats:
    """How often the line stands on the page, whether before, after, next to it."""
    lines = page.lines
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(line.norm, []).append(i)
    out = np.zeros((len(lines), 5), np.float32)
    for i, line in enumerate(lines):
        same = places[line.norm]
        if len(same) == 1:
            continue
        at = bisect_left(same, i)
        out[i, 0] = np.log(len(same))
        out[i, 1] = at > 0
        out[i, 2] = at < len(same) - 1
        near = min(i - same[at - 1] if at else 999, same[at + 1] - i if at < len(same) - 1 else 999)
        out[i, 3] = np.log(near)
        out[i, 4] = (at > 0 and same[at - 1] < page.first_prose) or (
            at < len(same) - 1 and same[at + 1] > page.first_prose
        )
    return out


def document(page: Page, base: Floats, any_hit: Floats) -> Floats:
    """Numbers about the whole page, the same for each of its lines."""
    n = len(page.lines)
    sizes = np.expm1(base[:, 0])
    prose = np.array(page.prose)
    inner = slice(max(page.first_prose, 0), page.last_prose + 1)
    return np.array(
        [
            np.log1p(n),
            np.log1p(sizes.sum()),
            prose.mean(),
            (sizes * prose).sum() / sizes.sum(),
            base[:, 10].mean(),
            base[:, 12].mean(),
            np.log1p(np.median(sizes)),
            any_hit.mean(),
            np.log1p(page.first_prose),
            np.log1p(n - 1 - page.last_prose),
            prose[inner].mean() if prose[inner].size else 0,
            1 - len(page.counts) / n,
            base[:, 30].mean(),
        ],
        np.float32,
    )
