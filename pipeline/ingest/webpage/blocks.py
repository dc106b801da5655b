"""Every block of text of an HTML page, in document order, with where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from lxml import etree

_ELEMENTS = tomllib.loads(files(__package__).joinpath("elements.toml").read_text("utf-8"))
INLINE, SILENT, TELLING = (
    frozenset(_ELEMENTS[kind].split()) for kind in ("inline", "silent", "telling")
)
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SPACE = re.compile(r"[ \t\n\r\x0b\x0c\u00a0\u2028\u2029\x1c-\x1f\x85]+")
MAX_DEPTH = 60  # elements around a block that are remembered


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page.

    Attributes:
        text: its words, white space collapsed; cells of a table row parted by tabs.
        start: offset in the text of the whole page.
        inside: names of the telling elements around it.
        hints: words of the class and id of the elements around it, innermost last.
        element: number of the element that it is the text of, and of the elements around it,
            outermost first; equal numbers are the same element.
        link: characters that lie in links.
        hidden: the page does not show it.
        bold: all of it is bold.
    """

    text: str
    start: int
    inside: frozenset[str]
    hints: tuple[str, ...]
    element: tuple[int, ...]
    link: int
    hidden: bool
    bold: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def heading(self) -> bool:
        return not HEADINGS.isdisjoint(self.inside)


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a place say, handed down from parent to child."""

    inside: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()
    element: tuple[int, ...] = ()
    hidden: bool = False
    link: bool = False
    bold: bool = False
    pre: bool = False


@dataclass(slots=True)
class Line:
    """The line that is being collected."""

    parts: list[str] = field(default_factory=list)
    around: Around = field(default_factory=Around)
    link: int = 0
    plain: int = 0  # characters that are not bold


def find_blocks(root: etree._Element) -> list[Block]:
    """All blocks of the page, navigation included; scripts and form controls are none.

    Walks without recursion. A `br` ends a line, as a block element does.
    """
    return list(Walk().blocks(root))


class Walk:
    """One pass over a tree; keeps the line that is being collected and the offset reached."""

    def __init__(self) -> None:
        self.line = Line()
        self.at = 0
        self.numbers = 0

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        around = [Around()]
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and name:
                if around[-1].inside == SKIPPED:
                    around.append(around[-1])
                    continue
                if name in SILENT:
                    around.append(Around(inside=SKIPPED))
                    continue
                if name not in INLINE or name == "br":
                    yield from self.flush()
                around.append(self.enter(element, name, around[-1]))
                if name in CELLS and self.line.parts:
                    self.line.parts.append("\t")
                self.add(element.text, around[-1])
                continue
            if event == "end" and name:
                left = around.pop()
                if left.inside != SKIPPED and name not in INLINE:
                    yield from self.flush()
            if around[-1].inside != SKIPPED and element is not root:
                self.add(element.tail, around[-1])
        yield from self.flush()

    def enter(self, element: etree._Element, name: str, outer: Around) -> Around:
        """What holds inside an element, given what holds around it."""
        hint = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        hint = hint.strip().lower()[:200]
        inside = outer.inside
        if name in TELLING and name not in inside:
            inside = inside | {name}
        number = outer.element
        if name not in INLINE and len(number) < MAX_DEPTH:
            self.numbers += 1
            number = (*number, self.numbers)
        return Around(
            inside,
            (*outer.hints[-40:], hint) if hint else outer.hints,
            number,
            outer.hidden or is_hidden(element),
            outer.link or name == "a",
            outer.bold or name in ("b", "strong") or name in HEADINGS,
            outer.pre or name == "pre",
        )

    def add(self, words: str | None, around: Around) -> None:
        if not words:
            return
        if around.pre:
            words = words.replace("\n", " \u2028")
        line = self.line
        if not line.parts or not any(part.strip() for part in line.parts):
            line.around = around
        line.parts.append(words)
        if around.link:
            line.link += len(words.strip())
        if not around.bold:
            line.plain += len(words.strip())

    def flush(self) -> Iterator[Block]:
        line, self.line = self.line, Line()
        text = "".join(line.parts)
        if not text.strip():
            return
        cells = (SPACE.sub(" ", cell).strip() for cell in text.split("\t"))
        text = "\t".join(cell for cell in cells if cell) if line.around.inside & {"table"} else ""
        text = text or SPACE.sub(" ", "".join(line.parts)).strip()
        if not text:
            return
        around = line.around
        yield Block(
            text, self.at, around.inside, around.hints, around.element,
            min(line.link, len(text)), around.hidden, line.plain == 0,
        )  # fmt: skip
        self.at += len(text) + 1


#: Marks the inside of a silent element.
SKIPPED = frozenset({"\x00"})


def is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()
