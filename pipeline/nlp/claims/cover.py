"""The words of a claim: tokens to trimmed spans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.nlp.claims.tree import Tree
from pipeline.records import Span

#: Joining words that a claim does not begin with; adverbs stay.
LEADING = frozenset({"that", "and", "but", "or", "&"})
#: Only of a clause that stands alone: in "while visiting Oslo, she …" the word stays.
LEADING_ALONE = frozenset({"while", "although", "though", "whereas"})
TRAILING = frozenset({"and", "but", "or", "nor", "that", "while", "although", "&"})
TIME_MARKS = frozenset({"after", "before", "since", "until", "because", "as", "once", "when"})
OPEN_TO_CLOSE = {"“": "”", "(": ")", "[": "]", "‘": "’", "«": "»"}
JOINS = frozenset({"cc", "mark", "preconj"})
CLOSERS = frozenset(OPEN_TO_CLOSE.values())
QUOTES = frozenset({'"', "“", "”", "''", "``", "«", "»"})
UNIT = re.compile(r"[a-z]{1,3}\.")
STRIP_END = frozenset({".", ",", ";", ":", "-", "–", "—", "--", "…", "!", "?"})


def cover(tree: Tree, tokens: Sequence[int], rule: str) -> tuple[Span, ...]:
    """The spans of a clause's words, trimmed; () if nothing is left.

    Runs of tokens that only punctuation parts are one span.
    """
    tokens = _trim(tree, tokens, rule)
    if not tokens:
        return ()
    after = tokens[-1] + 1
    marks = sum(tree.lower[i] in QUOTES for i in tokens)
    if marks % 2 and after < len(tree.lower) and tree.lower[after] in QUOTES:
        tokens.append(after)  # the end of a quotation that begins inside
    runs: list[list[int]] = [[tokens[0], tokens[0]]]
    for i in tokens[1:]:
        if all(_is_mark(tree, k) for k in range(runs[-1][1] + 1, i)):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    spans = []
    for first, last in runs:
        # A run of a split clause does not end with the comma before what was cut out.
        while last > first and tree.lower[last] in (",", ";", "-", "–", "—"):
            last -= 1
        while first < last and tree.lower[first] in (",", ";", "–", "—", "--"):
            first += 1
        if len(runs) > 1 and sum(tree.lower[k] in QUOTES for k in range(first, last + 1)) % 2:
            # Half of a quotation whose words went to a clause of their own.
            first += tree.lower[first] in QUOTES
            last -= tree.lower[last] in QUOTES
        if first > last:
            continue
        if not all(_is_mark(tree, k) or tree.dep[k] in JOINS for k in range(first, last + 1)):
            spans.append(Span(tree.start[first], tree.end[last] - _stops(tree, last)))
    return tuple(spans)


def _stops(tree: Tree, last: int) -> bool:
    """True for a unit that the tokenizer kept the sentence's stop with: "cut costs to £35m."."""
    unit = UNIT.fullmatch(tree.lower[last]) is not None
    return unit and last > 0 and tree.lower[last - 1][-1:].isdigit()


def _is_mark(tree: Tree, i: int) -> bool:
    return tree.pos[i] in ("PUNCT", "SPACE")


def _trim(tree: Tree, tokens: Sequence[int], rule: str) -> list[int]:
    kept = [i for i in tokens if tree.pos[i] != "SPACE"]
    leading = LEADING
    if rule == "time":
        leading = LEADING | TIME_MARKS
    elif rule == "independent":
        leading = LEADING | LEADING_ALONE
    changed = True
    while kept and changed:
        changed = False
        if len(kept) > 1 and _drops_first(tree, kept, leading):
            kept.pop(0)
            changed = True
        elif _drops_last(tree, kept):
            kept.pop()
            changed = True
    return kept


def _drops_first(tree: Tree, kept: list[int], leading: frozenset[str]) -> bool:
    i = kept[0]
    word = tree.lower[i]
    if word == "so" and tree.tag[i] == "IN" and tree.dep[i] in ("advmod", "mark", "cc"):
        return tree.lower[kept[1]] != "that"
    if word in leading:
        return tree.dep[i] in ("cc", "mark", "preconj", "prep", "dep") or (
            word != "that" and tree.pos[i] in ("CCONJ", "SCONJ")
        )
    if word in QUOTES:
        return not _closes_inside(tree, kept)
    if word in OPEN_TO_CLOSE:
        return OPEN_TO_CLOSE[word] not in {tree.lower[k] for k in kept[1:]}
    return tree.pos[i] == "PUNCT" and word not in ("$", "#")


def _closes_inside(tree: Tree, kept: list[int]) -> bool:
    """True if the quotation mark at the start ends before the last word: an inner quotation."""
    marks = [n for n, k in enumerate(kept) if tree.lower[k] in QUOTES]
    return len(marks) % 2 == 0 and marks[1] < len(kept) - 1


def _drops_last(tree: Tree, kept: list[int]) -> bool:
    i = kept[-1]
    word = tree.lower[i]
    if word in STRIP_END:
        return True
    if tree.pos[i] == "ADP" and tree.dep[i] != "prt" and tree.children[i]:
        return True  # its object went to a clause of its own
    if word in TRAILING and tree.dep[i] in ("cc", "mark", "preconj"):
        return True
    if word in QUOTES:
        marks = [n for n, k in enumerate(kept) if tree.lower[k] in QUOTES]
        if len(marks) % 2 == 1:
            return True
        # The words of the quotation may have gone to a clause of their own.
        return all(tree.pos[k] == "PUNCT" for k in kept[marks[-2] :])
    if word in CLOSERS:
        opener = next(o for o, c in OPEN_TO_CLOSE.items() if c == word)
        return opener not in {tree.lower[k] for k in kept[:-1]}
    return word in OPEN_TO_CLOSE


def words_of(text: str, spans: Sequence[Span]) -> str:
    """The words of the spans, parts joined by " … "."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)
