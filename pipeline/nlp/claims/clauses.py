"""Sentences split into propositions: clauses, and the words that each covers.

The unit is that of the annotation guide: independent clauses and coordinated finite verbs
stand alone; relative, participle and time clauses do if they bring a fact of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from pipeline.nlp.claims.ownership import INSTEAD, SUM_DEPS, Clause, HasValue, Ownership
from pipeline.nlp.claims.tree import CLAUSE_DEPS, FINITE_TAGS, Tree

INDEPENDENT_MARKS = frozenset({"while", "although", "though", "whereas"})
TIME_CAUSE_MARKS = frozenset({"after", "before", "since", "until", "because", "as", "when", "once"})
WH_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
UNREAL = frozenset({"any", "anything", "anyone", "could"})
OR_WORDS = frozenset({"or", "nor"})
BREAKS = frozenset({";", "--", "—", "–"})
COMPLEMENTS = frozenset({"attr", "acomp"})
AHEAD = frozenset({"xcomp", "oprd"})
PHRASES = frozenset({"prep", "amod", "punct", "det", "advmod"})


class Splitter:
    """Splits regions of one document.

    Args:
        tree: the parse.
        has_value: whether tokens hold a date or figure.
        has_date: whether they hold a date.
        has_sum: whether tokens hold a sum or percentage (lists are split by these only).
        in_one_figure: whether one figure holds two tokens: a range is no list.
        forced: predicates that are always split off, such as those of reporting clauses.
    """

    def __init__(
        self,
        tree: Tree,
        has_value: HasValue,
        has_date: HasValue,
        has_sum: HasValue,
        in_one_figure: Callable[[int, int], bool],
        forced: frozenset[int],
    ) -> None:
        self.tree = tree
        self.has_value = has_value
        self.has_date = has_date
        self.has_sum = has_sum
        self.in_one_figure = in_one_figure
        self.forced = forced
        self.last_word = -1  # of the region in hand

    def split(self, region: Iterable[int]) -> list[Clause]:
        """The clauses of a region: tokens of one sentence, in the order of the text.

        The region may be a part of a sentence (the content of an attribution); tokens
        whose heads lie outside go to the nearest clause inside.
        """
        tokens = list(region)
        inside = set(tokens)
        said = [i for i in tokens if self.tree.pos[i] not in ("PUNCT", "SPACE")]
        self.last_word = said[-1] if said else -1
        rules: dict[int, str] = {}
        for i in tokens:
            rule = self._rule(i, inside, rules)
            if rule:
                rules[i] = rule
        roots = [i for i in tokens if self.tree.head[i] == i or self.tree.head[i] not in inside]
        self._add_roots(roots, rules)
        for i in self._possessives(rules):
            del rules[i]
        if not rules:
            return []
        return Ownership(self.tree, self.has_date, self.has_sum, tokens, rules).clauses()

    def _possessives(self, rules: dict[int, str]) -> list[int]:
        """Clause heads that are the "'s" of an owner: "Chad's long march shows …" is one clause.

        The parser took it for "is", and left the next verb without a subject; or the tagger knows
        it for what it is, and only the parser hung the owner on it.
        """
        tree, heads = self.tree, sorted(rules)
        return [
            i
            for i, after in pairwise(heads)
            if tree.lower[i] in ("'s", "’s")
            and (tree.subject(after) is None or tree.tag[i] == "POS")
            and tree.is_finite(after)
            and not any(tree.dep[k] == "cc" for k in range(i, after))
        ]

    # ------------------------------------------------------------ which tokens head a clause

    def _add_roots(self, roots: list[int], rules: dict[int, str]) -> None:
        """Choose the region's own heads: its topmost predicates, else its topmost noun."""
        tree = self.tree
        # A noun with a subject is a verb that the tagger took for a noun.
        verbs = [
            i
            for i in roots
            if (tree.is_finite(i) or tree.subject(i) is not None) and tree.dep[i] not in PHRASES
        ]
        if len(verbs) > 1:
            verbs = [i for i in verbs if tree.is_finite(i) or not tree.is_predicate(i)] or verbs[:1]
        if not verbs:
            verbs = [i for i in roots if tree.is_predicate(i)][:1]
        if not verbs:
            words = [i for i in roots if tree.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM", "PRON")]
            words = words or [i for i in roots if tree.pos[i] not in ("PUNCT", "SPACE")]
            given = [i for i in words if tree.dep[i] == "dobj"]
            more = [i for i in given if tree.child(i, INSTEAD) is not None]
            for i in [*given[:1], *more] if more else words[:1]:
                rules.setdefault(i, "fragment")
            return
        for n, i in enumerate(verbs):
            rules.setdefault(i, "main" if n == 0 else "independent")
        for i in roots:
            # "reported losing $4 a share and a loss of $8": joined to the verb outside.
            if tree.dep[i] == "conj" and i not in rules and self.has_sum(tree.subtree(i)):
                rules[i] = "list"

    def _is_clause(self, i: int) -> bool:
        return self.tree.is_finite(i) or self.tree.subject(i) is not None

    def _rule(self, i: int, inside: set[int], rules: dict[int, str]) -> str:
        """The rule by which a token is split from what it hangs on; "" if it is not."""
        tree = self.tree
        head = tree.head[i]
        if head == i or head not in inside:
            return ""
        dep = tree.dep[i]
        if not tree.is_predicate(i):
            if dep in ("conj", "dobj") and self._is_list_member(i, inside):
                return "list"
            return self._relative(i) if dep == "relcl" else ""
        if i in self.forced and dep not in ("aux", "auxpass", "amod"):
            return "reporting"
        if dep == "conj":
            return self._conjunct(i, inside, rules)
        if dep in ("ccomp", "parataxis", "dep"):
            return self._independent(i, head)
        if dep == "advcl":
            return self._adverbial(i)
        if dep == "relcl":
            # "urged anyone who was there in May to leave": without it nobody is left.
            whole = tree.head[head] not in inside and tree.lower[tree.subtree(i)[0] - 1] != ","
            return "" if whole else self._relative(i)
        if dep == "acl":
            return self._absolute(i) or self._participle(i)
        if dep == "pcomp":
            return self._after_preposition(i)
        return ""

    def _after_preposition(self, i: int) -> str:
        """ "…, with the index losing 90 points", "before closing 4 % lower": with a value."""
        tree = self.tree
        prep = tree.head[i]
        if tree.tag[i] != "VBG" or tree.dep[prep] != "prep" or prep == 0:
            return ""
        if tree.lower[prep - 1] not in (",", "–", "—", "-"):
            return ""
        words = tree.subtree(i)
        if tree.lower[prep] in ("before", "after") and prep > tree.head[prep]:
            return "time" if self.has_sum(words) else ""
        if tree.lower[prep] != "with" or not self._own_subject(i):
            return ""
        return "participle" if self.has_value(words) else ""

    def _conjunct(self, i: int, inside: set[int], rules: dict[int, str]) -> str:
        tree = self.tree
        before = tree.head[i]
        joined = [c for c in tree.children[before] if tree.dep[c] in ("cc", "punct") and c < i]
        if any(tree.lower[c] in OR_WORDS for c in [c for c in joined if tree.dep[c] == "cc"][-1:]):
            return ""
        if not joined and not self._own_subject(i):
            return ""  # no conjunction: a noun that the tagger took for a verb
        joins = any(tree.dep[c] == "cc" for c in joined) or self._own_subject(i)
        if not joins and not tree.is_finite(before):
            return ""  # "rules curbing smoke, faces a test": a wrong root
        if not joins and self._took_apposition(before):
            return ""
        if any(
            (tree.dep[c] == "mark" and tree.lower[c] in CONDITIONS) or tree.lower[c] in CONDITIONS
            for c in (*tree.children[i], *joined)
        ):
            return ""
        first = self.tree.first_conjunct(i)
        if rules.get(first) == "participle" and self.has_value(tree.subtree(i)):
            return "participle"  # "…, starting with $2 and later raised to $5"
        nested = tree.dep[first] in CLAUSE_DEPS and {first, tree.head[first]} <= inside
        # "stayed until she was ten and then moved": "then" leads back to the main clause.
        if any(tree.lower[c] == "then" and c < i for c in tree.children[i]) and (
            tree.dep[first] == "advcl" and not self._own_subject(i)
        ):
            return "conjunct"
        # Inside a dependent clause only the parts of one that stands alone are split.
        if nested and not self._rule(first, inside, {}):
            return ""
        if not (tree.is_finite(i) or self._own_subject(i) or self._shares_auxiliary(i, first)):
            return ""
        if self._shares_object(before, i):
            return ""
        return "conjunct"

    def _took_apposition(self, i: int) -> bool:
        """True for the verb of an apposition: "The bank, a firm often seen as weak, has …"."""
        tree = self.tree
        subjects = [c for c in tree.children[i] if tree.dep[c] in ("nsubj", "nsubjpass")]
        return len(subjects) > 1 and any(
            tree.lower[k] == "," for k in range(subjects[0] + 1, subjects[1])
        )

    def _own_subject(self, i: int) -> bool:
        return self.tree.subject(i) is not None

    def _shares_auxiliary(self, i: int, first: int) -> bool:
        """True if a participle has the first one's "was": "was heard and then freed"."""
        tree = self.tree
        if tree.tag[i] not in ("VBN", "VBG", "VB") or not tree.is_finite(first):
            return False
        if any(tree.dep[c] in ("aux", "auxpass") for c in tree.children[i]):
            return False
        return tree.tag[i] == tree.tag[first] or (
            tree.tag[i] == "VBN" and tree.tag[first] in ("VBD", "VBN")
        )

    def _shares_object(self, before: int, i: int) -> bool:
        """True for two verbs with one object: "designed and built the bridge"."""
        between = range(before + 1, i)
        if self.tree.tag[before] == "VBG" and self.tree.tag[i] in FINITE_TAGS:
            return False  # "is cooperating and had nothing": two tenses, two objects
        return all(self.tree.dep[k] in ("cc", "punct", "advmod", "preconj") for k in between) and (
            self.tree.subject(i) is None
        )

    def _independent(self, i: int, head: int) -> str:
        """A clause set off by a semicolon, colon, dash or comma that the parser hung on another."""
        tree = self.tree
        if not (tree.is_finite(i) and self._own_subject(i)):
            return ""
        low, high = sorted((i, head))
        breaks = {tree.text[tree.start[k] : tree.end[k]] for k in range(low + 1, high)}
        if breaks & BREAKS:
            return "independent"
        if i < head and tree.dep[i] == "ccomp" and not self._marked(i):
            # "Sales fell, profits rose": the first clause hangs on the second one's verb.
            subject = tree.subject(head)
            if subject is None or subject < i:
                return ""
            joined = tree.lower[tree.subtree(subject)[0] - 1] in ("and", "but", ":")
            if joined or ("," in breaks and head not in self.forced):
                return "independent"
        return ""

    def _marked(self, i: int) -> bool:
        return any(self.tree.dep[c] == "mark" for c in self.tree.children[i])

    def _adverbial(self, i: int) -> str:
        tree = self.tree
        marks = {
            tree.lower[c]
            for c in tree.children[i]
            if c < i and (tree.dep[c] == "mark" or tree.tag[c] == "WRB")
        }
        if marks & INDEPENDENT_MARKS and self._is_clause(i):
            return "independent" if self._contrasts(i) else ""
        if marks & CONDITIONS:
            return ""
        after = i > tree.head[i]
        if marks & TIME_CAUSE_MARKS:
            return self._time_clause(i, marks)
        if marks:
            return ""
        if tree.tag[i] in ("VBG", "VBN") and after:
            if self._own_subject(i) and tree.tag[i] == "VBG":
                return "participle"
            return self._participle(i)
        if self._own_subject(i) and tree.is_finite(i):
            return self._independent(i, tree.head[i])
        return ""

    def _contrasts(self, i: int) -> bool:
        """False for a "while" that only gives the time: "on hold while the case is heard"."""
        tree = self.tree
        words = tree.subtree(i)
        first = words[0]
        if tree.lower[first] != "while" or first == 0 or tree.lower[first - 1] == ",":
            return True
        if first < tree.head[i] or self.has_value(words):
            return True
        subject = tree.subject(i)
        return subject is not None and any(tree.pos[k] == "PROPN" for k in tree.subtree(subject))

    def _time_clause(self, i: int, marks: set[str]) -> str:
        """A time or cause clause with a value of its own, or a past event of a named subject."""
        tree = self.tree
        subject = tree.subject(i)
        if subject is None or not tree.is_finite(i) or not tree.is_predicate(tree.head[i]):
            return ""  # "twice as much as they had": a measure, no time
        words = tree.subtree(i)
        if "as" in marks and tree.lemma[i] == "do" and i < subject:
            return ""  # "denied it, as did the bank"
        if "before" in marks and any(tree.lower[k] in UNREAL for k in words):
            return ""  # "before it had given any reason", "before it could sell": it had not
        if tree.lower[words[0]] == "when" and self._after_date(words[0]):
            return "relative" if self.has_value(words) else ""
        aged = tree.child(i, COMPLEMENTS)
        if tree.lemma[i] == "be" and aged is not None and tree.pos[aged] == "NUM":
            return ""  # "when she was six" only dates
        if self.has_value(words):
            return "time"
        if tree.text.startswith("-", tree.end[words[-1]]):
            return ""  # the parser cut a hyphenated verb: "re-opened"
        past = tree.tag[i] in ("VBD", "VBN") and tree.pos[i] == "VERB"
        past = past and not any(tree.lower[c] == "being" for c in tree.children[i])
        return "time" if past and tree.pos[subject] in ("NOUN", "PROPN") else ""

    def _after_date(self, i: int) -> bool:
        """True if a date stands right before the token, but for a comma."""
        before = i - 1
        while before > 0 and self.tree.pos[before] in ("PUNCT", "SPACE"):
            before -= 1
        return before >= 0 and self.has_date([before])

    def _participle(self, i: int) -> str:
        """A participle after a comma that brings a value: "…, keeping the other 19.9 %"."""
        tree = self.tree
        # "Expected to reach 5 %", "having fallen to 5 %".
        ahead = tree.tag[i] == "VBN" and (
            tree.child(i, AHEAD) is not None
            or any(tree.lower[c] == "having" and tree.dep[c] == "aux" for c in tree.children[i])
        )
        if not (tree.tag[i] == "VBG" or ahead) or i < tree.head[i]:
            return ""
        first = tree.subtree(i)[0]
        if first == 0 or tree.lower[first - 1] not in (",", ";", "–", "—", "-"):
            return ""
        words = self._own_words(i)
        if tree.dep[i] == "acl" and tree.dep[tree.head[i]] == "pobj":
            # "guilty of fraud, opening doors to three countries": the same deed in other words.
            return "participle" if self.has_date(words) or self.has_sum(words) else ""
        return "participle" if self.has_value(words) else ""

    def _absolute(self, i: int) -> str:
        """A participle under "with" that brings a value: "…, with talks set for May"."""
        tree = self.tree
        noun = tree.head[i]
        prep = tree.head[noun]
        if tree.dep[noun] != "pobj" or tree.lower[prep] != "with" or tree.dep[prep] != "prep":
            return ""
        if prep == 0 or tree.lower[prep - 1] not in (",", "–", "—", "-"):
            return ""
        return "absolute" if self.has_value(tree.subtree(i)) else ""

    def _own_words(self, i: int) -> list[int]:
        return self.tree.subtree(i)

    def _relative(self, i: int) -> str:
        tree = self.tree
        words = tree.subtree(i)
        first = words[0]
        if tree.tag[first] == "TO" and first > 0 and tree.lower[first - 1] == ",":
            # "a new model, to be sold from May"
            return "participle" if self.has_value(words) else ""
        if self._tells_news(i, words):
            return "relative"
        if not any(tree.tag[k] in WH_TAGS and tree.lower[k] != "that" for k in words[:3]):
            return self._of_apposition(i, words)
        if not self._is_clause(i):
            return ""
        comma = first > 0 and tree.lower[first - 1] in (",", "–", "—", "-", "--", "(")
        if not comma and tree.lower[first] == "who" and self._is_class(tree.head[i]):
            return ""  # "donors who give $200": it measures the noun
        if self.has_value(words):
            # Without a comma it narrows its noun: a row only at the end of its clause, or if it
            # tells what one person did: "a clerk who stole $900 was jailed".
            told = tree.lower[first] == "who" and tree.tag[i] == "VBD" and self.has_sum(words)
            told = told and tree.tag[tree.head[i]] in ("NN", "NNP")
            return "relative" if comma or told or self._ends_clause(words[-1]) else ""
        if not comma or tree.pos[i] != "VERB":
            return ""
        past = tree.tag[i] in ("VBD", "VBN") or any(
            tree.lower[c] == "did" for c in tree.children[i]
        )
        # A present one needs somebody named: "which owns most of Nordic Air".
        named = any(tree.pos[k] == "PROPN" for k in words[1:])
        return "relative" if past or (named and tree.is_finite(i)) else ""

    def _tells_news(self, i: int, words: list[int]) -> bool:
        """A past event with a date behind "a fire that": who knows no fire is told of it."""
        tree = self.tree
        some = any(tree.lower[k] in ("a", "an") for k in tree.children[tree.head[i]])
        that = tree.lower[words[0]] == "that" and tree.subject(i) == words[0]
        if not (some and that and tree.tag[i] == "VBD"):
            return False
        dated = [k for k in words if self.has_date([k])]
        ago = any(tree.lower[k] == "ago" for k in dated)
        told = bool(dated) and (ago or all(tree.tag[k] != "NNS" for k in dated))
        return told or self.has_sum(words)  # "a debate that lasted five hours": no date

    def _of_apposition(self, i: int, words: list[int]) -> str:
        """A dated "that" clause of a noun set off at the end: "…, a deal that ends in May"."""
        tree = self.tree
        noun = tree.head[i]
        before = tree.subtree(noun)[0] - 1
        if (
            before < 0
            or tree.lower[before] not in (",", "–", "—")
            or tree.lower[words[0]] != "that"
        ):
            return ""
        ends = words[-1] >= self.last_word and tree.dep[noun] in ("appos", "npadvmod")
        return "relative" if ends and self._is_clause(i) and self.has_date(words) else ""

    def _is_class(self, noun: int) -> bool:
        """True for a bare plural: people of a kind, not these people."""
        tree = self.tree
        return tree.tag[noun] == "NNS" and all(
            tree.dep[c] not in ("det", "poss", "nummod") for c in tree.children[noun]
        )

    def _ends_clause(self, last: int) -> bool:
        return last >= self.last_word or self.tree.lower[last + 1] in (",", ";", ".", "–", "—")

    def _is_list_member(self, i: int, inside: set[int]) -> bool:
        """A noun phrase with a sum, joined to one with a sum under one verb."""
        tree = self.tree
        head = tree.head[i]
        if head not in inside or any(
            tree.dep[c] == "cc" and tree.lower[c] in OR_WORDS for c in tree.children[head]
        ):
            return False
        if not self.has_sum(tree.subtree(i)) or self.in_one_figure(*sorted((head, i))):
            return False
        if tree.is_predicate(head):
            # "gave $3 to Ann and $5 to Bo": the second sum hangs on the verb again.
            before = [c for c in tree.children[head] if head < c < i and tree.dep[c] in SUM_DEPS]
            joined = tree.lower[tree.subtree(i)[0] - 1] in ("and", ",", ";")
            return joined and any(self.has_sum(tree.subtree(c)) for c in before)
        if tree.dep[i] != "conj":
            return False
        first = self.tree.first_conjunct(i)
        if tree.dep[first] not in ("dobj", "attr", "pobj", "oprd", "dative"):
            return False
        own = tree.subtree(head)
        return self.has_sum(k for k in own if k < tree.subtree(i)[0])
