"""Markdown: the characters of the file, with front matter and marks as removals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ids import doc_id
from pipeline.ingest.decode import decode
from pipeline.ingest.metadata.front_matter import find_front_matter, parse_front_matter
from pipeline.ingest.readers.options import Options
from pipeline.records import Metadata, Removal, SourceDocument, Span

SUFFIXES = (".md", ".markdown", ".mdown")
REASON = "a mark of Markdown, no word"
#: Marks at the beginning of a line: headings, quotations, and rules that hold no words.
LINE_MARK = re.compile(
    r"^[ \t]{0,3}(?:(?P<heading>#{1,6})[ \t]+|>[ \t]?(?:>[ \t]?){0,8})", re.MULTILINE
)
RULE = re.compile(r"^[ \t]{0,3}(?:[-*_=][ \t]*){3,200}$", re.MULTILINE)
HEADING_END = re.compile(r"(?<![ \t])[ \t]{1,20}#{1,6}[ \t]{0,20}$", re.MULTILINE)
UNDERLINED = re.compile(
    r"^(?P<words>[^\n]{1,300})\r?\n[ \t]{0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE
)
COMMENT = re.compile(r"<!--(?:(?!<!--|-->).){0,5000}-->", re.DOTALL)
FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)[^\n]{0,100}$", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,500})\](?P<target>\([^()\n]{0,2000}\)|\[[^\]\n]{0,100}\])"
)
REFERENCE = re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,100}\]:[ \t]*\S[^\n]{0,2000}$", re.MULTILINE)
AUTO = re.compile(r"<(?=https?://[^\s<>]{1,2000}>)|(?<=\w)>(?=\s|$)")
TAG = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|div|span|sup|sub|small|center|a|hr|mark|u)(?:\s[^<>\n]{0,500})?/?>",
    re.IGNORECASE,
)
EMPHASIS = re.compile(
    r"(?<![\w\\*])(?P<mark>\*{1,3}|~~|`)(?=\S)(?P<words>[^*`~\n]{1,2000}?)(?<=\S)(?P=mark)(?!\w)"
)
UNDERSCORED = re.compile(
    r"(?<![\w\\_])(?P<mark>_{1,3})(?=\S)(?P<words>[^_\n]{1,2000}?)(?<=\S)(?P=mark)(?![\w_])"
)
ESCAPE = re.compile(r"\\[\\`*_{}\[\]()#+.!|~>-]")


def read(raw: bytes, path: str, options: Options) -> Iterator[SourceDocument]:
    """One document; its headings are the words of heading lines, without their marks."""
    decoded = decode(raw, path)
    text = decoded.text
    block = find_front_matter(text)
    begin = block.end if block else 0
    removals = [*decoded.repairs, *marks(text, begin)]
    page = Metadata()
    if block:
        page = parse_front_matter(block.of(text))
        removals.append(Removal(block, "front_matter", "", "keys and values before the article"))
    yield SourceDocument(
        doc_id(path),
        path,
        text,
        options.hash_of(raw),
        "md",
        page,
        tuple(sorted(removals)),
        tuple(headings(text, begin)),
    )


def marks(text: str, begin: int) -> Iterator[Removal]:
    """Everything that Markdown draws with and that is no word of the article."""
    for pattern, reason in (
        (LINE_MARK, REASON),
        (HEADING_END, REASON),
        (RULE, "a drawn line"),
        (FENCE, REASON),
        (COMMENT, "a comment that no reader sees"),
        (IMAGE, "a picture"),
        (REFERENCE, "the address of a link"),
        (AUTO, REASON),
        (TAG, "an HTML tag"),
    ):
        for match in pattern.finditer(text, begin):
            if match.end() > match.start():
                yield Removal(Span(*match.span()), "markdown", "", reason)
    for match in ESCAPE.finditer(text, begin):  # the character behind the backslash stays
        yield Removal(Span(match.start(), match.start() + 1), "markdown", "", REASON)
    for match in LINK.finditer(text, begin):
        if text[match.start() - 1 : match.start()] != "!":
            yield Removal(Span(match.start(), match.start() + 1), "markdown", "", REASON)
            yield Removal(
                Span(match.end("words"), match.end()), "markdown", "", "the address of a link"
            )
    for pattern in (EMPHASIS, UNDERSCORED):
        for match in pattern.finditer(text, begin):
            yield Removal(Span(*match.span("mark")), "markdown", "", REASON)
            yield Removal(Span(match.end("words"), match.end()), "markdown", "", REASON)


def headings(text: str, begin: int) -> Iterator[Span]:
    """The words of "# Heading" lines and of lines with === or --- below, in order."""
    spans = set()
    for match in LINE_MARK.finditer(text, begin):
        end = text.find("\n", match.end())
        words = text[match.end() : end if end >= 0 else len(text)].rstrip().rstrip("#").rstrip()
        if match["heading"] and words:
            spans.add(Span(match.end(), match.end() + len(words)))
    for match in UNDERLINED.finditer(text, begin):
        if words := match["words"].strip():
            start = match.start() + match["words"].index(words)
            spans.add(Span(start, start + len(words)))
    yield from sorted(spans)
