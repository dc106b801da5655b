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
from functools import cache, lru_cache
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
BOLD = 7  # rank of a line that only looks like a heading
LINES = 3  # headings next to each other that can be of one
HEADING = 120  # characters that a heading has at most
SUBHEAD = re.compile(
    r"(?<![^\W_])(?:sub-?head(?:ing|line|er)?|inter-?title|cross-?head(?:ing)?)(?![^\W_])"
)
EMBEDS = frozenset({"figure", "blockquote", "header"})
MAX_QUOTES = 100  # quotations of a page that are looked for in its paragraphs
#: What a blog's software should have replaced: [video id="5"], [button link="x"]Go[/button].
SHORTCODE = re.compile(
    r"\[[a-z][\w-]{1,60} [^\[\]=]{1,200}=[^\[\]]{0,4000}\](?:[^\[\]]{0,200}\[/[\w-]{1,60}\])?"
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
    votes = [share >= ENOUGH for share in shares([block.words for block in blocks], extract)]
    if not any(votes):
        names = noise_names()
        votes = [is_sentence(block) and not block.inside(*names) for block in blocks]
    return Page(blocks, votes, titles).keep()


@cache
def noise_words() -> dict[str, list[str]]:
    """The lists of noise.toml."""
    data = tomllib.loads(files(__package__).joinpath("noise.toml").read_text("utf-8"))
    return {kind: sorted(words.split()) for kind, words in data.items()}


@cache
def noise_names() -> frozenset[str]:
    """Names of elements that hold no article."""
    return frozenset(noise_words()["elements"])


@cache
def noise_classes(*kinds: str) -> re.Pattern[str]:
    """What the classes of elements hold whose text is none of the article's."""
    words = "|".join(map(re.escape, noise_words()["words"])) if "words" in kinds else "(?!)"
    parts = "|".join(
        re.escape(word) for kind in kinds if kind != "words" for word in noise_words()[kind]
    )
    return re.compile(rf"(?<!\S)(?:{words})(?!\S)|(?<![^\W_])(?:{parts})(?![^\W_])")


@lru_cache(maxsize=8192)  # the elements of a page share few classes
def is_named(hint: str, *kinds: str) -> bool:
    """Does the class of an element say one of these kinds of noise.toml?"""
    return noise_classes(*kinds).search(hint) is not None


def is_prose(block: Block) -> bool:
    """A paragraph: long enough, and not made of links."""
    return len(block.text) >= PROSE and block.link * 2 < len(block.text)


class Page:
    """The blocks with what the votes say about the elements around them.

    Attributes:
        mass: characters of voted prose in each element.
        size, links: characters of all text and of links in each element.
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
        self.size: Counter[Element] = Counter()
        self.links: Counter[Element] = Counter()
        self.total = 0
        for block, vote in zip(blocks, self.votes, strict=True):
            prose = len(block.text) if vote and is_prose(block) else 0
            self.total += prose
            for element in block.path:
                self.size[element] += len(block.text)
                self.links[element] += block.link
                if prose:
                    self.mass[element] += prose
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
        self.drop_pull_quotes(found)
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
        if is_teaser(block) or is_button(block) or SHORTCODE.fullmatch(block.text):
            return False
        return vote or (self.is_near(block) and is_sentence(block) and not is_beside(below))

    def is_near(self, block: Block) -> bool:
        """Does the block stand among most of the article's paragraphs, or in a box there?"""
        return any(
            self.mass[element] > MINOR * self.total for element in block.path[-1 - BOXES : -1]
        )

    def drop_pull_quotes(self, found: list[bool]) -> None:
        """Takes out what is set apart and says again what a paragraph of the article says."""
        quotes = [i for i, block in enumerate(self.blocks) if found[i] and is_set_apart(block)]
        if not quotes or len(quotes) > MAX_QUOTES:
            return
        apart = set(quotes)
        prose = " | ".join(
            bare(block.text)
            for index, block in enumerate(self.blocks)
            if found[index] and index not in apart
        )
        for index in quotes:
            found[index] = bare(self.blocks[index].text) not in prose

    def decide_headings(self, found: list[bool]) -> None:
        """A heading is kept where article follows: the library loses some, and keeps others
        that head what it left out."""
        for index in range(len(found) - 1, -1, -1):
            block = self.blocks[index]
            if not is_heading(block):
                continue
            if not self.heads_article(index, found):
                found[index] = found[index] and not (block.heading or is_fold(block))
            elif not found[index] and index > self.first:
                found[index] = self.is_lost_heading(block)

    def heads_article(self, index: int, found: Sequence[bool]) -> bool:
        """Does article stand between a heading and the next of its rank?

        The words of a picture may stand between; what is left out and made of links was headed
        by it. Each rank looks at a block at most once, so time is linear.
        """
        rank = rank_of(self.blocks[index])
        # A title and its second lines are headings next to each other.
        beside = not is_fold(self.blocks[index])
        for at in range(index + 1, len(found)):
            block = self.blocks[at]
            if is_heading(block):
                other = rank_of(block)
                beside = beside and at <= index + LINES
                if other <= rank and not beside:
                    return False
                if other == BOLD > rank and found[at]:
                    return True
                continue
            beside = False
            if found[at]:
                return True
            if block.link * 2 >= len(block.text) and not is_embedded(block):
                return False
        return False

    def is_lost_heading(self, block: Block) -> bool:
        """Is a heading above article one that the library should have taken?"""
        if self.main not in block.path:
            return False
        below = block.path[block.path.index(self.main) + 1 :]
        return (
            (self.is_near(block) or block.link * 2 < len(block.text))
            and not self.is_title(block)
            and not is_teaser(block)
            and not is_beside(below)
            and not any(self.is_noise(element) for element in below)
        )

    def is_title(self, block: Block) -> bool:
        """A heading with the page's title, or the headline over the first paragraph."""
        if bare(block.text) in self.titles:
            return True
        return block.inside("h1") and self.first == len(self.blocks)

    def is_noise(self, element: Element) -> bool:
        if element not in self.noisy:
            named = element.name in noise_names() or is_named(
                element.hint, "words", "parts", "phrases"
            )
            # Where contents lead to may bear their name, too; contents are made of links.
            if not named and is_named(element.hint, "contents"):
                named = self.links[element] * 2 >= self.size[element]
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
    if block.heading or is_fold(block):
        return True
    if len(block.text) > HEADING or block.text.endswith((".", ",", ";")):
        return False
    return block.bold or SUBHEAD.search(block.path[-1].hint) is not None


def is_beside(path: Sequence[Element]) -> bool:
    """Does a class say that the words may be another's: a banner, an embedded post?"""
    return any(is_named(element.hint, "doubtful") for element in path)


def is_set_apart(block: Block) -> bool:
    """A quotation in a box of its own."""
    return len(block.text) >= PROSE and (
        block.inside("blockquote") or any(is_named(e.hint, "quotes") for e in block.path[-NEAR:])
    )


def is_embedded(block: Block) -> bool:
    """Words of a picture, of another's post, or in a heading's own box."""
    return any(element.name in EMBEDS for element in block.path[-NEAR:])


def rank_of(block: Block) -> int:
    """1 to 6 as of h1 to h6; BOLD for what only looks like a heading."""
    return next((int(e.name[1]) for e in block.path if e.name in HEADINGS), BOLD)


def is_fold(block: Block) -> bool:
    """A question on a button that shows its answer."""
    return block.inside("button") and block.text.endswith("?") and len(block.text) <= HEADING


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
