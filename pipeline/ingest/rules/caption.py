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
    r"|(?:pictured|seen here|above|below|left|right|clockwise from (?:top )?left|from left|caption|in this (?:\w+\.? \d{1,2}, \d{4},? )?(?:file )?(?:photo|image|picture|photograph))\s*:?\s",
    re.IGNORECASE,
)
SURE = re.compile(
    r"[(\[]?(?:file|archiv|symbol|illustration of|photo of|image of|picture of|photograph of|screenshot of|pictured:|caption:)",
    re.IGNORECASE,
)
TAIL = re.compile(
    rf"[(\[]\s*(?:{KIND}|credit|source|via|courtesy|copyright|©|foto)\b[^()\[\]]{{0,80}}[)\]]\.?$"
    rf"|[(\[](?:[^()\[\]]{{1,50}}[/,] ?)?(?:{AGENCY.pattern})(?:[ /,][^()\[\]]{{0,40}})?[)\]]\.?$"
    rf"|\b(?:{KIND})\s*(?:credit|by|courtesy of|courtesy|via)?\s*[:/]\s*[^\W\d_][^.:]{{2,60}}$"
    r"|\b(?:REUTERS|AFP|EPA|AP)\s?/\s?[^\W\d_][^.]{2,40}\.?$"
    r"|/\s?(?:Getty Images|AFP|AP|Reuters|REUTERS|EPA|Shutterstock|Getty)(?:/File)?[)\].]*$",
    re.IGNORECASE,
)


def is_caption(line: Line) -> bool:
    if line.size > 380:
        return False
    body = line.body
    if TAIL.search(body[-160:]):
        return True
    found = START.match(body)
    if found is None:
        return False
    return bool(SURE.match(body)) and line.size <= 260 and not ('"' in body and line.words > 25)


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if is_caption(line):
            yield Proposal(line.span, "caption", REASON, 0.9)
