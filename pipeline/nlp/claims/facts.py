"""The dates, figures and mentions of a document by token: what the rules ask for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.nlp.claims.spo import phrase, words
from pipeline.nlp.claims.tree import Tree
from pipeline.records import DateMention, Entity, EntityMention, Figure, Link, Span

NOUNS = frozenset({"NOUN", "PROPN"})
NEAR = 6  # names further back are not what "the latter" means


@dataclass(frozen=True, slots=True)
class Fact:
    """One date, figure or mention by its tokens [first, last]."""

    index: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention by its tokens, with the canonical name that it was linked to.

    Attributes:
        person: whether the entity is one.
    """

    first: int
    last: int
    name: str
    rule: str
    confidence: float
    person: bool


class Facts:
    """What stands where.

    Args:
        tree: the parse.
        dates, figures, mentions: of the same document.
        names: spans of the named entities that the model itself found.
        entities: of the same document.
        published: day of publication, ISO 8601, "" if unknown.
    """

    def __init__(
        self,
        tree: Tree,
        dates: Sequence[DateMention],
        figures: Sequence[Figure],
        mentions: Sequence[EntityMention],
        names: Sequence[Span] = (),
        entities: Sequence[Entity] = (),
        published: str = "",
    ) -> None:
        self.published = published
        self._entities = {entity.entity_id: entity for entity in entities}
        self.date_records, self.figure_records = dates, figures
        self.mention_records = mentions
        self.dates = _place(tree, [d.span for d in dates])
        self.figures = _place(tree, [f.span for f in figures])
        self.mentions = _place(tree, [m.span for m in mentions])
        self._sums = self._tokens(
            f for f in self.figures if figures[f.index].kind in ("money", "percent")
        )
        self._figures = self._tokens(self.figures)
        self._dates = self._tokens(
            d for d in self.dates if any(c.isdigit() for c in dates[d.index].value)
        )
        self._exact = self._tokens(
            [f for f in self.figures if _is_exact(tree, figures[f.index].span)]
        ) | self._tokens(
            d for d in self.dates if dates[d.index].start and _is_exact(tree, dates[d.index].span)
        )
        self._tree = tree
        self._named = _place(tree, names)
        self._names = self._tokens(self._named) | self._tokens(
            m for m in self.mentions if mentions[m.index].rule != "pronoun"
        )
        self._referring = self._tokens(self.mentions)

    @staticmethod
    def _tokens(facts: Iterable[Fact]) -> frozenset[int]:
        return frozenset(i for fact in facts for i in range(fact.first, fact.last + 1))

    @property
    def times(self) -> frozenset[int]:
        """The tokens of dates with a value."""
        return self._dates

    def has_sum(self, tokens: Iterable[int]) -> bool:
        return any(i in self._sums for i in tokens)

    def has_figure(self, tokens: Iterable[int]) -> bool:
        return any(i in self._figures for i in tokens)

    def has_date(self, tokens: Iterable[int]) -> bool:
        return any(i in self._dates for i in tokens)

    def has_value(self, tokens: Iterable[int]) -> bool:
        """True if a figure or a date with a value stands among the tokens.

        "XXXX-WXX-5", a Friday of an unknown week, is a value; "recently" has none.
        """
        return any(i in self._figures or i in self._dates for i in tokens)

    def has_exact_value(self, tokens: Iterable[int]) -> bool:
        """True if a figure or calendar date written with digits stands among the tokens."""
        return any(i in self._exact for i in tokens)

    def has_name(self, tokens: Iterable[int]) -> bool:
        return any(i in self._names for i in tokens)

    def in_one_figure(self, first: int, last: int) -> bool:
        """True if one figure holds both tokens: "between $2 and $3 million"."""
        at = bisect_left(self.figures, first, key=lambda fact: fact.last)
        return any(f.first <= first and last <= f.last for f in self.figures[at : at + 1])

    def dated(self, links: Iterable[Link]) -> Iterator[tuple[int, DateMention]]:
        """First token and record of each date that is an event's."""
        for link in links:
            place = self.place_of_date(link.index)
            if link.role == "event" and place is not None:
                yield place.first, self.date_records[link.index]

    def names_before(self, token: int, start: int) -> list[str]:
        """The last different names of the model from `start` to a token, in the text's order."""
        found: list[str] = []
        at = bisect_left(self._named, token, key=lambda fact: fact.last)
        for fact in self._named[max(0, at - NEAR) : at]:
            if fact.first < start:
                continue
            tree = self._tree
            name = tree.text[tree.start[fact.first] : tree.end[fact.last]]
            found = [*(other for other in found if other != name), name]
        return found

    def place_of(self, figure: int) -> Fact | None:
        """Where a figure stands, by its index."""
        return _by_index(self.figures, figure)

    def place_of_date(self, date: int) -> Fact | None:
        """Where a date stands, by its index."""
        return _by_index(self.dates, date)

    def one_of_two(self, token: int, word: str) -> str:
        """The name that "the latter" or "the former" at a token stands for, or "".

        It is sure where the sentence names just two before it, or joins two nouns ("the bank and
        the union"); failing both, where the sentence before does.
        """
        tree, end = self._tree, token
        for _ in range(2):
            start = tree.sentence_start(end)
            found = self.names_before(end, start)
            if len(found) != 2:
                found = self._pair(start, end)
            if len(found) == 2:
                return found[-1 if word == "latter" else -2]
            end = start - 1
            while end > 0 and tree.pos[end] in ("SPACE", "PUNCT"):
                end -= 1
            if end <= 0:
                break
        return ""

    def _pair(self, start: int, end: int) -> list[str]:
        """The two nouns that the tokens [start, end) join, if they join just two."""
        tree = self._tree
        pairs = []
        for i in range(start, end):
            joined = [c for c in tree.children[i] if tree.dep[c] == "conj" and c < end]
            if tree.dep[i] in ("conj", "appos") or not joined or tree.pos[i] not in NOUNS:
                continue
            if tree.pos[joined[0]] not in NOUNS:
                continue
            more = [c for c in tree.children[joined[0]] if tree.dep[c] == "conj"]
            if len(joined) == 1 and not more:
                pairs.append((i, joined[0]))
        if len(pairs) != 1:
            return []
        return [words(tree, phrase(tree, noun)) for noun in pairs[0]]

    def linked(self, tokens: Sequence[int]) -> dict[int, Linked]:
        """The linked mentions among ascending tokens, by their first token, the longest first."""
        if not tokens:
            return {}
        found: dict[int, Linked] = {}
        inside = frozenset(tokens)
        for fact in begun_in(self.mentions, tokens[0], tokens[-1]):
            record = self.mention_records[fact.index]
            entity = self._entities.get(record.entity_id)
            if entity is None or not inside.issuperset(range(fact.first, fact.last + 1)):
                continue
            known = found.get(fact.first)
            if known is None or known.last < fact.last:
                found[fact.first] = Linked(
                    fact.first,
                    fact.last,
                    entity.name,
                    record.rule,
                    record.confidence,
                    entity.type == "PERSON",
                )
        return found

    def refers(self, i: int) -> bool:
        """True if the token names, or refers to, an entity."""
        return i in self._names or i in self._referring


def begun_in(facts: Sequence[Fact], first: int, last: int) -> Sequence[Fact]:
    """Those whose first token is in [first, last]; `facts` in the order of their first tokens."""
    begin = bisect_left(facts, first, key=lambda fact: fact.first)
    return facts[begin : bisect_right(facts, last, begin, key=lambda fact: fact.first)]


def _by_index(facts: list[Fact], index: int) -> Fact | None:
    at = bisect_left(facts, index, key=lambda fact: fact.index)
    here = facts[at : at + 1]
    return here[0] if here and here[0].index == index else None


def _is_exact(tree: Tree, span: Span) -> bool:
    words = span.of(tree.text)
    return any(c.isdigit() for c in words) and "-year" not in words


def _place(tree: Tree, spans: Sequence[Span]) -> list[Fact]:
    found = []
    for index, span in enumerate(spans):
        tokens = tree.tokens_of(span)
        if tokens:
            found.append(Fact(index, tokens[0], tokens[-1]))
    return found
