"""Words behind a colon without quotation marks: a block after "She wrote:", transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.nlp.attribution.found import Found, trim_chars
from pipeline.nlp.attribution.holder import kind_of_holder, subject_of
from pipeline.nlp.attribution.passive import is_passive
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.attribution.verb import NARRATOR, NOBODY

#: "SMITH: We won.", "Ann Lee (host): We won.", also behind an opening mark.
LABEL = re.compile(
    r"^[ \t]{0,8}[\"“]?(?P<name>[A-Z][\w.’'-]{1,30}(?: [A-Z][\w.’'-]{0,30}){0,3})"
    r"(?: \([^()\n]{1,40}\))?:[ \t]{1,4}(?=[^\s\"“‘'])",
    re.M,
)
SENTENCE = re.compile(r"[a-z]\w*[^\n]{8,}[.!?…—-][\"”)\]]{0,2}\s*$")
MIN_SPEAKERS = 2  # a transcript has so many turns with labels


def find_colons(tree: Tree, frames_of: dict[str, dict[str, str]]) -> Iterator[Found]:
    """Blocks after a reporting clause and a colon, and the turns of a transcript."""
    yield from find_blocks(tree, frames_of)
    yield from find_turns(tree)


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
        if span is not None and SENTENCE.search(text, start, end):
            # "denied the charges:" is an event as well.
            rule = "colon:object" if tree.child(cue, "dobj") is not None else "colon:block"
            cue_class = frames_of[tree.lemmas[cue]]["clause"]
            yield Found((span,), (cue,), holder, cue_class, rule, 0.8)


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
        if not names or not marks or span is None or not SENTENCE.search(text, match.end(), end):
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
