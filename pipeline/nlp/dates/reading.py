"""The reading of one atom: absolute, counted and relative dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.nlp.dates.anchored import UnresolvedError
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.context import NEAR_QUARTER, Anchor
from pipeline.nlp.dates.named import NamedReading
from pipeline.nlp.dates.values import add_days, add_months, granularity_of, real_day, week_value

MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
YEARS = {"Y": 1, "E": 10, "C": 100}
DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7, "N": 1}
BLANKS = {"Y": "XXXX", "E": "XXXX", "C": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}
HALF_A_QUARTER = 45  # days
PRECISION = {"Y": 4, "E": 4, "C": 4, "M": 7, "Q": 7}


class Reading(NamedReading):
    """The value of an atom, what it hangs on, and doubts."""

    def read(self) -> tuple[str, str, list[str]]:
        value = self._value()
        return value, self.anchor_name, self.flags

    def _value(self) -> str:
        atom = self.atom
        if atom.offset is not None:
            return self._moved(*atom.offset)
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
            named = (
                atom.month is not None or atom.quarter is not None or atom.season or atom.holiday
            )
            base = self._base(4, self._blank() if named else "XXXX")
            return self._in_year(base.year + (atom.shift or 0))
        if atom.unit in ("E", "C"):
            base = self._base(4, "")
            size, width = (10, 3) if atom.unit == "E" else (100, 2)
            return f"{base.year // size + (atom.shift or 0):0{width}d}"
        if atom.rule == "week_number" and not atom.unit:
            return self._in_year(self._base(4, "XXXX-WXX").year)
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

    def _moved(self, count: int, unit: str) -> str:
        """Two days after the date that the other parts name; months and years stay coarse."""
        inner = Reading(self.tokens, replace(self.atom, offset=None), self.context)
        value = inner._value()
        self.anchor_name, self.flags = inner.anchor_name, inner.flags
        if granularity_of(value) == "year" and value.isdigit() and unit in YEARS:
            return self._in_year(int(value) + count * YEARS[unit])
        if granularity_of(value) != "day" or "X" in value:
            raise UnresolvedError(BLANKS.get(unit, "XXXX-XX-XX"))
        base = date.fromisoformat(value[-10:] if count > 0 else value[:10])
        if unit in MONTHS:
            year, month = add_months(base.year, base.month, count * MONTHS[unit])
            if not 1 <= year <= 9999:
                raise ValueError(year)
            return f"{year:04d}-{month:02d}"[: PRECISION[unit]]
        if unit[1:].isdigit():  # the second Tuesday after it
            ahead = (int(unit[1:]) - base.isoweekday()) * (1 if count > 0 else -1) % 7 or 7
            days = (ahead + 7 * (abs(count) - 1)) * (1 if count > 0 else -1)
        else:
            days = count * DAYS[unit]
        day = add_days(base, days)
        if day is None:
            raise ValueError(count)
        return day.isoformat()

    def _week_of(self) -> str:
        inner = replace(self.atom, rank_unit="", rank=0, start=self.atom.end - 1)
        value = Reading(self.tokens, inner, self.context)
        day = value._value()
        self.anchor_name, self.flags = value.anchor_name, value.flags
        if granularity_of(day) != "day" or "X" in day:
            return day
        weekend = "-WE" if "weekend" in self.atom.flags else ""
        return week_value(date.fromisoformat(day)) + weekend

    def _counted(self) -> str:
        """Two years ago, a month later: the anchor moved by whole units."""
        atom = self.atom
        unit, sign = atom.unit, atom.shift or 1
        if unit in ("TS", "TM", "TH"):
            return self._counted_time()
        size = float(atom.value)
        precision = PRECISION.get(unit, 10)
        if self.context.narrative and atom.rule == "ago" and not atom.basis:
            raise UnresolvedError(BLANKS.get(unit, "XXXX-XX-XX"))  # said on some day of the story
        base = self._base(4 if unit == "Y" else precision, BLANKS.get(unit, "XXXX-XX-XX"))
        if unit in MONTHS:
            months = size * MONTHS[unit] * sign
            quarter = self.context.quarter
            spoken = self.context.last(7)
            if quarter and self.tokens.classes[atom.start : atom.end].find("o") >= 0:
                spoken = quarter  # "period": the one that results are told for
            if atom.rule == "same_period" and spoken is not None:
                self.anchor_name = "text"
                part = spoken.value[4:] if "-Q" in spoken.value else f"-{spoken.month:02d}"
                if "-Q" not in part and self._ends_months(spoken):
                    part = ""
                if atom.rank_unit == "Q" and spoken.month and "-Q" not in part:
                    part = f"-Q{(spoken.month + 2) // 3}"
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
            if "same_day" in atom.flags and base.day is not None:
                return self._same_day(year, month, base.day)
            if precision == 4 or base.month is None:
                return f"{year:04d}"
            return f"{year:04d}-{month:02d}"
        day = add_days(base.as_day(), round(size * DAYS[unit]) * sign)
        if day is None:
            raise ValueError(unit)
        day += timedelta(self._beside_today())
        if unit == "W" and atom.weekday is not None:
            day += timedelta(atom.weekday - day.isoweekday())
        coarse = unit == "W" and size >= 1 and atom.weekday is None and "exact" not in atom.flags
        value = week_value(day) if coarse else day.isoformat()
        return self._cut(value, base)

    def _same_day(self, year: int, month: int, number: int) -> str:
        """Ten years ago today, or tomorrow."""
        if not real_day(year, month, number):
            raise ValueError(number)
        day = add_days(date(year, month, number), self._beside_today())
        if day is None:
            raise ValueError(year)
        return day.isoformat()

    def _beside_today(self) -> int:
        """Days from today of a count from yesterday or tomorrow."""
        return ("tomorrow" in self.atom.flags) - ("yesterday" in self.atom.flags)

    def _counted_time(self) -> str:
        return "PAST_REF" if (self.atom.shift or 0) < 0 else "FUTURE_REF"

    def _ends_months(self, spoken: Anchor) -> bool:
        """Whether a period of several months ends with a date: "the six months to September"."""
        near = range(max(0, spoken.token - 4), spoken.token)
        period = self.tokens.lower(self.atom.start + 2) == "period"
        return period and any(self.tokens.lower(index) == "months" for index in near)

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
        if atom.unit == "Q" and atom.closing is not None:
            return self._closed_quarter(atom.closing, blank)
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

    def _closed_quarter(self, closing: Atom, blank: str) -> str:
        """The quarter of the calendar that holds most of the three months up to a day."""
        inner = Reading(self.tokens, closing, self.context)
        value = inner._value()
        self.anchor_name, self.flags = inner.anchor_name, inner.flags
        if granularity_of(value) == "month":
            value += "-15"
        if granularity_of(value) != "day" or "X" in value:
            raise UnresolvedError(blank)
        middle = add_days(date.fromisoformat(value), -HALF_A_QUARTER)
        if middle is None:
            raise ValueError(value)
        return f"{middle.year:04d}-Q{(middle.month + 2) // 3}"

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
        if self.context.narrative and atom.rule in ("day_word", "tonight"):
            if self.tokens.lower(atom.start) == "today":
                return "PRESENT_REF"  # "still used today"
            raise UnresolvedError("XXXX-XX-XX")  # a speaker's own day, inside a history
        base = self._base(10, "XXXX-XX-XX")
        day = add_days(base.as_day(), atom.shift or 0)
        if day is None:
            raise ValueError(atom.shift)
        return self._cut(day.isoformat(), base)
