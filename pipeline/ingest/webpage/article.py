"""Which blocks of a page are the article."""

from __future__ import annotations

from collections.abc import Sequence

import trafilatura
from lxml import etree

from pipeline.ingest.webpage.align import shares
from pipeline.ingest.webpage.blocks import Block

ENOUGH = 0.6  # share of a block's words in the extract


def extract_of(root: etree._Element) -> str:
    """trafilatura's article text; "" where it finds none."""
    return trafilatura.extract(root, include_comments=False, include_tables=True) or ""


def keep_blocks(blocks: Sequence[Block], extract: str) -> list[bool]:
    """For each block: is it part of the article?"""
    return [share >= ENOUGH for share in shares([block.text for block in blocks], extract)]
