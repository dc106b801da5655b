"""What the words around a sum say: bounds, per what, loss or cut, change, and doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money.lexicon import read_data
from pipeline.nlp.money.numbers import SP

_LEFT = 48  # characters of the clause before a figure that are looked at
_CHANGE = re.compile(
    r"\b(?:rose|rises?|risen|rising|raise[sd]?|raising|f[ae]ll(?:s|en|ing)?|climb\w*|jump\w*|gr[eo]w\w*|growing"
    r"|drop\w*|declin\w*|decreas\w*|increas\w*|cut|cuts|cutting|slash\w*|reduc\w*|lower\w*|boost\w*"
    r"|went|go|goes|gone|going|up|down|slip\w*|slid\w*|surg\w*|soar\w*|plung\w*|tumbl\w*|shr[iau]nk\w*"
    r"|mov\w*|chang\w*|expand\w*|improv\w*|widen\w*|narrow\w*|swell\w*|swelled|hik\w*|doubl\w*|tripl\w*"
    r"|adjust\w*|revis\w*|downgrad\w*|upgrad\w*|advanc\w*|ros|edg\w*|retreat\w*|recover\w*|swung|swing\w*)\b"
)
_CLAUSE_END = re.compile(r"[;:?!\n]|[.](?=\s)")
_WORDY = re.compile(
    r"(?:a|an|the|its|their|his|her|another|further|additional|only|just|even)" + SP
)
_FEW_WORDS = re.compile(r"(?:\s+(?!to\s+\Z)[\w'’-]+){0,3}\s*")
_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}\Z")
_JUST_BY = re.compile(r"\s+(?:by\s+)?(?:(?!(?:from|to|of|in|at|with)\s)[a-z]+\s+){0,2}")
#: Words that move by an amount; "raise 5 to 6 million" is a range.
_MOVED = re.compile(
    r"\b(?:rose|risen|rises?|f[ae]ll(?:s|en)?|climb(?:s|ed)|jump(?:s|ed)|grew|drop(?:s|ped)|declined|gained"
    r"|added|lost|slipped|slid|surged|soared|plunged|tumbled|up|down|off|edged|advanced|eased|skidded"
    r"|increased|decreased)\b"
)
#: Of these, the ones that take an object: "lost 5 to 10 million dollars" is a range.
_TAKES = {"lost", "gained", "added"}
_DOWN_FROM = re.compile(r"[,)]\s+(?:up|down)\s+from\s+(?:[a-z]+\s+){0,2}\Z")
#: Words of large finance: in a sentence with them a small bare sum may have lost its scale.
_LARGE = (
    r"loans?|credits?|aid|budget|bail(?:ed )?out|fund(?:s|ing)?|invest\w*|promis\w*|pledg\w*"
    r"|deficit|reserves|contracts?|package|capacity"
)
_LARGE_ALONE = re.compile(rf"\b(?:{_LARGE})\b", re.IGNORECASE)
_LARGE_QUOTED = re.compile(
    rf"\b(?:{_LARGE}|spend\w*|econom\w*|government|ministry|treasury|bank|sanctions|financ\w*"
    r"|billions?|millions?|trade|exports?|imports?|revenues?|deal|merger|acqui\w*)\b",
    re.IGNORECASE,
)
_CUT_IN_QUOTE = re.compile(r"[.,]?[\"”'’»]|\s?\[?(?:\.{2,}|…)")
_SENTENCE_END = re.compile(r"\.(?=\s+[\"“A-Z]|\s*\Z|\s*\n)")


@dataclass(frozen=True, slots=True)
class Bound:
    """How exact a figure is meant: the qualifier, and its one bound."""

    qualifier: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


def _either(words: list[str]) -> str:
    """A pattern of phrases; a space in them is any space within a line."""
    parts = (
        re.escape(word).replace(r"\ ", SP + "+") for word in sorted(words, key=len, reverse=True)
    )
    return "|".join(parts)


@remembered
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = read_data("units.toml")["qualifier"]
    before = "|".join(f"(?P<{name}>{_either(words)})" for name, words in data["before"].items())
    after = "|".join(f"(?P<{name}>{_either(words)})" for name, words in data["after"].items())
    return (
        re.compile(
            rf"(?<![\w-])(?:{before}){SP}*(?:(?:a|an|the|another|total{SP}of){SP}+)?\Z", re.I
        ),
        re.compile(rf"(?:-|{SP})*(?:{after})(?!\w)", re.I),
    )


@remembered
def _last_words() -> frozenset[str]:
    """Last words of the qualifiers: the cheap test before the pattern."""
    data = read_data("units.toml")["qualifier"]["before"]
    return frozenset(phrase.split()[-1].lower() for words in data.values() for phrase in words)


def read_bound(text: str, start: int, end: int, low: Decimal | None, high: Decimal | None) -> Bound:
    """The bound that the words beside [start, end) set.

    Args:
        low, high: the figure's own least and greatest value (the same for a single amount).
    """
    before, after = _qualifiers()
    window = text[max(0, start - 28) : start]
    words = window.lower().split()
    name: str | None = None
    if words and not _last_words().isdisjoint(words[-3:]):
        match = before.search(window)
        name = match.lastgroup if match else None
    if name is None and text[end : end + 1] in (" ", "+", "\u00a0", "-"):
        match = after.match(text, end)
        name = match.lastgroup if match and not _ADDS.match(text, end) else None
    if name is None:
        return Bound()
    if name in ("more_than", "at_least"):
        return Bound(name, low=low)
    if name in ("less_than", "at_most"):
        return Bound(name, high=high)
    return Bound(name)


#: "$10,000 plus costs" adds something.
_ADDS = re.compile(rf"{SP}plus{SP}\w", re.I)
#: "$3m a year earlier" is no rate.
_NOT_PER = rf"{SP}(?:ago|earlier|later|before|prior|from{SP}now|since)\b"


@remembered
def _per_pattern() -> re.Pattern[str]:
    data = read_data("units.toml")["per"]
    fixed = "|".join(
        f"(?P<{name}>{_either(data[name])})"
        for name in ("each", "yearly", "monthly", "weekly", "daily", "hourly")
    )
    plain = _either(data["words"])
    return re.compile(
        rf"(?:-|{SP})?(?:{fixed})(?!\w|{SP}way\b)|(?:-|{SP})(?:an?)(?:-|{SP})(?P<a>{plain})(?!\w|{_NOT_PER})"
        rf"|(?:-|{SP})?(?:(?:per|every)(?:-|{SP})|/{SP}?)(?P<per>(?:square{SP}|cubic{SP}|metric{SP})?[A-Za-z]{{2,}}(?:-hour\b)?)"
    )


_EACH_OF = re.compile(rf"\beach{SP}(?:of|at|for|worth|costing|priced{SP}at){SP}\Z", re.I)
_OF_WHAT = re.compile(rf"{SP}of{SP}[a-z]+(?={SP}(?:an?|per){SP})")
_CONVERTED = re.compile(rf"{SP}?\([^()\n]{{1,30}}\)|\)")
_PERIODS = {
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}
_ANNUAL = re.compile(
    rf"\b(annual|yearly|monthly|weekly|daily|hourly){SP}(?:[a-z]+{SP}){{0,2}}(?:of{SP})?\Z", re.I
)
_ANNUAL_AFTER = re.compile(rf"{SP}(annual|yearly|monthly|weekly|daily|hourly)(?!\w)", re.I)


def read_per(text: str, start: int, end: int) -> tuple[str, int]:
    """(what the figure is for each of, where those words end): ("barrel", …); "" if nothing."""
    pattern = _per_pattern()
    converted = _CONVERTED.match(text, end)  # "9 shekels ($2) a year"
    of_what = _OF_WHAT.match(text, end)  # "60,000 tons of coal a year"
    match = pattern.match(text, end) or next(
        (pattern.match(text, gap.end()) for gap in (converted, of_what) if gap), None
    )
    if match is not None:
        if match["a"] or match["per"]:
            word = (match["a"] or match["per"]).lower()
            return read_data("units.toml")["per"]["short"].get(word, word), match.end()
        name = match.lastgroup or ""
        return _PERIODS.get(name, name), match.end()
    near = _ANNUAL_AFTER.match(text, end) or _ANNUAL.search(text[max(0, start - 40) : start])
    if near is not None:
        word = near[1].lower()
        return ("year" if word == "annual" else _PERIODS[word]), end
    if _EACH_OF.search(text[max(0, start - 20) : start]):
        return "each", end
    return "", end


@remembered
def _roles() -> dict[str, re.Pattern[str]]:
    """Cues before a figure, behind it, and before "by" and a figure."""
    data = read_data("units.toml")["role"]

    def named(table: str) -> str:
        return "|".join(f"(?P<{name}>{_either(words)})" for name, words in data[table].items())

    return {
        "before": re.compile(rf"\b(?:{named('before')})(?={SP})", re.I),
        "after": re.compile(rf"(?:-|{SP})(?:[a-z]+{SP}+){{0,3}}?(?:{named('after')})(?!\w)", re.I),
        "by": re.compile(rf"\b(?:{named('by')})\b(?=.*\bby{SP}\Z)", re.I),
    }


def read_role(text: str, start: int, end: int) -> str:
    """loss, cut, fine, ... as the clause's words say; "" if nothing near says it."""
    patterns = _roles()
    window = clause_before(text, start)
    changed = patterns["by"].search(window) if window.endswith("by ") else None
    if changed is not None:
        return changed.lastgroup or ""
    cues = list(patterns["before"].finditer(window))
    # The nearest cue counts, if only a few words stand behind it; "cut to $5" is no cut of $5.
    if cues and _FEW_WORDS.fullmatch(window, cues[-1].end()):
        return cues[-1].lastgroup or ""
    match = patterns["after"].match(text, end)
    return (match.lastgroup or "") if match else ""


def clause_before(text: str, start: int, size: int = _LEFT) -> str:
    """At most size characters before start, of the same sentence or clause."""
    window = text[max(0, start - size) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(window)]
    return window[ends[-1] :] if ends else window


def is_change(text: str, start: int) -> bool:
    """After "rose from" at start, what follows are two values, not a range."""
    window = clause_before(text, start, 90)
    return (
        _FROM.search(window) is not None
        and _DOWN_FROM.search(window) is None
        and _CHANGE.search(window) is not None
    )


def moved_by(text: str, start: int, *, named: bool) -> bool:
    """After "rose", two values follow as well: "rose 5 cents to $10".

    Args:
        named: the first of the two values has a currency of its own.
    """
    window = clause_before(text, start, 40)
    verbs = list(_MOVED.finditer(window))
    if not verbs or (verbs[-1][0] in _TAKES and not named):
        return False
    return _JUST_BY.fullmatch(window, verbs[-1].end()) is not None


def looks_cut(text: str, start: int, end: int, value: Decimal, largest: Decimal) -> bool:
    """A small round sum at the end of a sentence or quotation about large ones.

    Args:
        largest: the greatest sum of the text.
    """
    if value >= 1000 or value != value.to_integral_value():
        return False
    sentence = clause_before(text, start, 200)
    if _CUT_IN_QUOTE.match(text, end):
        return _LARGE_QUOTED.search(sentence) is not None
    return (
        largest >= 1_000_000
        and _SENTENCE_END.match(text, end) is not None
        and _LARGE_ALONE.search(sentence) is not None
    )
