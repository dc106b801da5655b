"""Rich Text Format, read in one pass.

The library at hand (striprtf 0.0.35) takes quadratic time on hostile font tables, so that one
small file could hold a run for hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.raised import raised
from pipeline.ingest.readers.options import Options
from pipeline.records import SourceDocument

SUFFIXES = (".rtf",)
MAX_DEPTH = 10_000  # groups within groups
TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
#: Groups whose text is no text of the document (RTF 1.9.1, "Destination").
SILENT = frozenset(
    [
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl"),
        *("headerr", "headerf", "footer", "footerl", "footerr", "footerf", "annotation", "fldinst"),
        *("listtable", "listoverridetable", "revtbl", "themedata", "datastore", "xmlnstbl"),
        *("generator", "private", "bkmkstart", "bkmkend", "nonshppict", "filetbl", "pntext"),
    ]
)
#: Words that raise text and set it down again; \\up0 does, too.
LEVEL = frozenset({"super", "up", "sub", "dn", "nosupersub", "plain"})
SPECIAL = {
    "par": "\n", "line": "\n", "sect": "\n\n", "page": "\n\n", "tab": "\t", "cell": "\t",
    "row": "\n", "nestcell": "\t", "nestrow": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SIGNS = {
    "~": "\u00a0",
    "_": "-",
    "-": "\u00ad",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\n": "\n",
    "\r": "\n",
}


@dataclass(frozen=True, slots=True)
class Group:
    """What holds until the closing brace: is it silent, is it raised, and how many characters
    stand in for one that older programs do not know."""

    silent: bool = False
    skip: int = 1
    raised: bool = False


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document: the words without the formatting; pictures, notes on pages' edges and fields'
    instructions are left out.

    Raises:
        DocumentError: broken, empty.
    """
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise DocumentError(path, "broken", "not Rich Text: it does not begin with {\\rtf")
    # Pairs of halves (\u-10179?\u-8704?) become one character; a half alone becomes "?".
    wide = text_of(raw, path).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not wide.strip():
        raise DocumentError(path, "empty", "the file holds no text")
    yield SourceDocument(doc_id(path), path, wide, options.hash_of(raw), "rtf")


def text_of(raw: bytes, path: str) -> str:
    """The characters of the document."""
    out: list[str] = []
    groups = [Group()]
    codepage = "cp1252"
    skip = 0  # characters that only stand in for the one before
    for token in TOKEN.finditer(raw.decode("latin-1")):
        kind, group = token.lastgroup, groups[-1]
        if kind == "brace":
            skip = 0
            if token["brace"] == "{":
                groups.append(group)
                if len(groups) > MAX_DEPTH:
                    raise DocumentError(path, "broken", "its groups are nested too deep")
            elif len(groups) > 1:
                groups.pop()
        elif token["word"]:
            word, number = token["word"], int(token["number"] or 0)
            if word == "ansicpg":
                codepage = codec_of(number)
            groups[-1] = changed(group, word, number)
            if not group.silent:
                if word == "u":
                    out.append(chr(number % 65536))
                    skip = group.skip
                elif word in SPECIAL:
                    out.append(SPECIAL[word])
        elif token["sign"] == "*":
            groups[-1] = replace(group, silent=True)  # a group that older readers may leave out
        elif not group.silent:
            words = SIGNS.get(token["sign"] or "", "") or token["text"] or byte_of(token, codepage)
            shown, skip = words[skip:], max(0, skip - len(words))
            if group.raised and shown:
                shown = raised(shown, "".join(out[-20:]))
            out.append(shown)
    return "".join(out)


def changed(group: Group, word: str, number: int) -> Group:
    if word in SILENT:
        return replace(group, silent=True)
    if word in LEVEL:
        return replace(group, raised=word == "super" or (word == "up" and number > 0))
    return replace(group, skip=min(number, 9)) if word == "uc" else group


def byte_of(token: re.Match[str], codepage: str) -> str:
    return bytes.fromhex(token["byte"]).decode(codepage, "replace") if token["byte"] else ""


def codec_of(number: int) -> str:
    """Python's name of a single-byte Windows code page; others are read as Windows-1252."""
    return f"cp{number}" if number in (437, 850, 852, 866, *range(1250, 1259)) else "cp1252"
