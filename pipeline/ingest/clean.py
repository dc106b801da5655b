"""The only place that removes: proposals of all rules, resolved to one trail of removals."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence

from pipeline.ingest.blocks import BREAK, Page, Proposal, line_bounds, plain, read_page
from pipeline.ingest.layout import tidy
from pipeline.ingest.line_model import PLAIN, judge
from pipeline.ingest.repair import find_repairs
from pipeline.ingest.resolve import (
    ANALYST,
    LIBRARY,
    MODEL,
    RULE,
    USER,
    Candidate,
    resolve,
    with_repairs,
    without,
)
from pipeline.ingest.rules import MODEL_RULE, all_rules, explicit_proposals, line_model
from pipeline.ingest.signs import find_signs
from pipeline.ingest.tasks import CleanSettings
from pipeline.ingest.user_rules import read_user_rules
from pipeline.records import CleanDocument, CleaningDecision, Removal, SourceDocument, Span

#: Rules that take titles away; the page's own title is not theirs.
ABOUT_TITLES = frozenset(("related_titles", "duplicate_headline"))
ANALYST_RULE = "analyst"
ANALYST_REASON = "An analyst decided to remove this line."


def clean(
    source: SourceDocument,
    settings: CleanSettings | None = None,
    decisions: Sequence[CleaningDecision] = (),
) -> CleanDocument:
    """The source with what is not article removed and odd characters repaired.

    Equal input gives equal output; the order of rules and decisions is of no effect.

    Raises:
        ConfigError: the user's rules cannot be read.
    """
    settings = settings or CleanSettings()
    off = frozenset(settings.rules_off) | {
        d.rule for d in decisions if d.action == "restore" and d.rule
    }
    repairs = [repair for repair in find_repairs(source) if repair.rule not in off]
    joins = joined_breaks(source.text, repairs)
    kept, removed = decided_lines(source.text, decisions)
    sure = [
        Candidate(r, LIBRARY) for r in source.removals if r.rule not in off and not r.replacement
    ]
    sure += [Candidate(Removal(s, ANALYST_RULE, "", ANALYST_REASON), ANALYST) for s in removed]
    first = without(sure, kept)
    page = read_page(source.text, [r.span for r in resolve(first)], joins)
    kept = sorted({*kept, *taken_by(page, settings, off, first)})
    found = without([*first, *propose(page, settings, off)], kept)
    rest = page.without([r.span for r in resolve(found)])
    found += without(propose_last(rest, off), kept)
    removals = tidy(source.text, resolve(found), joins)
    trail = tuple(with_repairs(removals, repairs))
    return CleanDocument(source, trail, find_signs(source, trail, page))


def propose(page: Page, settings: CleanSettings, off: Container[str]) -> list[Candidate]:
    """What the explicit rules, the line model and the user's rules propose for a page."""
    explicit: Iterable[Proposal] = explicit_proposals(page)
    found: list[Candidate] = []
    if MODEL_RULE not in off:
        explicit = unvetoed(page, explicit)
        found = _candidates(line_model.find(page), off, MODEL)
    found += _candidates(explicit, off, RULE)
    for user_rule in read_user_rules(settings.user_rules):
        if user_rule.name not in off:
            found += _candidates(user_rule.find(page), off, USER)
    return found


def taken_by(
    page: Page, settings: CleanSettings, off: Container[str], first: Sequence[Candidate]
) -> list[Span]:
    """What rules would remove that are switched off: no other rule takes it in their stead."""
    if not off:
        return []
    removals = resolve([*first, *propose(page, settings, frozenset())])
    return [removal.span for removal in removals if removal.rule in off]


def propose_last(page: Page, off: Container[str]) -> list[Candidate]:
    """What the rules propose that run on what the others leave."""
    rules = (rule for rule in all_rules() if rule.last and rule.name not in off)
    return [found for rule in rules for found in _candidates(rule.find(page), off, RULE)]


def unvetoed(page: Page, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals but those for whole lines that the model is sure are article.

    A proposal of PLAIN confidence or more needs no second opinion, nor does a part of a line.
    """
    if page.last_prose < 0:
        # Without a single sentence there is no article that could be saved.
        yield from proposals
        return
    verdict = judge(page)
    starts = [line.start for line in page.lines]
    for proposal in proposals:
        index = bisect_right(starts, proposal.span.start) - 1
        if index == verdict.headline and proposal.rule in ABOUT_TITLES:
            continue
        if proposal.confidence < PLAIN:
            whole = proposal.span.covers(page.lines[index].span)
            if whole and verdict.probability[index] >= verdict.safe:
                continue
        yield proposal


def _candidates(found: Iterable[Proposal], off: Container[str], rank: int) -> list[Candidate]:
    return [
        Candidate(Removal(p.span, p.rule, p.replacement, p.reason, p.confidence), rank)
        for p in found
        if p.rule not in off
    ]


def joined_breaks(text: str, repairs: Iterable[Removal]) -> frozenset[int]:
    """Offsets of line breaks that a repair takes away: hard-wrapped lines are one line."""
    return frozenset(
        found.start()
        for repair in repairs
        if not BREAK.search(repair.replacement)
        for found in BREAK.finditer(text, repair.span.start, repair.span.end)
    )


def decided_lines(
    text: str, decisions: Sequence[CleaningDecision]
) -> tuple[list[Span], list[Span]]:
    """Lines that an analyst wants kept, and removed; of two decisions on a line the later counts.

    A decision holds for the line with its number and words; if that line has other words now, for
    every line that has them.
    """
    chosen: dict[Span, str] = {}
    about_lines = [decision for decision in decisions if not decision.rule]
    if not about_lines:
        return [], []
    spans = [Span(a, b) if a < b else None for a, b in line_bounds(text)]
    words: dict[str, list[Span]] = {}
    for span in spans:
        if span:
            words.setdefault(plain(span.of(text)), []).append(span)
    for decision in about_lines:
        at = spans[decision.line - 1] if 0 < decision.line <= len(spans) else None
        same = words.get(plain(decision.words), []) if decision.words else []
        targets = [at] if at and (not decision.words or at in same) else same
        for span in targets:
            chosen[span] = decision.action
    return (
        sorted(span for span, action in chosen.items() if action == "restore"),
        sorted(span for span, action in chosen.items() if action == "remove"),
    )
