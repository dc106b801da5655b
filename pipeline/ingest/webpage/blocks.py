"""Every block of text of an HTML page, in document order, with where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from lxml import etree

from pipeline.ingest.raised import raised

_ELEMENTS = tomllib.loads(files(__package__).joinpath("elements.toml").read_text("utf-8"))
INLINE, SILENT = (frozenset(_ELEMENTS[kind].split()) for kind in ("inline", "silent"))
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ol", "ul", "menu"})
NOTES = frozenset({"a", "sup"})
NUMBER = re.compile(r"\d{1,6}")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TEXTS = HEADINGS | {"p", "li", "tr", "dt", "dd"}
SPACE = re.compile(r"[ \t\n\r\x0b\x0c\u00a0\u2028\u2029\x1c-\x1f\x85]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SEPARATOR = re.compile(r"[_-]{1,9}")
#: Characters that show nothing: a line of these is a gap between paragraphs.
INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
)
NOTE = re.compile(r"\s*\[?\s*(\d{1,3})\s*\]?\s*")
LONGEST_NOTE = 20  # characters of a link to a note, with blanks
NOTE_TARGET = re.compile(r"#.{0,40}(?:fn|note|ref|cite)", re.IGNORECASE)
#: Names of classes for words that only programs read aloud.
UNSEEN = frozenset({"sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden"})
MAX_DEPTH = 60  # elements around a block that are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A block-level element around some text; compared by identity.

    Attributes:
        name: such as "div".
        hint: its class, id and role in lower case, parts of words parted by "-".
        hidden: the page does not show it.
    """

    name: str
    hint: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page.

    Attributes:
        text: its words, white space collapsed; cells of a table row parted by tabs.
        mark: the number that stands before an item of a list, with a blank; part of `text`.
        start: offset in the text of the whole page.
        path: the elements around it, outermost first, at most MAX_DEPTH.
        link: characters that lie in links.
        bold: all of it is bold.
    """

    text: str
    start: int
    path: tuple[Element, ...]
    link: int
    bold: bool
    mark: str = ""

    @property
    def words(self) -> str:
        """The text without the number of a list item."""
        return self.text[len(self.mark) :]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def heading(self) -> bool:
        return self.inside(*HEADINGS)

    @property
    def hidden(self) -> bool:
        return any(element.hidden for element in self.path)

    def inside(self, *names: str) -> bool:
        return any(element.name in names for element in self.path)


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a place say, handed down from parent to child."""

    path: tuple[Element, ...] = ()
    link: bool = False
    bold: bool = False
    table: bool = False
    silent: bool = False
    raised: bool = False


@dataclass(slots=True)
class Line:
    """The line that is being collected."""

    parts: list[str] = field(default_factory=list)
    words: bool = False  # a part that is not white space
    around: Around = field(default_factory=Around)
    link: int = 0
    plain: int = 0  # characters that are not bold
    mark: str = ""


def find_blocks(root: etree._Element) -> list[Block]:
    """All blocks of the page, navigation included; scripts and form controls are none.

    Walks without recursion. A `br` ends a line, as a block element does.
    """
    return list(Walk().blocks(root))


class Walk:
    """One pass over a tree; keeps the line that is being collected and the offset reached.

    Attributes:
        numbers: for each list around the place its next number, None if it shows none.
        mark: of a list item that no word was found in yet.
    """

    def __init__(self) -> None:
        self.line = Line()
        self.at = 0
        self.numbers: list[int | None] = []
        self.mark = ""

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        around = [Around()]
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if name not in INLINE and not around[-1].silent:
                    yield from self.flush()
                around.append(enter(element, name, around[-1]))
                if name in CELLS and self.line.parts:
                    self.line.parts.append("\t")
                if name in LISTS or name == "li":
                    self.number(element, name)
                note = note_of(element, name) if name in NOTES else ""
                self.add(note or element.text, around[-1])
                continue
            if event == "end":
                around.pop()
                if name not in INLINE and not around[-1].silent:
                    yield from self.flush()
                if name in LISTS:
                    self.numbers.pop()
            if element is not root:
                self.add(element.tail, around[-1])
        yield from self.flush()

    def number(self, element: etree._Element, name: str) -> None:
        """Begins a list, or an item of one."""
        if name in LISTS:
            self.numbers.append(first_number(element) if name == "ol" else None)
        elif name == "li" and self.numbers:
            own = element.get("value") or ""
            number = int(own) if NUMBER.fullmatch(own) else self.numbers[-1]
            self.mark = ""
            if number is not None and self.numbers[-1] is not None:
                self.mark, self.numbers[-1] = f"{number}. ", number + 1

    def add(self, words: str | None, around: Around) -> None:
        if not words or around.silent:
            return
        line = self.line
        if not line.words and not words.isspace() and not INVISIBLE.fullmatch(words):
            line.around, line.words = around, True
            line.mark, self.mark = self.mark, ""
        if around.raised:
            words = raised(words, line.parts[-1] if line.parts else "")
        line.parts.append(words)
        if around.link:
            line.link += len(words.strip())
        if not around.bold:
            line.plain += len(words.strip())

    def flush(self) -> Iterator[Block]:
        line, self.line = self.line, Line()
        if not line.words:
            return
        joined = "".join(line.parts)
        if line.around.table:
            cells = (SPACE.sub(" ", cell).strip() for cell in joined.split("\t"))
            text = "\t".join(cell for cell in cells if cell)
        else:
            text = SPACE.sub(" ", joined).strip()
        if text:
            link = min(line.link, len(text))
            text = line.mark + text
            yield Block(text, self.at, line.around.path, link, line.plain == 0, line.mark)
            self.at += len(text) + 1


def first_number(element: etree._Element) -> int | None:
    """Where a list begins to count; None if it shows letters or nothing.

    The role "list" is given to lists whose numbers a style sheet takes away.
    """
    if element.get("type", "1") != "1" or element.get("role") == "list":
        return None
    if element.get("reversed") is not None:
        return None
    start = element.get("start") or ""
    return int(start) if NUMBER.fullmatch(start) else 1


def note_of(element: etree._Element, name: str) -> str:
    """ "[1]" for a link to note 1, whose bare number would run into the word before it."""
    words = element.text
    if not words or len(words) > LONGEST_NOTE or len(element):
        return ""
    link = element.getparent() if name == "sup" else element
    if link is None or link.tag != "a":
        return ""
    target = (link.get("href") or "")[-200:]
    found = NOTE.fullmatch(words) if NOTE_TARGET.search(target) else None
    return f"[{found[1]}]" if found else ""


def enter(element: etree._Element, name: str, outer: Around) -> Around:
    """What holds inside an element, given what holds around it."""
    if outer.silent or name in SILENT:
        return Around(silent=True)
    path = outer.path
    if name in INLINE and name not in CELLS and is_unseen(element):
        return Around(silent=True)
    if name not in INLINE and len(path) < MAX_DEPTH:
        # The id of a heading or paragraph is made of its words and says nothing of its kind.
        kinds = ("class", "role") if name in TEXTS else ("class", "id", "role")
        hint = " ".join(element.get(kind) or "" for kind in kinds)
        path = (*path, Element(name, hint_of(hint[:300]), is_hidden(element)))
    return Around(
        path,
        outer.link or name == "a",
        outer.bold or name in ("b", "strong") or name in HEADINGS,
        outer.table or name == "tr",
        raised=outer.raised or name == "sup",
    )


@lru_cache(maxsize=4096)  # the elements of a page share few classes
def hint_of(words: str) -> str:
    """In lower case, with "-" for "_" and "__", and between small and capital letters."""
    return SEPARATOR.sub("-", CAMEL.sub("-", words)).strip().lower()


def is_unseen(element: etree._Element) -> bool:
    """Words in a line that a page does not show, such as "opens in a new window"."""
    if not element.attrib:
        return False
    classes = element.get("class")
    if classes and not UNSEEN.isdisjoint(classes.lower().split()):
        return True
    return element.get("hidden") is not None or is_undisplayed(element)


def is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return is_undisplayed(element)


def is_undisplayed(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()
