"""Decisions put beside the claims of a run: which still hold, and what follows from them; pure.

A decision follows its claim when document, source, figures, date and polarity are as the reviewer
saw them and the words nearly so; what the reviewer corrected may change, and a date may be found
where there was none. Where it lies in the text and what its id is don't matter. Any other claim
that resembles it returns to the queue with the earlier decision shown beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from pipeline.export.schema import Row
from pipeline.ids import normalised
from pipeline.review.decisions import CORRECTABLE, WITHDRAW, Decision, Seen, period, seen

ReviewState = Literal["new", "same", "moved", "changed", "gone"]

NEARLY = 0.8  # share of words in common
LONGEST = 400  # words; longer propositions must be the same
CANDIDATES = 5  # claims compared with a decision word by word
COMMON = 50  # a word in more claims of a document tells nothing

_WORD = re.compile(r"\w+(?:['’]\w+)*")
#: Words that turn a statement round when they come or go.
_NEGATIONS = frozenset(
    ("no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot")
)
#: Decisions after which a row gives no value to count with.
_OUT = frozenset({"reject", "duplicate"})
_DECIDED = frozenset({"", "unsure"})


class Reviewed(NamedTuple):
    """What the decisions about one document come to.

    Attributes:
        claims: for each claim, its cells of the review columns.
        history: rows of the table `decisions`, in the order of the decisions.
    """

    claims: list[Row]
    history: list[Row]


class Opinion(NamedTuple):
    """What the reviewers together say of a claim.

    `decision` is "" while they disagree, if there are only notes, or if all was withdrawn;
    `disputed` and `withdrawn` tell which.
    """

    decision: str
    reviewers: str
    note: str
    corrected: Mapping[str, str]
    disputed: bool
    withdrawn: bool = False


def reviewed(
    claims: Sequence[Row],
    decisions: Iterable[Decision],
    came: Iterable[Decision] = (),
    perhaps: Iterable[Decision] = (),
) -> Reviewed:
    """The review of one document.

    Args:
        claims: its rows of `claims`.
        decisions: about its claims, oldest first; those about metadata are passed over.
        came: the same of the place where the document was before.
        perhaps: the same of a document that it may have been; shown, never in force.
    """
    groups = [threads_of(decisions), threads_of(came)]
    if not any(groups):
        cells = [review_cells(row, "new", ()) for row in claims]
        return Reviewed(with_earlier(claims, cells, threads_of(perhaps)), [])
    lost: list[Decision] = []
    found: dict[int, list[tuple[Decision, ReviewState]]] = {}
    for threads in groups:
        at = followed(claims, threads)
        for claim_id, thread in threads.items():
            if claim_id not in at:
                lost += thread
                continue
            row = claims[at[claim_id]]
            met = [(decision, relation(decision, row)) for decision in thread]
            found.setdefault(at[claim_id], []).extend(met)
    said = {normalised(str(row["claim_text"])) for row in claims}
    history = [(made, history_row(made, lost_state(made, said), "")) for made in lost]
    cells = []
    for index, row in enumerate(claims):
        thread_ = sorted(found.get(index, ()), key=lambda item: item[0].when)
        cells.append(review_cells(row, claim_state([state for _, state in thread_]), thread_))
        now = str(row["claim_id"])
        history += [(made, history_row(made, state, now)) for made, state in thread_]
    history.sort(key=lambda item: item[0].when)
    cells = with_earlier(claims, cells, threads_of(perhaps))
    return Reviewed(cells, [row for _, row in history])


def threads_of(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions about each claim."""
    threads: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.kind != "document":
            threads.setdefault(decision.claim_id, []).append(decision)
    return threads


def with_earlier(
    claims: Sequence[Row], cells: list[Row], threads: Mapping[str, Sequence[Decision]]
) -> list[Row]:
    """The cells; claims that nobody decided show what was decided about the document that this
    one may have been."""
    for claim_id, index in followed(claims, threads).items() if threads else ():
        if cells[index]["review_state"] == "new":
            thread = threads[claim_id]
            words = f"{told(thread)} in {thread[-1].path}, which is gone and has several copies"
            cells[index] |= {"review_state": "changed", "earlier_decisions": words}
    return cells


def gone(decisions: Iterable[Decision]) -> list[Row]:
    """Rows of the table `decisions` for a document that is no longer there."""
    return reviewed((), decisions).history


# ---------------------------------------------------------------- which claim is meant


def followed(claims: Sequence[Row], threads: Mapping[str, Sequence[Decision]]) -> dict[str, int]:
    """Reviewed claim_id -> the place in `claims` of the claim that it is now."""
    ids = {str(row["claim_id"]): index for index, row in enumerate(claims)}
    at = {claim_id: ids[claim_id] for claim_id in threads if claim_id in ids}
    lost = [claim_id for claim_id in threads if claim_id not in at]
    if not lost:
        return at
    free = sorted(set(range(len(claims))) - set(at.values()))
    views = {index: seen(claims[index]) for index in free}
    index_of = Index(views)
    pairs: list[tuple[bool, float, str, int]] = []
    for claim_id in lost:
        last = threads[claim_id][-1]
        assert last.seen is not None  # check() in decisions.py
        for place, likeness in index_of.nearest(last.seen):
            pairs.append((holds(last, views[place]), likeness, claim_id, place))
    taken = set(at.values())
    for _, _, claim_id, place in sorted(pairs, key=lambda pair: (not pair[0], -pair[1], *pair[2:])):
        if claim_id not in at and place not in taken:
            at[claim_id] = place
            taken.add(place)
    return at


class Index:
    """Finds the claims of a document that share most words with another."""

    def __init__(self, views: Mapping[int, Seen]) -> None:
        self._views = views
        self._places: dict[str, list[int]] = {}
        for index, view in views.items():
            for word in set(normalised(view.words).split()):
                self._places.setdefault(word, []).append(index)

    def nearest(self, view: Seen) -> list[tuple[int, float]]:
        """The places of claims that nearly say the same, with their likeness up to 1."""
        shared: Counter[int] = Counter()
        words = set(normalised(view.words).split())
        rare = [word for word in words if len(self._places.get(word, ())) <= COMMON]
        for word in rare or words:
            shared.update(self._places.get(word, ())[:COMMON])
        found = []
        for index, _ in shared.most_common(CANDIDATES):
            likeness = alike(view.words, self._views[index].words)
            if likeness >= NEARLY:
                found.append((index, likeness))
        return found


def alike(one: str, other: str) -> float:
    """The share of words in common, in their order: 1.0 for the same words."""
    if normalised(one) == normalised(other):
        return 1.0
    left, right = (normalised(words).split() for words in (one, other))
    if max(len(left), len(right)) > LONGEST:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def nearly_same(one: Seen, other: Seen) -> bool:
    """Do both say the same, but for a word or two that carry no name, number or negation?"""
    if normalised(one.words) == normalised(other.words):
        return True
    if normalised(one.predicate) != normalised(other.predicate):
        return False
    if alike(one.words, other.words) < NEARLY:
        return False
    left, right = words_of(one.words), words_of(other.words)
    matcher = SequenceMatcher(
        None, [w.casefold() for w in left], [w.casefold() for w in right], autojunk=False
    )
    return not any(
        weighs(word, place)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
        for words, start, end in ((left, a, b), (right, c, d))
        for place, word in enumerate(words[start:end], start=start)
    )


def words_of(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def weighs(word: str, place: int) -> bool:
    """Does it change what is said if this word comes or goes?"""
    lower = word.casefold().replace("’", "'")
    return (
        any(letter.isdigit() for letter in word)
        or (place > 0 and word != lower and word[0].isupper())
        or lower in _NEGATIONS
        or lower.endswith("n't")
    )


def holds(decision: Decision, now: Seen) -> bool:
    """Is the claim what the reviewer decided about?"""
    then, corrected = decision.seen, decision.corrected
    assert then is not None  # check() in decisions.py
    if decision.kind == "added":
        return normalised(then.words) == normalised(now.words)
    return (
        then.polarity == now.polarity
        and ("source" in corrected or normalised(then.source) == normalised(now.source))
        and ("date" in corrected or then.date in ("", now.date))
        and ("amount" in corrected or then.figure == now.figure)
        and ("currency" in corrected or then.unit == now.unit)
        and nearly_same(then, now)
    )


def relation(decision: Decision, row: Row) -> ReviewState:
    """What became of the claim since the decision; the two are known to belong together."""
    now, then = seen(row), decision.seen
    assert then is not None  # check() in decisions.py
    if not holds(decision, now):
        return "changed"
    unmoved = decision.claim_id == row["claim_id"] and then.start in (-1, now.start)
    return "same" if unmoved else "moved"


def lost_state(decision: Decision, said: Collection[str]) -> ReviewState:
    """Of a decision without a claim: changed if a claim that others decided about has its words."""
    assert decision.seen is not None  # check() in decisions.py
    return "changed" if normalised(decision.seen.words) in said else "gone"


# ---------------------------------------------------------------- what follows


def claim_state(found: Sequence[ReviewState]) -> ReviewState:
    """That of the latest decision which holds."""
    return next((state for state in reversed(found) if state != "changed"), None) or (
        "changed" if found else "new"
    )


def opinion(decisions: Sequence[Decision]) -> Opinion:
    """What all reviewers together say; the latest of each counts.

    A firm decision outweighs "unsure"; two that differ leave the claim undecided.
    """
    settled = 0
    for place, decision in enumerate(decisions):
        if decision.decision == WITHDRAW:
            settled = place + 1
        elif decision.settles:
            settled = place
    if settled == len(decisions):
        note = decisions[-1].note if decisions else ""
        return Opinion("", "", note, {}, False, withdrawn=bool(decisions))
    latest: dict[str, Decision] = {}
    for decision in decisions[settled:]:
        before = latest.pop(decision.who, None)
        if before and not decision.decision:  # a note alone takes no decision back
            decision = before
        latest[decision.who] = decision
    voices = list(latest.values())
    notes = {d.who: d.note for d in decisions[settled:] if d.note}
    firm = [voice for voice in voices if voice.decision not in _DECIDED]
    unsure = [voice for voice in voices if voice.decision == "unsure"]
    heard = firm or unsure or voices
    disputed = len({voice.verdict for voice in firm}) > 1
    return Opinion(
        decision="" if disputed else heard[-1].decision,
        reviewers="; ".join(voice.who for voice in heard if voice.who),
        note=" | ".join(dict.fromkeys(notes.values())),
        corrected={} if disputed else heard[-1].corrected,
        disputed=disputed,
    )


def review_cells(
    row: Row, state: ReviewState, found: Sequence[tuple[Decision, ReviewState]]
) -> Row:
    """The cells of one claim's review columns."""
    standing = [decision for decision, relation_ in found if relation_ != "changed"]
    says = opinion(standing) if standing else Opinion("", "", "", {}, False)
    earlier = ""
    if (
        found and opinion([decision for decision, _ in found]).withdrawn
    ):  # back in the queue, as if nobody had decided
        state = "new"
    elif says.disputed:
        earlier = f"conflict: {told(standing)}"
    elif state == "changed":
        earlier = f"before it changed: {told([decision for decision, _ in found])}"
    cells: Row = {
        "review_state": state,
        "decision": says.decision or None,
        "reviewer": (says.reviewers or None) if not says.disputed else None,
        "note": (says.note or None) if not says.disputed else None,
        "earlier_decisions": earlier or None,
    }
    cells |= {f"corrected_{name}": says.corrected.get(name) for name in CORRECTABLE}
    return cells | effective_cells(row, says)


def effective_cells(row: Row, says: Opinion) -> Row:
    """The reviewer's value where there is one, else the machine's; none for rejected rows.

    A date or sum that a reviewer gave means just what it says: the modifier and the qualifier
    were of the machine's.
    """
    bounds_sum = row["amount_text"] and "amount" not in says.corrected
    machine: Row = {
        "source": row["source_name"] or row["source_text"],
        "subject": row["subject"],
        "date": period(str(row["date_start"] or ""), str(row["date_end"] or "")) or None,
        "date_modifier": None if "date" in says.corrected else row["date_modifier"],
        "amount": row["amount"],
        "amount_qualifier": row["amount_qualifier"] if bounds_sum else None,
        "currency": row["currency"],
    }
    if says.decision in _OUT:
        return {f"effective_{name}": None for name in machine}
    return {f"effective_{name}": says.corrected.get(name, cell) for name, cell in machine.items()}


def told(decisions: Sequence[Decision]) -> str:
    """The latest decision of each reviewer in one line."""
    latest = {decision.who: decision for decision in decisions}
    return "; ".join(in_words(decision) for decision in latest.values())


def in_words(decision: Decision) -> str:
    corrected = ", ".join(f"{name} {value}" for name, value in sorted(decision.corrected.items()))
    parts = [f"{decision.who or 'somebody'}: {decision.decision or 'a note'}", corrected]
    words = " ".join(part for part in parts if part)
    return f"{words} ({decision.note})" if decision.note else words


def history_row(decision: Decision, state: ReviewState, now: str) -> Row:
    """A row of the table `decisions`.

    Args:
        now: id of the claim that it belongs to, "" for none.
    """
    then = decision.seen
    assert then is not None  # check() in decisions.py
    return {
        "claim_id": now or None,
        "reviewed_claim_id": decision.claim_id,
        "path": decision.path,
        "review_state": state,
        "decision": decision.decision or None,
        "reviewer": decision.who or None,
        "decided_at": decision.when,
        "claim_text": then.words,
        "source": then.source or None,
        "date": then.date or None,
        "figure": " ".join(part for part in (then.figure, then.unit) if part) or None,
        **{f"corrected_{name}": decision.corrected.get(name) for name in CORRECTABLE},
        "note": decision.note or None,
        "file": decision.file or None,
        "sheet": decision.sheet or None,
        "row": decision.row or None,
    }
