"""Polarity and certainty of one event word, on the finer scale of event factuality."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree, read_tree
from pipeline.records import Span

CERTAIN, PROBABLE, POSSIBLE, UNKNOWN = 3.0, 1.5, 0.75, 0.0
EMBEDDED = frozenset(
    {"xcomp", "ccomp", "acl", "advcl", "pcomp", "csubj", "oprd", "relcl", "acomp", "attr", "dobj"}
)
INSTEAD = frozenset({"instead", "rather"})
SURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "wo"})
WEAK_MODALS = frozenset({"may", "might"})
HAVING = frozenset({"have", "lack", "get", "give"})  # "has the right to", unlike "upheld it"
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "my", "our", "your"}
)
DEPTH = 12  # embedded deeper than this nothing is read


def annotate_modality(doc: Doc, record: dict[str, Any]) -> dict[str, Any]:
    """negated, certainty (certain, probable, possible, unknown) and factuality (-3 to 3).

    Args:
        record: with `event_span`, [start, end] in the text, or without: then the whole text
            is asked for negation, and `cues` lists the places of the negating words.
    """
    tree = read_tree(doc)
    span = record.get("event_span")
    if not span:
        cues = _negation_cues(tree)
        return {"negated": bool(cues), "cues": cues, "certainty": "certain", "factuality": 3.0}
    tokens = tree.tokens_of(Span(span[0], span[1]))
    if not tokens or not doc.has_annotation("DEP"):
        return {"negated": False, "certainty": "unknown", "factuality": UNKNOWN}
    value = factuality(tree, _top(tree, tokens))
    return {"negated": value <= -1, "certainty": name_of(value), "factuality": value}


def _top(tree: Tree, tokens: range) -> int:
    return next((i for i in tokens if tree.head[i] not in tokens), tokens[0])


def name_of(value: float) -> str:
    """The name of a factuality value's strength."""
    size = abs(value)
    if size >= 2:
        return "certain"
    if size >= 1:
        return "probable"
    return "possible" if size >= 0.5 else "unknown"


def factuality(tree: Tree, event: int) -> float:
    """-3 (surely not) to 3 (surely), read from the event up to its root."""
    if tree.is_predicate(event):
        return _of_clause(tree, event)
    if _is_denied_phrase(tree, event):
        return -CERTAIN
    if _is_surpassed(tree, event):
        return -CERTAIN
    verb = tree.clause_head(event)
    lists = load_lists("factuality")
    if tree.dep[event] == "dobj" and tree.lemma[verb] in lists["preventing"]:
        blocked = _of_clause(tree, verb)
        # "blocked the trial" ended it; "an attempt to block it" leaves it open.
        return -blocked if abs(blocked) == CERTAIN else -min(blocked, POSSIBLE)
    light = tree.lemma[verb] in lists["light"]
    if tree.dep[event] in ("dobj", "attr") and tree.head[event] == verb and light:
        return _of_clause(tree, verb)
    wished = tree.dep[event] == "dobj" and tree.lemma[verb] in lists["intensional"]
    if wished and tree.head[event] == verb and not _is_definite(tree, event):
        return min(PROBABLE, _of_clause(tree, verb))
    return CERTAIN


def _is_definite(tree: Tree, noun: int) -> bool:
    """True for a noun that is taken to be there: "the offer", "Berg's offer"."""
    return any(
        tree.dep[c] == "poss" or (tree.dep[c] == "det" and tree.lower[c] in DEFINITE)
        for c in tree.children[noun]
    )


def _is_surpassed(tree: Tree, event: int) -> bool:
    """True after "anything but" and "much less", "let alone", which deny what follows."""
    two = tuple(tree.lower[max(0, event - 2) : event])
    return two in (("anything", "but"), ("much", "less"), ("let", "alone"))


def _is_denied_phrase(tree: Tree, noun: int) -> bool:
    """True for "no talks" and "without talks"."""
    denied = load_lists("modality")["negative_determiners"]
    if any(tree.lower[c] in denied for c in tree.children[noun]):
        return True
    prep = tree.head[noun]
    return tree.lower[prep] == "without" and not _is_needed(tree, prep)


def _is_needed(tree: Tree, prep: int) -> bool:
    """True for "cannot leave without paying": what follows is asked for, not denied."""
    verb = tree.clause_head(prep)
    return tree.is_predicate(verb) and _negations(tree, verb) % 2 == 1


def _of_clause(tree: Tree, event: int) -> float:
    if _is_surpassed(tree, event):
        return -CERTAIN
    strength, sign, at = _asked(tree, event), 1, event
    for _ in range(DEPTH):
        negated = _negations(tree, at, own=at == event) % 2 == 1
        strength = min(strength, _own_strength(tree, at, negated=negated))
        if negated:
            sign = -sign
        if tree.dep[at] == "conj":
            if _joined_by_or(tree, at) and _negations(tree, _first(tree, at)) % 2:
                sign = -sign  # "did not eat or sleep"
            strength = min(strength, _shared_strength(tree, at))
            at = _first(tree, at)
        up, dep = tree.head[at], tree.dep[at]
        if up == at or dep not in EMBEDDED:
            break
        if any(tree.dep[c] == "mark" and tree.lower[c] == "whether" for c in tree.children[at]):
            return UNKNOWN
        if dep == "advcl":
            return sign * min(strength, _adverbial_strength(tree, at))
        if dep == "pcomp" and tree.lower[up] == "without" and _is_needed(tree, up):
            return min(strength, PROBABLE)
        if dep == "pcomp":
            return sign * strength * (-1 if _is_avoided(tree, up) else 1)
        if dep in ("acomp", "attr") or (dep == "dobj" and not tree.is_predicate(at)):
            if dep == "dobj" and _is_definite(tree, at) and tree.lemma[up] not in HAVING:
                break  # "upheld the decision to close": no matter who upheld it
            if dep == "dobj" and tree.lemma[up] in load_lists("factuality")["refusing"]:
                sign = -sign  # "rejected a plan to close"
            at = up  # "were able to", "have no right to": the word adds nothing to its verb
            continue
        step = _embedding(tree, at, up)
        if step is None:
            break
        turn, least = step
        if turn == 1 and least > UNKNOWN and _says_nothing(tree, up):
            return sign * min(strength, PROBABLE)
        if sign < 0:
            least = max(least, PROBABLE)  # "wanted not to sell it": nothing was sold
        sign, strength = sign * turn, min(strength, least)
        at = up
    return sign * strength


def _is_avoided(tree: Tree, prep: int) -> bool:
    """True for "without paying", "rather than pay", "barred from paying"."""
    word = tree.lower[prep]
    if word == "without" or (word in ("of", "than") and tree.lower[prep - 1] in INSTEAD):
        return True
    lists = load_lists("factuality")
    barred = lists["preventing"] | lists["negative"] | {"decide"}
    return word in ("from", "against") and tree.lemma[tree.head[prep]] in barred


def _negations(tree: Tree, at: int, *, own: bool = False) -> int:
    """Negations with the verb in scope; of "failed to come" only the coming is denied.

    Args:
        own: for the event itself: "has no comment" is a way of having.
    """
    count = count_negations(tree, at, None)
    if count and _is_best(tree, at):
        return 0
    if tree.lemma[at] in load_lists("modality")["negative_verbs"]:
        count -= any(tree.dep[c] == "xcomp" for c in tree.children[at])
    if own and tree.lemma[at] == "have":
        denied = load_lists("modality")["negative_determiners"]
        objects = (c for c in tree.children[at] if tree.dep[c] == "dobj")
        count -= any(tree.lower[k] in denied for c in objects for k in tree.children[c])
    return count


def _is_best(tree: Tree, verb: int) -> bool:
    """True for "could not be better", "could not come at a worse time": it is, and most so."""
    able = any(
        tree.tag[c] == "MD" and tree.lower[c] in ("could", "can") for c in tree.children[verb]
    )
    return able and any(
        tree.tag[i] in ("JJR", "RBR") and tree.lower[i] not in ("longer", "further", "anymore")
        for i in tree.subtree(verb)
        if i > verb
    )


def _embedding(tree: Tree, at: int, up: int) -> tuple[int, float] | None:
    """What the word above says of its complement: a turn of the sign and the most it allows.

    None where the word above says nothing, such as a report.
    """
    lists = load_lists("factuality")
    lemma, dep, infinitive = tree.lemma[up], tree.dep[at], _has_to(tree, at)
    if dep == "csubj" or (dep in ("relcl", "acl") and not infinitive):
        return None
    if lemma in lists["preventing"] and infinitive:
        return -1, PROBABLE
    if lemma in lists["negative"] and (infinitive or dep in ("pcomp", "xcomp")):
        return -1, CERTAIN
    if lemma in lists["factive"] and not infinitive:
        return None
    if lemma in lists["implicative"]:
        return 1, CERTAIN
    if lemma in lists["belief"]:
        return 1, PROBABLE
    if lemma in lists["report"] and not infinitive:
        return (-1, PROBABLE) if lemma == "deny" else None
    if infinitive and lemma in lists["wishing"] and _negations(tree, up) % 2 == 0:
        return 1, POSSIBLE
    if infinitive or dep == "acl":
        return 1, PROBABLE
    return (1, PROBABLE) if lemma in lists["open"] else None


def _says_nothing(tree: Tree, up: int) -> bool:
    """True where a negation above leaves the complement open.

    Karttunen's one-way implicatives: who was not forced to go may have gone.
    """
    return bool(_negations(tree, up) % 2) and (
        tree.lemma[up] in load_lists("factuality")["one_way"]
    )


def _is_command(tree: Tree, event: int) -> bool:
    """True for "sell it", "do not sell it", and for the second verb of "go and sell it"."""
    first = _first(tree, event)
    return tree.dep[first] == "ROOT" and all(
        tree.tag[verb] == "VB"
        and not any(
            tree.dep[c] in SUBJECTS or (tree.dep[c] in AUXILIARIES and tree.lemma[c] != "do")
            for c in tree.children[verb]
        )
        for verb in {first, event}
    )


def _asked(tree: Tree, event: int) -> float:
    """How much of a question or a command is said to be so.

    A yes-or-no question leaves its clause open, "why did Berg go?" takes it as so; what is
    commanded lies ahead.
    """
    if _is_command(tree, event):
        return PROBABLE
    if tree.dep[event] != "ROOT":
        return CERTAIN
    children = tree.children[event]
    if not any(tree.lower[c] == "?" for c in children):
        return CERTAIN
    return CERTAIN if any(tree.tag[c] in ("WRB", "WP") for c in children) else PROBABLE


def _joined_by_or(tree: Tree, at: int) -> bool:
    if any(tree.dep[c] in ("aux", "nsubj") for c in tree.children[at]):
        return False
    return any(tree.lower[c] == "or" for c in tree.children[tree.head[at]])


def _first(tree: Tree, at: int) -> int:
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    return at


def _shared_strength(tree: Tree, at: int) -> float:
    """The second of coordinated verbs shares the first one's modal."""
    if any(tree.dep[c] in ("aux", "nsubj") for c in tree.children[at]):
        return CERTAIN
    return _own_strength(tree, _first(tree, at)) if tree.tag[at] == "VB" else CERTAIN


def _own_strength(tree: Tree, at: int, *, negated: bool = False) -> float:
    lists = load_lists("modality")
    doubtful = lists["possible_words"] | lists["alleged_words"]
    strength = CERTAIN
    for c in tree.children[at]:
        word = tree.lower[c]
        if tree.tag[c] == "MD" and word not in SURE_MODALS:
            # "could not find" did not; "might not" leaves it open.
            sure = negated and word in ("could", "would", "can", "ca")
            if word in WEAK_MODALS:
                strength = min(strength, POSSIBLE)
            strength = min(strength, CERTAIN if sure else PROBABLE)
        elif tree.dep[c] in ("advmod", "acomp") and word in doubtful:
            strength = min(strength, PROBABLE)
    return strength


def _adverbial_strength(tree: Tree, at: int) -> float:
    lists = load_lists("modality")
    if any(
        tree.dep[c] == "mark" and tree.lower[c] in lists["conditional_marks"]
        for c in tree.children[at]
    ):
        return UNKNOWN
    # "came to sell it": what somebody acts for is likely to come about
    return PROBABLE if _has_to(tree, at) else CERTAIN


def _has_to(tree: Tree, at: int) -> bool:
    return any(tree.tag[c] == "TO" for c in tree.children[at])


def _negation_cues(tree: Tree) -> list[list[int]]:
    lists = load_lists("modality")
    known = lists["negators"] | lists["negative_determiners"] | {"without"}
    return [
        [tree.start[i], tree.end[i]]
        for i, word in enumerate(tree.lower)
        if word in known and not (word == "no" and tree.dep[i] == "intj")
    ]
