# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Copyright lines and standing disclaimers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "A copyright line or standing notice of the publisher."

MARK = re.compile(
    r"(?:[©ⓒ]|\(c\) ?(?=\d)|&copy;|copyright\s*(?:[©ⓒ]|\(c\)|:|by\b|\d{4})|<?저작권자)\s*(?:\d{4}|[^\W\d_])?",
    re.IGNORECASE,
)
DATED = re.compile(
    r"(?:copyright|[©ⓒ]|\(c\))\s*(?:[©ⓒ]|\(c\))?\s*(?:19|20)\d\d\b|[©ⓒ]|copyright\s*[©ⓒ]",
    re.IGNORECASE,
)
#: The same words in scripts that are written without blanks, where a word boundary tells nothing.
RESERVED = re.compile(
    r"無断(?:転載|複製|引用)|禁(?:無断)?転載|转载请注明|版权所有|版權所有|未经授权|무단\s?전재|재배포\s?금지"
)
RIGHTS = re.compile(
    r"\ball rights? reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b|\btodos los derechos reservados\b|\btutti i diritti (?:sono )?riservati\b"
    r"|\btodos os direitos reservados\b|\balle rechten voorbehouden\b|\bwszelkie prawa zastrzeżone\b|\bвсе права защищены\b|\bhak cipta dilindungi\b|\btüm hakları saklıdır\b"
    r"|\bthis material may not be published, broadcast|\bno part of this (?:article|publication|site) may be reproduced|\bmay not be reproduced, (?:distributed|published)|\breproduction (?:in whole or in part )?(?:is )?(?:prohibited|without permission)",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:legal )?disclaimer\s*[:：]|haftungsausschluss\s*:|avertissement\s*:|descargo de responsabilidad\s*:|isenção de responsabilidade\s*:|penafian\s*:|sorumluluk reddi\s*:"
    r"|(?:affiliate|advertiser|advertising) disclosure\b|(?:disclosure|transparency)\s*:\s*(?:this|some|we|as an)|this (?:post|article|page|site|website|story|content) (?:may )?contains? affiliate"
    r"|as an amazon associate|we may (?:earn|receive|get) (?:a |an )?(?:small )?(?:affiliate )?(?:commission|compensation)|if you (?:buy|purchase|click) .{0,80}we may earn",
    re.IGNORECASE,
)

#: A line without any of these words cannot match.
TRIGGERS = rule_words("copyright", "triggers")


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if line.size > 900:
            continue
        body = line.body
        short = line.size <= 300
        if short and MARK.match(body) and line.words <= 40:
            sure = DATED.match(body) is not None
            yield Proposal(line.span, "copyright", REASON, 0.96 if sure else 0.85)
        elif (
            line.size <= 500 and not line.tokens.isdisjoint(TRIGGERS) and RIGHTS.search(body)
        ) or (short and not body.isascii() and RESERVED.search(body)):
            yield Proposal(line.span, "copyright", REASON, 0.93)
        elif NOTICE.match(body):
            short_note = line.size <= 160 and line.body.casefold().startswith(
                ("disclaimer", "legal disclaimer")
            )
            yield Proposal(line.span, "copyright", REASON, 0.95 if short_note else 0.85)
