"""Footnotes below the text: "[1] …" where the text has the marker, or machine-made references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal

REASON = "A footnote or reference, kept apart from the sentences of the article."

NOTE = re.compile(r"(?:\[(\d{1,3})\]\s|([¹²³⁰⁴-⁹]{1,3})\s?|(?:\^|↑|↩)\s)\s*[^\s\d]")
HEADING = frozenset(
    (
        "references",
        "footnotes",
        "notes",
        "endnotes",
        "sources",
        "citations",
        "bibliography",
        "works cited",
        "einzelnachweise",
        "fußnoten",
        "quellen",
        "literatur",
        "références",
        "sources",
        "notes et références",
        "referencias",
        "notas",
        "fuentes",
        "note",
        "fonti",
        "riferimenti",
        "referências",
        "bronnen",
        "przypisy",
        "źródła",
        "примечания",
        "источники",
        "сноски",
        "referensi",
        "catatan kaki",
        "kaynaklar",
        "källor",
        "kilder",
        "lähteet",
    )
)


def find(page: Page) -> Iterator[Proposal]:
    lines = page.lines
    for index, line in enumerate(lines):
        found = NOTE.match(line.text)
        if found is None or line.size > 1200:
            continue
        marker = f"[{found[1]}]" if found[1] else found[2]
        # The marker inside the text, or a list of notes, tells a note from a numbered item.
        cited = marker is None or _is_cited(page, line.start, marker)
        if not cited and not (
            index > page.last_prose - 1 or _is_note(page, index - 1) or _is_note(page, index + 1)
        ):
            continue
        yield Proposal(line.span, "footnote", REASON, 0.96 if cited else 0.9)
        if index and lines[index - 1].label in HEADING:
            yield Proposal(lines[index - 1].span, "footnote", REASON, 0.9)


def _is_note(page: Page, index: int) -> bool:
    return 0 <= index < len(page.lines) and NOTE.match(page.lines[index].text) is not None


def _is_cited(page: Page, start: int, marker: str) -> bool:
    """The marker stands in the text before the note, not at the beginning of a line."""
    at = page.text.find(marker, 0, start)
    return at > 0 and page.text[at - 1] not in "\n\r"
