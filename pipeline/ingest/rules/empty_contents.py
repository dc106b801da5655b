"""Tables of contents: a heading with nothing, or only the article's own headings, under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import word_set

REASON = "A table of contents: its entries are the headings of the article, or it is empty."


#: The button beside the heading.
SWITCH = re.compile(r"\s*[\[(](?:show|hide|toggle|ein|aus)[^\[\]()]{0,12}[\])]$")


def _heads_prose(page: Page, index: int) -> bool:
    return index + 1 < len(page.lines) and page.prose[index + 1]


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    for index, line in enumerate(lines):
        if line.size > 60 or SWITCH.sub("", line.label).strip("[]() ") not in word_set("contents"):
            continue
        if line.words == 1 and page.first_prose < index and _heads_prose(page, index):
            continue  # "Contents", then what a box contains: a heading of the article
        yield Proposal(
            line.span,
            "empty_contents",
            REASON,
            0.95 if index <= page.last_prose or line.words > 1 else 0.9,
        )
        for entry in lines[index + 1 : index + 60]:
            # An entry is repeated as a heading further down; what is not ends the table.
            if (
                entry.size > 200
                or page.counts[entry.norm] < 2
                or (entry.ends_sentence and entry.words > 12)
            ):
                break
            yield Proposal(entry.span, "empty_contents", REASON, 0.85)
