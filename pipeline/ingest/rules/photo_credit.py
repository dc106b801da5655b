# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Credits of pictures: "Photo by …", "(Photo: AFP)", "Image credit: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal

REASON = "A picture credit: it names who made or owns a photo, not a fact of the article."

KIND = (
    r"(?:(?:featured?|hero|header|lead|top|main|stock|file|illustrative|representational|courtesy|drone)\s+)?"
    r"(?:photos?|photograph|photography|photographer|images?|pictures?|pics?|illustrations?|screenshots?|screengrab"
    r"|fotos?|bild|bilder|grafik|fotografía|imagen|imágenes|immagini?|fotografia|imagem|afbeelding|beeld|zdjęcie|фото|изображение|gambar|fotoğraf|kuva)"
)
LABEL = re.compile(
    rf"[(\[]?(?:{KIND}\s*(?:credits?|courtesy|source|by|from|via|via getty|copyright|©|crédits?|créditos?|kredit)?(?:\s+(?:of|to|by|for))?\s*[:/|©]\s*\S"
    rf"|{KIND}\s+(?:credits?|courtesy|by|via|from|de|von|par|di|por|door|oleh)\s+(?:of\s+)?(?-i:[^\W\d_a-z])"
    r"|(?:credits?|crédits?(?: photos?)?|créditos?|bildnachweis|bildquelle|fotocredit|foto credit|credit line|crédito|cortesía|cortesia|courtesy(?: of)?|source de l'image|fotografie)\s*[:：]\s*\S"
    r"|courtesy of (?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"(?:getty(?: images)?|reuters|shutterstock|unsplash|pexels|pixabay|istock(?:photo)?|adobe stock|alamy|afp|epa|epa-efe|ap photo|ap images"
    r"|associated press|dpa|picture[- ]alliance|imago|flickr|wikimedia(?: commons)?|depositphotos|dreamstime|freepik|zuma|xinhua|anadolu(?: agency)?"
    r"|bloomberg|rex features|splash news|efe|ansa|keystone|sipa|abaca|belga|anp|tt|ritzau|scanpix|lusa|pa wire|pa images|usa today sports|nasa|screenshot)",
    re.IGNORECASE,
)
SLASHED = re.compile(
    r"[(\[]?(?:©\s*)?[^\W\d_][^/|\n]{1,60}\s?[/|]\s?"
    + AGENCY.pattern
    + r"(?:[ /|,-][^\n]{0,60})?[)\]]?",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"[(\[]?(?:REUTERS|AFP|AP|EPA|Getty|GETTY)(?: Images| Photo| PHOTO)?\s?/\s?[^\W\d_][^\n]{1,60}"
)
SURE = re.compile(
    rf"[(\[]?(?:{KIND}\s+(?:by|courtesy of)\s[^:]{{2,60}}\s(?:on|via|/)\s|{KIND}\s*:?\s*{AGENCY.pattern}[)\].]?$)",
    re.IGNORECASE,
)


#: A label with its sign and a name, to the end of the line: "Photo: Jane Doe/Agency".
PLAINLY = re.compile(
    rf"[(\[]?(?:{KIND}(?:\s+(?:credits?|courtesy|source))?|(?:photo\s+)?credits?|bildnachweis|crédits?(?: photos?)?)\s*[:/|©]+\s*(?-i:[^\W\d_a-z])[^:?!]{{1,90}}$"
    rf"|courtesy of (?-i:[^\W\d_a-z])[^:?!.]{{1,60}}$|[(\[]?{KIND}\s+(?:by|courtesy of)\s+(?-i:[^\W\d_a-z])[^:?!.]{{1,90}}$",
    re.IGNORECASE,
)


def is_credit(line: Line) -> bool:
    if line.size > 200 or line.words > 22:
        return False
    body = line.body
    if LABEL.match(body):
        # "Photos: what we know" is a heading; a credit names somebody.
        return not body.endswith("?")
    if line.size <= 110:
        return bool(LEADING.fullmatch(body) or (SLASHED.fullmatch(body) and not line.ends_sentence))
    return False


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if is_credit(line):
            sure = SURE.match(line.body) is not None
            plainly = line.words <= 14 and (
                PLAINLY.match(line.body)
                or SLASHED.fullmatch(line.body)
                or LEADING.fullmatch(line.body)
            )
            confidence = 0.96 if sure else 0.94 if plainly else 0.9
            yield Proposal(line.span, "photo_credit", REASON, confidence)
