"""What the lines of a page speak of: their longer words as numbers, and how they overlap.

A teaser or remark in full sentences looks like article, but it has another subject.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import WIDE, Line, Page

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LETTERS = 4  # letters; shorter words tell little about the subject
NEAR = 3  # lines above and below whose words are compared
HEAD = 12  # lines above the first prose among which the headline is
OFTEN = 5  # a word counts at most so often


@dataclass(frozen=True, eq=False)
class Subject:
    """Words of at least LETTERS letters of each line, every one once.

    Attributes:
        lines: number of lines of the page.
        words: number of different words of the page.
        line, word: one entry a word of a line: the line's index, sorted, and the word's number.
        count: words of each line, shape (lines,), at least 1.
        silent: which lines have no such word.
    """

    lines: int
    words: int
    line: Ints
    word: Ints
    count: Doubles
    silent: npt.NDArray[np.bool_]

    def share(self, hit: npt.NDArray[np.bool_] | Doubles) -> Doubles:
        """Mean over each line's words of `hit`, which has one entry a word of a line."""
        sums = np.bincount(self.line, weights=hit, minlength=self.lines)
        means: Doubles = sums / self.count
        return means

    def frequency(self, chosen: npt.NDArray[np.bool_]) -> Ints:
        """For each word in how many of the chosen lines it stands."""
        return np.bincount(self.word[chosen[self.line]], minlength=self.words)


def read_subject(page: Page) -> Subject:
    numbers: dict[str, int] = {}
    lines: list[int] = []
    words: list[int] = []
    for index, line in enumerate(page.lines):
        for word in line.tokens if line.norm.isascii() else subject_words(line):
            if len(word) >= LETTERS:
                lines.append(index)
                words.append(numbers.setdefault(word, len(numbers)))
    n = len(page.lines)
    line_, word_ = np.array(lines, np.int64), np.array(words, np.int64)
    count = np.bincount(line_, minlength=n).astype(np.float64)
    return Subject(n, len(numbers), line_, word_, np.maximum(count, 1), count == 0)


def subject_words(line: Line) -> set[str]:
    """The line's words; of a script without blanks between words every two letters in a row."""
    out: set[str] = set()
    for word in line.tokens:
        if WIDE.search(word):
            # Doubled: as long as a word that counts.
            out.update(word[i : i + 2] * 2 for i in range(len(word) - 1))
        else:
            out.add(word)
    return out


def most_frequent(frequency: Ints, number: int, least: int = 1) -> npt.NDArray[np.bool_]:
    """Which words are among the `number` most frequent ones; all of those that come level."""
    if not frequency.size:
        return np.zeros(0, np.bool_)
    ordered = np.sort(frequency)[::-1]
    return frequency >= max(int(ordered[min(number, ordered.size) - 1]), least)


def coherence(page: Page, subject: Subject) -> Floats:
    """How much of a line's subject is that of the lines around it and of the page's prose."""
    prose = np.array(page.prose, np.bool_)
    frequency = subject.frequency(prose)
    others = frequency[subject.word] - prose[subject.line]
    codes = np.sort(subject.line * (subject.words + 1) + subject.word)
    columns = [
        subject.share(_near(subject, codes, 1)),
        subject.share(_near(subject, codes, -1)),
        subject.share(others > 0),
        subject.share(most_frequent(frequency, 25)[subject.word]),
        subject.share(np.minimum(others, OFTEN).astype(np.float64)),
        _like_head(page, subject),
    ]
    out = np.stack(columns, axis=1).astype(np.float32)
    out[subject.silent] = -1
    return out


def _near(subject: Subject, codes: Ints, direction: int) -> npt.NDArray[np.bool_]:
    """Which words of each line stand in one of the NEAR lines below (1) or above (-1) it."""
    found = np.zeros(subject.word.size, np.bool_)
    if not codes.size:
        return found
    for step in range(1, NEAR + 1):
        at = subject.line + direction * step
        wanted = at * (subject.words + 1) + subject.word
        place = np.minimum(np.searchsorted(codes, wanted), codes.size - 1)
        found |= (codes[place] == wanted) & (at >= 0)
    return found


def _like_head(page: Page, subject: Subject) -> Doubles:
    """Likeness (Jaccard) to the most similar of the lines above the first prose."""
    best = np.zeros(subject.lines)
    for index in range(max(0, page.first_prose - HEAD), min(page.first_prose, subject.lines)):
        low, high = np.searchsorted(subject.line, (index, index + 1))
        if low == high:
            continue
        member = np.zeros(subject.words, np.bool_)
        member[subject.word[low:high]] = True
        common = np.bincount(subject.line, member[subject.word], minlength=subject.lines)
        best = np.maximum(best, common / (subject.count + (high - low) - common))
    return best


def likeness(subject: Subject, sure: npt.NDArray[np.bool_], top: int) -> Floats:
    """How much each line speaks of what the sure lines do; -1 without words.

    Args:
        sure: which lines are surely article.
        top: number of most frequent words that stand for the subject.
    """
    core = subject.frequency(sure)
    others = core[subject.word] - sure[subject.line]
    columns = [
        subject.share(others > 0),
        subject.share(np.minimum(others, OFTEN).astype(np.float64)),
        subject.share(most_frequent(core, top, 2)[subject.word]),
    ]
    out = np.stack(columns, axis=1).astype(np.float32)
    out[subject.silent] = -1
    return out
