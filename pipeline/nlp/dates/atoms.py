"""The parts of time expressions, as the grammar reads them, before they get a calendar value."""

from __future__ import annotations

from dataclasses import dataclass, field

#: What an atom takes over from a neighbour that it is joined with.
PARTS = (
    "value",
    "year",
    "month",
    "day",
    "weekday",
    "quarter",
    "half",
    "season",
    "decade",
    "century",
    "time",
    "until_time",
    "marked_half",
    "holiday",
    "shift",
    "unit",
    "counted",
    "rank",
    "rank_unit",
    "direction",
    "fiscal",
    "until_day",
)
#: Of these, 0 means that the words say nothing.
ZERO_IS_NONE = frozenset({"rank", "direction"})


@dataclass(slots=True)
class Atom:
    """One part: a weekday, a month with its day, "last year", "two weeks ago", "10 p.m.".

    Attributes:
        start, end: token indices.
        form: date, duration, set, vague (a reference) or none (only counts inside another).
        value: the finished TIMEX3 value of durations, sets, references and eras.
        shift: -1 last, 0 this, 1 next, for `unit`; also n units ("two years ago" is -2).
        basis: "" (publication) or "text" (the date last spoken of).
        counted: shift was a number of units: the result keeps the anchor's place in the unit.
        rank, rank_unit: "third" and its unit in "the third week of"; rank -1 is the last.
    """

    start: int
    end: int
    form: str = "date"
    value: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str = ""
    decade: int | None = None
    century: int | None = None
    time: str = ""
    until_time: str = ""  # the second of "7 to 9 p.m."
    marked_half: bool = False  # the time says a.m. or p.m., or counts to 24
    holiday: str = ""
    shift: int | None = None
    unit: str = ""
    counted: bool = False
    rank: int = 0
    rank_unit: str = ""
    rank_count: int = 1
    basis: str = ""
    fiscal: bool = False
    modifier: str = ""
    direction: int = 0  # -1 "last Friday", 1 "next March", 0 left to the tense
    until_day: int | None = None  # the last day of "12-13 April"
    offset: tuple[int, str] | None = None  # (-2, "D"): two days before the date that follows
    cut: tuple[int, int] = (0, 0)  # offsets: end of its first day, start of its last
    closing: Atom | None = None  # what ends it: "the quarter ended Sept. 30", a list of quarters
    flags: list[str] = field(default_factory=list)
    rule: str = ""

    @property
    def slots(self) -> frozenset[str]:
        """Which parts of a date it speaks of."""
        out = set()
        if self.year is not None or self.unit == "Y":
            out.add("year")
        if self.decade is not None or self.century is not None or self.unit in ("E", "C"):
            out.add("decade")
        if self.month is not None or self.unit == "M":
            out.add("month")
        if self.quarter is not None or self.half is not None or self.season or self.unit == "Q":
            out.add("quarter")
        if self.unit in ("W", "WE"):
            out.add("week")
        if self.day is not None or self.unit == "D":
            out.add("day")
        if self.weekday is not None:
            out.add("weekday")
        if self.holiday:
            out |= {"holiday"}
        if self.time:
            out.add("time")
        if self.rank:
            out.add("rank")
        return frozenset(out)

    @property
    def relative(self) -> bool:
        return self.shift is not None

    def absorb(self, other: Atom) -> None:
        """Take over every part of the other that this one lacks; the span covers both."""
        if not self.rank:
            self.rank_count = other.rank_count
        for name in PARTS:
            mine = getattr(self, name)
            unset = mine is None or mine is False or mine == ""
            if unset or (mine == 0 and name in ZERO_IS_NONE):
                setattr(self, name, getattr(other, name))
        if not self.cut[1]:
            self.cut = other.cut
        self.basis = self.basis or other.basis
        self.modifier = self.modifier or other.modifier
        self.flags += other.flags
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
