"""How surely a clause's own words put what they say, whoever says it."""

from __future__ import annotations

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations, denials_below, is_denied_noun, is_not_yet
from pipeline.nlp.claims.tree import AUXILIARIES, Tree
from pipeline.records import Certainty

Lists = dict[str, frozenset[str]]

BE = "be"
PLANNED_DEPS = frozenset({"dobj", "nsubjpass"})  # "plans a strike", "a strike is planned"
WANTED = frozenset({"dobj", "ccomp"})
JUDGED = frozenset({"acomp", "oprd", "attr"})
BELOW = JUDGED | {"xcomp"}
PASSIVE = frozenset({"auxpass"})
HABIT_WORDS = 2  # "every morning"; "every year until 2030" lies ahead
GERUND = frozenset({"pcomp"})
#: What the verb of "is said to have fled" makes of the flight, and the list of such verbs.
BY_PASSIVE: tuple[tuple[Certainty, str], ...] = (
    ("alleged", "alleged_passives"),
    ("possible", "possible_passives"),
    ("hypothetical", "feared_passives"),
)
REACH = 6  # words between "plans" and its infinitive
WOULD = frozenset({"would", "'d", "’d"})
ABLE = frozenset({"can", "could", "ca"})
PERFECT = frozenset({"have", "'ve", "’ve"})


def certainty_of(tree: Tree, head: int, words: frozenset[int]) -> tuple[Certainty, str]:
    """Certainty of the clause of a predicate, and the words that show it, "" for asserted.

    Args:
        words: the clause's tokens; what stands outside them does not count.
    """
    lists = load_lists("modality")
    chain = _chain(tree, head, words)
    near = [c for h in chain for c in tree.children[h] if c in words]
    for c in near:
        if tree.lower[c] in lists["alleged_words"] and tree.dep[c] in ("advmod", "dep", "acomp"):
            return "alleged", tree.lower[c]
    conditions = (_condition(tree, h, words, lists) for h in chain)  # "will try to go if it rains"
    condition = _own_mark(tree, head, words, lists) or next(filter(None, conditions), "")
    if condition:
        return "conditional", condition
    by_modal = _by_modal(tree, head, words, lists)
    if by_modal is not None:
        return by_modal
    for c in near:
        if tree.lower[c] in lists["possible_words"] and tree.dep[c] in ("advmod", "acomp", "oprd"):
            return "possible", tree.lower[c]
    for h in chain:
        held = _held(tree, h, words, lists)
        if held is not None:
            return held
    if _has_to(tree, head):
        for i in range(max(0, head - REACH), head):
            if i in words and tree.lemma[i] in lists["planned_nouns"]:
                return "planned", tree.lower[i]  # "plans to close 40 shops"
    for h in chain:
        word = _planned_word(tree, h, words, lists)
        if word:
            return "planned", word
    return "asserted", ""


def _own_mark(tree: Tree, head: int, words: frozenset[int], lists: Lists) -> str:
    """ "If" of a condition that stands alone: "If you had a dog and it died …", or ""."""
    marks = (c for c in tree.children[head] if tree.dep[c] == "mark" and c in words)
    found = (tree.lower[c] for c in marks if tree.lower[c] in lists["conditional_marks"])
    return next(found, "")


def _condition(tree: Tree, head: int, words: frozenset[int], lists: Lists) -> str:
    """The words that put the clause under a condition, or ""."""
    for c in tree.children[head]:
        if c not in words:
            continue
        if tree.dep[c] == "advcl":
            word = _condition_of(tree, c, lists) or _inverted(tree, c)
        elif tree.dep[c] == "prep":
            word = _conditional_phrase(tree, c, lists)
        elif tree.lower[c] == "long" and tree.dep[c] == "advmod":
            clauses = (k for k in tree.children[c] if tree.dep[k] == "advcl")
            word = next((_words(tree, c - 1, c + 1) for k in clauses if tree.is_finite(k)), "")
        else:
            continue
        if word:
            return word
    return ""


def _condition_of(tree: Tree, clause: int, lists: Lists) -> str:
    """ "If" of "if it fails" and "if elected", "in case" of "in case it fails", or ""."""
    assumes = tree.lower[clause] in lists["conditional_marks"]
    if assumes and tree.child(clause, frozenset({"dobj"})) is None:
        return tree.lower[clause]  # "assuming that it fails"; not "while providing aid"
    if not tree.is_finite(clause) and (
        tree.tag[clause] != "VBN" or tree.lemma[clause] == "compare"
    ):
        return ""
    for k in tree.children[clause]:
        if tree.dep[k] == "mark" and tree.lower[k] in lists["conditional_marks"]:
            return tree.lower[k]
        if tree.dep[k] == "prep":
            phrase = _begins_with(tree, k, lists["conditional_phrases"])
            if phrase:
                return phrase
    return ""


def _conditional_phrase(tree: Tree, prep: int, lists: Lists) -> str:
    """ "In the event of" of "in the event of a strike", "provided" of "provided it ends", or ""."""
    if tree.lower[prep] in lists["conditional_marks"]:
        return tree.lower[prep]
    verb = tree.head[prep]
    if tree.lower[prep] == "without" and any(
        tree.lower[c] in ("could", "might", *WOULD) for c in tree.children[verb]
    ):
        return "" if _has_perfect(tree, verb) else "without"
    return _begins_with(tree, prep, lists["conditional_phrases"])


def _begins_with(tree: Tree, i: int, phrases: frozenset[str]) -> str:
    """The phrase that the text from the token on begins with, or ""."""
    if not any(phrase.startswith(f"{tree.lower[i]} ") for phrase in phrases):
        return ""
    longest = max(len(phrase) for phrase in phrases)
    ahead = tree.text[tree.start[i] : tree.start[i] + longest + 1].lower() + " "
    return next((phrase for phrase in phrases if ahead.startswith(f"{phrase} ")), "")


def _words(tree: Tree, first: int, last: int) -> str:
    return " ".join(tree.lower[first : last + 1])


def _inverted(tree: Tree, clause: int) -> str:
    """The first word of "Had she run, …", "Were it to fail, …", or ""."""
    subject = tree.subject(clause)
    helper = tree.child(clause, AUXILIARIES)
    if tree.lower[clause] == "were" and tree.subtree(clause)[0] == clause:
        return "were"  # the parser takes what follows for a complement
    if subject is None or helper is None or helper > subject:
        return ""
    return tree.lower[helper] if tree.lower[helper] in ("had", "were", "should") else ""


def _by_modal(
    tree: Tree, head: int, words: frozenset[int], lists: Lists
) -> tuple[Certainty, str] | None:
    """What the clause's modal verb says; None without one."""
    modal = next((c for c in tree.children[head] if tree.tag[c] == "MD" and c in words), None)
    if modal is None and tree.tag[head] in ("VB", "VBN"):
        modal = _shared_modal(tree, head)
    if modal is None:
        return None
    word = tree.lower[modal]
    if word in lists["possible_modals"]:
        if word in ABLE and _is_denied(tree, head, words, lists):
            return "asserted", ""  # "could not find it": they did not
        return "possible", word
    if word not in lists["planned_modals"]:
        return None
    if word in WOULD and _has_perfect(tree, head):
        return "hypothetical", word
    if word in WOULD and (_keeps_silent(tree, head, lists) or _looks_back(tree, head, lists)):
        return "asserted", ""
    unreal = _shared_condition(tree, head, lists) if word in WOULD else ""
    if unreal:
        return "conditional", unreal
    return "planned", word


def _is_denied(tree: Tree, head: int, words: frozenset[int], lists: Lists) -> bool:
    """True if the verb itself is negated: not for "could fail to pay", "planned not to pay"."""
    count = count_negations(tree, head, words) - denials_below(tree, head, lists)
    return count % 2 == 1


def _keeps_silent(tree: Tree, head: int, lists: Lists) -> bool:
    """True for "would not say whether": a refusal, which is an event."""
    refused = any(tree.dep[c] == "neg" for c in tree.children[head])
    return refused and tree.lemma[head] in lists["silence_verbs"]


def _looks_back(tree: Tree, head: int, lists: Lists) -> bool:
    """True for "would later win", "would often walk": what the past had in store, or its habits.

    "Every morning we would walk there, and she would tell stories" tells of a habit twice.
    """
    for c in tree.children[head]:
        compares = tree.lower[c + 1 : c + 2] == ["than"]  # "a year later than planned"
        if tree.dep[c] == "advmod" and tree.lower[c] in lists["past_would_words"] and not compares:
            return True
        if tree.dep[c] == "npadvmod" and tree.lemma[c] in lists["habit_times"]:
            words = tree.subtree(c)
            if tree.lower[words[0]] in ("every", "each") and len(words) == HABIT_WORDS:
                return True
    first = tree.head[head]
    again = tree.dep[head] == "conj" and any(tree.lower[c] in WOULD for c in tree.children[first])
    return again and _looks_back(tree, first, lists)


def _shared_condition(tree: Tree, head: int, lists: Lists) -> str:
    """The condition of the first of two joined clauses: "If he ran, we would lose and they …"."""
    first = tree.head[head]
    if tree.dep[head] != "conj" or not any(tree.lower[c] in WOULD for c in tree.children[first]):
        return ""
    below = tree.subtree(first)
    own = frozenset(k for k in below if k < head)
    ahead = any(tree.dep[c] == "advcl" and c < first for c in tree.children[first])
    return _condition(tree, first, own, lists) if ahead else ""


def _has_perfect(tree: Tree, head: int) -> bool:
    return any(tree.lower[c] in PERFECT for c in tree.children[head])


def _shared_modal(tree: Tree, head: int) -> int | None:
    """The modal of the first of coordinated verbs: "will raise … and quit"."""
    at = head
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
        if any(tree.dep[c] == "nsubj" for c in tree.children[head]):
            return None
        found = next((c for c in tree.children[at] if tree.tag[c] == "MD"), None)
        if found is not None:
            return found
    return None


def _chain(tree: Tree, head: int, words: frozenset[int]) -> list[int]:
    """The predicate and, under "begin to", "be to", its infinitives."""
    chain, at = [head], head
    for _ in range(3):
        below = next(
            (c for c in tree.children[at] if tree.dep[c] in ("xcomp", "oprd") and c in words), None
        )
        if below is None:
            break
        chain.append(below)
        at = below
    return chain


def _held(
    tree: Tree, verb: int, words: frozenset[int], lists: Lists
) -> tuple[Certainty, str] | None:
    """What a verb above an infinitive says of it: "seems to", "is believed to", "was to have"."""
    lemma, word = tree.lemma[verb], tree.lower[verb]
    below = tree.child(verb, BELOW)
    if below is None or below not in words:
        return None
    if lemma in lists["seeming_verbs"]:
        return "possible", word
    to = _has_to(tree, below)
    said = said_of(tree, verb) if to else None
    if said is not None:
        return said, word
    now = tree.tag[verb] in ("VBZ", "VBP")
    if now and tree.dep[below] in JUDGED and tree.lower[below] in lists["sure_words"]:
        ahead = [*tree.children[below], *tree.children[verb]]
        if any(tree.dep[c] == "xcomp" and _has_to(tree, c) for c in ahead):
            return "possible", tree.lower[below]  # "is certain to fail": a forecast
    if lemma == BE and tree.tag[verb] == "VBD" and to and tree.dep[below] == "xcomp":
        return ("hypothetical", word) if _has_perfect(tree, below) else None
    return None


def said_of(tree: Tree, verb: int) -> Certainty | None:
    """What a passive verb of saying or holding makes of what is said: "is said to", "is feared"."""
    if tree.child(verb, PASSIVE) is None:
        return None
    lists = load_lists("modality")
    return next((c for c, name in BY_PASSIVE if tree.lemma[verb] in lists[name]), None)


def _planned_word(tree: Tree, head: int, words: frozenset[int], lists: Lists) -> str:
    """The word by which an infinitive under the predicate lies ahead, or ""."""
    to = [
        c
        for c in tree.children[head]
        if tree.dep[c] in ("xcomp", "ccomp", "advcl", "acl") and c > head and _has_to(tree, c)
    ]
    lemma = tree.lemma[head]
    if _is_standing_rule(tree, head, lists):
        return ""
    helpers = [c for c in tree.children[head] if tree.dep[c] in AUXILIARIES]
    past = any(tree.tag[c] == "VBD" for c in (head, *helpers))
    if past and lemma in lists["chosen_verbs"]:
        return ""  # "chose to sell": they did
    if (past or lemma in lists["duty_verbs"]) and _is_denied(tree, head, words, lists):
        return ""  # "did not need to sell", "never meant to": nothing lies ahead
    if lemma in lists["planned_verbs"] and to:
        return tree.lower[head]
    if lemma in lists["weighing_verbs"] and _is_weighed(tree, head):
        return tree.lower[head]
    if lemma in ("want", "wish") and tree.child(head, WANTED) is not None:
        return tree.lower[head]  # "wants the dam closed", "wants $3"
    present = any(tree.tag[c] in ("VBZ", "VBP") and tree.lemma[c] == BE for c in helpers)
    held_for = any(tree.lower[c] == "for" and c in words for c in tree.children[head])
    if lemma in lists["set_for_verbs"] and present and held_for and tree.tag[head] == "VBN":
        return tree.lower[head]  # "is listed for hearing in March"
    if lemma in lists["scheduling_verbs"] and tree.child(head, PLANNED_DEPS) is not None:
        return tree.lower[head]
    if lemma == BE and to:
        word = _planned_by_be(tree, head, to[0], lists)
        if word:
            return word
    if lemma in ("have", "make", "announce"):
        for c in tree.children[head]:
            ahead = any(_has_to(tree, k) for k in tree.children[c])
            if tree.dep[c] == "dobj" and tree.lemma[c] in lists["planned_nouns"] and ahead:
                return "" if is_denied_noun(tree, c) else tree.lower[c]  # "has plans to"
    if lemma == "have" and to and tree.dep[to[0]] == "xcomp":
        # "had to sell": they did; "has a week to sell" is a having
        none = past or is_not_yet(tree, head) or tree.child(head, WANTED) is not None
        return "" if none else tree.lower[head]
    if lemma == "go" and tree.tag[head] == "VBG" and to:
        return tree.lower[head]
    if lemma == BE:
        preps = (c for c in tree.children[head] if tree.dep[c] == "prep" and c in words)
        for noun in (k for c in preps for k in tree.children[c]):
            ahead = any(_has_to(tree, k) for k in tree.children[noun])
            if ahead and tree.lemma[noun] in lists["underway_nouns"]:
                return tree.lower[noun]  # "is in talks to sell"
    for c in tree.children[head]:
        if (
            c in words
            and tree.dep[c] in ("acomp", "attr")
            and tree.lemma[c] in lists["planned_verbs"]
            and any(_has_to(tree, k) for k in tree.children[c])
            and not is_denied_noun(tree, c)
        ):
            return tree.lower[c]
    return ""


def _is_weighed(tree: Tree, head: int) -> bool:
    """True for "considers selling it", "is considering a sale", "is thinking of selling it"."""
    ongoing = tree.tag[head] == "VBG" and tree.child(head, AUXILIARIES) is not None
    for c in tree.children[head]:
        below = c if tree.dep[c] != "prep" else tree.child(c, GERUND)
        if below is None or tree.dep[below] not in ("xcomp", "pcomp", "dobj"):
            continue
        if tree.tag[below] == "VBG" or (ongoing and tree.dep[below] == "dobj"):
            return True
    return False


def _planned_by_be(tree: Tree, head: int, infinitive: int, lists: Lists) -> str:
    """The noun of "its goal is to sell", the verb of "the firm is to sell", or ""."""
    subject = tree.subject(head)
    if subject is not None and tree.lemma[subject] in lists["planned_nouns"]:
        return tree.lower[subject]
    judged = tree.child(head, JUDGED) is not None  # "it is hard to verify"
    if tree.dep[infinitive] != "xcomp" or judged or is_not_yet(tree, head):
        return ""
    return tree.lower[head]


def _is_standing_rule(tree: Tree, head: int, lists: Lists) -> bool:
    """True for "Members are required to pay": a rule that holds, nothing that lies ahead."""
    if tree.lemma[head] not in lists["rule_verbs"] or tree.tag[head] != "VBN":
        return False
    passive = tree.child(head, PASSIVE)
    return passive is not None and tree.tag[passive] in ("VBZ", "VBP")


def _has_to(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] == "to" and tree.dep[c] == "aux" for c in tree.children[i])
