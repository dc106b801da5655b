"""What a date that is not full hangs on: the publication, the text itself or an estimate."""

from __future__ import annotations

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.context import Anchor, Context
from pipeline.nlp.dates.tokens import Tokens


class UnresolvedError(Exception):
    """The anchor that the words need is not known; holds the underspecified value."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


class AnchoredReading:
    """What one atom hangs on: the publication, the text, an estimate."""

    def __init__(self, tokens: Tokens, atom: Atom, context: Context) -> None:
        self.tokens, self.atom, self.context = tokens, atom, context
        self.anchor_name = ""
        self.flags: list[str] = []

    def _base(self, precision: int, underspecified: str) -> Anchor:
        """The date that a relative expression counts from.

        Raises:
            UnresolvedError: neither the text nor the publication gives one.
        """
        atom, context = self.atom, self.context
        if atom.basis == "text" and not self._is_to_come(precision):
            spoken = context.spoken_day if atom.unit in ("D", "N") else context.last(precision)
            if spoken is not None:
                self.anchor_name = "text"
                return spoken
            if self._points_back():
                raise UnresolvedError(underspecified)
            past = context.tense(self.tokens.starts[atom.start]) == "past"
            if past and (atom.shift or 0) > 0 and context.published is not None:
                # "left the next day": a day of the story that the text does not name.
                raise UnresolvedError(underspecified)
        return self._published(precision, underspecified)

    def _points_back(self) -> bool:
        """Whether the words mean a time that the text has told: "that year", "that winter"."""
        return self.tokens.classes[self.atom.start] == "j"

    def _is_to_come(self, precision: int) -> bool:
        """Whether the clause speaks of a time to come, and the text has spoken of one that is over.

        "She took office in January 2020 and will leave at the end of the month."
        """
        context, spoken = self.context, self.context.last(precision)
        if self.atom.rule not in ("the_unit", "last_unit") or self.atom.shift != 0:
            return False
        if spoken is None or context.published is None or context.narrative:
            return False
        over = (spoken.year, spoken.month or 12) < (context.published.year, 1)
        return over and context.tense(self.tokens.starts[self.atom.start]) == "future"

    def _published(self, precision: int, underspecified: str) -> Anchor:
        context = self.context
        if context.published is not None:
            self.anchor_name = "publication"
            return context.published
        if context.estimate is not None and precision <= context.estimate.precision:
            self.anchor_name = "estimate"
            self.flags.append("anchored_on_estimate")
            return context.estimate
        raise UnresolvedError(underspecified)
