"""Polarity and certainty of a clause, with the words that show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.nlp.claims.certainty import WOULD, certainty_of, said_of
from pipeline.nlp.claims.factuality import annotate_modality
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.tree import AUXILIARIES, Tree
from pipeline.records import Certainty, DateMention, Polarity

__all__ = ["Stance", "annotate_modality", "certainty_of", "polarity_of", "scheduled", "stance_of"]

REACH = 6  # steps from a clause up to the question that it hangs on


@dataclass(frozen=True, slots=True)
class Stance:
    """How a proposition is put.

    Attributes:
        cue: the word that shows the certainty, or "".
        flags: disputed, retracted, rhetorical.
    """

    polarity: Polarity
    certainty: Certainty
    cue: str = ""
    flags: tuple[str, ...] = ()


def polarity_of(tree: Tree, head: int, words: frozenset[int]) -> Polarity:
    """Negated if an odd number of negations has the clause's own predicate in scope.

    Args:
        words: the clause's tokens; negations outside them do not count.
    """
    return "negated" if count_negations(tree, head, words) % 2 else "affirmed"


def stance_of(
    tree: Tree,
    head: int,
    words: Sequence[int],
    cue_tokens: Sequence[int] = (),
    cue_class: str = "",
    source_words: Sequence[str] = (),
    *,
    held: str = "",
    direct: bool = False,
) -> Stance:
    """Polarity and certainty of a row.

    Args:
        cue_tokens: the reporting words; () for the author's rows.
        cue_class: the class that the attribution gave its cue.
        source_words: the holder's words in lower case.
        held: lemma of a verb between them and what is said: "said she expects that".
        direct: whether all of it is quoted: then the words are the denier's own.
    """
    lists = load_lists("modality")
    own = frozenset(words)
    polarity = polarity_of(tree, head, own)
    certainty, cue = certainty_of(tree, head, own)
    if cue_class == "directive" and _is_forbidden(tree, cue_tokens, direct=direct):
        polarity = "negated" if polarity == "affirmed" else "affirmed"
    cues = {held: held} if held else {}
    above = tree.head[head]
    if tree.dep[head] == "xcomp" and above not in own and tree.lemma[above] in lists["held_verbs"]:
        cues[tree.lemma[above]] = tree.lower[above]  # "said it expects to open six shops"
    cues.update((tree.lemma[i].lower(), tree.lower[i]) for i in cue_tokens)
    by_cue = _certainty_of_cue(tuple(cues), cue_class, source_words, lists)
    if by_cue is None and not source_words:
        by_cue = _by_nobody(tree, cue_tokens)
    if by_cue is not None and by_cue[0] == "planned" and tree.is_finite(head):
        # "asked" may bring a question
        lies_ahead = cue_class == "promise" or by_cue[1] in lists["mandative_cues"]
        by_cue = by_cue if lies_ahead else None
    if direct and by_cue is not None and by_cue[0] == "denied":
        by_cue = None
    if by_cue == ("possible", "expect") and _is_own_act(tree, head, cue_tokens):
        by_cue = ("planned", "expect")
    if by_cue is not None and (
        certainty == "asserted"
        or by_cue[0] in ("denied", "alleged", "hypothetical")
        or (certainty == "planned" and by_cue[1] in lists["forecast_cues"])
        or (by_cue[0] == "possible" and cue in lists["planned_modals"])  # "suggest it will fall"
    ):
        certainty = by_cue[0]
        cue = cues.get(by_cue[1], by_cue[1])
    elif certainty == "planned" and cue in lists["planned_modals"]:
        thought = next((word for x, word in cues.items() if x in lists["forecast_cues"]), "")
        if thought:
            certainty, cue = "possible", thought  # "thinks that prices will fall"
        elif direct and _is_unreal(tree, head, cue):
            certainty = "hypothetical"
    return Stance(polarity, certainty, cue, _remarks(tree, head, words))


def scheduled(
    tree: Tree, head: int, stance: Stance, dates: Iterable[tuple[int, DateMention]], published: str
) -> Stance:
    """The stance, planned where the present tense has a date to come: "the ban starts on 1 May".

    Args:
        dates: of the row, each with its first token.
        published: ISO 8601, "" if unknown.
    """
    if stance.certainty != "asserted" or stance.polarity != "affirmed" or not published:
        return stance
    helpers = [c for c in tree.children[head] if tree.dep[c] in AUXILIARIES]
    if any(tree.tag[c] not in ("VBZ", "VBP") or tree.lemma[c] != "be" for c in helpers):
        return stance
    if tree.tag[head] not in (("VBG",) if helpers else ("VBZ", "VBP")):
        return stance
    for token, date in dates:
        if date.modifier not in ("", "since") or not _is_later(date.start, published):
            continue
        at = token
        while tree.head[at] not in (at, head) and not tree.is_predicate(at):
            at = tree.head[at]
        if tree.head[at] == head and tree.dep[at] in ("prep", "npadvmod", "advmod"):
            return replace(stance, certainty="planned", cue=date.span.of(tree.text))
    return stance


def _is_later(start: str, published: str) -> bool:
    """Later at the coarser of two precisions: June is not later than a day of June."""
    size = min(len(start), len(published))
    return start[:size] > published[:size]


def _is_forbidden(tree: Tree, cue_tokens: Sequence[int], *, direct: bool) -> bool:
    """True for what is not to be done: "forbade them to work"; not for the forbidder's words."""
    cues = load_lists("modality")["prohibiting_cues"]
    return not direct and any(tree.lemma[i] in cues for i in cue_tokens)


def _is_own_act(tree: Tree, head: int, cue_tokens: Sequence[int]) -> bool:
    """True for "expects to open six shops": a forecast of what is one's own to do."""
    above = tree.head[head]
    if tree.dep[head] != "xcomp" or not (above in cue_tokens or tree.lemma[above] == "expect"):
        return False
    passive = any(tree.dep[c] == "auxpass" for c in tree.children[head])
    return not passive and tree.lemma[head] not in load_lists("modality")["outcome_verbs"]


def _is_unreal(tree: Tree, head: int, cue: str) -> bool:
    """True for "I would sell it" in somebody's own words, not for "we would like to sell it"."""
    subject = tree.subject(head)
    return (
        cue in WOULD
        and subject is not None
        and tree.lower[subject] in ("i", "we")
        and tree.lemma[head] not in load_lists("factuality")["wishing"] | {"like", "love"}
    )


def _remarks(tree: Tree, head: int, words: Sequence[int]) -> tuple[str, ...]:
    """The flags disputed, retracted and rhetorical."""
    lists = load_lists("modality")
    found = []
    for flag in ("disputed", "retracted"):
        of_it = (i for i in words if tree.lemma[i].lower() in lists[f"{flag}_words"])
        if any(_is_said_of_statement(tree, i) for i in of_it):
            found.append(flag)
    text = tree.text[tree.start[words[0]] : tree.end[words[-1]]].lower() if words else ""
    if any(word in text for word in lists["rhetorical_words"]) or _is_asked(tree, head):
        found.append("rhetorical")
    return tuple(found)


def _is_said_of_statement(tree: Tree, i: int) -> bool:
    """True for "the disputed claim", "retracted the report", "the report was retracted"."""
    nouns = load_lists("modality")["statement_nouns"]
    near = [tree.head[i]] if tree.dep[i] in ("amod", "acomp") else []
    near += [c for c in tree.children[i] if tree.dep[c] in ("dobj", "nsubjpass")]
    if tree.dep[i] == "acomp":
        near += [c for c in tree.children[tree.head[i]] if tree.dep[c] == "nsubj"]
    return any(tree.lemma[k].lower() in nouns for k in near)


def _is_asked(tree: Tree, head: int) -> bool:
    """True for a clause that hangs on a question: "Is it fair that the bank paid $4?"."""
    at = head
    for _ in range(REACH):
        if tree.head[at] == at or tree.dep[at] not in ("ccomp", "csubj", "acl", "xcomp"):
            break
        at = tree.head[at]
    return at != head and any(tree.lower[c] == "?" for c in tree.children[at])


def _certainty_of_cue(
    cue_lemmas: Sequence[str],
    cue_class: str,
    source_words: Sequence[str],
    lists: dict[str, frozenset[str]],
) -> tuple[Certainty, str] | None:
    for lemma in cue_lemmas:
        if lemma in lists["alleged_words"]:
            return "alleged", lemma
    factive = load_lists("factuality")["factive"]
    if _is_hearsay(source_words, lists) and factive.isdisjoint(cue_lemmas):
        return "alleged", source_words[-1]  # "reports reveal" takes it as so
    order: tuple[Certainty, ...] = ("denied", "alleged", "hypothetical", "planned", "possible")
    for certainty in order:
        for lemma in cue_lemmas:
            if lemma in lists[f"{certainty}_cues"]:
                return certainty, lemma
    by_class: dict[str, Certainty] = {
        "denial": "denied",
        "accusation": "alleged",
        "hearsay": "alleged",
        "promise": "planned",
        "directive": "planned",
        "fear": "hypothetical",
    }
    if cue_class in by_class:
        return by_class[cue_class], cue_lemmas[0] if cue_lemmas else ""
    return None


def _by_nobody(tree: Tree, cue_tokens: Sequence[int]) -> tuple[Certainty, str] | None:
    """Of "it was reported that": whoever did so is not told."""
    for i in cue_tokens:
        found = said_of(tree, i)
        if found is not None:
            return found, tree.lemma[i].lower()
    return None


def _is_hearsay(source_words: Sequence[str], lists: dict[str, frozenset[str]]) -> bool:
    """True for "reports" and "unconfirmed reports", not for "police reports"."""
    return bool(source_words) and (
        source_words[-1] in lists["hearsay_sources"]
        and lists["hearsay_adjectives"].issuperset(source_words[:-1])
    )
