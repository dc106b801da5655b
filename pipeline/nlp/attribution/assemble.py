"""From what the constructions found to Quotes: merged, named, typed, in order."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from pipeline.nlp.attribution.found import Found
from pipeline.nlp.attribution.holder import phrase_of
from pipeline.nlp.attribution.naming import Namer
from pipeline.nlp.attribution.nest import unnest
from pipeline.nlp.attribution.stretches import Stretch
from pipeline.nlp.attribution.tree import Tree
from pipeline.records import Attribution, Quote, Span

DIRECT_SHARE = 0.9  # share of letters in quotation marks from which a content is direct


def assemble(
    doc: Doc, tree: Tree, stretches: list[Stretch], found: list[Found]
) -> tuple[Quote, ...]:
    """One Quote for each attribution that stands by itself, by the start of its content."""
    marks = Marks(tree.text, stretches)
    kept = unnest(tree, merge(found))
    named = [h for item in kept for h in (item.holder, item.outlet) if h is not None]
    namer = Namer(doc, tree, named)
    quotes = [as_quote(tree, marks, namer, item) for item in kept]
    return tuple(sorted(quotes, key=lambda q: (q.content[0], q.cue, q.source)))


def merge(found: list[Found]) -> list[Found]:
    """One attribution for each cue and for each content: the surest, then the longest."""
    best: dict[tuple[int, ...], Found] = {}
    floating: list[Found] = []
    for item in found:
        if not item.cue:
            floating.append(item)
            continue
        key = item.cue
        if key not in best or item.confidence > best[key].confidence:
            best[key] = item
    same: dict[tuple[Span, ...], Found] = {}
    for item in [*best.values(), *floating]:
        if item.content not in same or item.confidence > same[item.content].confidence:
            same[item.content] = item
    return list(same.values())


class Marks:
    """Which characters stand in quotation marks."""

    def __init__(self, text: str, stretches: list[Stretch]) -> None:
        self.text, self.stretches = text, stretches
        self.starts = [s.start for s in stretches]

    def kind(self, spans: tuple[Span, ...]) -> Attribution:
        """direct: at least nine tenths of the letters are quoted; indirect: none."""
        letters = quoted = 0
        for span in spans:
            near = max(0, bisect_right(self.starts, span.start) - 1)
            letters += sum(map(str.isalnum, self.text[span.start : span.end]))
            for stretch in self.stretches[near:]:
                if stretch.start >= span.end:
                    break
                lo, hi = max(span.start, stretch.start), min(span.end, stretch.end)
                quoted += sum(map(str.isalnum, self.text[lo:hi]))
        if not quoted:
            return "indirect"
        return "direct" if quoted >= DIRECT_SHARE * letters else "mixed"

    def balance(self, span: Span) -> Span:
        """The span without marks that enclose all of it, and with both marks of an inner one."""
        start, end = span.start, span.end
        for stretch in self.stretches[max(0, bisect_right(self.starts, start) - 1) :]:
            if stretch.start >= end:
                break
            if stretch.start <= start and stretch.inner_end >= end:
                continue
            if stretch.start < start <= stretch.inner_start and stretch.end <= end + 1:
                start = stretch.start
            opens = stretch.start >= start and stretch.inner_start < end < stretch.end
            if opens and stretch.inner_end <= end + 1:
                end = stretch.end
        return Span(start, end)


def cue_span(tree: Tree, cue: tuple[int, ...]) -> tuple[Span, ...]:
    """The words of the cue, hyphenated ones whole; () where there is none."""
    if not cue:
        return ()
    first, last = tree.whole_word(cue[0])[0], tree.whole_word(cue[-1])[1]
    return (Span(tree.starts[first], tree.ends[last]),)


def as_quote(tree: Tree, marks: Marks, namer: Namer, item: Found) -> Quote:
    content = tuple(marks.balance(span) for span in item.content)
    source = () if item.holder is None else (namer.with_role(phrase_of(tree, item.holder)),)
    holder = namer.of(item.holder)
    if item.pronoun is not None:
        # The words are "who"; the name is that of the noun it stands for.
        source = (Span(tree.starts[item.pronoun], tree.ends[item.pronoun]),)
    return Quote(
        content=content,
        cue=cue_span(tree, item.cue),
        source=source,
        # A block that is set off behind a colon is a quotation without marks.
        kind="direct" if item.rule.startswith("colon") else marks.kind(content),
        source_name=holder.name,
        source_type=holder.type,
        outlet=namer.of(item.outlet).name,
        cue_class=item.cue_class,
        rule=item.rule,
        confidence=round(item.confidence * holder.confidence, 3),
    )
