"""Words behind a colon without quotation marks: a block after "She wrote:", transcripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.nlp.attribution.found import Found, trim_chars
from pipeline.nlp.attribution.holder import NOBODY, kind_of_holder, subject_of
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.passive import is_passive
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.attribution.verb import NARRATOR

#: "SMITH: We won.", "Ann Lee (host): We won.", also behind an opening mark.
LABEL = re.compile(
    r"^[ \t]{0,8}[\"“]?(?P<name>[A-Z][\w.’'-]{1,30}(?: [A-Z][\w.’'-]{0,30}){0,3})"
    r"(?: \([^()\n]{1,40}\))?:[ \t]{1,4}(?=[^\s\"“‘'])",
    re.M,
)
STOP = re.compile(r"[.!?…—-][\"”)\]]{0,2}\Z")
SMALL = re.compile("[a-z]")
LEAST_TAIL = 9  # characters between a sentence's first small letter and its stop
#: A title that begins with who says it.
TITLE = re.compile(
    r"\s{0,20}(?P<name>[A-Z][\w.’'-]{1,30}(?: [A-Z]?[\w.’'-]{0,30}){0,3}):[ \t]{1,4}"
    r"(?P<said>[A-Z\"“‘'][^\n]{15,160})(?=\n|\Z)"
)
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
#: The turns of an interview: "Q: Why?", "A: Because."
TURN = re.compile(r"^[ \t]{0,8}(?P<who>[QA])[:.][ \t]{1,4}(?=\S)", re.M)
MIN_SPEAKERS = 2  # a transcript has so many turns with labels


def find_colons(tree: Tree, frames_of: dict[str, dict[str, str]]) -> Iterator[Found]:
    """Blocks after a reporting clause and a colon, and the turns of a transcript."""
    yield from find_blocks(tree, frames_of)
    yield from find_turns(tree)
    yield from find_answers(tree)
    yield from find_title(tree)


def find_blocks(tree: Tree, frames_of: dict[str, dict[str, str]]) -> Iterator[Found]:
    """ "She wrote:" at the end of a line: the next block is what she wrote."""
    text = tree.text
    for i, word in enumerate(tree.words):
        if word != ":" or i + 1 >= tree.size or "\n" not in text[tree.ends[i] : tree.ends[i + 1]]:
            continue
        first = tree.sentence_of(i)[0]
        cue = next(
            (
                t
                for t in range(i - 1, max(first, i - 12) - 1, -1)
                if "clause" in frames_of.get(tree.lemmas[t], {})
                and tree.tags[t].startswith("VB")
                and not is_passive(tree, t)
            ),
            None,
        )
        holder = None if cue is None else subject_of(tree, cue)
        start = tree.ends[i]
        while start < len(text) and text[start].isspace():
            start += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if (
            cue is None
            or holder is None
            or tree.lower[holder] in NOBODY
            or start >= end
            or text[start] in "\"“‘'"
        ):
            continue  # quotation marks are bound elsewhere
        end = before_report(tree, frames_of, start, end)
        span = trim_chars(text, start, end)
        if span is not None and is_sentence(text[start:end]):
            # "denied the charges:" is an event as well.
            rule = "colon:object" if tree.child(cue, "dobj") is not None else "colon:block"
            cue_class = frames_of[tree.lemmas[cue]]["clause"]
            yield Found((span,), (cue,), holder, cue_class, rule, 0.8)


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does and is more than a word or a title in capitals."""
    line = line.rstrip()
    stop = STOP.search(line, max(0, len(line) - 3))
    return stop is not None and SMALL.search(line, 0, stop.start() - LEAST_TAIL + 1) is not None


def before_report(tree: Tree, frames_of: dict[str, dict[str, str]], start: int, end: int) -> int:
    """The end of what is quoted in a block: its author speaks again in "She also said that"."""
    tokens = tree.tokens_in(start, end)
    for i in tokens:
        first = tree.sentence_of(i)[0]
        if (
            tree.deps[i] == "ROOT"
            and first > tokens.start
            and "clause" in frames_of.get(tree.lemmas[i], {})
            and tree.child(i, "ccomp") is not None
            and (subject := tree.child(i, "nsubj")) is not None
            and tree.lower[subject] not in NARRATOR
        ):
            return tree.starts[first]
    return end


def find_turns(tree: Tree) -> Iterator[Found]:
    """The turns of a transcript, one a line, each with its speaker's name and a colon."""
    text = tree.text
    turns: list[Found] = []
    for match in LABEL.finditer(text):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        names = tree.tokens_in(match.start("name"), match.end("name"))
        colon = tree.tokens_in(match.end("name"), match.end())
        marks = [t for t in colon if tree.words[t] == ":"]
        span = trim_chars(text, match.end(), end)
        if not names or not marks or span is None or not is_sentence(text[match.end() : end]):
            continue
        holder = names[-1]
        if tree.pos[holder] != "PROPN" or kind_of_holder(tree, holder) not in (
            "person",
            "organisation",
        ):
            continue
        turns.append(Found((span,), (marks[0],), holder, "speech", "colon:turn", 0.8))
    if len(turns) >= MIN_SPEAKERS:
        yield from turns


def find_answers(tree: Tree) -> Iterator[Found]:
    """What "A:" answers to "Q:", by the one person whom the text ahead speaks of most.

    The questions are found as well: what an interviewer puts to somebody is no claim.
    """
    turns = list(TURN.finditer(tree.text))
    asked = sum(turn["who"] == "Q" for turn in turns)
    if not asked >= MIN_SPEAKERS or len(turns) - asked < MIN_SPEAKERS:
        return
    person = interviewed(tree, turns[0].start())
    for n, turn in enumerate(turns):
        end = turns[n + 1].start() if n + 1 < len(turns) else tree.text.find("\n", turn.end())
        end = len(tree.text) if end < 0 else end
        label = tree.tokens_in(turn.start("who"), turn.end("who"))
        span = trim_chars(tree.text, turn.end(), end)
        if not label or span is None:
            continue
        if turn["who"] == "Q":
            yield Found((span,), (label[0],), None, "speech", "colon:question", 0.8)
        elif person is None:
            yield Found((span,), (label[0],), label[0], "speech", "colon:turn", 0.5)
        else:
            yield Found((span,), (label[0],), person, "speech", "colon:turn", 0.7, pronoun=label[0])


def interviewed(tree: Tree, end: int) -> int | None:
    """The last word of the full name that stands ahead of an interview more often than others."""
    names: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for i in tree.tokens_in(0, end):
        named = tree.ents[i] == "PERSON" and tree.pos[i] == "PROPN"
        if not named or tree.ents[i + 1 : i + 2] == ["PERSON"]:
            continue
        counts[tree.words[i]] += 1
        if tree.ents[i - 1] == "PERSON":
            names.setdefault(tree.words[i], i)
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return names.get(best[0][0])


def find_title(tree: Tree) -> Iterator[Found]:
    """What a title gives to somebody: "Police: Two killed in fire", "Lee: Taxes will rise"."""
    match = TITLE.match(tree.text)
    if match is None or tree.text[match.start("said") : match.end()].rstrip()[-1:] == "?":
        return
    names = tree.tokens_in(match.start("name"), match.end("name"))
    colon = tree.tokens_in(match.end("name"), match.start("said"))
    span = trim_chars(tree.text, match.start("said"), match.end())
    if not names or not colon or span is None:
        return
    said = tree.tokens_in(span.start, span.end)
    finite = any(tree.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in said)
    holder = names[-1]
    named = all(tree.ents[i] in NAMED for i in names) and tree.pos[holder] == "PROPN"
    if finite and (named or tree.lower[holder] in lexicon().title_sources):
        yield Found((span,), (colon[0],), holder, "speech", "title", 0.7)
