"""Sums without an amount: "billions of dollars", and digits that a scanner misread."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.nlp.money.evidence import Evidence
from pipeline.nlp.money.lexicon import lexicon
from pipeline.nlp.money.numbers import SP, Number
from pipeline.nlp.money.parse import before_pattern, read_named
from pipeline.records import Figure, Span

_SCALE = "hundred|thousand|million|billion|trillion|lakh|crore"
_SCALES = f"(?:{'|'.join(f'{scale}s' for scale in _SCALE.split('|'))})"
_VAGUE = re.compile(
    rf"\b(?=[tdshmblcafu])(?:(?:tens|dozens|scores|{_SCALES})(?:{SP}(?:and|upon|or){SP}{_SCALES})?"
    rf"(?:{SP}of{SP}{_SCALES}){{0,2}}{SP}of"
    rf"|(?:several|(?:an?{SP})?few|many|(?:a{SP})?couple(?:{SP}of)?|(?:a{SP})?handful{SP}of|multiple|untold|countless)"
    rf"(?:{SP}|-)(?:{_SCALE})s?(?:{SP}(?:{_SCALE}))?(?:{SP}of)?"
    rf"|multi-?(?:million|billion|trillion))(?={SP}|-)",
    re.IGNORECASE,
)
#: What every vague sum has; the cheap test before the pattern.
_STEM = re.compile(r"(?i:lakh|crore|hundred|thousand|[mbtMBT](?i:illion|rillion))")
_MISREAD = re.compile(
    r"(?<![^\W_])(?:\d[\d.,]{0,20}[OolI]|[OlI][\d.,]{0,20}\d)[\dOolI.,]{0,20}?(?=[^\w.,]|[.,](?!\w)|\Z)"
    rf"(?P<scale>{SP}(?:million|billion|trillion|thousand|bn|mn)\b)?"
)


def find_vague(text: str, evidence: Evidence) -> list[Figure]:
    """Sums such as "tens of millions of euros": a currency and no amount."""
    figures: list[Figure] = []
    if not _STEM.search(text):
        return figures
    for match in _VAGUE.finditer(text):
        number = Number(match.start(), match.end(), Decimal(0), Decimal(0), 6)
        found = read_named(text, number, evidence)
        if found is not None:
            flags = ("vague_amount", *found.flags, *(("bare",) if found.bare else ()))
            span = Span(match.start(), found.end)
            figures.append(Figure(span, "money", None, currency=found.currency, flags=flags))
    return figures


def find_misread(text: str, evidence: Evidence) -> list[Figure]:
    """Sums with a letter among their digits ("$1O0"): no amount, since any would be a guess."""
    figures = []
    for match in _MISREAD.finditer(text):
        start, end = match.span()
        currency: str | None = "USD"
        sign = before_pattern().search(text[max(0, start - 8) : start])
        named = read_named(text, Number(start, end, Decimal(0), Decimal(0), 6), evidence)
        if sign is not None and (sign["sign"] or "$" in sign[0]):
            if sign["sign"]:
                currency = lexicon().signs.get(sign["sign"])
            start -= len(sign[0])
        elif named is not None:
            currency, end = named.currency, named.end
        else:
            continue
        flags = ("ocr_digits",)
        figures.append(Figure(Span(start, end), "money", None, currency=currency, flags=flags))
    return figures
