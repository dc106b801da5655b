"""What a holder is called: the name of the article, or the words as written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.nlp.attribution.holder import (
    is_body_of_person,
    kind_of_holder,
    named_beside,
    phrase_of,
    several,
    subject_of,
)
from pipeline.nlp.attribution.outlet import is_outlet
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.entities.resolve import name_of
from pipeline.records import SourceType, Span

#: Pronouns and what they may stand for.
STANDS_FOR = {"he": "person", "she": "person", "it": "body", "they": "many", "we": "", "i": ""}
#: Confidence of a pronoun that is taken for the speaker or subject before it, and of one unread.
CONTINUED, UNREAD = 0.6, 0.5
SHARED = 0.65  # confidence below which a short name may be another bearer's
NEAR = 8  # mentions before a phrase's end among which one may touch it
BLANKS = 4  # at most, between a role and the name
REACH = 5  # sentences back in which a pronoun's holder is sought


@dataclass(frozen=True, slots=True)
class Name:
    """A holder's name, how sure it is, and what kind of source it is."""

    name: str
    confidence: float
    type: SourceType


NOBODY = Name("", 1.0, "unnamed")


class Namer:
    """Names the holders of one document.

    Args:
        holders: head tokens of all sources, in any order. A pronoun that the entities leave
            open is read as the last of them, or the subject of the sentence before, if it fits.
    """

    def __init__(self, doc: Doc, tree: Tree, holders: Iterable[int]) -> None:
        self.doc, self.tree = doc, tree
        self.names: dict[int, Name] = {}
        self.mentions = sorted((m.span.start, m.span.end) for m in doc._.mentions)
        self.roles = {m.span.start: m.role for m in doc._.mentions if m.role}
        last: int | None = None
        for holder in sorted(set(holders)):
            self.names[holder] = self._name(holder, last)
            last = holder

    def of(self, holder: int | None) -> Name:
        if holder is None:
            return NOBODY
        if holder not in self.names:
            self.names[holder] = self._name(holder, None)
        return self.names[holder]

    def _name(self, holder: int, last: int | None) -> Name:
        tree = self.tree
        phrase = phrase_of(tree, holder)
        written = phrase.of(tree.text)
        kind = self._kind(holder)
        if several(tree, holder) or is_body_of_person(tree, holder):
            return Name(written, 1.0, kind)
        beside = named_beside(tree, holder)
        if beside is not None:
            # "Her attorney, Ann Lee": the name, not the role.
            phrase = phrase_of(tree, beside)
            written = phrase.of(tree.text)
        if beside is None and tree.lower[holder] == "they":
            many = self._many_before(holder)
            if many is not None:
                found = self.of(many)
                return Name(found.name, min(CONTINUED, found.confidence), found.type)
        same = self._goes_on(holder, last) if beside is None else None
        if same is not None:
            found = self.of(same)
            return Name(found.name, min(CONTINUED, found.confidence), found.type)
        if self._mentioned(phrase):
            name, rule, confidence = name_of(self.doc, phrase.start, phrase.end)
            if rule.endswith("_usual") and confidence < SHARED:
                name = written  # "Castro" where two of that name are spoken of
            if beside is not None and name.endswith(written) and " and " in name:
                name = written  # "Minister of Trade and Industry Ann Lee": part of the role
            if name:
                return Name(name, confidence, kind)
        if tree.lower[holder] not in STANDS_FOR or beside is not None:
            return Name(written, 1.0, kind)
        for other in self._before(holder, last):
            if self._fits(holder, other):
                found = self.of(other)
                if found.name:
                    return Name(found.name, min(CONTINUED, found.confidence), found.type)
        return Name("", UNREAD, kind)  # its words are kept as the source's words

    def _goes_on(self, pronoun: int, last: int | None) -> int | None:
        """The unnamed speaker before who speaks on: "a manager told the paper. “…,” she said".

        Nobody of a name stands between them in their paragraph.
        """
        tree = self.tree
        if last is None or tree.lower[pronoun] not in ("he", "she") or last > pronoun:
            return None
        one = any(tree.lower[k] in ("a", "an", "one", "another") for k in tree.kids[last])
        if not one or tree.tags[last] != "NN" or tree.sentence[last] == tree.sentence[pronoun]:
            return None
        between = range(last, pronoun)
        if any("\n" in tree.words[i] for i in between):
            return None
        # "told Interwire": whom they speak to is nobody that speaks on
        if any(tree.ents[i] == "PERSON" and tree.deps[i] != "dobj" for i in between):
            return None
        return last if kind_of_holder(tree, last) == "unnamed" else None

    def with_role(self, phrase: Span) -> Span:
        """The phrase from the role in front of its name on, where the parser cut the role off.

        "Minister of Industry, Trade and Tourism Ann Lee" is one phrase.
        """
        text = self.tree.text
        for start, _ in self.mentions[bisect_left(self.mentions, (phrase.start, 0)) :]:
            if start >= phrase.end:
                break
            role = self.roles.get(start, "").lstrip("-–— ")
            front = text[max(0, start - len(role) - BLANKS) : start].rstrip() if role else ""
            if not role or not front.endswith(role):
                continue
            first = max(0, start - len(role) - BLANKS) + len(front) - len(role)
            if first < phrase.start:
                return Span(first, phrase.end)
        return phrase

    def _mentioned(self, phrase: Span) -> bool:
        """Does a mention of the entities touch the phrase? Most phrases are spared the look-up."""
        at = bisect_left(self.mentions, (phrase.end, 0))
        return any(end > phrase.start for _, end in self.mentions[max(0, at - NEAR) : at])

    def _kind(self, holder: int) -> SourceType:
        if is_outlet(self.tree, holder):
            return "organisation"
        return kind_of_holder(self.tree, holder) or "unnamed"

    def _before(self, holder: int, last: int | None) -> list[int]:
        """The subject of the clause above, the holder named last, the sentence before's subject."""
        tree = self.tree
        number = tree.sentence[holder]
        found: list[int] = []
        above = tree.heads[holder]
        while tree.heads[above] != above:
            # "Officials went to the station, where they said": the subject of "went".
            above = tree.heads[above]
            own = tree.child(above, "nsubj", "nsubjpass") if tree.is_verb(above) else None
            found += [own] if own is not None and own < holder else []
        if last is not None and number - tree.sentence[last] <= REACH:
            found.append(last)
        if number:
            first, end = tree.bounds[number - 1]
            for i in range(first, end):
                if tree.deps[i] == "ROOT":
                    subject = subject_of(tree, i)
                    found += [] if subject is None else [subject]
                    break
        return [i for i in found if "\n" not in tree.text[tree.starts[i] : tree.starts[holder]]]

    def _many_before(self, holder: int) -> int | None:
        """The unnamed many that the sentence before is about: "The doctors met. They say …".

        A plural subject is nearer to "they" than any body that was named in passing.
        """
        tree = self.tree
        for i in self._before(holder, None):
            if tree.tags[i] == "NNS" and tree.sentence[i] < tree.sentence[holder]:
                return i if kind_of_holder(tree, i) == "unnamed" else None
        return None

    def _fits(self, pronoun: int, other: int) -> bool:
        tree, want = self.tree, STANDS_FOR[self.tree.lower[pronoun]]
        if tree.lower[pronoun] == tree.lower[other]:
            return True
        if tree.tags[other] == "PRP" or tree.lower[other] in STANDS_FOR:
            return False
        kind = kind_of_holder(tree, other)
        plural = tree.tags[other] in ("NNS", "NNPS") or several(tree, other)
        if want == "person":
            return kind == "person" and not plural
        if want == "many":
            return plural and kind is not None
        return want == "body" and kind == "organisation" and not plural
