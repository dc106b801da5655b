"""Roles and forms of address in front of a person's name: "Iranian Foreign Minister", "Mr."."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.lexicon import Titles, titles
from pipeline.nlp.entities.names import Name
from pipeline.nlp.entities.refer import words_of

LINKS = frozenset({"of", "for", "and", "to", "the", "&", "at"})
DASHES = frozenset({"-", "‑", "–"})
FAR = 12  # tokens: no role is longer
ROLE, FILLER, STOP = 2, 1, 0


def kind_of(token: Token, lists: Titles) -> int:
    """Whether a token names a role, may stand inside one, or ends it."""
    word = token.lower_.rstrip(".")
    if word == "," and lists_portfolios(token, lists):
        return FILLER
    if word in lists.roles or word in lists.honorifics:
        return ROLE
    if token.ent_type_ == "PERSON":
        return STOP
    if word in lists.modifiers or word in LINKS or word in DASHES:
        return FILLER
    if (
        token.ent_type_ in ("NORP", "GPE", "ORG")
        and not token.is_punct
        and word not in ("'s", "’s")
    ):
        return FILLER
    if word[:1].isalpha() and token.text[:1].isupper():
        return FILLER
    return STOP


def lists_portfolios(comma: Token, lists: Titles) -> bool:
    """Whether a comma stands in "Minister of Industry, Trade and Tourism"."""
    return (
        0 < comma.i < len(comma.doc) - 1
        and comma.nbor(-1).lower_ in lists.portfolios
        and comma.nbor().lower_ in lists.portfolios
    )


def role_before(doc: Doc, start: int) -> int:
    """Token offset where the role in front of a name begins; `start` if there is none.

    "Minister of Education Jane Roe" and "IBM chief executive Jane Roe" are roles; in "the paper
    told Minister Roe" only the minister is.
    """
    lists = titles()
    kinds: list[int] = []
    at = start
    while at > 0 and start - at < FAR:
        kind = kind_of(doc[at - 1], lists)
        if kind == STOP:
            break
        at -= 1
        kinds.append(kind)
    kinds.reverse()
    if ROLE not in kinds:
        return start
    last = len(kinds) - 1 - kinds[::-1].index(ROLE)
    between = [doc[at + i].lower_ for i in range(last + 1, len(kinds))]
    # Words between the role and the name must belong to it: "Minister of Education Jane Roe".
    if between and not (between[0] in ("of", "for") and between[-1] not in LINKS):
        return start
    first = kinds.index(ROLE)
    while first > 0 and belongs(doc[at + first - 1], lists):
        first -= 1
    return at + first


def belongs(token: Token, lists: Titles) -> bool:
    """Whether a word in front of a role is part of it: "former", "Iranian", "IBM"."""
    word = token.lower_
    if word in LINKS or word in DASHES:
        return word in DASHES
    return not (token.is_sent_start and token.ent_type_ == "" and word not in lists.modifiers)


def is_relative(doc: Doc, name: Name) -> bool:
    """Whether a person is named as somebody's relative: "the son of Ivo Roe", "his wife Jane"."""
    kin = words_of("kin", "nouns")
    if name.start and doc[name.start - 1].lower_ in kin:
        return True
    head = doc[name.start : name.end].root
    for _ in range(FAR):
        if head.dep_ != "conj" or head.head.i > head.i:
            break
        head = head.head  # "the son of Ivo and Ann Roe"
    if head.lower_ in kin or (head.dep_ in ("appos", "attr") and head.head.lower_ in kin):
        return True
    return head.dep_ == "pobj" and head.head.lower_ in ("of", "to") and head.head.head.lower_ in kin


def read_roles(doc: Doc, names: list[Name]) -> None:
    """Sets role, gender and kin of the persons among the names."""
    gender = titles().gender
    for name in names:
        if name.label != "PERSON":
            continue
        name.kin = not name.subject and is_relative(doc, name)
        start = role_before(doc, name.start)
        words = doc[start : name.start]
        name.role = " ".join(words.text.split()) if start < name.start else ""
        known = [gender[w] for t in words if (w := t.lower_.rstrip(".")) in gender]
        name.gender = known[-1] if known else ""
