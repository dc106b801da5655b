"""Whether a date without a year or week lies ahead or back, by the words around it."""

from __future__ import annotations

from pipeline.nlp.dates.anchored import AnchoredReading
from pipeline.nlp.dates.tokens import word_list

#: Tenses of a bare day that is yet to come. "Scheduled" is the present tense of what a timetable
#: holds, "planned" what was to come when it was told: near a month or year, it may be over.
AHEAD = frozenset({"future", "scheduled", "planned"})
#: Tokens within which a clause's "had" is looked for.
HAD_REACH = 15
#: Tokens from "moved" to "to Thursday".
MOVED_REACH = 6


class OutlookReading(AnchoredReading):
    """The outlook of a clause: its tense, and words that look ahead whatever the tense."""

    def _tense(self) -> str:
        atom = self.atom
        if atom.direction:
            return "past" if atom.direction < 0 else "future"
        return "planned" if self._put_off() else self.context.tense(self.tokens.starts[atom.start])

    def _put_off(self) -> bool:
        """Whether what was to take place takes place then: "put off to Thursday"."""
        tokens, start = self.tokens, self.atom.start
        if tokens.lower(start - 1) not in ("to", "till", "until"):
            return False
        for index in range(start - 2, max(-1, start - MOVED_REACH), -1):
            if tokens.classes[index] in ".\n<":
                return False  # "moved from Tuesday to Thursday": of the week of the first
            if tokens.lower(index) in word_list("moving_verbs"):
                return True
        return False

    def _prospective(self) -> bool:
        """Whether the word before looks ahead: "effective Feb. 1"."""
        before = self.tokens.lower(self.atom.start - 1)
        if before == "by" and self._tense() in ("past", "planned"):
            return False  # "by May he had left", "was to be finished by May"
        if before in ("until", "till") and self._tense() == "past" and self._had():
            return False  # "they had been in talks until April"
        return before in word_list("prospective_cues")

    def _had(self) -> bool:
        """Whether the words before, in the same clause, hold "had"."""
        for index in range(self.atom.start - 1, max(-1, self.atom.start - HAD_REACH), -1):
            if self.tokens.classes[index] in ".,\n":
                return False
            if self.tokens.lower(index) == "had":
                return True
        return False

    def _until(self) -> bool:
        """Whether "until", "through" or "as soon as" makes the day a coming one."""
        start = self.atom.start
        before = [self.tokens.lower(start - n) for n in (1, 2)]
        opens = self.tokens.classes[start - 2 : start - 1] in ("", ".", "\n")
        if opens and self._tense() == "past":
            return False  # "Until Friday he had been silent."
        if before[0] in ("through", "thru"):
            return self._tense() != "past"
        return before[0] in ("until", "till") or before == ["as", "soon"]
