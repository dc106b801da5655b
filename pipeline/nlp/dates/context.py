"""What dates hang on: the publication date, the dates spoken of so far, the kind of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.tokens import Tokens
from pipeline.nlp.dates.values import real_day

#: Of a text's explicit years, this share must lie well before the publication to call the text
#: a history, whose "In July" is July of the year spoken of.
NARRATIVE_SHARE = 0.75
NARRATIVE_YEARS = 4
#: More weekdays and "yesterdays" than one for so many years make it news, unless half of the
#: years lie further back than anybody's yesterday.
OWN_TIME_RATIO = 4
DISTANT_PAST = 60
#: How far back, in tokens, a date still counts as just spoken of.
NEAR = 60
NEAR_STORY = 150
NEAR_QUARTER = 150
DATELINE_LINES = 5
#: A place in capitals, perhaps with its state and an agency, before the day of a dateline.
PLACE = 80  # characters
WIRE_PLACE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:, [\w .]{2,30})?(?: \([A-Z][\w/ .&’'-]{1,40}\))?, \Z"
)
WIRE_END = re.compile(r"\.? ?(?:\([A-Z]|-{1,2} |–|—|: )")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date to count from; month and day are None where they are unknown."""

    year: int
    month: int | None = None
    day: int | None = None
    value: str = ""
    token: int = 0

    @property
    def precision(self) -> int:
        """Characters of ISO 8601 that are known: 4, 7 or 10."""
        return 4 if self.month is None else 7 if self.day is None else 10

    def as_day(self) -> date:
        """A day inside the anchor: itself, or the middle of its month or year."""
        return date(self.year, self.month or 7, self.day or (15 if self.month else 1))


@dataclass
class Context:
    """State of the walk through one text.

    Attributes:
        published: None if unknown.
        tense: the tense of the clause at an offset.
        estimate: the text's latest full date, only where `published` is None.
        narrative: whether the text is a history (see is_narrative).
        spoken: the last date spoken of, and the last with at least a month, a day.
        story: the last that moved the story on; a year named in passing does not.
        quarter: the last quarter spoken of.
        spoken_day: the last day spoken of; a week is no day.
    """

    published_text: str
    tense: Callable[[int], str]
    estimate: Anchor | None = None
    narrative: bool = False
    spoken: dict[int, Anchor] = field(default_factory=dict)
    story: Anchor | None = None
    quarter: Anchor | None = None
    spoken_day: Anchor | None = None

    def __post_init__(self) -> None:
        self.published = parse_published(self.published_text)

    def speak(self, anchor: Anchor, *, moves: bool) -> None:
        """Remember a date for "that year", "two days later"."""
        if moves or self.story is None:
            self.story = anchor
        if "-Q" in anchor.value and "X" not in anchor.value:
            self.quarter = anchor
        if anchor.precision == 10 and "-W" not in anchor.value:
            self.spoken_day = anchor
        for precision in (4, 7, 10):
            if anchor.precision >= precision:
                self.spoken[precision] = anchor

    def lose_track(self) -> None:
        """The text goes on to a time that cannot be placed: "a month later" hangs on that one."""
        self.spoken.clear()
        self.spoken_day = self.quarter = None

    def last(self, precision: int = 4) -> Anchor | None:
        """The last date spoken of that is known at least to the precision."""
        return self.spoken.get(precision)


def parse_published(published: str) -> Anchor | None:
    """The publication date at its own precision; None if unknown or not a date."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d])", published or "")
    if not found:
        return None
    year, month, day = (int(group) if group else None for group in found.groups())
    if year is None or not real_day(year, month or 1, day or 1):
        return None
    return Anchor(year, month, day)


def is_narrative(atoms: Iterable[Atom], published: Anchor | None) -> bool:
    """Whether most years that the text names lie well before its publication."""
    atoms = list(atoms)
    years = [atom.year for atom in atoms if atom.year is not None]
    own_time = sum(atom.unit in ("D", "W") or atom.rule == "weekday" for atom in atoms)
    if len(years) < NARRATIVE_YEARS:
        return False
    gap = (published.year if published else max(years)) - sorted(years)[len(years) // 2]
    if own_time >= max(2, len(years) / OWN_TIME_RATIO) and gap < DISTANT_PAST:
        return False
    limit = (published.year if published else max(years)) - 2
    return sum(year < limit for year in years) >= NARRATIVE_SHARE * len(years)


def latest_full_date(tokens: Tokens, atoms: Iterable[Atom]) -> Anchor | None:
    """The date that an undated text may hang on: its dateline, else the year of its latest date.

    A full date alone on one of the first lines is a dateline; it counts as a whole day.
    """
    full: list[tuple[int, int, int]] = []
    for atom in atoms:
        if atom.year is None or atom.month is None or atom.day is None:
            continue
        full.append((atom.year, atom.month, atom.day))
        lines = tokens.classes[: atom.start].count("\n")
        alone = tokens.classes[atom.start - 1 : atom.start] in ("", "\n") and (
            tokens.classes[atom.end : atom.end + 1] in ("", "\n")
        )
        if alone and lines <= DATELINE_LINES:
            return Anchor(*full[-1])
    if not full:
        return None
    return _wire_day(tokens, atoms, date(*max(full))) or Anchor(max(full)[0])


def _wire_day(tokens: Tokens, atoms: Iterable[Atom], latest: date) -> Anchor | None:
    """The day of a dateline without a year, "PARIS, March 3 (AP)": the one nearest to `latest`."""
    for atom in atoms:
        if tokens.classes[: atom.start].count("\n") > DATELINE_LINES:
            return None
        if atom.month is None or atom.day is None or atom.year is not None:
            continue
        start, end = tokens.starts[atom.start], tokens.end_of(atom.end - 1)
        line = tokens.text.rfind("\n", max(0, start - PLACE), start) + 1
        placed = start - line < PLACE and WIRE_PLACE.match(tokens.text[line:start])
        if placed and WIRE_END.match(tokens.text, end):
            years = range(latest.year - 1, latest.year + 2)
            days = [
                date(y, atom.month, atom.day) for y in years if real_day(y, atom.month, atom.day)
            ]
            if days:
                day = min(days, key=lambda day: abs(day - latest))
                return Anchor(day.year, day.month, day.day)
    return None
