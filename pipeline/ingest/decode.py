"""Bytes of a text file to characters, whatever their encoding, without losing any in silence.

A byte order mark stays in the text as U+FEFF and line ends stay as they are: both are repairs
(see `repair.py`), so that every offset can be checked against the file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from itertools import islice

from charset_normalizer import from_bytes

from pipeline.errors import DocumentError
from pipeline.records import Removal, Span

BOMS = (  # the longer first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: First bytes of formats that are no text, and their names for the analyst.
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh9", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "audio"),
    (b"ID3", "audio"),
    (b"RIFF", "audio or video"),
)
SAMPLE = 65536  # bytes that tell an encoding
ESCAPED = re.compile("[\udc80-\udcff]+")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: What Windows-1252 makes of a byte that is not UTF-8; five bytes mean nothing there.
CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
#: Mac Roman apostrophes and quotation marks sit on letters of Windows-1252.
MAC_QUOTE = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll)\b|\xd2[A-Za-z][^\xd2]{0,200}\xd3")
HIGH = re.compile(rb"[\x80-\xff]+")
#: Signs inside a word, and capitals after small letters: what a wrong encoding makes of letters.
ODD_IN_WORD = re.compile(
    "[^\\W\\d_](?![’‘–—…·\u00ad\u00a0®™©])[^\\w\x00-\x7f](?=[^\\W\\d_])"
    "|[a-z][À-ÖØ-ÞŠŒŽŸ]|[a-z]{3}[¹³¼½¾]|[a-z][¹²³¼½¾](?=[a-z])"
)
STRETCH = re.compile("[^\x00-\x7f]+")
SHOWN = 20  # places of a guess that are marked
GUESSED, STRAY = "encoding_guessed", "undecodable_bytes"
CP1252_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read as, and the places that were not of that encoding.

    `repairs` are Removals whose replacement is what the text already holds: they change
    nothing but show in the audit trail where characters are a guess.
    """

    text: str
    encoding: str
    repairs: tuple[Removal, ...] = ()

    @property
    def doubt(self) -> str:
        """Why characters may be wrong; "" if the encoding is certain and every byte fits it."""
        return self.repairs[0].reason if self.repairs else ""

    def repairs_in(self, span: Span) -> tuple[Removal, ...]:
        """The repairs of a part of the text, with offsets in that part."""
        if self.repairs and self.repairs[0].rule == GUESSED:
            return mark_guess(span.of(self.text), self.doubt)
        return tuple(
            replace(repair, span=Span(repair.span.start - span.start, repair.span.end - span.start))
            for repair in self.repairs
            if span.covers(repair.span)
        )


def decode(raw: bytes, path: str) -> Decoded:
    """The characters of a text file.

    Raises:
        DocumentError: empty or binary.
    """
    if not raw.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xfe\xff"):
        raise DocumentError(path, "empty", "the file is empty")
    for magic, what in MAGIC:
        if raw.startswith(magic):
            raise DocumentError(path, "binary", f"not text but {what}; give it its right suffix")
    decoded = decode_marked(raw) or decode_unmarked(raw, path)
    found = len(CONTROL.findall(decoded.text[:SAMPLE]))
    if found * 20 > min(len(decoded.text), SAMPLE):
        raise DocumentError(path, "binary", "not text: full of control characters")
    if not decoded.text.strip("\ufeff \t\r\n\x0b\x0c"):
        raise DocumentError(path, "empty", "the file holds nothing but white space")
    return decoded


def decode_marked(raw: bytes) -> Decoded | None:
    """Text that says its encoding by a byte order mark, or shows it by its zero bytes."""
    for bom, name in BOMS:
        if raw.startswith(bom):
            return wide(raw, name)
    head = raw[:SAMPLE]
    if raw.startswith(codecs.BOM_UTF8) or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 5 > len(head) and even * 50 < len(head):
        return wide(raw, "utf-16-le")
    if even * 5 > len(head) and odd * 50 < len(head):
        return wide(raw, "utf-16-be")
    return None


def wide(raw: bytes, name: str) -> Decoded:
    text = raw.decode(name, "replace")
    return Decoded(text, name, marks(text, re.compile("\ufffd+"), name))


def marks(text: str, pattern: re.Pattern[str], name: str) -> tuple[Removal, ...]:
    reason = f"bytes that are not {name.upper()}"
    return tuple(
        Removal(Span(*match.span()), STRAY, match.group(), reason)
        for match in pattern.finditer(text)
    )


def decode_unmarked(raw: bytes, path: str) -> Decoded:
    """UTF-8 if most of it is, with its strays read as Windows-1252; else an older encoding."""
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass  # not the end: the next lines look what else it is
    if raw.count(0) * 1000 > len(raw):
        raise DocumentError(path, "binary", "not text: full of zero bytes")
    text = raw.decode("utf-8", "surrogateescape")
    stray = sum(len(match) for match in ESCAPED.findall(text))
    good = len(text) - stray - len(re.findall("[\x00-\x7f]", text))
    if good * 2 < stray:  # other encodings have some pairs of bytes that could be UTF-8
        return decode_legacy(raw, path)
    return Decoded(text.translate(CP1252), "utf-8", strays(text))


def strays(text: str) -> tuple[Removal, ...]:
    """One repair for each run of bytes that are not UTF-8."""
    reason = "bytes that are not UTF-8, read as Windows-1252"
    return tuple(
        Removal(Span(*match.span()), STRAY, match.group().translate(CP1252), reason)
        for match in ESCAPED.finditer(text)
    )


def decode_legacy(raw: bytes, path: str) -> Decoded:
    """Windows-1252 where bytes above 127 stand as in western text, else a guess."""
    head = raw[:SAMPLE]
    high = HIGH.findall(head)
    count = sum(map(len, high))
    if MAC_QUOTE.search(head):
        return guess(raw, "mac_roman")
    # In western text they stand alone, in words of other alphabets one after the other.
    if count * 2 < len(high) * 3 and not CP1252_UNDEFINED.search(raw):
        odd, mac = (len(ODD_IN_WORD.findall(head.decode(name))) for name in ("cp1252", "mac_roman"))
        if not odd:
            return Decoded(raw.decode("cp1252"), "cp1252")
        if mac * 4 < odd:
            return guess(raw, "mac_roman")
        if odd * 5 < count:
            return guess(raw, "cp1252")
    best = from_bytes(head).best()
    # The library sees a language's letters in a few stray bytes of English text, too.
    share = 20 if best is None or best.coherence == 0 else 100
    if best is not None and count * share > len(head):
        return guess(raw, best.encoding)
    if count * 3 > len(head):
        raise DocumentError(
            path, "undecodable", "no known text encoding fits; save the file as UTF-8"
        )
    text = raw.decode("ascii", "surrogateescape")
    return Decoded(text.translate(CP1252), "cp1252", strays(text))


def guess(raw: bytes, encoding: str) -> Decoded:
    """Text of an encoding that nothing but its look speaks for; its first places are marked."""
    text = raw.decode(encoding, "replace")
    found = mark_guess(text, f"read as {encoding}, a guess: the file is not UTF-8")
    return Decoded(text, encoding, found)


def mark_guess(text: str, reason: str) -> tuple[Removal, ...]:
    """Repairs that change nothing at the first characters that another encoding would change."""
    return tuple(
        Removal(Span(*match.span()), GUESSED, match.group(), reason)
        for match in islice(STRETCH.finditer(text), SHOWN)
    )
