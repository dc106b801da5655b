"""Which date, figure and mention belongs to which row: by syntax, not by nearness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.nlp.claims.facts import Fact, Facts
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.roles import sum_role
from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree
from pipeline.records import Figure, Link

DATELINE = 10  # tokens of places before the date of a dateline
DATELINE_END = re.compile(r"[ ]?(?:\([A-Z][^()\n]{1,20}\)[ ]?)?(?:—|–|--|-)[ ]")
COMPARING = frozenset({"compared", "versus", "against", "than", "from"})
SUBJECT_ROLES = {"nsubj": "subject", "nsubjpass": "object", "agent": "agent", "dobj": "object"}


@dataclass(slots=True)
class Draft:
    """A clause of a sentence on its way to a row.

    Attributes:
        quote: index of its attribution, None for the author.
        reports: indexes of the attributions whose reporting clause this is.
        why_not: "" for a row, else why it is none.
        topic: tokens of what is judged, of "described the plan as a mistake"; else ().
        held: lemma of the verb between speaker and content: "said she expects that".
        words: the clause's tokens.
    """

    clause: Clause
    quote: int | None = None
    reports: tuple[int, ...] = ()
    why_not: str = ""
    held: str = ""
    topic: tuple[int, ...] = ()
    dates: list[Link] = field(default_factory=list)
    figures: list[Link] = field(default_factory=list)
    mentions: list[Link] = field(default_factory=list)
    words: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self.words = frozenset((*self.clause.tokens, *self.topic))


def bind(tree: Tree, facts: Facts, drafts: Sequence[Draft], first: int, last: int) -> None:
    """Link the facts of the sentence of tokens [first, last] to the drafts that are rows."""
    for fact in _within(facts.dates, first, last):
        if _in_dateline(tree, fact, first):
            continue  # the day of the report, which the document's own record holds
        for draft, role in _date_rows(tree, facts, drafts, fact):
            draft.dates.append(Link(fact.index, role))
    for fact in _within(facts.figures, first, last):
        for draft in _innermost_rows(drafts, fact):
            draft.figures.append(Link(fact.index, _figure_role(tree, facts, fact)))
    for fact in _within(facts.mentions, first, last):
        for draft in drafts:
            if not draft.why_not and fact.first in draft.words:
                draft.mentions.append(Link(fact.index, _mention_role(tree, draft, fact)))
    for draft in drafts:
        # the day of an event before how long it lasts
        draft.dates.sort(
            key=lambda link: (
                link.role != "event",
                facts.date_records[link.index].kind == "DURATION",
            )
        )
        draft.figures.sort(key=lambda link: _rank(facts.figure_records[link.index]))


def _rank(figure: Figure) -> int:
    """Sums before other figures; an age ("Anna Bell, 52, signed 11 permits") after them."""
    if figure.unit.endswith(" old"):
        return 2
    return int(figure.kind != "money")


def _figure_role(tree: Tree, facts: Facts, fact: Fact) -> str:
    record = facts.figure_records[fact.index]
    if record.role or record.kind != "money":
        return record.role
    return sum_role(tree, fact)


def _within(found: Sequence[Fact], first: int, last: int) -> list[Fact]:
    return [fact for fact in found if first <= fact.first <= last]


def _innermost_rows(drafts: Sequence[Draft], fact: Fact) -> list[Draft]:
    """The smallest clause around the fact; if it has no row, the rows that enclose it."""
    around = [d for d in drafts if fact.first in d.words or fact.last in d.words]
    rows = sorted((d for d in around if not d.why_not), key=lambda d: len(d.clause.tokens))
    if rows:
        if rows[0].clause.rule == "list":
            return rows[:1]
        return [rows[0]]
    for draft in sorted(around, key=lambda d: len(d.clause.tokens)):
        above = _enclosing(drafts, draft)
        if above:
            return above
    return []


def _enclosing(drafts: Sequence[Draft], draft: Draft) -> list[Draft]:
    """The rows that a draft without a row gives its values to."""
    if draft.reports:
        rows = [d for d in drafts if not d.why_not and d.quote in draft.reports]
        if rows:
            return rows
    if draft.clause.rule in ("independent", "conjunct", "main"):
        return []  # a clause beside another does not stand in it
    seen: set[int] = set()
    parent = draft.clause.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        above = next((d for d in drafts if d.clause.head == parent), None)
        if above is None:
            return []
        if not above.why_not:
            return [above]
        parent = above.clause.parent
    return []


def _date_rows(
    tree: Tree, facts: Facts, drafts: Sequence[Draft], fact: Fact
) -> list[tuple[Draft, str]]:
    found: list[tuple[Draft, str]] = []
    around = [d for d in drafts if fact.first in d.words]
    reporting = [d for d in around if d.reports and d.why_not]
    for draft in _innermost_rows(drafts, fact):
        told = bool(reporting) and draft.quote in reporting[0].reports
        role = "event"
        if told and not _dates_data(tree, fact):
            role = "comparison" if _compares(tree, fact) else "statement"
        found.append((draft, role))
    for draft in drafts:
        if draft.why_not or any(draft is d for d, _ in found):
            continue
        if (
            _reaches(tree, drafts, draft, fact, found)
            or _dated_by_antecedent(tree, draft, fact)
            or _dates_the_list(tree, draft, fact)
            or (not facts.has_date(draft.clause.tokens) and _meanwhile(tree, draft, fact, found))
        ):
            found.append((draft, "event"))
    return found


def _in_dateline(tree: Tree, fact: Fact, first: int) -> bool:
    """True for the date of "OSLO, Norway, May 4 (NTB) — The king …"."""
    if fact.first - first > DATELINE or not tree.lower[first:]:
        return False
    if any(tree.pos[k] not in ("PROPN", "PUNCT", "SPACE") for k in range(first, fact.first)):
        return False
    return DATELINE_END.match(tree.text, tree.end[fact.last]) is not None


def _compares(tree: Tree, fact: Fact) -> bool:
    """True for the date of "…, compared with a loss in 2010"."""
    at = fact.first
    while tree.head[at] != at:
        at = tree.head[at]
        if tree.lower[at] in COMPARING:
            return True
    return False


def _in_subject(tree: Tree, head: int, fact: Fact) -> bool:
    """True if the date belongs to the subject alone: "the sum paid last year rose"."""
    at = fact.first
    while tree.head[at] not in (at, head):
        at = tree.head[at]
    return tree.dep[at] in SUBJECTS


def _is_present_or_ahead(tree: Tree, head: int) -> bool:
    """True for "has bought", "buys", "will buy"."""
    tags = [tree.tag[c] for c in tree.children[head] if tree.dep[c] in AUXILIARIES]
    if tags:
        return tags[0] in ("VBZ", "VBP", "MD")
    return tree.tag[head] in ("VBZ", "VBP")


def _reaches(
    tree: Tree, drafts: Sequence[Draft], draft: Draft, fact: Fact, found: list[tuple[Draft, str]]
) -> bool:
    """True for a fronted date and a later verb that shares the subject of the first."""
    at: Draft | None = draft
    while at is not None and at.clause.shared is not None:
        shared = at.clause.shared
        at = next((d for d in drafts if d.clause.head == shared), None)
        if at is None or fact.first >= at.clause.head or _in_subject(tree, at.clause.head, fact):
            continue
        if _is_present_or_ahead(tree, draft.clause.head) and not _is_present_or_ahead(
            tree, at.clause.head
        ):
            return False  # "In 2009 it bought a third and has since bought more"
        if any(at is d for d, _ in found) or (at.why_not and fact.first in at.words):
            return True
    return False


def _dated_by_antecedent(tree: Tree, draft: Draft, fact: Fact) -> bool:
    """True for the date that a "when" clause hangs on, as in "2014, when it was 40 %"."""
    clause = draft.clause
    if clause.rule != "relative" or "when" not in {tree.lower[k] for k in clause.tokens[:2]}:
        return False
    before = clause.tokens[0] - 1
    while before > fact.last and tree.pos[before] in ("PUNCT", "SPACE"):
        before -= 1
    return fact.first <= before <= fact.last or (fact.first <= tree.head[clause.head] <= fact.last)


def _dates_the_list(tree: Tree, draft: Draft, fact: Fact) -> bool:
    """True for the one date of a list: "gave $3 to Ann and $5 to Bo in May"."""
    verb = draft.clause.shared
    if draft.clause.rule != "list" or verb is None:
        return False
    at = fact.last
    while tree.head[at] not in (at, verb):
        at = tree.head[at]
    return tree.head[at] == verb and at != verb and tree.dep[at] in ("prep", "npadvmod", "advmod")


def _dates_data(tree: Tree, fact: Fact) -> bool:
    """True for the year of "data reported in 2018 show": what they tell is of that year."""
    nouns = load_lists("modality")["data_nouns"]
    at = fact.first
    for _ in range(DATELINE):
        at = tree.head[at]
        if tree.lemma[at] in nouns:
            return True
        if tree.is_finite(at) or tree.head[at] == at:
            return False
    return False


def _meanwhile(tree: Tree, draft: Draft, fact: Fact, found: list[tuple[Draft, str]]) -> bool:
    """True for the year of "In 2018 A sold grain to B, while the latter sold it wood".

    "While" says that both are of one time. A date behind the first verb reaches the second one
    only where "the latter" or "the former" ties the two.
    """
    clause = draft.clause
    if clause.rule != "independent":
        return False
    marks = (c for c in tree.children[clause.head] if tree.dep[c] == "mark")
    first = next(
        (d for d, role in found if d.clause.head == clause.parent and role == "event"), None
    )
    if first is None or not any(tree.lower[c] == "while" and c > first.clause.head for c in marks):
        return False
    subject = tree.subject(clause.head)
    tied = subject is not None and tree.lower[subject] in ("latter", "former")
    begins = tree.subject(first.clause.head)
    fronted = begins is not None and fact.last < begins
    return tied or (fronted and not _in_subject(tree, first.clause.head, fact))


def _mention_role(tree: Tree, draft: Draft, fact: Fact) -> str:
    at = fact.last
    while at != tree.head[at] and fact.first <= tree.head[at] <= fact.last:
        at = tree.head[at]
    if tree.head[at] == draft.clause.head:
        return SUBJECT_ROLES.get(tree.dep[at], "")
    up = tree.head[at]
    if tree.dep[up] == "agent" and tree.head[up] == draft.clause.head:
        return "agent"
    return ""
