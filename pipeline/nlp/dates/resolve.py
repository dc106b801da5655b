"""Gives each time expression its TIMEX3 value: what it hangs on, and at which precision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.nlp.dates import holidays
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.context import NEAR, NEAR_QUARTER, Anchor, Context
from pipeline.nlp.dates.tokens import Tokens, word_list
from pipeline.nlp.dates.values import (
    add_days,
    add_months,
    bounds,
    cut,
    granularity_of,
    real_day,
    week_value,
)
from pipeline.records import DateMention, Span, TimexKind

MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7, "N": 1}
#: "In January" after "in November 1935" is the next January, "in March" after "in July" is not.
TURN_OF_YEAR = 8
#: Days ahead up to which a month or day in a past clause is the coming one, not last year's.
COMING_MONTH = 45
COMING_DAY = 60
#: A quarter that ended so many days ago, in a clause about the future, is the next year's.
LONG_PAST_QUARTER = 200
PRECISION = {"Y": 4, "E": 4, "C": 4, "M": 7, "Q": 7}


class UnresolvedError(Exception):
    """The anchor that the words need is not known; holds the underspecified value."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


def resolve(tokens: Tokens, atom: Atom, context: Context) -> DateMention | None:
    """The mention of an atom; None if its words name no possible date."""
    start, end = tokens.starts[atom.start], tokens.end_of(atom.end - 1)
    span = Span(start, end)
    if atom.form in ("duration", "set"):
        kind: TimexKind = "DURATION" if atom.form == "duration" else "SET"
        first, last = _past_units(atom, context)
        return DateMention(
            span, kind, atom.value, first, last, "", atom.modifier,
            "publication" if first else "", tuple(atom.flags),
        )  # fmt: skip
    if atom.form == "vague":
        return DateMention(span, "DATE", atom.value, modifier=atom.modifier)
    flags = [flag for flag in atom.flags if flag in ("day_month_order_unknown",)]
    try:
        value, anchor, more = _Reading(tokens, atom, context).read()
        flags += more
    except UnresolvedError as unresolved:
        value, anchor = unresolved.value, ""
        flags.append("unresolved_date")
    except (ValueError, OverflowError):
        return None
    if not value:
        return None
    if atom.until_day:
        return _day_range(span, value, atom, anchor, tuple(flags))
    if atom.time and "T" not in value:
        value = value + atom.time if granularity_of(value) == "day" else value
    if not (context.narrative and anchor == "publication"):
        _speak(tokens, value, atom, context)
    kind = "TIME" if "T" in value else "DATE"
    first, last = bounds(value, atom.modifier)
    if atom.fiscal and granularity_of(value) in ("year", "quarter"):
        first = last = ""  # whose fiscal year it is, and when it ends, the words do not say
        flags.append("fiscal_year")
    parts = _year_range(tokens, atom) if atom.rule == "year_range" else ()
    return DateMention(
        span, kind, value, first, last, granularity_of(value), atom.modifier, anchor,
        tuple(flags), parts,
    )  # fmt: skip


def _day_range(
    span: Span, value: str, atom: Atom, anchor: str, flags: tuple[str, ...]
) -> DateMention | None:
    """12-13 April, as one mention with its two ends as parts."""
    last = f"{value[:-2]}{atom.until_day:02d}"
    cut, again = atom.cut
    first, second = (
        DateMention(part, "DATE", day, *bounds(day), "day", "", anchor, flags)
        for part, day in ((Span(span.start, cut), value), (Span(again, span.end), last))
    )
    return DateMention(
        span, "DATE", f"{value}/{last}", first.start, second.end, "day", "", anchor, flags,
        (first, second),
    )  # fmt: skip


def _year_range(tokens: Tokens, atom: Atom) -> tuple[DateMention, ...]:
    """The two ends of a range of years in one token, such as 1997-2005 or 2020/21."""
    index = atom.end - 1
    start, end = tokens.starts[index], tokens.end_of(index)
    word = tokens.words[index]
    cut = start + next(i for i, c in enumerate(word) if not c.isdecimal())
    values = atom.value.split("/")
    return tuple(
        DateMention(Span(*place), "DATE", value, value, value, "year")
        for place, value in zip(((start, cut), (cut + 1, end)), values, strict=True)
    )


def _moves(tokens: Tokens, atom: Atom) -> bool:
    """Whether a bare year moves the story on: it stands at the head of its sentence."""
    if atom.rule != "year":
        return True
    before = tokens.classes[max(0, atom.start - 2) : atom.start]
    return before in (".P", "\nP", "P", "._", "\n_")


def _speak(tokens: Tokens, value: str, atom: Atom, context: Context) -> None:
    first, _ = bounds(value)
    if not first or "/" in value or len(value) < 4:
        return
    parts: list[int | None] = [int(part) for part in first.split("-")]
    if granularity_of(value) in ("quarter", "half", "season", "week"):
        parts = parts[:2] if granularity_of(value) != "week" else parts
    year, month, day = [*parts, None, None][:3]
    if year is None or (atom.rule in ("ago", "year_ago", "same_period") and atom.unit == "Y"):
        return  # a comparison: the text goes on to speak of its own time
    context.speak(Anchor(year, month, day, value, atom.start), moves=_moves(tokens, atom))


def _past_units(atom: Atom, context: Context) -> tuple[str, str]:
    """First and last day, month or year of "the past 30 days"; ("", "") for other durations."""
    published = context.published
    if not atom.direction or published is None or not atom.unit:
        return "", ""
    count = "".join(c for c in atom.value if c.isdigit())
    if not count or "X" in atom.value or "." in atom.value or published.precision < 10:
        return "", ""
    base = published.as_day()
    letter = atom.value[-1]
    if "T" in atom.value or letter not in "DWMY":
        return "", ""
    number = int(count) * atom.direction
    if letter in "MY":
        year, month = add_months(base.year, base.month, number * MONTHS[letter])
        if not 1 <= year <= 9999:
            return "", ""
        other = f"{year:04d}-{month:02d}"[: PRECISION[letter]]
    else:
        day = add_days(base, number * DAYS[letter])
        if day is None:
            return "", ""
        other = day.isoformat()
    own = base.isoformat()[: len(other)]
    return (other, own) if number < 0 else (own, other)


class _Reading:
    """The reading of one atom: its value, what it hangs on, and doubts."""

    def __init__(self, tokens: Tokens, atom: Atom, context: Context) -> None:
        self.tokens, self.atom, self.context = tokens, atom, context
        self.anchor_name = ""
        self.flags: list[str] = []

    def read(self) -> tuple[str, str, list[str]]:
        value = self._value()
        return value, self.anchor_name, self.flags

    # ------------------------------------------------------------ anchors

    def _base(self, precision: int, underspecified: str) -> Anchor:
        """The date that a relative expression counts from.

        Raises:
            UnresolvedError: neither the text nor the publication gives one.
        """
        atom, context = self.atom, self.context
        if atom.basis == "text":
            spoken = context.last(precision)
            if spoken is not None:
                self.anchor_name = "text"
                return spoken
        return self._published(precision, underspecified)

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

    def _tense(self) -> str:
        atom = self.atom
        if atom.direction:
            return "past" if atom.direction < 0 else "future"
        return self.context.tense(self.tokens.starts[atom.start])

    # ------------------------------------------------------------ values

    def _value(self) -> str:
        atom = self.atom
        if atom.value and not atom.counted:
            return atom.value
        if atom.rank_unit == "week_of":
            return self._week_of()
        if atom.counted:
            return self._counted()
        if atom.decade is not None:
            return f"{atom.decade:03d}"
        if atom.century is not None:
            return f"{atom.century:02d}"
        if atom.year is not None:
            return self._in_year(atom.year) + self._spoken_quarter()
        if atom.unit == "Y":
            quarter = self.context.quarter
            if atom.rule == "the_unit" and quarter is not None:
                self.anchor_name = "text"
                return self._in_year(quarter.year)
            if atom.rule == "the_unit" and not self.context.narrative:
                atom.basis = ""
            base = self._base(4, "XXXX")
            return self._in_year(base.year + (atom.shift or 0))
        if atom.unit in ("E", "C"):
            base = self._base(4, "")
            size, width = (10, 3) if atom.unit == "E" else (100, 2)
            return f"{base.year // size + (atom.shift or 0):0{width}d}"
        if atom.unit in ("M", "Q") or atom.unit in ("W", "WE"):
            return self._unit()
        if atom.unit == "D":
            return self._day_shift()
        return self._named()

    def _spoken_quarter(self) -> str:
        """The quarter just spoken of, for "the 1988 quarter"; "" where none was."""
        quarter = self.context.quarter
        if self.atom.rule != "year_period":
            return ""
        if quarter is not None:
            self.anchor_name = "text"
            return quarter.value[4:]
        return "-QX" if self.tokens.lower(self.atom.end - 1) == "quarter" else ""

    def _in_year(self, year: int) -> str:
        """The value of the atom's parts in a known year."""
        atom = self.atom
        if not 1 <= year <= 9999:
            raise ValueError(year)
        head = f"{year:04d}"
        if atom.rank:
            return self._ranked(year)
        if atom.holiday:
            day = holidays.day_of(atom.holiday, year)
            return day.isoformat() if day else head
        if atom.month is not None and atom.day is not None:
            if not real_day(year, atom.month, atom.day):
                raise ValueError(year)
            return f"{head}-{atom.month:02d}-{atom.day:02d}"
        if atom.month is not None:
            return f"{head}-{atom.month:02d}"
        if atom.quarter is not None:
            return f"{head}-Q{atom.quarter}"
        if atom.half is not None:
            return f"{head}-H{atom.half}"
        return f"{head}-{atom.season}" if atom.season else head

    def _ranked(self, year: int) -> str:
        """The third week of March, the last two months of 2021, the first Tuesday in May."""
        atom = self.atom
        month, rank, unit = atom.month, atom.rank, atom.rank_unit
        if unit.startswith("W") and len(unit) == 2:
            if month is None:
                raise ValueError(unit)
            day = holidays.nth_weekday(year, month, rank, int(unit[1]))
            if day is None:
                raise ValueError(unit)
            return day.isoformat()
        if unit == "D" and month is not None:
            last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
            number = last if rank == -1 else rank
            if not real_day(year, month, number):
                raise ValueError(unit)
            return f"{year:04d}-{month:02d}-{number:02d}"
        if unit == "W":
            return self._ranked_week(year, month, rank)
        if month is None and unit in ("M", "Q"):
            size = 12 if unit == "M" else 4
            first = rank if rank > 0 else size - atom.rank_count + 1
            last = first + atom.rank_count - 1
            if not 1 <= first <= last <= size:
                raise ValueError(unit)
            if unit == "Q" and atom.rank_count == 2 and first in (1, 3):
                return f"{year:04d}-H{first // 2 + 1}"
            mark = "" if unit == "M" else "Q"
            names = [
                f"{year:04d}-{mark}{n:0{3 - len(mark) - 1 if mark else 2}d}" for n in (first, last)
            ]
            return names[0] if first == last else "/".join(names)
        return f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"

    def _ranked_week(self, year: int, month: int | None, rank: int) -> str:
        if month is None:
            if rank == -1:
                return week_value(date(year, 12, 28))
            return f"{year:04d}-W{rank:02d}"
        if rank == -1:
            next_year, next_month = add_months(year, month, 1)
            return week_value(date(next_year, next_month, 1) - timedelta(1))
        # the first week is the one with the month's first Thursday, as ISO counts weeks
        first = holidays.nth_weekday(year, month, rank, 4)
        if first is None:
            raise ValueError(rank)
        return week_value(first)

    def _week_of(self) -> str:
        inner = replace(self.atom, rank_unit="", rank=0, start=self.atom.end - 1)
        value = _Reading(self.tokens, inner, self.context)
        day = value._value()
        self.anchor_name, self.flags = value.anchor_name, value.flags
        if granularity_of(day) != "day" or "X" in day:
            return day
        return week_value(date.fromisoformat(day))

    def _counted(self) -> str:
        """Two years ago, a month later: the anchor moved by whole units."""
        atom = self.atom
        unit, sign = atom.unit, atom.shift or 1
        if unit in ("TS", "TM", "TH"):
            return self._counted_time()
        size = float(atom.value)
        precision = PRECISION.get(unit, 10)
        base = self._base(4 if unit == "Y" else precision, "")
        if unit in MONTHS:
            months = size * MONTHS[unit] * sign
            quarter = self.context.quarter
            if atom.rule == "same_period" and (spoken := self.context.last(7)):
                self.anchor_name = "text"
                part = spoken.value[4:] if "-Q" in spoken.value else f"-{spoken.month:02d}"
                return f"{spoken.year + int(size) * sign:04d}{part}"
            if unit == "Y" and quarter and atom.start - quarter.token < NEAR_QUARTER:
                self.anchor_name = "text"
                number = f"Q{atom.rank}" if atom.rank else quarter.value[5:]
                return f"{quarter.year + int(size) * sign:04d}-{number}"
            if atom.rank:
                return f"{base.year + int(size) * sign:04d}-Q{atom.rank}"
            year, month = add_months(base.year, base.month or 7, round(months))
            if not 1 <= year <= 9999:
                raise ValueError(year)
            if precision == 4 or base.month is None:
                return f"{year:04d}"
            return f"{year:04d}-{month:02d}"
        day = add_days(base.as_day(), round(size * DAYS[unit]) * sign)
        if day is None:
            raise ValueError(unit)
        for word, more in (("yesterday", -1), ("tomorrow", 1)):
            if word in atom.flags:
                day += timedelta(more)
        value = week_value(day) if unit == "W" and size >= 1 else day.isoformat()
        return self._cut(value, base)

    def _counted_time(self) -> str:
        return "PAST_REF" if (self.atom.shift or 0) < 0 else "FUTURE_REF"

    def _cut(self, value: str, base: Anchor) -> str:
        """No more precision than the anchor gives."""
        if base.precision == 10:
            return value
        return cut(value, base.precision)

    def _unit(self) -> str:
        """Last month, this quarter, next week, the weekend."""
        atom = self.atom
        shift = atom.shift or 0
        blank = {"M": "XXXX-XX", "Q": "XXXX-QX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE"}[atom.unit]
        precision = 10 if atom.unit in ("W", "WE") else 7
        base = self._base(precision, blank)
        if atom.unit == "M":
            year, month = add_months(base.year, base.month or 7, shift)
            if atom.day is not None and base.month is not None:
                if not real_day(year, month, atom.day):
                    raise ValueError(atom.day)
                return f"{year:04d}-{month:02d}-{atom.day:02d}"
            if atom.rank:
                atom.month = month
                return self._ranked(year)
            return self._cut(f"{year:04d}-{month:02d}", base)
        if atom.unit == "Q":
            spoken = self.context.quarter
            if atom.basis == "text" and spoken is not None:
                base, quarter, self.anchor_name = spoken, int(spoken.value[-1]), "text"
            else:
                if atom.rule == "the_unit" and not self.context.narrative:
                    base = self._published(7, blank)
                quarter = ((base.month or 7) + 2) // 3
                if atom.rule == "the_unit" and (base.month or 7) % 3:
                    shift = -1  # a quarter that is just over is the one reported on
            index = base.year * 4 + quarter - 1 + shift
            return self._cut(f"{index // 4:04d}-Q{index % 4 + 1}", base)
        day = add_days(base.as_day(), 7 * shift)
        if day is None:
            raise ValueError(shift)
        if atom.unit == "WE":
            return self._weekend(base)
        if atom.weekday is not None:
            monday = day - timedelta(day.isoweekday() - 1)
            return self._cut((monday + timedelta(atom.weekday - 1)).isoformat(), base)
        return self._cut(week_value(day), base)

    def _weekend(self, base: Anchor) -> str:
        atom, day = self.atom, base.as_day()
        weekday, shift = day.isoweekday(), atom.shift or 0
        if shift == 0 and weekday <= 3 and self._tense() == "past" and atom.basis != "text":
            shift = -1
        moved = add_days(day, 7 * shift)
        if moved is None:
            raise ValueError(shift)
        return self._cut(week_value(moved) + "-WE", base)

    def _day_shift(self) -> str:
        atom = self.atom
        base = self._base(10, "XXXX-XX-XX")
        day = add_days(base.as_day(), atom.shift or 0)
        if day is None:
            raise ValueError(atom.shift)
        return self._cut(day.isoformat(), base)

    # ------------------------------------------------------------ names without a year

    def _named(self) -> str:
        atom = self.atom
        if atom.holiday and (value := holidays.fixed_value(atom.holiday)):
            return value
        if atom.month is not None or atom.holiday or atom.season or atom.quarter is not None:
            return self._yearless()
        if atom.half is not None:
            base = self._base(4, "")
            return self._in_year(base.year)
        if atom.weekday is not None:
            return self._weekday()
        return self._time_alone()

    def _blank(self) -> str:
        """The underspecified value of the atom's parts."""
        atom = self.atom
        if atom.holiday:
            day = holidays.day_of(atom.holiday, 2000)
            fixed = atom.holiday in holidays.tables()["fixed"]
            return f"XXXX-{day:%m-%d}" if day and fixed else "XXXX-XX-XX"
        if atom.month is not None:
            return f"XXXX-{atom.month:02d}" + (f"-{atom.day:02d}" if atom.day else "")
        return f"XXXX-{atom.season}" if atom.season else f"XXXX-Q{atom.quarter}"

    def _yearless(self) -> str:
        atom, context = self.atom, self.context
        spoken = context.story or context.last(4)
        if atom.basis == "text" and spoken is not None:
            self.anchor_name = "text"
            return self._in_year(self._after(spoken))
        if context.narrative and spoken is not None and "this" not in atom.flags:
            self.anchor_name = "text"
            self.flags.append("anchored_on_text")
            return self._in_year(self._after(spoken))
        base = self._published(4, self._blank())
        return self._in_year(self._nearest_year(base))

    def _after(self, spoken: Anchor) -> int:
        """The year of a part without one in a text that tells events in order."""
        month = self.atom.month
        if month is not None and spoken.month is not None and spoken.month - month >= TURN_OF_YEAR:
            return spoken.year + 1
        return spoken.year

    def _nearest_year(self, base: Anchor) -> int:
        """The year of a month, day, season or quarter without one, by tense and nearness."""
        atom = self.atom
        if base.precision == 4:
            return base.year
        today = base.as_day()
        first, last = self._extent(base.year)
        if "this" in atom.flags:
            return base.year
        tense = "future" if self._prospective() and atom.day is None else self._tense()
        if atom.direction < 0:
            return base.year if last < today else base.year - 1
        if atom.direction > 0:
            return base.year if first > today else base.year + 1
        if tense == "future" and atom.quarter is None:
            return base.year if last >= today else base.year + 1
        if atom.day is not None:
            return self._nearest_day(base, today, tense)
        if atom.quarter is not None:
            if tense == "future":
                return base.year + ((today - last).days > LONG_PAST_QUARTER)
            return base.year if first <= today else base.year - 1
        ahead = (first - today).days
        if tense == "past":
            # "in March" of an event that is over; a month about to begin is not last year's
            return base.year if ahead <= COMING_MONTH else base.year - 1
        if ahead > 183:
            return base.year - 1
        return base.year + 1 if (today - last).days > 240 else base.year

    def _nearest_day(self, base: Anchor, today: date, tense: str) -> int:
        """The year of a month and day: back for past events, else the nearest."""
        years = (base.year - 1, base.year, base.year + 1)
        ahead = {year: (self._extent(year)[0] - today).days for year in years}
        coming = min(year for year in years if ahead[year] >= 0)
        if tense == "past" and not self._prospective():
            return coming if ahead[coming] <= COMING_DAY else coming - 1
        if self._prospective() and ahead[coming] <= 183:
            return coming
        return min(years, key=lambda year: abs(ahead[year]))

    def _prospective(self) -> bool:
        """Whether the word before looks ahead: "effective Feb. 1"."""
        return self.tokens.lower(self.atom.start - 1) in word_list("prospective_cues")

    def _extent(self, year: int) -> tuple[date, date]:
        """First and last day of the atom's parts in a year (29 February: 28)."""
        atom = self.atom
        if (
            atom.month is not None
            and atom.day is not None
            and not real_day(year, atom.month, atom.day)
        ):
            if not real_day(2000, atom.month, atom.day):
                raise ValueError(atom.day)
            return date(year, 2, 28), date(year, 2, 28)
        first, last = bounds(self._in_year(year))
        if not first:
            raise ValueError(year)
        start = date(*(int(part) for part in (first + "-01-01").split("-")[:3]))
        parts = [int(part) for part in last.split("-")]
        if len(parts) == 3:
            return start, date(*parts)
        end_year, end_month = add_months(parts[0], parts[1] if len(parts) > 1 else 12, 1)
        return start, date(end_year, end_month, 1) - timedelta(1)

    def _weekday(self) -> str:
        atom = self.atom
        blank = f"XXXX-WXX-{atom.weekday}"
        base = self._base(10, blank)
        today = base.as_day()
        weekday = atom.weekday or 1
        if base.precision < 10:
            return self._cut(today.isoformat(), base)
        back = (today.isoweekday() - weekday) % 7
        if atom.day is not None:
            return self._weekday_and_day(today, weekday, atom.day)
        if atom.basis == "text" and self.anchor_name == "text":
            shift = {-1: -(back or 7), 1: 7 - back, 0: -back}[atom.direction]
        elif atom.direction < 0:
            shift = -(back or 7)
        elif atom.direction > 0:
            shift = 7 - back
        elif "this" in atom.flags:
            shift = weekday - today.isoweekday()
        elif self._tense() == "future" or self._until():
            shift = (7 - back) % 7
        else:
            shift = -back
        day = add_days(today, shift)
        if day is None:
            raise ValueError(shift)
        return day.isoformat()

    def _until(self) -> bool:
        """Whether "until" or "as soon as" makes the day a coming one, whatever the tense."""
        before = [self.tokens.lower(self.atom.start - n) for n in (1, 2)]
        return before[0] in ("until", "till") or before == ["as", "soon"]

    def _weekday_and_day(self, today: date, weekday: int, number: int) -> str:
        """The nearest day that is both a Friday and the 14th."""
        for months in (0, 1, -1, 2, -2):
            year, month = add_months(today.year, today.month, months)
            if real_day(year, month, number) and date(year, month, number).isoweekday() == weekday:
                return f"{year:04d}-{month:02d}-{number:02d}"
        raise ValueError(number)

    def _time_alone(self) -> str:
        """A clock time: of the day just spoken of in the same sentence, else of no day."""
        atom = self.atom
        if not atom.time:
            return ""
        spoken = self.context.last(10)
        if spoken is not None and atom.start - spoken.token < NEAR:
            between = self.tokens.classes[spoken.token : atom.start]
            if "\n" not in between:
                self.anchor_name = "text"
                return f"{spoken.year:04d}-{spoken.month or 1:02d}-{spoken.day or 1:02d}{atom.time}"
        return atom.time
