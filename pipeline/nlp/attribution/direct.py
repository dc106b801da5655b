"""Quotations: bound to the reporting clause before, after or between them, or floating.

A quotation that a construction of the syntax already covers is snapped to its marks. The
others are bound by their surface: a parser often fails at quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace

from pipeline.nlp.attribution.found import Found, trim_chars
from pipeline.nlp.attribution.holder import NOBODY, TIMES, kind_of_holder, subject_of
from pipeline.nlp.attribution.outlet import outlet_of
from pipeline.nlp.attribution.passive import is_passive
from pipeline.nlp.attribution.stretches import Stretch
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.attribution.utterance import (
    WORD,
    clip,
    is_personal,
    is_shown,
    is_utterance,
    sentence_ends_at,
    union,
)
from pipeline.records import Span

SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s")
DASH = re.compile(r"\s{0,3}(―|—|–|--|-)\s{0,3}")
LABEL_TOKENS = 12
REACH = 40  # tokens between a quotation and its cue
NEAR = 200  # characters that are looked at beside a floating quotation
SPEAKER_REACH = 200  # tokens of the sentence before in which its speaker is sought
FLOAT_WORDS = 4  # a floating quotation has at least so many words
WEAK_REACH = 6  # the same for verbs that only take quotations: "began", "echoed"
OBJECTS = frozenset({"verb:object", "verb:object_said"})
#: What begins no reporting clause behind a quotation.
NO_REPORT = frozenset(
    {"when", "while", "because", "after", "before", "although", "if"}
    | {"which", "who", "where", "but", "and", "or"}
)


def find_direct(
    tree: Tree, stretches: list[Stretch], frames_of: dict[str, dict[str, str]], found: list[Found]
) -> list[Found]:
    """The attributions with each quotation bound to one of them or to a new one."""
    binder = Binder(tree, stretches, frames_of, found)
    for number in range(len(stretches)):
        binder.bind(number)
    return binder.result()


class Binder:
    """Walks the stretches in order and remembers whose words each one is.

    Attributes:
        owner: for each stretch the index into `found` of its attribution, or None.
    """

    def __init__(
        self,
        tree: Tree,
        stretches: list[Stretch],
        frames_of: dict[str, dict[str, str]],
        found: list[Found],
    ) -> None:
        self.tree, self.stretches, self.frames_of = tree, stretches, frames_of
        self.found = list(found)
        self.owner: list[int | None] = [None] * len(stretches)
        self.added: dict[int, list[Span]] = defaultdict(list)
        self.by_cue = {item.cue[0]: n for n, item in enumerate(found) if item.cue}
        self.lines = [m.start() for m in re.finditer("\n", tree.text)]
        self.cover: dict[int, list[int]] = defaultdict(list)
        for number, item in enumerate(found):
            for span in item.content:
                for token in tree.tokens_in(span.start, span.end):
                    self.cover[token].append(number)

    # ------------------------------------------------------------ one stretch

    def bind(self, number: int) -> None:
        stretch = self.stretches[number]
        owner = self._covering(stretch)
        if owner is not None:
            self._give(number, owner)
            return
        if not is_utterance(self.tree.text, stretch):
            return
        owner = self._joined_paragraph(number)
        if owner is None:
            owner = self._dash(number)
        if owner is None:
            owner = self._own_cue(number)
        if owner is None:
            owner = self._floating(number)
        if owner is not None:
            self._give(number, owner)

    def _give(self, number: int, owner: int) -> None:
        stretch = self.stretches[number]
        span = trim_chars(self.tree.text, stretch.inner_start, stretch.inner_end)
        if span is not None:
            self.owner[number] = owner
            self.added[owner].append(span)
            self._move_holder(owner, stretch)

    def _move_holder(self, owner: int, stretch: Stretch) -> None:
        """A holder inside the quotation that it is said to utter is the parser's error."""
        item, tree = self.found[owner], self.tree
        if item.holder is None or not item.cue:
            return
        inside = stretch.start <= tree.starts[item.holder] < stretch.end
        cue = item.cue[0]
        if inside and not stretch.start <= tree.starts[cue] < stretch.end:
            first, end = tree.sentence_of(cue)
            free = range(cue, end) if tree.starts[cue] >= stretch.end else range(first, cue + 1)
            near = self._beside(cue, range(max(free.start, cue - 8), min(free.stop, cue + 8)))
            if near is not None and stretch.start <= tree.starts[near] < stretch.end:
                near = None
            self.found[owner] = replace(item, holder=near)

    def _covering(self, stretch: Stretch) -> int | None:
        """The widest attribution that covers half of the words and whose cue is outside."""
        inside = self.tree.tokens_in(stretch.inner_start, stretch.inner_end)
        if not inside:
            return None
        counts: dict[int, int] = defaultdict(int)
        for token in inside:
            for number in self.cover.get(token, ()):
                counts[number] += 1
        best: int | None = None
        for number, count in counts.items():
            item = self.found[number]
            if item.rule == "colon:turn":
                return number  # its label may stand inside the marks
            cue = item.cue
            first = next(
                (t for t in inside if self.tree.pos[t] not in ("PUNCT", "SPACE")), inside[0]
            )
            opens = number in self.cover.get(first, ())
            if (cue and cue[0] in inside) or not (opens or 2 * count >= len(inside)):
                continue
            if best is None or self.found[number].end - self.found[number].start > (
                self.found[best].end - self.found[best].start
            ):
                best = number
        return best

    # ------------------------------------------------------------ the cue

    def paragraph(self, at: int) -> tuple[int, int]:
        """Characters [start, end) of the line that holds the character `at`."""
        n = bisect_left(self.lines, at)
        start = self.lines[n - 1] + 1 if n else 0
        return start, self.lines[n] if n < len(self.lines) else len(self.tree.text)

    def _joined_paragraph(self, number: int) -> int | None:
        if number and self.stretches[number - 1].continued:
            return self.owner[number - 1]
        return None

    def _own_cue(self, number: int) -> int | None:
        stretch, text = self.stretches[number], self.tree.text
        inner = text[stretch.inner_start : stretch.inner_end].rstrip()
        comma = inner.endswith(",") or text[stretch.end : stretch.end + 1] == ","
        weak = inner[-1:] in "?!—–-…" or inner[-3:] == "..."
        if comma and (owner := self._after(number)) is not None:
            return owner
        before = self._before(number)
        joined = self._joined(number)
        if before is not None:
            return before
        if joined is not None:
            return joined
        if weak or comma or inner[-1:] != ".":
            return self._after(number)
        return None

    def _after(self, number: int) -> int | None:
        """The reporting clause behind the quotation: "…," said Ann Lee."""
        stretch, text = self.stretches[number], self.tree.text
        _, end = self.paragraph(stretch.inner_start)
        if number + 1 < len(self.stretches):
            end = min(end, max(stretch.end, self.stretches[number + 1].start))
        stop = SENTENCE_END.search(text, stretch.end, end)
        # "Mr. Lee": a stop before a name is no sentence end if the parser saw none there.
        while stop and not sentence_ends_at(self.tree, stop.start()):
            stop = SENTENCE_END.search(text, stop.end(), end)
        end = stop.start() if stop else end
        tokens = self.tree.tokens_in(stretch.end, end)[:REACH]
        words = [t for t in tokens if self.tree.pos[t] not in ("PUNCT", "SPACE")]
        if words and self.tree.lower[words[0]] in NO_REPORT:
            return None
        for token in tokens:
            if self._may_cue(token, stretch):
                own = self.by_cue.get(token)
                if own is not None and self.found[own].start >= stretch.end:
                    return None
                holder = self._holder(token, tokens)
                if holder is not None:
                    return self._attribution(token, holder, "direct:after")
        return None

    def _dash(self, number: int) -> int | None:
        """A name behind a dash at the end of the paragraph: “…” — Ann Lee"""
        stretch, text, tree = self.stretches[number], self.tree.text, self.tree
        _, end = self.paragraph(stretch.inner_start)
        match = DASH.match(text, stretch.end, end)
        if match is None:
            return None
        tokens = tree.tokens_in(match.end(), end)[:LABEL_TOKENS]
        names = [t for t in tokens if tree.pos[t] == "PROPN"]
        if not names or tree.tokens_in(match.end(), end).stop > tokens.stop:
            return None
        cue = tree.tokens_in(match.start(1), match.end(1))
        if not cue or any(tree.is_verb(t) for t in tokens):
            return None
        first = names[0]
        holder = first
        while tree.heads[holder] in names and tree.heads[holder] != holder:
            holder = tree.heads[holder]
        return self._new(Found((Span(0, 1),), (cue[0],), holder, "speech", "direct:dash", 0.85))

    def _before(self, number: int) -> int | None:
        """The reporting clause in front of the quotation: He said: "…"."""
        stretch, text = self.stretches[number], self.tree.text
        start, _ = self.paragraph(stretch.start)
        if number:
            start = max(start, self.stretches[number - 1].end)
        gap = text[start : stretch.start].rstrip()
        if not gap.strip():
            # A block of its own after "She wrote:".
            line_end = start
            while line_end and text[line_end - 1].isspace():
                line_end -= 1
            if not start or text[line_end - 1 : line_end] != ":":
                return None
            start, _ = self.paragraph(line_end - 1)
            gap = text[start:line_end]
        joins = gap[-1] in ",:" or (
            not text[stretch.start - 1 : stretch.start].strip() and gap[-1].isalnum()
        )
        if not joins:
            return None
        tokens = self.tree.tokens_in(start, start + len(gap))
        first = self.tree.sentence_of(tokens[-1])[0] if tokens else 0
        tokens = range(max(tokens.start, first), tokens.stop) if tokens else tokens
        near = tokens[-REACH:]
        for token in reversed(near):
            weak = "clause" not in self.frames_of.get(self.tree.lemmas[token], {})
            if self._may_cue(token, stretch) and not (weak and near[-1] - token > WEAK_REACH):
                own = self.by_cue.get(token)
                told = own is not None and self.found[own].content
                if told and told[-1].end <= stretch.start and gap[-1] not in ":,":
                    continue
                holder = self._holder(token, tokens)
                if holder is not None:
                    return self._attribution(token, holder, "direct:before")
        if gap[-1] == ":" and near:
            return self._colon(near)
        return None

    def _colon(self, tokens: range) -> int | None:
        """ "Lee had another view: “…”": the subject of the clause, with its verb as the cue."""
        tree = self.tree
        for token in reversed(tokens):
            if tree.is_clause(token) and tree.lemmas[token] != "be":
                holder = subject_of(tree, token)
                if holder is not None and holder in tokens and kind_of_holder(tree, holder):
                    return self._beside_object(token, holder)
        first = tokens[0]
        if tree.lower[first] in ("said", "says") and len(tokens) > 1:
            # "Said Lee: “…”": an inverted cue that taggers take for a name.
            holder = self._beside(first, tokens)
            if holder is not None and holder != first:
                return self._attribution(first, holder, "direct:before")
        names = [t for t in tokens if tree.pos[t] == "PROPN"]
        if names and len(tokens) <= 6 and kind_of_holder(tree, names[-1]):
            return self._new(
                Found((Span(0, 1),), (tokens[-1],), names[-1], "speech", "direct:label", 0.8)
            )
        return None

    def _beside_object(self, verb: int, holder: int) -> int:
        """The words behind a colon, of a verb with an object: "denied the charge: “…”".

        They are said outright; what the object tells is left to the author.
        """
        own = self.by_cue.get(verb)
        if own is None or self.found[own].rule not in OBJECTS:
            return self._attribution(verb, holder, "direct:colon")
        self.found[own] = replace(
            self.found[own], content=(), cue_class="speech", rule="direct:object", confidence=0.85
        )
        return own

    def _may_cue(self, token: int, stretch: Stretch) -> bool:
        frames = self.frames_of.get(self.tree.lemmas[token])
        if frames is None or not self.tree.tags[token].startswith("VB"):
            return False
        if not ("quote" in frames or "clause" in frames) or is_passive(self.tree, token):
            return False
        # "recognizing this strength, “…”": a verb with an object of its own reports no quotation.
        what = self.tree.child(token, "dobj")
        if what is None or stretch.start <= self.tree.starts[what] < stretch.end:
            return True
        return self.tree.pos[what] in ("PROPN", "PRON") or "person_to" in frames

    def _holder(self, verb: int, tokens: range) -> int | None:
        """The verb's subject, or the noun that stands beside it where the parse has none."""
        tree = self.tree
        subject = subject_of(tree, verb)
        here = subject in tokens or tree.sentence[subject or 0] == tree.sentence[verb]
        if subject is not None and here and tree.lower[subject] not in NOBODY:
            return subject
        return self._beside(verb, tokens)

    def _beside(self, verb: int, tokens: range) -> int | None:
        """The noun next to a verb: "said Lee", "Lee said"."""
        tree = self.tree
        if tree.tags[verb] == "VBG":
            return None
        for near in (verb + 1, verb - 1):
            named = near in tokens and tree.ents[near] not in TIMES  # "said Thursday morning"
            if named and tree.pos[near] in ("PROPN", "PRON", "NOUN", "DET", "ADJ"):
                at = near
                while (
                    tree.heads[at] in tokens
                    and tree.heads[at] != at
                    and (tree.pos[tree.heads[at]] in ("PROPN", "PRON", "NOUN"))
                ):
                    at = tree.heads[at]
                if tree.pos[at] in ("PROPN", "PRON", "NOUN"):
                    return at
        return None

    def _attribution(self, token: int, holder: int, rule: str) -> int:
        """The attribution of the cue, a new one if no construction found it."""
        if token in self.by_cue:
            return self.by_cue[token]
        frames = self.frames_of.get(self.tree.lemmas[token], {})
        cue_class = frames.get("quote") or frames.get("clause") or "speech"
        outlet = outlet_of(self.tree, token)
        self.by_cue[token] = self._new(
            Found((Span(0, 1),), (token,), holder, cue_class, rule, 0.9, outlet=outlet)
        )
        return self.by_cue[token]

    def _new(self, item: Found) -> int:
        """A new attribution; its content is what is added to it."""
        self.found.append(replace(item, content=()))
        return len(self.found) - 1

    # ------------------------------------------------------------ neighbours

    def _joined(self, number: int) -> int | None:
        """The attribution of the stretch before, if this one goes on with it in the paragraph."""
        if not number or self.owner[number - 1] is None:
            return None
        before, stretch = self.stretches[number - 1], self.stretches[number]
        if "\n" in self.tree.text[before.inner_end : stretch.start]:
            return None
        owner = self.owner[number - 1]
        assert owner is not None
        gap = self.tree.tokens_in(before.end, stretch.start)
        words = [t for t in gap if self.tree.pos[t] not in ("PUNCT", "SPACE")]
        if not words:
            return owner
        cue = self.found[owner].cue
        return owner if cue and cue[0] in gap and len(words) <= REACH else None

    def _floating(self, number: int) -> int | None:
        """A quotation without a cue: the speaker of the quotation or the sentence before."""
        tree, stretch = self.tree, self.stretches[number]
        start, end = self.paragraph(stretch.inner_start)
        inner = tree.text[stretch.inner_start : stretch.inner_end]
        if len(WORD.findall(inner)) < FLOAT_WORDS:
            return None
        first = not number or self.stretches[number - 1].end <= start
        ahead = tree.text[max(start, stretch.start - NEAR) : stretch.start].rstrip()
        alone = first and not ahead
        behind = tree.text[stretch.end : min(end, stretch.end + NEAR)].strip(" .,;")
        nobody = alone and not behind and is_personal(inner)
        if not alone:
            nobody = (
                ahead[-1:] == ":" and inner.rstrip()[-1:] in ".,!" and is_shown(self.tree, stretch)
            )
            if ahead[-1:] not in '.!?”"' and not nobody:
                return None
        elif behind and inner.rstrip()[-1:] not in ".!?":
            return None
        holder = self._speaker_before(number, start if alone else stretch.start)
        if holder is None and not nobody:
            return None
        sure = 0.6 if holder is not None else 0.4  # somebody says it: not the author
        return self._new(Found((Span(0, 1),), (), holder, "speech", "floating", sure))

    def _speaker_before(self, number: int, at: int) -> int | None:
        """The speaker of the quotation before, or the subject of the sentence before."""
        tree = self.tree
        tokens = bisect_left(tree.starts, at)
        token = tokens - 1
        while token >= 0 and tree.pos[token] == "SPACE":
            token -= 1
        if token < 0:
            return None
        first, _ = tree.sentence_of(token)
        if (
            number
            and self.owner[number - 1] is not None
            and self.stretches[number - 1].end >= (tree.starts[first])
        ):
            return self.found[self.owner[number - 1] or 0].holder
        first = max(first, token - SPEAKER_REACH)
        for i in range(first, token + 1):
            cue = self.by_cue.get(i)
            if cue is not None and self.found[cue].holder is not None:
                return self.found[cue].holder
        for i in range(first, token + 1):
            if tree.deps[i] == "ROOT":
                subject = subject_of(tree, i)
                if subject is not None and kind_of_holder(tree, subject) in ("person",):
                    return subject
        return None

    # ------------------------------------------------------------ result

    def result(self) -> list[Found]:
        """All attributions with what was added to them, less those inside another's quotation."""
        whole: list[Found] = []
        starts = [s.start for s in self.stretches]
        for number, item in enumerate(self.found):
            spans = union([*item.content, *self.added.get(number, [])])
            if not spans:
                continue
            if item.cue:
                at = bisect_right(starts, self.tree.starts[item.cue[0]]) - 1
                inside = at >= 0 and self.stretches[at].end > self.tree.starts[item.cue[0]]
                if inside and self.owner[at] not in (None, number):
                    continue
                if inside:
                    spans = clip(spans, self.stretches[at])
                    if not spans:
                        continue
            whole.append(replace(item, content=spans))
        return whole
