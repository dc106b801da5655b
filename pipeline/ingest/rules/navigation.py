# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Menus: rows of short labels, skip links, pagers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import word_set

REASON = "A menu or page control of the web site."

CRUMBS = re.compile(
    r"(?:home|startseite|accueil|inicio|início|главная|beranda|anasayfa)\s*[>»›/→|]", re.IGNORECASE
)
PAGER = re.compile(
    r"(?:page|seite|página|pagina) \d{1,4} (?:of|von|de|di|van|sur) \d{1,4}|pages?:(?: \d{1,3})+|(?:[«‹<←] ?)?(?:previous|next|prev|older|newer)(?: (?:posts?|articles?|page|story))?(?: ?[»›>→])?",
    re.IGNORECASE,
)
#: Labels that mean a control even inside an article.
SURE = frozenset(
    (
        "skip to content",
        "skip to main content",
        "skip to navigation",
        "back to top",
        "toggle navigation",
        "toggle menu",
        "toggle",
        "next post",
        "previous post",
        "next article",
        "previous article",
        "jump to content",
        "skip to main",
        "scroll to top",
        "go to top",
        "zum inhalt springen",
        "aller au contenu",
        "ir al contenido",
        "saltar al contenido",
        "vai al contenuto",
        "nach oben",
        "haut de page",
        "retour en haut",
        "volver arriba",
        "torna su",
        "log in",
        "sign in",
        "main menu",
        "open menu",
        "close menu",
        "older posts",
        "newer posts",
        "older post",
        "newer post",
        "older entries",
        "newer entries",
        "post navigation",
        "skip navigation",
        "menu",
    )
)


def find(page: Page) -> Iterator[Proposal]:
    words = word_set("navigation")
    for index, line in enumerate(page.lines):
        if line.size > 160:
            continue
        outside = index < page.first_prose or index > page.last_prose
        sure = line.label in SURE or CRUMBS.match(line.body) or PAGER.fullmatch(line.body)
        if sure:
            yield Proposal(line.span, "navigation", REASON, 0.95)
        elif outside and line.label in words and (index or line.words == 1):
            yield Proposal(line.span, "navigation", REASON, 0.9)
