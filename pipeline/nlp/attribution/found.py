"""What a construction module finds, before it is merged, named and typed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.nlp.attribution.tree import Tree
from pipeline.records import Span

#: Tokens that are trimmed off the edges of a content.
EDGE = frozenset(",.;:-–—…\"“”„‟«»‘’'`") | {"``", "''", "--", "...", "·", "•", "|"}
LEADING = frozenset({"that", "and", "but", "while", "although", "though", "whereas", "or"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution by one construction.

    Attributes:
        cue: token indices of the cue; () where there is none (a floating quotation).
        holder: head token of the source; None: nobody is named.
        content: character spans, in order, already trimmed.
        outlet: head token of the outlet that passes it on, or None.
        pronoun: the relative pronoun that stands for the holder ("who said"), or None.
    """

    content: tuple[Span, ...]
    cue: tuple[int, ...]
    holder: int | None
    cue_class: str
    rule: str
    confidence: float
    outlet: int | None = None
    pronoun: int | None = None

    @property
    def start(self) -> int:
        return self.content[0].start

    @property
    def end(self) -> int:
        return self.content[-1].end


def spans_of(tree: Tree, tokens: list[int]) -> tuple[Span, ...]:
    """Character spans of runs of tokens, without marks, conjunctions and stops at their edges."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and all(tree.pos[j] == "SPACE" for j in range(runs[-1][-1] + 1, i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    found: list[Span] = []
    for number, run in enumerate(runs):
        trimmed = trim(tree, run, leading=number == 0)
        if trimmed and any(tree.text[tree.starts[i]].isalnum() for i in trimmed):
            found.append(Span(tree.starts[trimmed[0]], tree.ends[trimmed[-1]]))
    return tuple(found)


def trim(tree: Tree, run: list[int], *, leading: bool = True) -> list[int]:
    """The run without stops and marks at its edges, and without a leading conjunction."""
    first, last = 0, len(run)
    while first < last:
        i = run[first]
        mark = tree.words[i] in EDGE or tree.pos[i] == "SPACE"
        joins = leading and tree.lower[i] in LEADING and tree.deps[i] in ("mark", "cc", "punct")
        if not (mark or joins):
            break
        first += 1
    while last > first and (
        tree.words[run[last - 1]] in EDGE
        or tree.pos[run[last - 1]] == "SPACE"
        or (tree.deps[run[last - 1]] == "cc" and tree.lower[run[last - 1]] in LEADING)
    ):
        last -= 1
    return run[first:last]


def trim_chars(text: str, start: int, end: int) -> Span | None:
    """The characters without white space, stops and marks at their edges; None if none is left."""
    while start < end and (text[start].isspace() or text[start] in EDGE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in EDGE):
        end -= 1
    return Span(start, end) if start < end else None
