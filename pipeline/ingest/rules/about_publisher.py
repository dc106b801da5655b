# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""What a publisher says of itself below an article: "The … Institute is an independent …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.rules.author_bio import in_tail

REASON = "The publisher's note about itself, not a statement of the article."

SELF = re.compile(
    r"(?:^about (?:us|the) |^(?-i:[^\W\d_a-z]).{2,120}? is an? (?:\w+[ ,-]+){0,8}?(?:non-?partisan|non-?profit|not-for-profit|non-for-profit|501\(c\)\(3\)|independent|award-winning|leading|global|online|digital|weekly|daily|monthly|member-supported|reader-supported)"
    r"[\w ,()-]{0,80}?\b(?:organi[sz]ation|institut(?:e|ion)|think tank|newsroom|news (?:agency|outlet|organi[sz]ation|site|website|service)|publication|magazine|website|publisher|platform|foundation|charity|media (?:company|outlet|organi[sz]ation)|network|research (?:center|centre|institute)|journal)\b)",
    re.IGNORECASE,
)
STANDING = re.compile(
    r"\b(?:editorial (?:control|independence|policy|standards|team)|does not (?:engage in advocacy|take (?:institutional )?positions|accept funding)|takes no (?:institutional )?positions?|welcomes (?:financial )?donations|our (?:mission|journalism|readers|donors|supporters)|donors?\b.{0,40}\bclick|reflect only the authors?['’]? views|sign up|subscribe|please click|support our)\b",
    re.IGNORECASE,
)
REPUBLISHED = re.compile(
    r"^(?:this (?:article|story|post|piece|report|content|commentary|essay|column|interview)|the (?:article|post|story|piece))(?: \w+)? (?:was|is|has been|first|originally)(?: \w+){0,3} (?:published|republished|produced|provided|syndicated|distributed|appeared|supported|translated|reprinted)\b"
    r"|^(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b|^the post .{3,200} (?:appeared first|first appeared) on\b|^read the original (?:article|story|post)\b"
    r"|^(?:dieser|der) (?:artikel|beitrag|text) (?:erschien|ist|wurde)\b.{0,60}(?:erschienen|veröffentlicht)|^cet article (?:a été|est) (?:initialement )?(?:publié|paru)|^este artículo (?:fue|se) (?:publicado|publicó)|^questo articolo è (?:stato )?(?:pubblicato|apparso)",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Proposal]:
    for index, line in enumerate(page.lines):
        if line.size > 1500:
            continue
        body = page.text[line.start : min(line.end, line.start + 1500)]
        if REPUBLISHED.match(line.body) and line.size <= 400:
            yield Proposal(line.span, "about_publisher", REASON, 0.85)
        elif in_tail(page, index) and SELF.match(line.body) and STANDING.search(body):
            yield Proposal(line.span, "about_publisher", REASON, 0.97)
