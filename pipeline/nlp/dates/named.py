"""Readings that need a year: months, days, seasons and weekdays by their names alone."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.nlp.dates import holidays
from pipeline.nlp.dates.anchored import UnresolvedError
from pipeline.nlp.dates.context import NEAR, NEAR_STORY, Anchor
from pipeline.nlp.dates.outlook import AHEAD, OutlookReading
from pipeline.nlp.dates.tokens import word_list
from pipeline.nlp.dates.values import add_days, add_months, bounds, cut, real_day, week_value

#: "In January" after "in November 1935" is the next January, "in March" after "in July" is not.
TURN_OF_YEAR = 8
#: Days ahead up to which a month or day in a past clause is the coming one, not last year's.
COMING_MONTH = 45
COMING_DAY = 60
#: The same where the clause has no tense: beyond, a text would name the year.
COMING_DAYS = 150
#: A day that is so few days over is meant, even in a clause about the future.
JUST_OVER = 30
#: Tokens from a year to the month or season that it gives its year to.
NEAR_YEAR = 9
#: What stands before a date that opens its sentence: "On".
FRAME = re.compile(r"(?:^|[.\n])(?:[PF]t?)?$")
LONGEST_FRAME = 3  # tokens
A_QUARTER, HALF_A_YEAR, A_YEAR = 92, 183, 365  # days
#: A quarter that ended so many days ago, in a clause about the future, is the next year's.
LONG_PAST_QUARTER = 200


class NamedReading(OutlookReading):
    """The value of names without a year: months, days, seasons, weekdays."""

    def _in_year(self, year: int) -> str:
        """The value of the atom's parts in a known year."""
        atom = self.atom
        if not 1 <= year <= 9999:
            raise ValueError(year)
        head = f"{year:04d}"
        if atom.rank:
            return self._ranked(year)
        if atom.holiday:
            value = holidays.value_in(atom.holiday, year)
            if (
                holidays.moves(atom.holiday)
                and value != head
                and "observed_day_varies" not in self.flags
            ):
                self.flags.append("observed_day_varies")
            return value
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
        if atom.rank_count > 1 and unit in ("W", "D"):
            return self._ranked_run(year)
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

    def _ranked_run(self, year: int) -> str:
        """The first two weeks of 2021, the last ten days of May."""
        atom = self.atom
        first = date(year, atom.month or 1, 1)
        next_year, next_month = add_months(year, atom.month or 12, 1)
        days = atom.rank_count * (7 if atom.rank_unit == "W" else 1)
        if atom.rank > 0:
            last = first + timedelta(days - 1)
        else:
            last = date(next_year, next_month, 1) - timedelta(1)
            first = last - timedelta(days - 1)
        return f"{first.isoformat()}/{last.isoformat()}"

    def _ranked_week(self, year: int, month: int | None, rank: int) -> str:
        if month is None:
            if rank == -1:
                return week_value(date(year, 12, 28))
            return f"{year:04d}-W{rank:02d}"
        # the week with the month's first (or last) Thursday, as ISO counts weeks
        first = holidays.nth_weekday(year, month, rank, 4)
        if first is None:
            raise ValueError(rank)
        return week_value(first)

    def _cut(self, value: str, base: Anchor) -> str:
        """No more precision than the anchor gives."""
        if base.precision == 10:
            return value
        return cut(value, base.precision)

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
        if atom.day is not None:
            return self._day_alone(atom.day)
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
        if "yearly" in atom.flags:
            return self._blank()
        spoken = context.story or context.last(4)
        if atom.basis == "text" and spoken is not None:
            self.anchor_name = "text"
            return self._in_year(self._after(spoken))
        if self._points_back() and self.atom.basis == "text":
            raise UnresolvedError(self._blank())
        year = context.last(4)
        if year is not None and year.precision == 4 and self._follows(year):
            self.anchor_name = "text"
            return self._in_year(year.year)
        if spoken is not None and self._is_framed(spoken):
            self.anchor_name = "text"
            return self._in_year(self._after(spoken))
        if context.narrative and spoken is not None and "this" not in atom.flags:
            self.anchor_name = "text"
            self.flags.append("anchored_on_text")
            return self._in_year(self._after(spoken))
        base = self._published(4, self._blank())
        if "either_order" in atom.flags:
            return self._either_order(base)
        return self._in_year(self._nearest_year(base))

    def _follows(self, year: Anchor) -> bool:
        """Whether a year stands right before: "two years later, in the autumn"."""
        between = self.tokens.classes[year.token : self.atom.start]
        if len(between) >= NEAR_YEAR:
            return False
        if re.fullmatch(r"[^_.\n&<>]*,Pt?", between):
            return True
        verb = self.tokens.lower(self.atom.start - 2)
        dates_event = re.fullmatch(r"y_{0,4},?_{0,2}[P<]t?", between) is not None
        return dates_event and verb in word_list("event_verbs") and self._is_another(year)

    def _is_framed(self, spoken: Anchor) -> bool:
        """Whether a date at the head of the sentence, of another year, tells when all of it was.

        "On 1 May 1851 it opened, and by October six million had come"; not "founded in 1926, it
        closed in March", nor "the law of 2015 was struck down on 3 May".
        """
        classes, start = self.tokens.classes, self.atom.start
        between = classes[spoken.token : start]
        if "." in between or "\n" in between or "this" in self.atom.flags:
            return False
        fronted = FRAME.search(classes, max(0, spoken.token - LONGEST_FRAME), spoken.token)
        past = fronted is not None and self._is_another(spoken) and not self.atom.direction
        return past and self._tense() == "past"

    def _is_another(self, year: Anchor) -> bool:
        """Whether it is not the year of the publication."""
        published = self.context.published
        return published is None or year.year != published.year

    def _either_order(self, base: Anchor) -> str:
        """Friday 7/6: the one day near the anchor that is 7 June or July 6, and a Friday."""
        atom = self.atom
        month, day = atom.month or 1, atom.day or 1
        fits = [
            found
            for year in (base.year - 1, base.year, base.year + 1)
            for found in (date(year, month, day), date(year, day, month))
            if found.isoweekday() == atom.weekday
            and abs((found - base.as_day()).days) <= HALF_A_YEAR
        ]
        if base.precision < 10 or len(fits) != 1:
            raise UnresolvedError(f"XXXX-WXX-{atom.weekday}")
        return fits[0].isoformat()

    def _after(self, spoken: Anchor) -> int:
        """The year of a part without one in a text that tells events in order."""
        month, known = self.atom.month, "-WI" not in spoken.value  # a winter has two years
        if month and spoken.month and self.atom.direction * (month - spoken.month) < 0:
            return spoken.year + self.atom.direction  # "October last", told in February
        if month and spoken.month and known and spoken.month - month >= TURN_OF_YEAR:
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
        if atom.weekday is not None and atom.day is not None and atom.month is not None:
            near = (base.year - 1, base.year, base.year + 1)
            fits = [year for year in near if self._extent(year)[0].isoweekday() == atom.weekday]
            if len(fits) == 1:
                return fits[0]  # Friday the 13th of October is not in every year
        tense = "future" if self._prospective() and atom.day is None else self._tense()
        if atom.rule == "listed_quarter":
            return self._listed_quarter(base, tense)
        if atom.direction < 0:
            return base.year if last < today else base.year - 1
        if atom.direction > 0:
            return base.year if first > today else base.year + 1
        if tense == "future" and atom.quarter is None:
            just_over = atom.day is not None and (today - last).days < JUST_OVER
            return base.year if last >= today or just_over else base.year + 1
        if atom.day is not None:
            return self._nearest_day(base, today, tense)
        if atom.quarter is not None:
            if tense == "future":
                return base.year + ((today - last).days > LONG_PAST_QUARTER)
            close_by = (first - today).days <= A_QUARTER
            long_over = (today - last).days + A_YEAR > HALF_A_YEAR
            return base.year if first <= today or (close_by and long_over) else base.year - 1
        ahead = (first - today).days
        before = self.tokens.lower(atom.start - 1)
        if tense == "past" and atom.holiday and before in word_list("over_cues"):
            return base.year if ahead <= 0 else base.year - 1
        if tense == "past":
            # "in March" of an event that is over; a month about to begin is not last year's
            return base.year if ahead <= COMING_MONTH else base.year - 1
        if ahead > 183:
            return base.year - 1
        return base.year + 1 if (today - last).days > 240 else base.year

    def _listed_quarter(self, base: Anchor, tense: str) -> int:
        """The year of "the first and third quarters": of all, by the last of them.

        Raises:
            UnresolvedError: the clause tells what happens every year.
        """
        last = self.atom.closing or self.atom
        if tense not in ("past", "future"):
            raise UnresolvedError(f"XXXX-Q{self.atom.quarter}")
        over = 3 * (last.quarter or 0) < base.as_day().month
        return base.year + (0 if over else -1) if tense == "past" else base.year + over

    def _nearest_day(self, base: Anchor, today: date, tense: str) -> int:
        """The year of a month and day: back for past events, else the nearest."""
        years = (base.year - 1, base.year, base.year + 1)
        ahead = {year: (self._extent(year)[0] - today).days for year in years}
        coming = min(year for year in years if ahead[year] >= 0)
        if tense == "past" and not self._prospective():
            return coming if ahead[coming] <= COMING_DAY else coming - 1
        limit = A_YEAR - JUST_OVER if tense == "scheduled" else HALF_A_YEAR
        if (tense in AHEAD or self._prospective()) and ahead[coming] <= limit:
            return coming
        return coming if ahead[coming] <= COMING_DAYS else coming - 1

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
        elif atom.rule == "weekdays_ago":
            shift = -(back or 7) - 7 * (atom.rank_count - 1)
        elif "week_on" in atom.flags:
            shift = 7 - back + 7 * atom.flags.count("week_on")
        elif atom.direction < 0:  # nobody calls yesterday "last Friday", or tomorrow the next
            shift = -(back + 7 if back < 1 + ("apart" in atom.flags) else back)
        elif atom.direction > 0:
            shift = 14 - back if back == 6 and "apart" in atom.flags else 7 - back
        elif "this" in atom.flags:
            shift = weekday - today.isoweekday()
        elif self._tense() in AHEAD or self._until():
            shift = (7 - back) % 7
        else:
            shift = -back
        day = add_days(today, shift)
        if day is None:
            raise ValueError(shift)
        return day.isoformat()

    def _day_alone(self, number: int) -> str:
        """The 18th: of the month around the anchor, on the side that the tense says."""
        spoken = self._month_of_sentence()
        if spoken is not None:
            self.anchor_name = "text"
            return date(spoken.year, spoken.month or 1, number).isoformat()
        base = self._base(10, f"XXXX-XX-{number:02d}")
        if base.precision < 10:
            raise UnresolvedError(f"XXXX-XX-{number:02d}")
        today, ahead = base.as_day(), self._tense() in AHEAD or self._until()
        for months in (0, 1, 2) if ahead else (0, -1, -2):
            year, month = add_months(today.year, today.month, months)
            if real_day(year, month, number):
                day = date(year, month, number)
                if day == today or (day > today) == ahead:
                    return day.isoformat()
        raise ValueError(number)

    def _month_of_sentence(self) -> Anchor | None:
        """The month spoken of in this sentence: "fell in May 1453, and burned on the 29th"."""
        month, start = self.context.last(7), self.atom.start
        if month is None or start - month.token > NEAR or self._until():
            return None
        between = self.tokens.classes[month.token : start]
        over = self._tense() == "past" and "." not in between and "\n" not in between
        return month if over and month.precision == 7 else None

    def _weekday_and_day(self, today: date, weekday: int, number: int) -> str:
        """The nearest day that is both a Friday and the 14th."""
        for months in sorted(range(-12, 13), key=abs):
            year, month = add_months(today.year, today.month, months)
            if real_day(year, month, number) and date(year, month, number).isoweekday() == weekday:
                return f"{year:04d}-{month:02d}-{number:02d}"
        raise ValueError(number)

    def _time_alone(self) -> str:
        """A clock time: of the day just spoken of in the same sentence, else of no day."""
        atom = self.atom
        if not atom.time:
            return ""
        spoken = self.context.spoken_day
        told = self.context.narrative  # a history goes on from paragraph to paragraph
        if spoken is not None and atom.start - spoken.token < (NEAR_STORY if told else NEAR):
            between = self.tokens.classes[spoken.token : atom.start]
            if told or "\n" not in between:
                self.anchor_name = "text"
                self.flags += ["anchored_on_text"] if told else []
                return f"{spoken.year:04d}-{spoken.month or 1:02d}-{spoken.day or 1:02d}{atom.time}"
        return atom.time
