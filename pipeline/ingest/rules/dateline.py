# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""When the page was published or updated, and how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "A publication line: date, time or reading time of the page, kept as metadata."

LABEL = re.compile(
    r"(?:first )?(?:published|updated|posted|last updated|last modified|last edited|modified|date"
    r"|created|filed|publish date|published on|updated on|posted on|date published|(?:re)?published"
    r"|veröffentlicht|aktualisiert|stand|erstellt|zuletzt aktualisiert|publié|mis à jour"
    r"|publicado|actualizado|última actualización|pubblicato|aggiornato|ultimo aggiornamento"
    r"|atualizado|gepubliceerd|bijgewerkt|opublikowano|aktualizacja|опубликовано|обновлено"
    r"|diterbitkan|diperbarui|yayınlanma|güncelleme|publicerad|uppdaterad|publisert|oppdatert"
    r"|publiceret|opdateret|julkaistu|päivitetty)(?: (?:on|at|am|le|el|il|em|op|den|à))?\b\s*:?",
    re.IGNORECASE,
)
READING = re.compile(
    r"(?:\(?(?:about |approx\.? |~)?\d{1,3}[ -]?(?:min(?:ute)?s?|mins?\.?)[ -](?:read|reading|lesen|listen|watch)"
    r"\b.{0,12}|(?:reading time|read time|estimated reading time|lesezeit|temps de lecture|tiempo de lectura"
    r"|tempo di lettura|tempo de leitura|leestijd|время чтения)\b.{0,40})",
    re.IGNORECASE,
)
AGO = re.compile(
    r"(?:\d{1,3}|an?|one|few)\s*(?:s|m|h|d|w|mo|y|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\.?"
    r"|vor \d{1,3} \w{3,10}|il y a \d{1,3} \w{1,9}|hace \d{1,3} \w{3,9}|\d{1,3} \w{3,9} fa|há \d{1,3} \w{3,9}",
    re.IGNORECASE,
)
#: How lines begin that can only be about the page itself.
SURE = ("last updated", "last modified", "updated", "published", "posted")
HEAD_LINES = 4
NUMBER = re.compile(r"\d")
PRICE = re.compile("[$€£¥₹%]")
#: Opening hours, and a period from one date to another: facts of an event, not of the page.
HOURS = re.compile(
    r"\d{1,2}[.:]\d{2} ?(?:[ap]\.?m\.?)? ?[/–—-] ?\d{1,2}[.:]\d{2} ?(?:[ap]\.?m\.?)?", re.IGNORECASE
)
PERIOD = re.compile(r"\d{4} ?[|–—-] ?\d{1,2}\.? (?!min)[^\W\d_]{3,}", re.IGNORECASE)
#: Digits of a telephone or account number: those of a date stand in twos and fours, or in eight.
NO_DATE = re.compile(r"(?<![\d.])(?:\d{3}|\d{5}|\d{7}|\d{9,})(?!\d)")
#: Words of dates and times; a line made of these and digits only is a stamp.
DATE_WORD = re.compile(
    r"(?:jan|feb|mar|apr|may|mai|maj|mei|jun|jul|aug|ago|aou|aoû|sep|set|oct|okt|ott|out|nov|dec|dez|dic|déc|fév|avr"
    r"|gen|mag|giu|lug|ene|abr|mär|mrt|янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек"
    r"|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|jue|vie|sáb|dom|seg|ter|qua|qui|sex"
    r"|jui)\w{0,9}\.?$",
    re.IGNORECASE,
)
SMALL = rule_words("dateline", "small")
TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")


def is_stamp(text: str) -> bool:
    """The text is a date or time and nothing else."""
    if len(text) > 90 or not NUMBER.search(text) or PRICE.search(text):
        return False
    if HOURS.fullmatch(text) or PERIOD.search(text) or NO_DATE.search(text):
        return False
    words = TOKEN.findall(text.casefold())
    return all(word in SMALL or DATE_WORD.match(word) for word in words) and len(words) <= 14


def is_dated_label(line: Line) -> bool:
    found = LABEL.match(line.body)
    if found is None or line.size > 140:
        return False
    rest = line.body[found.end() :].strip(" :–—-|")
    return not rest or (bool(NUMBER.search(rest[:40])) and line.words <= 18)


def in_record(page: Page, index: int) -> bool:
    """The line before or after is another field of a list: mail headers, accounts, key dates."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(page.lines) and page.lines[index].key:
            beside = page.lines[other]
            if beside.key and beside.value and beside.size <= 140 and not is_dated_label(beside):
                return True
    return False


def find(page: Page) -> Iterator[Proposal]:
    for index, line in enumerate(page.lines):
        named = line.body.casefold().startswith(SURE)
        if line.size > 140 or (not named and in_record(page, index)):
            continue
        outside = index <= page.first_prose or index > page.last_prose
        body = line.body
        if READING.fullmatch(body) or AGO.fullmatch(body):
            yield Proposal(line.span, "dateline", REASON, 0.95)
        elif is_dated_label(line) and (outside or not line.ends_sentence):
            yield Proposal(line.span, "dateline", REASON, 0.96 if named and not line.mark else 0.9)
        elif outside and ("/" in body or ":" in body or NUMBER.search(body)) and is_stamp(body):
            digits = len(NUMBER.findall(body))
            # A whole date right below the headline is the page's own.
            head = 0 < index < min(page.first_prose, HEAD_LINES) and digits >= 5
            confidence = 0.94 if head else 0.9 if digits >= 4 else 0.6
            if confidence > 0.6:
                yield Proposal(line.span, "dateline", REASON, confidence)
