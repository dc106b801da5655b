"""Who wrote the article: "By Jane Doe", "Von Anna Muster", "Written by …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "A byline: it names the author and is no statement of the article."

START = re.compile(
    r"(?:(?:story|words|text|reporting|report|article|review|post|interview|guest post)\s+)?"
    r"(?:by|written by|posted by|published by|authored by|reviewed by|edited by|reported by"
    r"|medically reviewed by|fact[- ]checked by|submitted by|contributed by|added by|updated by"
    r"|von|par|por|di|door|av|af|oleh|автор|autor|autora|auteur|autore|penulis|yazar|redakcja)"
    r"\s*:?\s+(?=(?-i:[^\W\d_a-zà-ÿ])|@|[\u3040-\u9fff])",
    re.IGNORECASE,
)
SURE = re.compile(r"(?:By|BY|Written by|Posted by) (?:[A-Z][\w.’'-]+ ?){2,5}$")
NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
#: Small words inside names and roles.
SMALL = rule_words("byline", "small")


def is_byline(line: Line) -> bool:
    found = START.match(line.body)
    if found is None or line.size > 120 or line.words > 14:
        return False
    rest = line.body[found.end() :]
    if rest[:1].islower() or line.body.endswith((":", "?", "!")):
        return False
    # "By Land and Sea": a name has capitals all along, apart from small words.
    words = NAME_WORD.findall(re.split(r"[|•·\d(]", rest, maxsplit=1)[0])
    return bool(words) and all(w[0].isupper() or w.casefold() in SMALL for w in words)


def find(page: Page) -> Iterator[Proposal]:
    for index, line in enumerate(page.lines):
        near_top = index <= page.first_prose + 4
        if is_byline(line) and (near_top or index >= page.last_prose):
            yield Proposal(line.span, "byline", REASON, 0.96 if SURE.match(line.body) else 0.9)
