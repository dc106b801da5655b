"""Forms of page furniture that is written in sentences, and lists that copy other lines.

A note that introduces a person or a company, a reference, a figure's label, a pointer, a teaser
whose title runs into its text, a breadcrumb that ends with the headline, a table of contents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import Line, Page

Floats = npt.NDArray[np.float32]

NAMED = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
#: "Jane Roe is …", "Roe Ltd has …": a subject that is named, and a verb that describes.
INTRODUCES = re.compile(
    rf"(?:{NAMED},? (?:(?:{NAMED}|de|van|von|der|al|bin|la|del|and|of|the|&)[, ]+){{0,6}}?)"
    r"(?:is|was|has|holds|works|serves|lives|loves|enjoys|brings|founded|joined|leads|writes|covers"
    r"|blogs|graduated|received|earned|offers|provides|helps|specializes"
    r"|ist|arbeitet|lebt|schreibt|leitet|est|travaille|vit|écrit|es|trabaja|vive|escribe"
    r"|è|lavora|scrive|é|trabalha|escreve|jest|является) "
)
PRONOUN = re.compile(r"(?:he|she|they|er|sie|il|elle|él|ella|lui|lei|ele|ela|his|her)\b", re.I)
#: Words and numbers of references: no match of one overlaps one of the other, so both are counted.
CITED = re.compile(
    r"\bet al\b|\bdoi\b|doi\.org|\bretrieved\b|\barxiv\b|\bpmid\b|\bisbn\b|\bjournal of\b"
    r"|\beds?\.\)|\baccessed\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\(\d{4}[a-z]?\)[.,:]|\b\d{4}; ?\d|\b(?:pp?|vol|no)\. ?\d|\bpmc\d", re.IGNORECASE
)
FIGURE = re.compile(
    r"(?:fig(?:ure|\.)?|table|chart|exhibit|image|photo|picture|plate|abb(?:ildung|\.)?|tab(?:elle|\.)?"
    r"|bild|gráfico|figura|tabla|tableau|図|表|图|그림) ?\d",
    re.IGNORECASE,
)
POINTER = re.compile(r"[\u2190-\u21ff\u2700-\u27bf\u25b6\u25ba\U0001f300-\U0001faff]")
#: Lower case or a stop, and a capital without a blank: "RatesThe bank", "dead.Police".
GLUED = re.compile(r"[a-z]{3}[A-Z][a-z]{2}|[a-z0-9][.?!][\"”’]?[A-Z][a-z]{2}|[a-z]{4}\d{1,2}[A-Z]")
ANSWER = re.compile(
    r"in reply to|\breply to\b|not verified\)|permalink|\bupvote|report abuse|\bwas this helpful|"
    r"helpful\?|\bflag (?:as|comment)|\blikes?$|verified (?:buyer|purchase)|\bstars?$",
    re.IGNORECASE,
)
#: First words of a breadcrumb.
HOME = frozenset(
    (
        "home",
        "homepage",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "главная",
        "hem",
        "hjem",
        "forside",
        "etusivu",
        "beranda",
        "anasayfa",
        "úvod",
        "홈",
        "ホーム",
        "首页",
    )
)
#: Without one of these words nothing of CITED, without one of these signs nothing of NUMBERED can
#: match, in a line in small letters.
CITING = (
    "et al",
    "doi",
    "retrieved",
    "arxiv",
    "pmid",
    "isbn",
    "journal of",
    "ed.)",
    "eds.)",
    "accessed",
)
NUMBERING = (").", "),", "):", ";", "p.", "vol.", "no.", "pmc")
#: Without one of these words nothing of ANSWER can match.
ANSWERING = frozenset(
    (
        "reply",
        "verified",
        "permalink",
        "permalinks",
        "upvote",
        "upvotes",
        "upvoted",
        "report",
        "helpful",
        "flag",
        "like",
        "likes",
        "star",
        "stars",
    )
)
DIGIT = re.compile(r"\d")
#: Where GLUED may match: a capital behind what it asks for. Capitals are few and quickly found.
JOINED = re.compile('[A-Z](?<=[a-z0-9.?!"”’][A-Z])')
LOST = 8  # words that a line has more than the line which it contains
LEAST = 4  # words of a line that may be contained in another
COPIED = 400  # characters; in longer lines no other line is looked for


def shapes(page: Page) -> Floats:
    """One row a line: its form, and what it has of other lines."""
    return np.concatenate([forms(page), copies(page)], axis=1)


def forms(page: Page) -> Floats:
    """Numbers about each line's form, and about whom it names."""
    lines = page.lines
    out = np.zeros((len(lines), 11), np.float32)
    places: dict[str, int] = {}
    for i, line in enumerate(lines):
        body = line.body
        named = line.size >= 40 and INTRODUCES.match(body) is not None
        head = line.norm[:40].partition(" ")[0]
        out[i, 0] = named
        if named:
            places = places or first_places(page)
            out[i, 1] = np.log1p(i - places.get(head, i))
        else:
            out[i, 1] = -1
        out[i, 2] = PRONOUN.match(body) is not None
        out[i, 3] = citations(line)
        out[i, 4] = FIGURE.match(body) is not None
        out[i, 5] = POINTER.match(line.text) is not None
        if JOINED.search(line.text) and (line.text.isascii() or line.size < 400):
            out[i, 6] = len(GLUED.findall(line.text))
        out[i, 7] = head in HOME
        if line.size <= 120 and not line.tokens.isdisjoint(ANSWERING):
            out[i, 8] = ANSWER.search(line.text) is not None
    questions = np.array([line.text[-1] in "?？" and line.size < 200 for line in lines], np.float32)
    out[:, 9] = around(questions, 1, 10)
    out[:, 10] = around(questions, 10, 1)
    return out


def citations(line: Line) -> int:
    """How many words and numbers of references the line has."""
    lower, count = line.text.lower(), 0
    if any(map(lower.__contains__, CITING)):
        count += len(CITED.findall(line.text))
    if any(map(lower.__contains__, NUMBERING)) and DIGIT.search(lower):
        count += len(NUMBERED.findall(line.text))
    return count


def first_places(page: Page) -> dict[str, int]:
    """Word -> index of the first line that has it."""
    out: dict[str, int] = {}
    for i, line in enumerate(page.lines):
        for word in line.tokens:
            out.setdefault(word, i)
    return out


def around(values: Floats, above: int, below: int) -> Floats:
    """Sum of the values from `above` lines above to `below` lines below, the line's own too."""
    n = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    low = np.maximum(np.arange(n) - above, 0)
    high = np.minimum(np.arange(n) + below + 1, n)
    total: Floats = (sums[high] - sums[low]).astype(np.float32)
    return total


def copies(page: Page) -> Floats:
    """Runs of lines that stand on the page a second time, and lines that contain other lines."""
    lines = page.lines
    n = len(lines)
    out = np.zeros((n, 9), np.float32)
    norms = [line.norm for line in lines]
    before, after = twins(norms)
    again = (before >= 0) | (after >= 0)
    single = np.array([line.words >= 2 for line in lines], np.bool_) & again
    out[:, 0] = around(single.astype(np.float32), 3, 0) - single
    out[:, 1] = around(single.astype(np.float32), 0, 3) - single
    # A table of contents announces the headings in their order; a footer repeats the menu.
    out[:, 2] = np.log1p(in_order(after))
    out[:, 3] = np.log1p(in_order(before))
    index = np.arange(n)
    out[:, 4] = np.where(after >= 0, np.log1p(np.maximum(after - index, 0)), 0)
    out[:, 5] = np.where(before >= 0, np.log1p(index - before), 0)
    known = {norm: i for i, norm in reversed(list(enumerate(norms))) if lines[i].words >= LEAST}
    split = [norm.split(" ") for norm in known]
    shared = Counter(" ".join(w[:LEAST]) for w in split)
    ending = Counter(" ".join(w[-LEAST:]) for w in split)
    for i, line in enumerate(lines):
        if line.size > COPIED or line.words <= LEAST:
            continue
        words = norms[i].split(" ")
        head, tail = " ".join(words[:LEAST]), " ".join(words[-LEAST:])
        # Each line is its own first twin: another one must begin, or end, with the same words.
        if shared[head] > 1 or ending[tail] > 1:
            out[i, 6], out[i, 7] = contained(words, known)
    out[:, 8] = around(out[:, 7], 4, 4)
    return out


def twins(norms: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each line the nearest equal one above and below it, -1 for none."""
    n = len(norms)
    before, after = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    last: dict[str, int] = {}
    for i, norm in enumerate(norms):
        at = last.get(norm)
        if at is not None:
            before[i], after[at] = at, i
        last[norm] = i
    return before, after


def in_order(twin: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Length of the run of lines around each line whose twins follow one another."""
    n = len(twin)
    out = np.zeros(n, np.int64)
    start = 0
    for i in range(1, n + 1):
        if i < n and twin[i] >= 0 and twin[i] > twin[i - 1] >= 0:
            continue
        if twin[start] >= 0:
            out[start:i] = i - start
        start = i
    return out


def contained(words: list[str], known: dict[str, int]) -> tuple[float, float]:
    """Whether the line ends with, and begins with, the words of another line."""
    ends = starts = 0.0
    for k in range(1, min(LOST, len(words) - LEAST) + 1):
        if " ".join(words[k:]) in known:
            ends = 1.0
            break
    for k in range(LEAST, min(len(words), LEAST + 3 * LOST)):
        if " ".join(words[:k]) in known:
            starts = 1.0
            break
    return ends, starts
