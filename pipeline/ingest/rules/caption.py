# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Captions that say so: "FILE PHOTO: …", "Illustration of …", "… (Image: Agency)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.rules.photo_credit import AGENCY, KIND

REASON = "A caption: it describes a picture that is no longer there."

START = re.compile(
    r"[(\[]?(?:file photo|file image|file picture|file pic|file|archivfoto|archivbild|symbolbild|symbolfoto|photo d'archive|photo d’archive|photo d'illustration|image d'illustration"
    r"|foto de archivo|imagen de archivo|foto d'archivio|foto di repertorio|foto de arquivo|foto ilustrasi|arşiv|illustrative (?:photo|image)|representational image|representative image)\s*(?:[:：–—-]|\))"
    r"|(?:illustration|photo|photograph|picture|image|screenshot|close-up|aerial view|file photo) of\s+\S"
    r"|(?:pictured|seen here|above|below|left|right|clockwise from (?:top )?left|from left|caption|image (?:caption|source),|in this (?:\w+\.? \d{1,2}, \d{4},? )?(?:file )?(?:photo|image|picture|photograph))\s*:?\s",
    re.IGNORECASE,
)
SURE = re.compile(
    r"[(\[]?(?:file|archiv|symbol|illustration of|photo of|image of|picture of|photograph of|screenshot of|pictured:|caption:|image (?:caption|source),)",
    re.IGNORECASE,
)
SAID = re.compile(r"[(\[]?(?:caption|pictured|file(?: photo)?) ?[:：–—-]\s", re.IGNORECASE)
FILED = re.compile(r"[(\[]?file (?:photo|image|picture)\s*[:：–—-]", re.IGNORECASE)
TAIL = re.compile(
    rf"[(\[]\s*(?:{KIND}|credit|source|via|courtesy|copyright|©)\s*(?:credits?|by|courtesy|via)?\s*[:/|©]?\s+[^()\[\]]{{2,80}}[)\]]\.?$"
    rf"|[(\[](?:[^()\[\]]{{1,50}}[/,] ?)?(?:{AGENCY.pattern})(?:[ /,][^()\[\]]{{0,40}})?[)\]]\.?$"
    rf"|\b(?:{KIND})\s*(?:credit|by|courtesy of|courtesy|via)?\s*[:/]\s*[^\W\d_][^.:]{{2,60}}$"
    r"|\b(?:REUTERS|AFP|EPA|AP)\s?/\s?[^\W\d_][^.]{2,40}\.?$"
    r"|/\s?(?:Getty Images|AFP|AP|Reuters|REUTERS|EPA|Shutterstock|Getty)(?:[ /]File)?[)\].]*$",
    re.IGNORECASE,
)
#: A credit in brackets at the end that says "photo" or names an agency beside a photographer; and
#: "Image caption, …".
PLAINLY = re.compile(
    rf"[(\[]\s*{KIND}\s*(?:credits?|by|courtesy of|courtesy|via)?\s*[:/|©]?\s+[^()\[\]]{{2,80}}[)\]]\.?$"
    rf"|\((?:{AGENCY.pattern})(?: photo| images?)?\s?/\s?[^()]{{2,60}}\)\.?$"
    rf"|[.!?)”\"]\s(?:{KIND}|credit)(?: credit| by)?:\s(?-i:[^\W\d_a-z])[^.:?!]{{2,60}}$"
    r"|^image (?:caption|source),",
    re.IGNORECASE,
)
#: Every credit at the end of a caption has a bracket, slash or colon.
CREDITED = re.compile(r"[(\[/:]")


def is_caption(line: Line) -> bool:
    if line.size > 380:
        return False
    body = line.body
    tail = body[-160:]
    if CREDITED.search(tail) and TAIL.search(tail):
        return True
    found = START.match(body)
    if found is None:
        return False
    return bool(SURE.match(body)) and line.size <= 260 and not ('"' in body and line.words > 25)


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if is_caption(line):
            sure = FILED.match(line.body) is not None
            plainly = PLAINLY.search(line.body[-160:]) or SAID.match(line.body)
            confidence = 0.96 if sure else 0.94 if plainly else 0.9
            yield Proposal(line.span, "caption", REASON, confidence)
