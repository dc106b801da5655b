"""Which blocks of a page are the article.

A library votes for blocks; the votes show the element that holds the article, and that element
shows what the library missed or took for too much.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import trafilatura
from lxml import etree

from pipeline.ingest.webpage.align import WORD, shares
from pipeline.ingest.webpage.blocks import HEADINGS, Block, Element

log = logging.getLogger(__name__)

#: What a library may raise on a page that nobody thought of.
FAILURES = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    etree.LxmlError,
)
ENOUGH = 0.6  # share of a block's words in the extract that makes a vote
MOST = 0.83  # share of the voted prose that the article's element must hold
MINOR = 0.5  # an element with more of the prose is no noise, whatever its class says
CLOSING = "\"'”’»)] "  # may stand behind the end of a sentence
TWIN = 0.2  # share of the voted prose that makes a kind of place an article's
NEAR = 3  # elements around a block that make its kind of place
HEADING = 120  # characters that a heading has at most
SUBHEAD = re.compile(
    r"(?<![^\W_])(?:sub-?head(?:ing|line|er)?|inter-?title|cross-?head(?:ing)?)(?![^\W_])"
)
BOXES = 4  # elements that may part a list or box from the paragraphs around it
PROSE = 50  # characters that make a paragraph


def extract_of(root: etree._Element, path: str = "") -> str:
    """trafilatura's article text; "" where it finds none or fails (it does on odd trees)."""
    try:
        return trafilatura.extract(root, include_comments=False, include_tables=True) or ""
    except FAILURES as error:
        log.warning("%s: trafilatura failed: %s", path, error)
    return ""


def keep_blocks(blocks: Sequence[Block], extract: str, titles: Sequence[str] = ()) -> list[bool]:
    """For each block: is it part of the article?

    Args:
        extract: the article's text as a library found it; "" lets every paragraph outside of
            navigation vote.
        titles: what the page calls itself; a heading with these words is metadata.
    """
    votes = [share >= ENOUGH for share in shares([block.text for block in blocks], extract)]
    if not any(votes):
        names = noise()[0]
        votes = [is_sentence(block) and not block.inside(*names) for block in blocks]
    return Page(blocks, votes, titles).keep()


@cache
def noise() -> tuple[frozenset[str], re.Pattern[str]]:
    """Names of elements that hold no article, and what their classes hold."""
    data = tomllib.loads(files(__package__).joinpath("noise.toml").read_text("utf-8"))
    words, parts, phrases = (
        "|".join(map(re.escape, sorted(data[kind].split())))
        for kind in ("words", "parts", "phrases")
    )
    pattern = rf"(?<!\S)(?:{words})(?!\S)|(?<![^\W_])(?:{parts}|{phrases})(?![^\W_])"
    return frozenset(data["elements"].split()), re.compile(pattern)


def is_prose(block: Block) -> bool:
    """A paragraph: long enough, and not made of links."""
    return len(block.text) >= PROSE and block.link * 2 < len(block.text)


class Page:
    """The blocks with what the votes say about the elements around them.

    Attributes:
        mass: characters of voted prose in each element.
        main: the smallest element with most of the voted prose, None without any.
        first: index of the first paragraph of the article.
    """

    def __init__(
        self, blocks: Sequence[Block], votes: Sequence[bool], titles: Sequence[str]
    ) -> None:
        self.blocks = blocks
        self.votes = with_twins(blocks, votes)
        self.titles = frozenset(map(bare, titles)) - {""}
        self.mass: Counter[Element] = Counter()
        self.total = 0
        for block, vote in zip(blocks, self.votes, strict=True):
            if vote and is_prose(block):
                self.total += len(block.text)
                for element in block.path:
                    self.mass[element] += len(block.text)
        self.main = self.find_main()
        self.noisy: dict[Element, bool] = {}
        self.first = len(blocks)

    def find_main(self) -> Element | None:
        """The innermost of the elements that hold most of the prose.

        Two that are not within each other would hold more than all, so they form a chain.
        """
        chain = [element for element, mass in self.mass.items() if mass >= MOST * self.total]
        for block in self.blocks:
            if chain and set(chain) <= set(block.path):
                return max(chain, key=block.path.index)
        return None

    def keep(self) -> list[bool]:
        """One decision a block."""
        if self.main is None:
            return list(self.votes)
        found: list[bool] = []
        for index, (block, vote) in enumerate(zip(self.blocks, self.votes, strict=True)):
            keep = self.belongs(block, vote)
            if keep and self.first > index and is_prose(block):
                self.first = index
            found.append(keep)
        self.decide_headings(found)
        return found

    def belongs(self, block: Block, vote: bool) -> bool:
        """Is a block article, as far as its place, class and words tell?"""
        if self.main not in block.path:
            return False
        below = block.path[block.path.index(self.main) + 1 :]
        if any(self.is_noise(element) for element in below):
            return False
        if block.heading and self.is_title(block):
            return False
        if is_teaser(block) or is_button(block):
            return False
        if vote:
            return True
        return self.is_near(block) and is_sentence(block)

    def is_near(self, block: Block) -> bool:
        """Does the block stand among most of the article's paragraphs, or in a box there?"""
        return any(
            self.mass[element] > MINOR * self.total for element in block.path[-1 - BOXES : -1]
        )

    def decide_headings(self, found: list[bool]) -> None:
        """A heading is kept where article follows: the library loses some, and keeps others
        that head what it left out."""
        follows = False
        for index in range(len(found) - 1, -1, -1):
            block = self.blocks[index]
            if not is_heading(block):
                follows = found[index]
            elif not follows:
                found[index] = found[index] and not block.heading
            elif not found[index] and index > self.first:
                found[index] = (
                    self.main in block.path
                    and self.is_near(block)
                    and not self.is_title(block)
                    and not any(self.is_noise(element) for element in block.path)
                )

    def is_title(self, block: Block) -> bool:
        """A heading with the page's title, or the headline over the first paragraph."""
        if bare(block.text) in self.titles:
            return True
        return block.inside("h1") and self.first == len(self.blocks)

    def is_noise(self, element: Element) -> bool:
        if element not in self.noisy:
            names, classes = noise()
            named = element.name in names or classes.search(element.hint) is not None
            self.noisy[element] = named and self.mass[element] < MINOR * self.total
        return self.noisy[element]


def is_sentence(block: Block) -> bool:
    """Prose that ends as a sentence does, nearly free of links."""
    return (
        len(block.text) >= PROSE
        and block.link * 5 < len(block.text)
        and block.text.rstrip(CLOSING).endswith((".", "!", "?", ":", "…", "。"))
    )


def is_heading(block: Block) -> bool:
    """A heading by its element, its class, or because it is a short bold line."""
    if block.heading:
        return True
    if len(block.text) > HEADING or block.text.endswith((".", ",", ";")):
        return False
    return block.bold or SUBHEAD.search(block.path[-1].hint) is not None


def is_button(block: Block) -> bool:
    """The words on a button; questions and answers that fold out are none."""
    return block.inside("button") and not block.heading and not is_prose(block)


def is_teaser(block: Block) -> bool:
    """A paragraph of its own that is nothing but a link to something else."""
    if block.inside("li", "table", "blockquote", *HEADINGS) or "." in block.text[-1:]:
        return False
    return block.link > 0.8 * len(block.text) and len(block.text.split()) > 3


def bare(title: str) -> str:
    return " ".join(WORD.findall(title.casefold()))


def with_twins(blocks: Sequence[Block], votes: Sequence[bool]) -> list[bool]:
    """The votes, and one for each paragraph that stands in just such elements as most voted ones.

    A library may stop at a picture or an advertisement that parts the article in two elements of
    the same class. Another `article` element or the place after another headline is no twin.
    """
    masses: Counter[tuple[object, ...]] = Counter()
    places = [place_of(block) for block in blocks]
    for block, vote, place in zip(blocks, votes, places, strict=True):
        if vote and is_prose(block):
            masses[place] += len(block.text)
    total = masses.total()
    return [
        vote or (is_prose(block) and masses[place] > TWIN * total > 0)
        for block, vote, place in zip(blocks, votes, places, strict=True)
    ]


def place_of(block: Block) -> tuple[object, ...]:
    """The names and classes of the nearest elements, and the identity of the one around them."""
    near = block.path[-NEAR:]
    articles = tuple(id(element) for element in block.path if element.name == "article")
    around = id(block.path[-NEAR - 1]) if len(block.path) > NEAR else 0
    return (*((element.name, element.hint) for element in near), around, articles)
