"""`find_dates`: every time expression of a text with its value; needs no model."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.nlp.dates.appositions import explained
from pipeline.nlp.dates.context import Context, is_narrative, latest_full_date
from pipeline.nlp.dates.ranges import link_ranges
from pipeline.nlp.dates.resolve import resolve
from pipeline.nlp.dates.scan import find_atoms, join_atoms
from pipeline.nlp.dates.tense import guess_tense
from pipeline.nlp.dates.tokens import tokenize
from pipeline.records import DateMention

Tense = Callable[[int], str]


def find_dates(text: str, published: str = "", tense: Tense | None = None) -> list[DateMention]:
    """The time expressions of a text, in order, not overlapping.

    Args:
        text: any text; line breaks end a block unless a line is hard-wrapped.
        published: ISO 8601 publication date at its own precision (2021, 2021-11, 2021-11-05).
        tense: the tense of the clause at an offset: "past", "future", "present", "scheduled" (the
            present of a timetable), "planned" (the future in the past) or "";
            None: a guess from the words around.

    Returns:
        Mentions with offsets into `text`. Without a publication date, what hangs on it stays
        underspecified (XXXX-07-11) and flagged, or becomes an estimate marked as such.
    """
    tokens = tokenize(text)
    atoms = join_atoms(tokens, find_atoms(tokens))
    if not atoms:
        return []
    context = Context(published, tense or (lambda offset: guess_tense(text, offset)))
    context.narrative = is_narrative(atoms, context.published)
    if context.published is None:
        context.estimate = latest_full_date(tokens, atoms)
    found = link_ranges(tokens, atoms, lambda atom: resolve(tokens, atom, context), published)
    return explained(text, found)
