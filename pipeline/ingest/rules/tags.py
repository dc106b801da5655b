# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Keyword lines: "Tags: …", "Filed under: …", "Categories: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal

REASON = "A line of tags or categories that the site adds for its own search."

LABEL = re.compile(
    r"(?:tags?|tagged(?: with| as| in| under)?|filed (?:under|in|to)|posted in|categor(?:y|ies)|topics?|keywords?|labels?|hashtags?"
    r"|related topics|more on|in this category|posted under|published in|section"
    r"|schlagwörter|schlagworte|stichwörter|stichworte|kategorien?|themen|verschlagwortet mit|mots[- ]clés|étiquettes|catégories?|thèmes|classé (?:dans|sous)"
    r"|etiquetas|categorías?|temas|palabras clave|archivado en|publicado en|etichette|categori[ae]|argomenti|parole chiave|archiviato in|categorias?|palavras-chave|assuntos"
    r"|trefwoorden|categorie(?:ën)?|onderwerpen|tagi|kategorie|słowa kluczowe|теги|метки|рубрик[аи]|категори[яи]|topik|etiketler|kategoriler|etiketter|kategorier|ämnen|emner|avainsanat|标签|分类|タグ|カテゴリー|태그)"
    r"\s*[:：]\s*(\S.*)?$",
    re.IGNORECASE,
)
HASHTAGS = re.compile(r"(?:#\w{2,40}[\s,;|]*){2,}$")


def find(page: Page) -> Iterator[Proposal]:
    for index, line in enumerate(page.lines):
        if line.size > 600:
            continue
        if HASHTAGS.match(line.text):
            yield Proposal(line.span, "tags", REASON, 0.95)
        elif (found := LABEL.match(line.body)) and not line.ends_sentence:
            listed = found[1] or ""
            sentence = listed.count(" ") > 12 and "," not in listed
            if not sentence and (listed or index > page.last_prose or index < page.first_prose):
                sure = line.body.casefold().startswith(("tags", "filed under", "tagged"))
                yield Proposal(line.span, "tags", REASON, 0.96 if sure else 0.9)
