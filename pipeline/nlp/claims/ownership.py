"""Clauses, and which words of a region belong to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.nlp.claims.tree import AUXILIARIES, Tree

#: Tells whether tokens hold a date, a sum, or any value.
HasValue = Callable[[Iterable[int]], bool]

#: A noun below a sum that stands in for one of the verb's: "Lee lost $4 and Berg $2".
INSTEAD = frozenset({"nsubj", "dative"})
SUM_DEPS = frozenset({"dobj", "xcomp", "attr"})
#: What hangs on the verb but belongs to the member of a list before it.
TRAILING_DEPS = frozenset({"prep", "dative", "agent"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One proposition.

    Attributes:
        head: its predicate; for a list member the head noun; for words without a verb
            their topmost token.
        rule: main, conjunct, independent, relative, participle, time, absolute, list,
            fragment.
        tokens: the words it covers, in the order of the text.
        parent: head of the clause it was split from; None for the first of its region.
        shared: head whose subject, auxiliaries and fronted words it shares, or None.
    """

    head: int
    rule: str
    tokens: tuple[int, ...]
    parent: int | None = None
    shared: int | None = None


class Ownership:
    """Shares the words of one region out to its clauses.

    Args:
        tree: the parse.
        has_date: whether tokens hold a date.
        has_sum: whether they hold a sum or percentage.
        tokens: the region, in the order of the text.
        rules: the rule of each clause head.
    """

    def __init__(
        self,
        tree: Tree,
        has_date: HasValue,
        has_sum: HasValue,
        tokens: list[int],
        rules: dict[int, str],
    ) -> None:
        self.tree, self.has_date, self.has_sum = tree, has_date, has_sum
        self.tokens, self.inside, self.rules = tokens, set(tokens), rules
        self.owner = self._owners()

    def _owners(self) -> dict[int, int]:
        """The clause head of each token: at or above it, else the nearest in the text."""
        rules, inside = self.rules, self.inside
        owner: dict[int, int] = {}
        loose: list[int] = []
        for i in self.tokens:
            path, at = [], i
            while at not in rules and at not in owner:
                path.append(at)
                up = self.tree.head[at]
                if up == at or up not in inside:
                    break
                at = up
            found = owner.get(at, at if at in rules else None)
            if found is None:
                loose.append(i)
                continue
            for k in path:
                owner[k] = found
            owner[i] = found
        self._adopt(loose, owner)
        return owner

    def _adopt(self, loose: list[int], owner: dict[int, int]) -> None:
        """Give words under no clause head to the nearest clause.

        Words under one root stay together: the root's place decides.
        """
        ranges = {h: [h, h] for h in sorted(self.rules)}
        for k, h in owner.items():
            ranges[h][0] = min(ranges[h][0], k)
            ranges[h][1] = max(ranges[h][1], k)
        nearest: dict[int, int] = {}
        for i in loose:
            r = i
            while self.tree.head[r] != r and self.tree.head[r] in self.inside:
                r = self.tree.head[r]
            if r not in nearest:
                nearest[r] = min(
                    ranges,
                    key=lambda h: (max(ranges[h][0] - r, r - ranges[h][1], 0), abs(h - r)),
                )
            owner[i] = nearest[r]

    def _narrows(self, h: int, words: dict[int, list[int]]) -> bool:
        """True for a relative clause inside its main one: "a clerk who stole $9 was jailed"."""
        if self.rules[h] != "relative" or not words[h]:
            return False
        tree, first, last = self.tree, words[h][0], words[h][-1]
        after = [k for k in words[self.owner.get(tree.head[h], h)] if k > last]
        joined = first > 0 and tree.pos[first - 1] not in ("PUNCT", "SPACE")
        return joined and bool(after) and tree.pos[after[0]] != "PUNCT"

    def clauses(self) -> list[Clause]:
        """The clauses of the region, in the order of their heads."""
        tree, rules, owner = self.tree, self.rules, self.owner
        words: dict[int, list[int]] = {h: [] for h in rules}
        for h in sorted(h for h in rules if rules[h] == "list"):
            self._move_recipient(h)
        for i in self.tokens:
            words[owner[i]].append(i)
        for h in [h for h in rules if rules[h] == "absolute"]:
            self._move_noun(h, words)
        timed = sorted(h for h in rules if rules[h] == "time" or self._narrows(h, words))
        found = []
        for h in sorted(rules):
            rule = rules[h]
            up = self.tree.head[h]
            parent = owner.get(up) if up != h else None
            if parent == h:
                parent = None
            own = words[h]
            for k in timed:
                if self._under(k, h):
                    own = sorted({*own, *words[k]})
            shared = None
            if rule == "list" and parent is not None:
                shared = parent = self._verb_unit(parent)
                first = min(self._phrase_start(self._joined_to(h)), h)
                own = self._shared_words(h, words[parent], first) + words[h]
            elif rule == "conjunct" and tree.subject(h) is None:
                shared = parent
            found.append(Clause(h, rule, tuple(own), parent, shared))
        return found

    def _move_recipient(self, h: int) -> None:
        """Give a listed sum what follows it: "$5 to Ann and $7 to Bo", "$7 without"."""
        tree, owner = self.tree, self.owner
        last = max(tree.subtree(h))
        while owner.get(last + 1) is not None and owner[last + 1] != h:
            i = last + 1
            phrase = tree.subtree(i)
            if tree.dep[i] not in TRAILING_DEPS or phrase[0] != i or self.has_date(phrase):
                return
            if not tree.is_predicate(tree.head[i]):
                return
            for k in phrase:
                if k in owner:
                    owner[k] = h
            last = phrase[-1]

    def _move_noun(self, h: int, words: dict[int, list[int]]) -> None:
        """Give an absolute clause the noun that it is said of; "with" stays behind."""
        phrase = set(self.tree.subtree(self.tree.head[h]))
        for other in words:
            if other != h:
                words[h] += [k for k in words[other] if k in phrase]
                words[other] = [k for k in words[other] if k not in phrase]
        words[h].sort()

    def _shared_words(self, h: int, words: list[int], first: int) -> list[int]:
        """What a listed sum shares with the verb: less the noun whose place another one takes.

        "Lee lost $4 and Berg $2", "gave Lee 47% and Berg 43%".
        """
        tree, verb = self.tree, self.tree.head[h]
        shared = [k for k in words if k < first]
        if tree.child(h, INSTEAD) is None:
            return shared
        if tree.child(h, frozenset({"nsubj"})) is not None:
            verbs = {verb, *(c for c in tree.children[verb] if tree.dep[c] in AUXILIARIES)}
            return [k for k in shared if k in verbs]
        given = [c for c in tree.children[verb] if tree.dep[c] == "dative" and c < first]
        gone = {k for c in given for k in tree.subtree(c)}
        return [k for k in shared if k not in gone]

    def _joined_to(self, h: int) -> int:
        """The first member of the list, or the verb if the sums hang on it one by one."""
        at = self.tree.first_conjunct(h)
        return self.tree.head[at] if self.rules.get(at) == "list" else at

    def _verb_unit(self, parent: int) -> int:
        """The clause whose subject and verb the member of a list shares."""
        while self.rules[parent] == "list":
            up = self.owner.get(self.tree.head[parent])
            if up is None or up == parent:
                break
            parent = up
        return parent

    def _under(self, k: int, h: int) -> bool:
        up = self.tree.head[k]
        return up != k and self.owner.get(up) == h

    def _phrase_start(self, i: int) -> int:
        """The first word of the noun phrase that begins a list."""
        tree = self.tree
        if tree.is_predicate(i):
            sums = (c for c in tree.children[i] if c > i and tree.dep[c] in SUM_DEPS)
            i = next((c for c in sums if self.has_sum(tree.subtree(c))), i)
        return tree.subtree(i)[0]
