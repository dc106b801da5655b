"""Which date, figure and mention belongs to which row: by syntax, not by nearness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.nlp.claims.facts import Fact, Facts, begun_in
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.roles import sum_role
from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree
from pipeline.records import Link

CHANGE = 10  # tokens from "from" to the first date of a change
DATELINE = 10  # tokens of places before the date of a dateline
DATELINE_END = re.compile(r"[ ]?(?:\([A-Z][^()\n]{1,20}\)[ ]?)?(?:—|–|--|-)[ ]")
COMPARING = frozenset({"compared", "versus", "against", "than", "from"})
RATE = "rate"  # role of "a month" in "$500 a month", which tells no time
PERIODS = frozenset({"hour", "day", "night", "week", "month", "year"})
RATE_REACH = 3  # tokens from a figure to its rate: "60 tons of coal a day"
COMPARISON = "comparison"  # role of the date of what an event is compared with
BOUNDS = frozenset({"later", "earlier", "sooner", "longer"})  # "no later than May" is a date
AGO = frozenset({"earlier", "ago", "before"})
BEFORE, AFTER = "from", "to"  # roles of a sum that gave way, and of the one that took its place
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
    figures = begun_in(facts.figures, first, last)
    for fact in begun_in(facts.dates, first, last):
        if _in_dateline(tree, fact, first):
            continue  # the day of the report, which the document's own record holds
        rate = _is_rate(facts, fact, figures)
        for draft, role in _date_rows(tree, facts, drafts, fact):
            draft.dates.append(Link(fact.index, RATE if rate else role))
    for fact in figures:
        for draft in _innermost_rows(drafts, fact):
            draft.figures.append(Link(fact.index, _figure_role(tree, facts, fact)))
    for fact in begun_in(facts.mentions, first, last):
        for draft in drafts:
            if not draft.why_not and fact.first in draft.words:
                draft.mentions.append(Link(fact.index, _mention_role(tree, draft, fact)))
    _date_each_of_list(facts, drafts)
    for draft in drafts:
        if len(draft.dates) > 1:
            draft.dates = [_date_of_change(tree, facts, draft, link) for link in draft.dates]
        # the day of an event before how long it lasts
        draft.dates.sort(
            key=lambda link: (
                link.role != "event",
                facts.date_records[link.index].kind == "DURATION",
            )
        )
        draft.figures.sort(key=lambda link: _rank(facts, link))


def _is_rate(facts: Facts, date: Fact, figures: Sequence[Fact]) -> bool:
    """Whether the words are what a figure is counted by: "$500 a month", "90 barrels a day"."""
    if facts.date_records[date.index].kind != "SET":
        return False
    for figure in figures:
        inside = figure.first < date.first <= date.last <= figure.last
        near = 0 < date.first - figure.last <= RATE_REACH
        if inside or (near and facts.figure_records[figure.index].per in PERIODS):
            return True
    return False


def _rank(facts: Facts, link: Link) -> tuple[int, bool]:
    """Sums before other figures, ages ("Anna Bell, 52, signed 11 permits") after them.

    Of "rose from $8 to $12" the second sum is what the clause tells.
    """
    figure = facts.figure_records[link.index]
    kind = 2 if figure.unit.endswith(" old") else int(figure.kind != "money")
    return kind, link.role == BEFORE


def _date_of_change(tree: Tree, facts: Facts, draft: Draft, link: Link) -> Link:
    """The first year of "rose from 8 percent in 2019 to 12 in 2021" is what it is compared with."""
    date = facts.place_of_date(link.index)
    if link.role != "event" or date is None or tree.lower[date.last + 1 : date.last + 2] != ["to"]:
        return link
    others = (facts.place_of_date(other.index) for other in draft.dates)
    # "moved from Tuesday to Friday" are two days of one event
    before = tree.lower[max(0, date.first - CHANGE) : date.first - 1]
    if BEFORE in before and any(other and other.first > date.last for other in others):
        return Link(link.index, COMPARISON)
    return link


def _date_each_of_list(facts: Facts, drafts: Sequence[Draft]) -> None:
    """Of "$2 to Ann in May and $3 to Bo in June" each sum keeps the date behind it."""
    lists = [d for d in drafts if d.clause.rule == "list" and not d.why_not and d.figures]
    for shared in {d.clause.shared for d in lists}:
        rows = [d for d in drafts if d.clause.head == shared and not d.why_not and d.figures]
        rows += [d for d in lists if d.clause.shared == shared]
        sums = sorted((place.first, n) for n, d in enumerate(rows) for place in _sums(facts, d))
        dates = {link.index for d in rows for link in d.dates if link.role == "event"}
        owners = {}
        for index in dates:
            at = facts.place_of_date(index)
            before = [n for first, n in sums if at is not None and first < at.first]
            owners[index] = before[-1] if before else None
        if len(rows) < 2 or set(owners.values()) != set(range(len(rows))):
            continue
        for n, draft in enumerate(rows):
            draft.dates = [k for k in draft.dates if owners.get(k.index, n) == n]


def _sums(facts: Facts, draft: Draft) -> list[Fact]:
    places = (facts.place_of(link.index) for link in draft.figures)
    return [place for place in places if place is not None]


def _figure_role(tree: Tree, facts: Facts, fact: Fact) -> str:
    record = facts.figure_records[fact.index]
    if record.kind != "money" or record.role not in ("", AFTER):
        return record.role
    return sum_role(tree, fact) or record.role


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
        role = COMPARISON if _is_compared_with(tree, fact) else "event"
        if told and not _dates_data(tree, fact):
            role = COMPARISON if _compares(tree, fact) else "statement"
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
    if fact.first - first > DATELINE:
        return False
    if any(tree.pos[k] not in ("PROPN", "PUNCT", "SPACE") for k in range(first, fact.first)):
        return False
    return DATELINE_END.match(tree.text, tree.end[fact.last]) is not None


def _compares(tree: Tree, fact: Fact) -> bool:
    """True for the date of "…, compared with a loss in 2010"."""
    at = fact.first
    while tree.head[at] != at:
        up = tree.head[at]
        outside = not fact.first <= at <= fact.last  # "from 2 to 6 May" begins a time
        if tree.lower[up] in COMPARING and (tree.lower[up] != BEFORE or outside):
            return True
        at = up
    return False


def _is_compared_with(tree: Tree, fact: Fact) -> bool:
    """True for the date of the other sum: "rose to $9 from $7 a year earlier", "than in 2010".

    It is no date of what is told. "From" and "against" compare where a number or "earlier" says
    so: "closed since a protest against the law in 2010" does not.
    """
    at = fact.first
    while tree.head[at] != at:
        at = tree.head[at]
        word = tree.lower[at]
        if word not in COMPARING or fact.first <= at <= fact.last:
            continue
        if word == "compared":
            return True
        if word == "than":
            return tree.lower[at - 1] not in BOUNDS
        if word == BEFORE and "to" in tree.lower[at + 1 : fact.first]:
            return False  # "from $3 to $5 in May": the day of the new sum
        number = any(tree.tag[k] in ("CD", "$") for k in range(at + 1, fact.first))
        return number or (word == BEFORE and tree.lower[fact.last] in AGO)
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
    lists, at = load_lists("modality"), fact.first
    for _ in range(DATELINE):
        at = tree.head[at]
        if tree.lemma[at] in lists["releasing_verbs"]:
            return False  # "figures released on Friday"
        if tree.lemma[at] in lists["data_nouns"]:
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
