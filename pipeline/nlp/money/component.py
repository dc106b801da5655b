"""spaCy component `pipeline_money`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.extensions import register, text_of
from pipeline.nlp.money.counts import find_counts
from pipeline.nlp.money.find import read_figures
from pipeline.nlp.money.history import of_their_time
from pipeline.records import Figure, Span


@Language.factory("pipeline_money")
def create(nlp: Language, name: str) -> FigureFinder:
    register()
    return FigureFinder()


class FigureFinder:
    """Sets doc._.figures: sums of money, percentages, measures and counts, in order.

    Reads doc._.dates, if an earlier component set them: "two weeks" in "two weeks ago" is a
    date, in "for two weeks" it is a duration and so a figure. The dates and doc._.published
    also tell which of a country's currencies a sum is in.
    """

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        figures, numbers = read_figures(text)
        figures = of_their_time(text, figures, doc._.published, doc._.dates)
        dates = sorted(date.span for date in doc._.dates if date.kind != "DURATION")
        figures = _without_dates(figures, dates)
        counts = find_counts(doc, numbers, dates)
        doc._.figures = tuple(sorted([*figures, *counts], key=lambda figure: figure.span))
        return doc


def _without_dates(figures: list[Figure], dates: list[Span]) -> list[Figure]:
    """The figures but for measures inside a date; both in order."""
    kept, at = [], 0
    for figure in figures:
        while at < len(dates) and dates[at].end <= figure.span.start:
            at += 1
        inside = at < len(dates) and dates[at].overlaps(figure.span)
        inside = inside and not figure.span.covers(dates[at])  # "2,000 barrels a day"
        if not (inside and figure.kind in ("measure", "count")):
            kept.append(figure)
    return kept
