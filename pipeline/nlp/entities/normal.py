"""Normal forms of names, and the ids made of them.

An id is a function of type and canonical key, never of the order in which things were met, so
it is the same next month and on any machine.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

POSSESSIVE = re.compile(r"(?:['’‘`]s|(?<=s)['’])$", re.I)
ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.I)
DOTTED = re.compile(r"^(?:\w\.)+\w?\.?$")
NOT_WORD = re.compile(r"[^\w&+]+")
SUFFIX = re.compile(
    r",?\s+(?:inc|incorporated|corp|corporation|ltd|limited|plc|llc|llp|gmbh|ag|s\.?a|n\.?v|co"
    r"|company)\.?$",
    re.I,
)


@lru_cache(maxsize=8192)
def normal_name(name: str) -> str:
    """The key of a name: NFKC, casefolded, without article, possessive, accents and punctuation.

    Accents go because papers leave them out at will ("Lula da Silva", "Erdogan"). Dots of
    abbreviations go ("U.S." is "us"); other punctuation becomes one blank. "" if no letter or
    digit is left.
    """
    if name.isascii() and name.isalpha():
        return name.casefold()  # as most are, and as the rest leaves them
    if not name.isascii():
        split = unicodedata.normalize("NFKD", name)
        plain = "".join(char for char in split if not "\u0300" <= char <= "\u036f")
        name = unicodedata.normalize("NFKC", plain)
    name = name.strip()
    name = ARTICLE.sub("", POSSESSIVE.sub("", name))
    name = " ".join(part.replace(".", "") if DOTTED.match(part) else part for part in name.split())
    return NOT_WORD.sub(" ", name.replace("’", "'").replace("'", "").casefold()).strip()


def without_suffix(name: str) -> str:
    """A company's name without "Inc.", "Corporation" and the like, unless nothing else is left."""
    return SUFFIX.sub("", name) or name


def entity_id(kind: str, key: str) -> str:
    """The id of an entity.

    Args:
        kind: its type, such as "PERSON".
        key: ISO 3166 code, watch-list id, or `normal_name`.
    """
    digest = hashlib.sha256(f"{kind}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"e_{digest[:16]}"


def entity_redirects(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Old id -> the id that stands for it today, chains followed.

    Args:
        pairs: (old, new) in the order in which the changes were made; a later line wins.

    Raises:
        ValueError: the redirects run in a circle.
    """
    step = {old: new for old, new in pairs if old != new}
    final: dict[str, str] = {}
    for old in step:
        seen, at = {old}, step[old]
        while at in step:
            if at in seen:
                raise ValueError(f"entity redirects run in a circle at {at}")
            seen.add(at)
            at = step[at]
        final[old] = at
    return final
