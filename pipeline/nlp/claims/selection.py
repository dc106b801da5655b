"""Which clauses deserve a row, and why a sentence has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.tree import AUXILIARIES, Tree

ENDS = frozenset(".!?…):;")
CLOSING = "\"”’'»"  # a heading may end in a quoted name
#: A picture's credit at the end of its caption.
CREDIT = re.compile(r"\b(?:Image|Photo|Photograph|Picture|Photo credit|Illustration): ?\S.{0,80}$")
BULLETS = ("•", "·", "▪", "‣", "*", "-", "–")
INDEFINITE = frozenset({"a", "an", "some", "any", "many", "few", "several", "each", "every"})
DEMONSTRATIVES = frozenset({"this", "these", "such", "that", "those"})
COMMENTING = ("weight_words", "praise_words", "vague_words", "image_words", "furthering_verbs")
COMMENTS = 2  # words of comment that make a comment
JUDGED = frozenset({"attr", "acomp"})
LEAST_WORDS = 3  # "The minister stated," says nothing by itself
#: Words that stay small in titles.
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "for",
        "to",
        "and",
        "but",
        "or",
        "nor",
        "at",
        "by",
        "with",
        "from",
        "as",
        "is",
        "vs",
        "via",
        "over",
        "into",
        "if",
    ]
)
HEADING_WORDS = 18  # a line of more words without a full stop is a sentence cut off
CUT_TAGS = frozenset({"DT", "IN", "CC", "TO", "PRP$", "MD", "WDT", "JJ"})


def line_kind(line: str) -> str:
    """What a line is that is no article text by its form: heading, caption; "" for text."""
    line = line.strip()
    if CREDIT.search(line[-120:]):
        return "caption"
    if _is_title(line):
        return "heading"
    if line[:1] in BULLETS:
        return ""  # items of a list often end without a stop
    line = line.rstrip(CLOSING)
    if not line or line[-1] in ENDS:
        return ""
    return "heading" if len(line.split()) <= HEADING_WORDS else ""


def _is_title(line: str) -> bool:
    """True for a title that ends like a sentence: "New Rules Face Test in Court."."""
    words = [w for w in line.split() if w[0].isalpha() and w not in SMALL_WORDS]
    return (
        LEAST_WORDS <= len(words) <= HEADING_WORDS
        and all(w[0].isupper() for w in words)
        and line.count(". ") == 0
        and "," not in line
    )


def is_truncated(tree: Tree, tokens: Sequence[int]) -> bool:
    """True for a sentence that stops in the middle: "said that the …"."""
    words = [i for i in tokens if tree.pos[i] != "SPACE"]
    if not words:
        return False
    last = words[-1]
    if tree.lower[last] in ("...", "…") or tree.text[tree.start[last] : tree.end[last]] == "…":
        return True
    return tree.tag[last] in CUT_TAGS - {"JJ"}


def is_question(tree: Tree, tokens: Sequence[int]) -> bool:
    """True if the words end with a question mark (closing marks may follow)."""
    for i in reversed(tokens):
        if tree.lower[i] == "?":
            return True
        if tree.pos[i] not in ("PUNCT", "SPACE"):
            return False
    return False


def is_command(tree: Tree, head: int) -> bool:
    """True for an imperative: a bare verb without subject or auxiliary."""
    if tree.subject(head) is not None:
        return False
    if _forbids(tree, head):
        return True
    if tree.tag[head] not in ("VB", "VBP"):
        return False
    if any(
        tree.dep[c] in AUXILIARIES and tree.lower[c] not in ("do", "n't", "not")
        for c in tree.children[head]
    ):
        return False
    return tree.dep[head] in ("ROOT", "ccomp", "parataxis") and not any(
        tree.dep[c] in ("csubj", "expl", "attr") and c < head for c in tree.children[head]
    )


def _forbids(tree: Tree, head: int) -> bool:
    """True for "Don't get caught", "Don't be fooled": a command in the passive."""
    helpers = [c for c in tree.children[head] if tree.dep[c] in AUXILIARIES | {"neg"}]
    passive = any(tree.dep[c] == "auxpass" and tree.tag[c] == "VB" for c in helpers)
    first = tree.lower[min(helpers)] if helpers else ""
    return passive and first == "do" and tree.lower[min(helpers) + 1] in ("n't", "n’t", "not")


def why_no_row(tree: Tree, facts: Facts, clause: Clause) -> str:
    """Why an unattributed clause deserves no row; "" if it does."""
    lists = load_lists("selection")
    head, words = clause.head, clause.tokens
    if clause.rule == "fragment":
        # The parser now and then takes a noun for the root of a whole sentence.
        told = any(tree.is_finite(i) and tree.dep[i] not in ("relcl", "acl") for i in words)
        return "" if told and facts.has_exact_value(words) else "other"
    if not tree.is_predicate(head) and clause.rule != "list" and tree.subject(head) is None:
        return "other"
    if clause.rule in ("main", "independent", "conjunct") and not (
        tree.is_finite(head) or tree.subject(head) is not None or clause.shared is not None
    ):
        # "Applying for a visa cost …": the parser may take the subject for the main verb.
        told = tree.tag[head] == "VBG" and any(
            tree.tag[i] in ("VBD", "VBZ") and tree.dep[i] == "acl" for i in words
        )
        return "" if told and facts.has_exact_value(words) else "other"
    if sum(tree.pos[i] not in ("PUNCT", "SPACE") for i in words) < LEAST_WORDS:
        return "other"
    if is_command(tree, head):
        return "command"
    if _is_definition(tree, head, lists):
        return "definition"
    if any(tree.lemma[i] in lists["anonymity_words"] for i in words) and (
        tree.lemma[head] in lists["anonymity_verbs"]
    ):
        return "other"
    if _is_deictic(tree, clause, lists):
        return "other"
    if _denies_existence(tree, head, lists):
        return ""
    if facts.has_exact_value(words):
        return ""
    if _is_evaluation(tree, head, lists) or _is_comment(tree, facts, clause, lists):
        return "evaluation"
    if facts.has_value(words):
        return ""
    if clause.rule == "participle" and not facts.has_name(words):
        return "other"
    return "" if _has_actor(tree, facts, clause, lists) else "other"


def _is_definition(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> bool:
    if tree.lemma[head] == "be":
        # "Barter is a form of trade that …"
        return any(
            tree.dep[c] == "attr"
            and tree.lemma[c] in lists["definition_kinds"]
            and any(tree.lower[k] in ("a", "an") for k in tree.children[c])
            for c in tree.children[head]
        )
    if tree.lemma[head] not in lists["definition_verbs"]:
        return False
    subject = tree.subject(head)
    if subject is None:
        return False
    if tree.lemma[subject] in lists["definition_nouns"] or tree.dep[subject] == "csubj":
        return True
    return any(tree.lower[k] in ('"', "“", "”", "'", "‘") for k in tree.subtree(subject))


def _denies_existence(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> bool:
    """True for "There is no vaccine": that a thing is not there can be checked.

    "There is no doubt", "no need to panic" speak of no thing.
    """
    there = tree.subject(head)
    if there is None or tree.lower[there] != "there" or tree.lemma[head] not in ("be", "remain"):
        return False
    for thing in tree.children[head]:
        if tree.dep[thing] not in ("attr", "nsubj") or thing < head:
            continue
        own = {tree.lower[k] for k in (*tree.children[thing], *tree.children[head])}
        if own & {"no", "not", "n't", "never"} or tree.lower[thing] in ("nobody", "none"):
            return tree.lemma[thing] not in lists["idle_nouns"]
    return False


def _is_deictic(tree: Tree, clause: Clause, lists: dict[str, frozenset[str]]) -> bool:
    """True if the clause only points to an event with a row: "the move comes after …"."""
    head, subject = clause.head, tree.subject(clause.head)
    if tree.lemma[head] not in lists["deictic_verbs"] or subject is None:
        return False
    return tree.lemma[subject] in lists["deictic_nouns"] and any(
        tree.dep[c] == "advcl" and tree.subject(c) is not None for c in tree.children[head]
    )


def _is_evaluation(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> bool:
    if tree.lemma[head] in lists["evaluation_verbs"]:
        return True
    if tree.lemma[head] in ("stand", "serve", "come"):
        # "stands as a testament to", "comes as no surprise"
        nouns = [k for c in tree.children[head] if tree.lower[c] == "as" for k in tree.children[c]]
    elif tree.lemma[head] == "be":
        nouns = [c for c in tree.children[head] if tree.dep[c] in ("attr", "acomp")]
    else:
        return False
    return any(tree.lemma[k] in lists["evaluation_words"] for k in nouns)


def _is_comment(tree: Tree, facts: Facts, clause: Clause, lists: dict[str, frozenset[str]]) -> bool:
    """True for a clause without a past event that praises, weighs or interprets."""
    head = clause.head
    subject = tree.subject(head)
    past = _is_past(tree, head)
    if past and (subject is None or not _is_hollow(tree, facts, clause, subject, lists)):
        return False
    lemmas = [tree.lemma[i].lower() for i in clause.tokens]
    if sum(any(lemma in lists[kind] for kind in COMMENTING) for lemma in lemmas) >= COMMENTS:
        return True
    if subject is None:
        return False
    phrase = tree.subtree(subject)
    pointing = tree.lower[phrase[0]] in DEMONSTRATIVES and not facts.has_name(phrase)
    if pointing and tree.lemma[head] in lists["interpreting_verbs"]:
        return True
    if not past and (
        _is_view(tree, facts, clause, subject) or _is_bare_degree(tree, facts, clause, lists)
    ):
        return True
    return _is_hollow(tree, facts, clause, subject, lists)


def _is_view(tree: Tree, facts: Facts, clause: Clause, subject: int) -> bool:
    """True for "That is nonsense", "I would call it a shame": the author judges, names nobody."""
    if facts.has_name(clause.tokens) or facts.has_value(clause.tokens):
        return False
    word = tree.lower[subject]
    judged = tree.lemma[clause.head] == "be" and tree.child(clause.head, JUDGED) is not None
    return word == "i" or (word in ("this", "that") and tree.pos[subject] == "PRON" and judged)


def _is_bare_degree(
    tree: Tree, facts: Facts, clause: Clause, lists: dict[str, frozenset[str]]
) -> bool:
    """True for "Their trade is quite low": how much it is nobody can check."""
    judged = tree.child(clause.head, JUDGED) if tree.lemma[clause.head] == "be" else None
    if judged is None or facts.has_name(clause.tokens) or facts.has_value(clause.tokens):
        return False
    return any(tree.lower[k] in lists["degree_words"] for k in tree.children[judged])


def _is_past(tree: Tree, head: int) -> bool:
    """True for a past event; "has served" is a state of today."""
    helpers = [c for c in tree.children[head] if tree.dep[c] in AUXILIARIES]
    if any(tree.tag[c] == "VBD" for c in helpers):
        return True
    return tree.tag[head] == "VBD" and not any(tree.tag[c] in ("VBZ", "VBP") for c in helpers)


def _is_hollow(
    tree: Tree, facts: Facts, clause: Clause, subject: int, lists: dict[str, frozenset[str]]
) -> bool:
    """True for an idea that is said to stand for another one, and nobody who does anything.

    "The synergy remains a driving force", "This alignment created fertile ground": an abstract
    subject, a verb that interprets, and no name outside the subject. A past tense needs "this",
    for "the cooperation led to layoffs" tells an event.
    """
    phrase = tree.subtree(subject)
    if facts.has_name(i for i in clause.tokens if i not in phrase):
        return False
    lemma = tree.lemma[clause.head]
    pointing = tree.lower[phrase[0]] in DEMONSTRATIVES
    if tree.lower[subject] in ("it", "this", "that"):
        return lemma in lists["equating_verbs"]
    if tree.lemma[subject] not in lists["abstract_nouns"]:
        return pointing and lemma in lists["equating_verbs"]
    if _is_past(tree, clause.head) and not pointing:
        return False
    return lemma in lists["interpreting_verbs"] | lists["equating_verbs"] | lists["linking_verbs"]


def _is_definite(tree: Tree, noun: int) -> bool:
    """True for "the firms" and "many of the firms"."""
    for c in tree.children[noun]:
        if tree.dep[c] in ("det", "poss") and tree.lower[c] not in INDEFINITE:
            return True
        if tree.lower[c] == "of" and any(
            tree.dep[k] in ("det", "poss") for n in tree.children[c] for k in tree.children[n]
        ):
            return True
    return False


def _has_actor(tree: Tree, facts: Facts, clause: Clause, lists: dict[str, frozenset[str]]) -> bool:
    subject = tree.subject(clause.head)
    if subject is None and clause.shared is not None:
        subject = tree.subject(clause.shared)
        if subject is None:
            return True
    if subject is None:
        return facts.has_name(clause.tokens)
    phrase = tree.subtree(subject)
    if facts.has_name(phrase) or (tree.pos[subject] == "NUM" and tree.lower[subject] != "one"):
        return True  # "two of them": a count
    if any(tree.lower[k] in lists["counting_words"] for k in tree.children[subject]):
        return True  # "A third worker is missing"
    past = tree.tag[clause.head] in ("VBD", "VBN")
    definite = _is_definite(tree, subject)
    if tree.lower[subject] in lists["generic_subjects"] and not definite:
        return past and tree.child(clause.head, frozenset({"auxpass"})) is not None
    if tree.pos[subject] == "PRON":
        return tree.lower[subject] != "there" or past or facts.has_name(clause.tokens)
    return definite or past or facts.has_name(clause.tokens)
