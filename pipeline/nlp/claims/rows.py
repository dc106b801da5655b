"""Rows of the claims table: attributed propositions first, then the author's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.nlp.attribution.dateline import dateline_end
from pipeline.nlp.claims.binding import Draft, bind
from pipeline.nlp.claims.clauses import Splitter
from pipeline.nlp.claims.confidence import confidence_of
from pipeline.nlp.claims.cover import cover, words_of
from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.modality import scheduled, stance_of
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.parties import parties_of
from pipeline.nlp.claims.reading import name_of, reading_of, told_before
from pipeline.nlp.claims.scores import (
    flags_of,
    has_value,
    value_flags,
    with_confidence,
    worth,
)
from pipeline.nlp.claims.selection import (
    is_command,
    is_question,
    is_truncated,
    line_kind,
    why_no_row,
)
from pipeline.nlp.claims.source import cites, judged, parts_of_row, with_source
from pipeline.nlp.claims.spo import words
from pipeline.nlp.claims.statement import (
    has_words,
    held,
    is_bare,
    is_no_statement,
    points_back,
    weighs_statement,
    without_comment,
)
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Attribution, Claim, Quote, Sentence, Span

NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
BLOCKS = frozenset({"colon:block", "colon:object"})  # quotations without marks
ASKED = "colon:question"  # what an interviewer says
OBJECTS = frozenset({"colon:object", "direct:object"})  # behind a verb with an object of its own
LONGEST = 600  # tokens; what is longer is a table or a list, not a sentence


class RowMaker:
    """Makes the rows of one document.

    Args:
        tree: the parse.
        sentences: ranges of tokens.
        facts: dates, figures and mentions by token.
        quotes: the attributions.
    """

    def __init__(
        self, tree: Tree, sentences: Sequence[range], facts: Facts, quotes: Sequence[Quote]
    ) -> None:
        self.tree, self.sentences, self.facts = tree, sentences, facts
        self.quotes = [quote for quote in quotes if not is_no_statement(tree, quote)]
        quotes = self.quotes
        self.contents = [_tokens(tree, quote.content) for quote in quotes]
        self.cues = [_tokens(tree, quote.cue) for quote in quotes]
        self.cues_at: dict[int, list[int]] = {}
        for n, cue in enumerate(self.cues):
            for i in cue:
                self.cues_at.setdefault(i, []).append(n)
        told = zip(quotes, self.cues, strict=True)
        self._noun_cues = frozenset(i for q, cue in told if q.rule == "noun" for i in cue)
        self.owner = self._own_tokens()
        self.splitter = Splitter(
            tree,
            facts.has_value,
            facts.has_date,
            facts.has_sum,
            facts.in_one_figure,
            self._reporting_heads(),
        )

    def _own_tokens(self) -> dict[int, int]:
        """The innermost attribution of each token; inside a direct quote its speaker's."""
        owner: dict[int, int] = {}
        for n in sorted(range(len(self.quotes)), key=lambda n: -len(self.contents[n])):
            inner = self.contents[n]
            outer = {owner[i] for i in inner if i in owner}
            if any(self._speaks_alone(o) and self._holds(o, n) for o in outer):
                continue
            for i in inner:
                owner[i] = n
        return owner

    def _speaks_alone(self, n: int) -> bool:
        """True for words in quotation marks; in a block without marks others may be cited."""
        quote = self.quotes[n]
        return quote.kind == "direct" and quote.rule not in BLOCKS

    def _holds(self, outer: int, inner: int) -> bool:
        cue = self.cues[inner]
        return bool(cue) and cue <= self.contents[outer]

    def _reporting_heads(self) -> frozenset[int]:
        """Predicates of reporting clauses: split from whatever they hang on."""
        heads = set()
        for cue in self.cues:
            for i in cue:
                at = self._clause_of(i)
                if self._leads(i, at):
                    heads.add(at)
        return frozenset(heads)

    def _clause_of(self, cue: int) -> int:
        """The predicate of the clause that a cue stands in: "is" of "is worried that"."""
        tree = self.tree
        at = tree.clause_head(cue)
        while (
            tree.dep[at] in ("acomp", "xcomp", "oprd", "attr")
            and tree.subject(at) is None
            and tree.is_predicate(tree.head[at])
        ):
            at = tree.head[at]
        above = tree.head[at]
        if tree.dep[at] == "pcomp" and tree.lower[above] == "as":
            return tree.head[above]  # "was quoted as saying"
        return at

    def _leads(self, cue: int, head: int) -> bool:
        """True if the cue is the predicate itself or its complement, not its subject."""
        at = cue
        while at != head:
            if self.tree.dep[at] in ("nsubj", "nsubjpass", "csubj"):
                return False
            at = self.tree.head[at]
        return True

    def make(self) -> tuple[list[Claim], list[Sentence]]:
        claims: list[Claim] = []
        sentences: list[Sentence] = []
        seen: set[tuple[str, str]] = set()
        for tokens in self.sentences:
            span = self._sentence_span(tokens)
            if span is None:
                continue
            drafts, why = self._drafts(tokens)
            bind(self.tree, self.facts, drafts, tokens[0], tokens[-1])
            made = [c for d in drafts if not d.why_not for c in [self._claim(d, span)] if c]
            fresh = [c for c in made if not self._repeats(c, seen)]
            for claim in fresh:
                claims.append(told_before(claim, claims[-3:]))
            if made and not fresh:
                why = "repeated"
            text = " ".join(span.of(self.tree.text).split())
            sentences.append(Sentence(span, text, len(fresh), "" if fresh else why or "other"))
        return claims, sentences

    def _repeats(self, claim: Claim, seen: set[tuple[str, str]]) -> bool:
        """True for a sentence that stands word for word before, such as a pull quote."""
        key = (claim.text.lower(), claim.source_name)
        if len(claim.text.split()) >= 5 and (key in seen or (claim.text.lower(), "*") in seen):
            return True
        seen.add(key)
        seen.add((claim.text.lower(), "*"))
        return False

    def _sentence_span(self, tokens: range) -> Span | None:
        words = [i for i in tokens if self.tree.pos[i] != "SPACE"]
        if not any(self.tree.pos[i] != "PUNCT" for i in words):
            return None
        return Span(self.tree.start[words[0]], self.tree.end[words[-1]])

    # ------------------------------------------------------------ clauses

    def _drafts(self, tokens: range) -> tuple[list[Draft], str]:
        """The clauses of a sentence, with the reason why the author's part has no row."""
        tree = self.tree
        regions: dict[int | None, list[int]] = {}
        begin = dateline_end(tree.text, tree.start[tokens[0]])
        for i in tokens:
            if tree.pos[i] != "SPACE" and tree.start[i] >= begin:
                regions.setdefault(self.owner.get(i), []).append(i)
        drafts: list[Draft] = []
        if len(tokens) > LONGEST:
            return drafts, "other"
        line = line_kind(self._line(tokens))
        for quote, region in regions.items():
            if quote is not None:
                drafts += self._quoted(quote, region, line)
        own = self._without_phrases(regions.get(None, []))
        why = ""
        if own:
            kind = line
            if is_question(tree, own):
                kind = "question"
            elif is_truncated(tree, own):
                kind = "truncated"
            for draft in self._authorial(own):
                draft.why_not = kind or draft.why_not
                why = why or draft.why_not
                drafts.append(draft)
        why = next((d.why_not for d in drafts if d.why_not not in ("", "reporting")), why)
        return drafts, why

    def _without_phrases(self, region: list[int]) -> list[int]:
        """The author's words less an "in the words of X" that introduces what follows them."""
        tree, left = self.tree, set(region)
        for n in self._cues_in(region):
            if self.quotes[n].rule == "according_to" and self.cues[n] & left:
                left -= set(tree.subtree(min(self.cues[n])))
        if len(left) < len(region) and any(
            tree.is_finite(i) and tree.subject(i) in left for i in left
        ):
            return sorted(left)
        return region

    def _cues_in(self, tokens: Iterable[int]) -> list[int]:
        """The attributions with a word of their cue among the tokens."""
        return sorted({n for i in tokens for n in self.cues_at.get(i, ())})

    def _line(self, tokens: range) -> str:
        start, end = self.tree.start[tokens[0]], self.tree.end[tokens[-1]]
        text = self.tree.text
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end - 1)
        last = len(text) if last < 0 else last
        # A line of megabytes is no heading: its head and tail are enough to see that.
        return text[first:last] if last - first < 2000 else text[last - 2000 : last]

    def _quoted(self, quote: int, region: list[int], line: str) -> list[Draft]:
        drafts = []
        # A pull quote stands in a line of its own; what a heading reports is no row.
        heading = line if self.quotes[quote].kind == "indirect" else ""
        topic, region = judged(self.tree, self.quotes[quote].rule, self.cues[quote], region)
        for clause in self.splitter.split(region):
            told = clause
            if self.quotes[quote].kind != "direct":
                clause = held(self.tree, clause)
            believes = self.tree.lemma[told.head] if told is not clause else ""
            reports = self._reports(clause, quote)
            draft = Draft(clause, quote=quote, held=believes, reports=reports, topic=topic)
            topic = ()
            if draft.reports:
                draft.why_not = "reporting"
            elif heading:
                draft.why_not = heading
            elif self.quotes[quote].rule == ASKED or is_question(self.tree, clause.tokens):
                draft.why_not = "question"
            elif clause.rule == "main" and is_command(self.tree, clause.head):
                draft.why_not = "command"
            elif clause.rule == "fragment" and not points_back(self.tree, clause):
                draft.why_not = self._why_no_words(quote, clause)
            drafts.append(draft)
        return drafts

    def _why_no_words(self, quote: int, clause: Clause) -> str:
        """Why a content without a verb deserves no row; "" if it does."""
        if not has_words(self.tree, self.facts, clause):
            return "other"
        if is_bare(self.tree, self.quotes[quote], clause):
            return "other"
        ends = clause.tokens[-1] == max(self.contents[quote])  # else a list goes on
        return "truncated" if ends and is_truncated(self.tree, clause.tokens) else ""

    def _authorial(self, region: list[int]) -> list[Draft]:
        drafts = []
        weighed: set[int] = set()  # heads of clauses that only weigh or praise
        for whole in self.splitter.split(region):
            clause = without_comment(self.tree, whole)
            draft = Draft(clause, reports=self._reports(clause, None))
            told = self._told_by(clause)
            if told is not None:
                draft = Draft(replace(clause, tokens=self._own_words(clause)), quote=told)
            elif draft.reports or cites(self.tree, clause, self.quotes):
                draft.why_not = "reporting"
            else:
                draft.why_not = why_no_row(self.tree, self.facts, clause)
                weighs = not draft.why_not and not self.facts.has_value(clause.tokens)
                if weighs and (
                    weighs_statement(self.tree, clause, self._noun_cues)
                    or (clause.shared in weighed and not self.facts.has_name(clause.tokens))
                ):
                    draft.why_not = "evaluation"
                if draft.why_not == "evaluation":
                    weighed.add(clause.head)
            drafts.append(draft)
        return drafts

    def _told_by(self, clause: Clause) -> int | None:
        """The attribution that a clause outside its content still belongs to.

        A listed sum joined to the cue ("reported $4 and a loss of $8"), or a second
        that-clause ("announced a deal, and that prices will fall").
        """
        tree = self.tree
        marked = any(tree.lower[c] == "that" for c in tree.children[clause.head])
        if clause.rule != "list" and not (marked and tree.dep[clause.head] in ("conj", "ccomp")):
            return None
        before = tree.head[clause.head]
        for n, cue in enumerate(self.cues):
            if before in cue or (marked and before in self.contents[n]):
                return n
        return None

    def _own_words(self, clause: Clause) -> tuple[int, ...]:
        own = set(self.tree.subtree(clause.head))
        return tuple(i for i in clause.tokens if i in own)

    def _reports(self, clause: Clause, quote: int | None) -> tuple[int, ...]:
        """The attributions that the clause introduces."""
        words = set(clause.tokens)
        found = []
        for n in self._cues_in(clause.tokens):
            cue = self.cues[n]
            if n == quote or self.quotes[n].rule in OBJECTS:
                continue  # "denied the charge: “…”" tells an event as well
            if quote is not None and self.owner_of(n) in (quote, None):
                continue  # what a speaker reports of others stays in the speaker's row
            if self._is_of_another(n, clause.head):
                continue
            below = [i for i in cue & words if self._below(i, clause.head)]
            # A cue that hangs on nothing here lost its own clause to the content.
            if (
                not below
                or clause.rule == "fragment"
                or any(self._leads(i, clause.head) for i in below)
            ):
                found.append(n)
        return tuple(found)

    def _is_of_another(self, n: int, head: int) -> bool:
        """True for "the ministry rejected Lee's claim that …": an event beside Lee's statement."""
        quote = self.quotes[n]
        if quote.rule != "noun" or not quote.source or self.tree.subject(head) is None:
            return False
        if head in self.cues[n]:
            return False
        holder = quote.source[0]
        subject = self.tree.subtree(self.tree.subject(head) or head)
        speaks = any(holder.start <= self.tree.start[i] < holder.end for i in subject)
        return not speaks and self.tree.lemma[head] in load_lists("modality")["denied_cues"]

    def owner_of(self, n: int) -> int | None:
        """The attribution whose row the content of attribution n went into."""
        return next((self.owner.get(i) for i in sorted(self.contents[n])), None)

    def _below(self, i: int, head: int) -> bool:
        while i != head:
            if self.tree.head[i] == i:
                return False
            i = self.tree.head[i]
        return True

    # ------------------------------------------------------------ records

    def _claim(self, draft: Draft, sentence: Span) -> Claim | None:
        tree, clause = self.tree, draft.clause
        spans = cover(tree, clause.tokens, clause.rule)
        if not spans:
            return None
        quote = self.quotes[draft.quote] if draft.quote is not None else None
        told = None if draft.topic else quote  # "rejected it as a lie" says that it is one
        head = clause.head
        if clause.rule == "list" and clause.shared is not None:
            head = clause.shared
        stance = stance_of(
            tree,
            head,
            clause.tokens,
            [i for span in told.cue for i in tree.tokens_of(span)] if told else (),
            told.cue_class if told else "",
            words_of(tree.text, quote.source).lower().split() if quote else (),
            held=draft.held if told else "",
            direct=quote is not None and quote.kind == "direct",
        )
        stance = scheduled(tree, head, stance, self.facts.dated(draft.dates), self.facts.published)
        parts = parts_of_row(tree, draft, head, self.facts.times)
        said = (*stance.flags, *value_flags(self.facts, draft))
        flags = flags_of(tree, draft, sentence, len(spans), quote, words(tree, parts.subject), said)
        kind: Attribution = quote.kind if quote else "authorial"
        claim = Claim(
            subject=self._subject(parts.subject, clause),
            predicate=words(tree, parts.predicate),
            object=words(tree, parts.object),
            check_worthiness=worth(tree, draft),
            confidence=confidence_of(
                kind, quote.confidence if quote else 1.0, flags, value=has_value(draft)
            ),
            spans=spans,
            text=words_of(tree.text, spans),
            sentence=sentence,
            polarity=stance.polarity,
            certainty=stance.certainty,
            certainty_cue=stance.cue,
            dates=tuple(draft.dates),
            figures=tuple(draft.figures),
            mentions=tuple(draft.mentions),
            flags=flags,
            rule=clause.rule,
            reading=reading_of(tree, self.facts, clause, spans, quote, self._window(sentence)),
        )
        claim = self._with_parties(with_confidence(self.facts, claim, quote))
        return with_source(tree.text, claim, quote) if quote else claim

    def _with_parties(self, claim: Claim) -> Claim:
        """The claim with who pays and who receives its first sum of money."""
        facts = self.facts
        sums = [n for n in claim.figures if facts.figure_records[n.index].kind == "money"]
        place = facts.place_of(sums[0].index) if sums else None
        if place is None:
            return claim
        found, window = parties_of(self.tree, place, facts.times), self._window(claim.sentence)
        return replace(
            claim,
            payer=name_of(self.tree, facts, found.payer, window),
            payee=name_of(self.tree, facts, found.payee, window),
        )

    def _window(self, sentence: Span) -> range:
        """The tokens of the sentence and the one before it."""
        here = self.tree.tokens_of(sentence)
        n = bisect_right(self.sentences, here.start, key=lambda tokens: tokens.start) - 1
        before = (r.start for r in self.sentences[max(0, n - 3) : n] if self._has_text(r))
        return range(max(before, default=here.start), here.stop)

    def _has_text(self, tokens: range) -> bool:
        return any(self.tree.pos[i] not in ("SPACE", "PUNCT") for i in tokens)

    def _subject(self, tokens: tuple[int, ...], clause: Clause) -> str:
        """The subject's words; "the latter" and "the former" give way to the names before."""
        tree = self.tree
        own = tree.subject(clause.head)
        if clause.rule == "main" and own is not None and own < clause.tokens[0]:
            # The parser took the place of a dateline, or a speaker's label, for the subject.
            tokens = tuple(takewhile(lambda i: tree.pos[i] in NOMINAL, clause.tokens))
        text = words(tree, tokens)
        if text.lower() not in ("the latter", "the former"):
            return text
        return self.facts.one_of_two(tokens[0], text.lower().split()[1]) or text


def _tokens(tree: Tree, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in tree.tokens_of(span))
