"""Words beside a date that open it to one side: "no later than 5 May", "2012 or later"."""

from __future__ import annotations

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.tokens import Tokens, lexicon

#: Runs of words before a date -> the side of it that they take.
BEFORE = {
    ("as", "of"): "as_of",
    ("no", "later", "than"): "by",
    ("not", "later", "than"): "by",
    ("on", "or", "before"): "by",
    ("later", "than"): "after",
    ("no", "earlier", "than"): "since",
    ("not", "earlier", "than"): "since",
    ("no", "sooner", "than"): "since",
    ("on", "or", "after"): "since",
    ("not", "before"): "since",
    ("never", "before"): "",
    ("earlier", "than"): "before",
    ("prior", "to"): "before",
}
#: Runs of words behind a date -> the side of it that they take.
BEHIND = {
    ("or", "later"): "since",
    ("or", "after"): "since",
    ("and", "later"): "since",
    ("and", "onward"): "since",
    ("and", "onwards"): "since",
    ("and", "beyond"): "since",
    ("at", "the", "earliest"): "since",
    ("or", "earlier"): "by",
    ("or", "before"): "by",
    ("and", "earlier"): "by",
    ("and", "before"): "by",
    ("at", "the", "latest"): "by",
}
ONWARDS = frozenset({"onward", "onwards"})
#: Behind "2012 and before" another date or noun goes on: "in 2012 and before the war".
CLOSERS = frozenset({"", ".", ",", ")", "\n"})
LAST_WORDS = frozenset(words[-1] for words in BEFORE)
FIRST_WORDS = frozenset(words[0] for words in BEHIND)
POSTPOSITIVE = {"last": -1, "next": 1}


def side_of(tokens: Tokens, atom: Atom) -> str:
    """Before, after, since, ...: the side of the date that the words beside it take; "" if none."""
    before, follower = tokens.lower(atom.start - 1), tokens.lower(atom.end)
    if follower in FIRST_WORDS and (side := _behind(tokens, atom.end)):
        return side
    if follower in ONWARDS or (before == "from" and follower == "on"):
        return "since"
    if before in LAST_WORDS:
        words = tuple(tokens.lower(index) for index in range(atom.start - 3, atom.start))
        for length in (3, 2):
            if words[-length:] in BEFORE:
                return BEFORE[words[-length:]]
    if before == "." and tokens.lower(atom.start - 2) in ("c", "ca"):
        return "about"
    return str(lexicon()["side"].get(before, ""))


def _behind(tokens: Tokens, end: int) -> str:
    words = tuple(tokens.lower(index) for index in range(end, end + 3))
    for length in (3, 2):
        if words[:length] in BEHIND and tokens.classes[end + length : end + length + 1] in CLOSERS:
            return BEHIND[words[:length]]
    return ""


def take_postpositive(tokens: Tokens, atom: Atom) -> None:
    """Widen "Friday last", "the 12th of October next" over the word that tells the direction."""
    direction = POSTPOSITIVE.get(tokens.lower(atom.end), 0)
    if not direction or atom.direction or atom.relative or atom.year is not None or atom.time:
        return
    if atom.rule not in ("weekday", "month", "day_month", "month_day"):
        return
    closed = tokens.classes[atom.end + 1 : atom.end + 2] in (*CLOSERS, "P")
    placed = tokens.lower(atom.start - 1) in ("on", "of", "in", "since", "until", "by")
    goes_on = tokens.classes[atom.end + 1 : atom.end + 2] in ("_", "&")
    if closed or (placed and goes_on and tokens.lower(atom.end + 1).isalpha()):
        atom.direction, atom.end = direction, atom.end + 1
