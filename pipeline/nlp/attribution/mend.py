"""Parses that break the grammar of English, put right before any rule reads them.

Each rule needs a sign that no reading of the words allows what the parser saw: a finite main
verb without a subject behind a fronted phrase and a noun, a second object set off by a comma, a
second verb joined by nothing. The Doc stays as the model left it; the changes are kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution import misread
from pipeline.nlp.attribution.dateline import LINES
from pipeline.nlp.attribution.edits import FINITE, SUBJECTS, Edit, Editor
from pipeline.nlp.attribution.gaps import fill_gaps
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.tree import Tree

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
#: What a fronted phrase or clause may begin with.
FRONTED = frozenset({"ADP", "SCONJ", "ADV", "VERB", "PART", "PUNCT"})
HELPERS = frozenset({"aux", "auxpass", "neg", "advmod", "punct"})
#: Relations of a verb that must have a subject of its own.
ALONE = frozenset({"ROOT", "ccomp", "parataxis"})
#: Relations that a second object, set off by a comma, is given in error.
SECOND = frozenset({"dobj", "attr", "npadvmod", "dep", "oprd"})
#: Past tenses, beside those in -ed, that are participles as well.
SAME_FORMS = frozenset({"said", "told", "found", "held", "thought", "felt", "heard", "learnt"})
TIMES = frozenset({"prep", "npadvmod", "advmod", "punct"})


def mend(tree: Tree) -> tuple[Edit, ...]:
    """Changes the tree where its parse is impossible; returns the changes in their order."""
    mender = Mender(tree)
    for line in LINES.finditer(tree.text):
        mender.dateline(tree.tokens_in(line.start(), line.end()))
    fill_gaps(mender)
    for verb, tag in enumerate(tree.tags):
        if tag in FINITE or (tag in ("VB", "VBN", "VBG") and tree.is_verb(verb)):
            mender.at(verb)
    return tuple(mender.edits)


class Mender(Editor):
    """Knows which rule a verb may need."""

    def at(self, verb: int) -> None:
        tree, dep = self.tree, self.tree.deps[verb]
        if dep == "acl":
            self.late_report(verb)
            misread.nearest_noun(self, verb)
        elif dep == "relcl":
            self.noun_as_root(verb)
            misread.listed_sums(self, verb)
            misread.relative_subject(self, verb)
            misread.which_of_person(self, verb)
        elif dep == "advcl":
            self.report_behind_mark(verb)
            misread.comment_on_clause(self, verb)
        elif dep == "appos":
            misread.comment_between(self, verb)
        elif dep in ("aux", "auxpass"):
            misread.helper_with_subject(self, verb)
        elif dep in ALONE:
            self.semicolon(verb)
            self.inverted_condition(verb)
            subjects = tree.children(verb, *SUBJECTS)
            if not subjects:
                self.swallowed_subject(verb)
                misread.adjective_between(self, verb)
            elif len(subjects) > 1:
                self.apposition_as_clause(verb, subjects)
                self.listed_subjects(subjects)
                misread.named_among(self, verb, subjects)
                misread.place_between(self, verb, subjects)
            elif loose := self._loose_nouns(verb, subjects[0]):
                self.apposition_as_clause(verb, [loose[0], subjects[0]])
        elif dep == "conj" and tree.child(verb, *SUBJECTS) is None:
            self.joined_subject(verb)
            self.participle_as_verb(verb)
            misread.after_comment(self, verb)
            misread.joined_participle(self, verb)
            misread.goes_on_with(self, verb)
            misread.hyphen_as_verb(self, verb)
            misread.adjective_between(self, verb)
        elif dep == "conj":
            misread.after_comment(self, verb)
        if dep == "ccomp":
            misread.comment_behind(self, verb)
        if dep in ("conj", "ccomp", "advcl", "parataxis"):
            misread.denied_noun(self, verb)
        if dep in ("ccomp", "relcl", "acl", "advcl"):
            misread.citing_between(self, verb)
        if dep in ("advcl", "ccomp") and tree.tags[verb] == "VBD" and verb:
            misread.what_called(self, self._top_noun(verb - 1), verb)
        misread.provided(self, verb)
        misread.that_as_object(self, verb)
        misread.that_in_marks(self, verb)

    def _top_noun(self, last: int) -> int:
        """The head of the noun phrase that ends with the token."""
        tree, at = self.tree, last
        while tree.deps[at] in ("compound", "case") and tree.heads[at] != at:
            at = tree.heads[at]
        return at

    def _loose_nouns(self, verb: int, subject: int) -> list[int]:
        """Nouns before the verb's subject that the parser gave no part in the clause."""
        found = self.tree.children(verb, "dep")
        return [k for k in found if k < subject and self.tree.pos[k] in NOUNS]

    def dateline(self, tokens: range) -> None:
        """ "OSLO, May 4 (NTB) — The king said": neither the place nor the day does anything."""
        tree = self.tree
        for i in tokens:
            above = tree.heads[i]
            loose = [k for k in tree.kids[i] if k not in tokens and tree.pos[k] != "PUNCT"]
            if above in tokens and above != i:
                above = next((h for h in self._above(i) if h not in tokens), above)
            for kid in loose:
                if above not in tokens:
                    again = tree.child(above, *SUBJECTS) not in (None, *tokens)
                    acts = tree.pos[kid] in NOUNS and not again
                    self.set(kid, above, tree.deps[i] if acts else "dep")
            if above not in tokens and tree.heads[i] == above:
                verb = next((h for h in self._above(i) if tree.is_verb(h)), above)
                self.set(i, verb, "punct" if tree.pos[i] == "PUNCT" else "dep")

    def _above(self, i: int) -> Iterator[int]:
        """The heads above a token, the nearest first."""
        while self.tree.heads[i] != i:
            i = self.tree.heads[i]
            yield i

    def swallowed_subject(self, verb: int) -> None:
        """ "While trade is low, the session, held in May, saw …": a noun in the fronted part."""
        tree = self.tree
        if not self.is_finite(verb):
            return
        at = self._before(verb)
        best, top = None, at
        end, first = at, tree.sentence_of(verb)[0]
        while at != verb and first <= at < verb:
            if tree.pos[at] in NOUNS and self._is_set_off(at, end, first):
                best = at
            top, at = at, tree.heads[at] if tree.heads[at] != at else first - 1
        if best is None or at != verb or best == top or tree.pos[top] in NOUNS:
            self.before_report(verb)
            return
        # In "Towns that lie high, like Oslo, Bergen and Voss, have" the towns are the subject.
        start = tree.subtree(top)[0]
        fronted = tree.pos[start] in FRONTED and tree.tags[start] != "WRB"
        if fronted and not any(tree.pos[i] in NOUNS for i in range(first, start)):
            passive = tree.child(verb, "auxpass") is not None
            self.set(best, verb, "nsubjpass" if passive else "nsubj")

    def noun_as_root(self, verb: int) -> None:
        """ "The Finnish tanker Aila entered the port": no tanker that Aila entered."""
        tree = self.tree
        noun, name = tree.heads[verb], tree.child(verb, "nsubj")
        if tree.deps[noun] != "ROOT" or name is None or tree.pos[name] != "PROPN":
            return
        if tree.subtree(name)[0] != noun + 1 or not self.is_finite(verb):
            return
        if tree.tags[noun] != "NN" or tree.child(verb, "ccomp") is not None:
            return  # "the thing Lee says is a lie"
        for kid in [k for k in tree.kids[noun] if k > verb]:
            self.set(kid, verb, tree.deps[kid])
        self.set(verb, verb, "ROOT")
        self.set(noun, name, "compound")

    def report_behind_mark(self, verb: int) -> None:
        """ "because, the court ruled, he had left": the mark is that of what was ruled."""
        tree, told = self.tree, self.tree.heads[verb]
        mark, subject = tree.child(verb, "mark"), tree.child(verb, "nsubj")
        if mark is None or subject is None or told < verb or not tree.is_verb(told):
            return
        cue = "clause" in lexicon().verbs.get(tree.lemmas[verb], {})
        own = tree.child(verb, "ccomp", "dobj", "xcomp") is not None
        if own or not cue or mark > verb:
            return
        if tree.words[mark + 1] != "," or tree.words[verb + 1] != ",":
            return
        self.set(verb, told, "parataxis")
        self.set(mark, told, "mark")
        first = next((k for k in tree.children(told, "ccomp") if k < mark), None)
        if tree.deps[told] == "conj":
            self.set(told, tree.heads[told], "advcl")
        elif first is not None:
            # "The mill closed because, …": the mill's closing is the main clause.
            above, dep = tree.heads[told], tree.deps[told]
            self.set(first, first if above == told else above, dep)
            self.set(told, first, "advcl")

    def inverted_condition(self, verb: int) -> None:
        """ "Had she run, she would have won": the first clause is the condition of the second."""
        tree = self.tree
        helper, subject = tree.child(verb, "aux", "auxpass"), tree.child(verb, *SUBJECTS)
        if helper is None or subject is None or helper > subject:
            return
        if tree.lower[helper] not in ("had", "were", "should") or tree.subtree(verb)[0] != helper:
            return
        last, above = tree.subtree(verb)[-1], tree.heads[verb]
        mains = (above, *tree.children(above, "ccomp"))
        main = next((m for m in mains if m > last and tree.child(m, *SUBJECTS) is not None), None)
        if main is not None and tree.words[last + 1 : last + 2] == [","]:
            self.set(verb, main, "advcl")

    def semicolon(self, verb: int) -> None:
        """ "They found that A; B": the parser hangs what stands first on the verb of B.

        B goes on with what is reported in A, unless it tells who else spoke or kept silent.
        """
        tree = self.tree
        if tree.child(verb, *SUBJECTS) is None:
            return
        for first in tree.children(verb, "ccomp"):
            stop = tree.subtree(first)[-1] + 1
            if first > verb or tree.words[stop : stop + 1] != [";"]:
                continue
            if tree.child(first, *SUBJECTS) is None:
                continue
            told = [k for k in tree.children(first, "ccomp") if k > first]
            cue = "clause" in lexicon().verbs.get(tree.lemmas[first], {})
            goes_on = cue and told and not misread.tells_of_words(tree, verb)
            before = told[-1] if goes_on else first
            above = tree.heads[verb]
            self.set(first, first if above == verb else above, tree.deps[verb])
            self.set(verb, before, "conj")
            self.set(stop, before, "punct")
            return

    def before_report(self, verb: int) -> None:
        """ "The list, she told the court, “is his”": the parser leaves the noun to "told"."""
        tree = self.tree
        for cue in tree.children(verb, "ccomp"):
            subjects = [k for k in tree.children(cue, *SUBJECTS) if k < cue]
            if (
                cue > verb
                or not subjects
                or "clause" not in lexicon().verbs.get(tree.lemmas[cue], {})
            ):
                continue
            for noun in tree.kids[cue]:
                phrase = tree.subtree(noun)
                if (
                    noun < subjects[-1]
                    and tree.pos[noun] in NOUNS
                    and tree.words[phrase[-1] + 1] == ","
                    and phrase[0] == tree.sentence_of(verb)[0]
                ):
                    self.set(noun, verb, "nsubj")
                    self.set(cue, verb, "parataxis")
                    return

    def _before(self, verb: int) -> int:
        """The token in front of the verb, its helpers and adverbs."""
        at = verb - 1
        while at > 0 and self.tree.heads[at] == verb and self.tree.deps[at] in HELPERS:
            if self.tree.words[at] == ",":
                return at - 1
            at -= 1
        return at - 1 if at > 0 and self.tree.words[at] == "," else at

    def _is_set_off(self, noun: int, end: int, first: int) -> bool:
        """True for a noun phrase between a comma, with words before it, and the token `end`."""
        tree = self.tree
        phrase = tree.subtree(noun)
        start = phrase[0]
        if start <= first + 1 or tree.words[start - 1] != "," or phrase[-1] < end:
            return False
        return tree.deps[noun] not in SUBJECTS and phrase[-1] - start + 1 == len(phrase)

    def apposition_as_clause(self, verb: int, subjects: list[int]) -> None:
        """ "The pact, a deal often seen as weak, has held": the real verb hangs on "seen"."""
        tree = self.tree
        first, second = subjects[0], subjects[1]
        if tree.child(verb, "aux", "auxpass", "dobj") is not None or second > verb:
            return
        if tree.tags[verb] not in ("VBD", "VBN") or tree.words[tree.subtree(second)[0] - 1] != ",":
            return
        if {"clause", "quote"} & lexicon().verbs.get(tree.lemmas[verb], {}).keys():
            return  # "These men, Lee said, were paid"
        real = next((k for k in tree.children(verb, "conj", "ccomp") if k > verb), None)
        if real is None or tree.child(real, *SUBJECTS) is not None or not self.is_finite(real):
            return
        if any(tree.deps[k] == "cc" and verb < k < real for k in tree.kids[verb]):
            return
        above, dep = tree.heads[verb], tree.deps[verb]
        start = tree.subtree(second)[0]
        self.set(real, real if above == verb else above, dep)
        passive = tree.child(real, "auxpass") is not None
        self.set(first, real, "nsubjpass" if passive else "nsubj")
        for kid in [k for k in tree.kids[verb] if k < start or k >= self._begin(real)]:
            self.set(kid, real, tree.deps[kid])
        self.set(second, first, "appos")
        self.set(verb, second, "acl", "VBN")

    def listed_subjects(self, subjects: list[int]) -> None:
        """ "Oslo, Voss and Bergen signed": not two subjects, but the first of three names."""
        tree, first, second = self.tree, subjects[0], subjects[1]
        start = tree.subtree(second)[0]
        third = tree.child(second, "conj")
        if tree.deps[second] != tree.deps[first] or third is None or start - 2 != first:
            return
        if tree.words[start - 1] == "," and tree.pos[first] == tree.pos[third] == "PROPN":
            self.set(second, first, "conj")

    def _begin(self, verb: int) -> int:
        return min([verb, *self.tree.children(verb, "aux", "auxpass")]) - 1

    def late_report(self, verb: int) -> None:
        """ "The club bought the ground, the mayor announced on Friday": no second object."""
        tree = self.tree
        noun = tree.heads[verb]
        told = tree.heads[noun]
        if (
            "clause" not in lexicon().verbs.get(tree.lemmas[verb], {})
            or tree.deps[noun] not in SECOND
        ):
            return
        past = tree.lower[verb].endswith("ed") or tree.lower[verb] in SAME_FORMS
        if not past or not tree.is_verb(told) or told > noun:
            return
        phrase = tree.subtree(noun)
        kids = tree.kids[verb]
        if verb < noun or tree.words[phrase[0] - 1] != "," or not self.is_finite(told):
            return
        if any(k < verb or tree.deps[k] not in TIMES or tree.lower[k] == "by" for k in kids):
            return
        last = tree.sentence_of(verb)[1]
        if any(tree.pos[i] not in ("PUNCT", "SPACE") for i in range(phrase[-1] + 1, last)):
            return
        above, dep = tree.heads[told], tree.deps[told]
        if dep != "ROOT" or tree.child(told, *SUBJECTS) is None or above != told:
            return
        self.set(verb, verb, "ROOT", "VBD")
        self.set(noun, verb, "nsubj")
        self.set(told, verb, "ccomp")
        for kid in [k for k in tree.kids[told] if k >= phrase[0] - 1 and tree.pos[k] == "PUNCT"]:
            self.set(kid, verb, "punct")

    def joined_subject(self, verb: int) -> None:
        """ "Trade grows in oil and gas and ties hit a peak": nothing but a noun joins the verb."""
        tree = self.tree
        bare = tree.tags[verb] == "VBP" and tree.child(verb, "aux") is None  # or a noun: "exhibit"
        if bare or not self.is_finite(verb) or tree.pos[verb] != "VERB":
            return
        at = self._before(verb)
        if "," in (tree.words[at], tree.words[at + 1]) or tree.pos[at] not in NOUNS:
            return  # no comma parts a subject from its verb
        if at < tree.heads[verb]:
            return
        noun = at
        while tree.deps[noun] == "compound" and tree.heads[noun] <= at:
            noun = tree.heads[noun]
        joined = tree.subtree(noun)[0] - 1
        if tree.deps[noun] != "conj" or tree.lower[joined] not in ("and", "but"):
            return
        if tree.deps[joined] != "cc" or tree.subtree(noun)[-1] != at:
            return
        passive = tree.child(verb, "auxpass") is not None
        self.set(noun, verb, "nsubjpass" if passive else "nsubj")
        self.set(joined, tree.heads[verb], "cc")

    def participle_as_verb(self, verb: int) -> None:
        """ "Its work is open, legal, and focused on growth": the last of three adjectives."""
        tree = self.tree
        be = tree.heads[verb]
        if tree.lemmas[be] != "be" or tree.tags[verb] not in ("VBD", "VBN"):
            return
        first = tree.child(be, "acomp")
        if first is None or first < be or tree.child(verb, "dobj", "aux", "auxpass") is not None:
            return
        last, seen = first, False
        while (after := tree.child(last, "conj")) is not None:
            last, seen = after, True
        comma = any(tree.words[i] == "," for i in range(first, last))
        joined = any(tree.deps[i] == "cc" for i in range(first, last + 1))
        if not (seen and comma and not joined and last < verb):
            return
        for kid in tree.children(verb, "conj", "cc"):
            self.set(kid, be, tree.deps[kid])
        self.set(verb, last, "conj", "VBN", "ADJ")
