"""Words beside a date that open it to one side: "since 2015", "no later than 5 May", "or later"."""

from __future__ import annotations

from functools import cache

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.tokens import Tokens, lexicon, word_list
from pipeline.nlp.dates.values import add_days, first_day, last_day
from pipeline.records import DateMention

#: Behind "2012 and before" another date or noun goes on: "in 2012 and before the war".
CLOSERS = frozenset({"", ".", ",", ")", "\n"})
POSTPOSITIVE = {"last": -1, "next": 1}
LONGEST = 4  # words of a phrase
#: A date that belongs to a noun ("before the 2020 vote") holds what the noun names: it may be over
#: within the same year or day.
OF_NOUN = {"after": "since", "before": "by", "since": "since", "until": "until", "as_of": "as_of"}
#: Side -> (days from the date's own bound, whether the time goes on behind it).
OPENS = {
    "since": (0, True),
    "from": (0, True),
    "after": (1, True),
    "by": (0, False),
    "until": (0, False),
    "through": (0, False),
    "before": (-1, False),
}
#: Tokens between the side and the date of "before the second 2020 vote".
REACH = 3
WORDS = frozenset("_ODZULv")  # classes of words that a noun phrase goes on with


@cache
def _phrases(name: str) -> dict[tuple[str, ...], str]:
    """Runs of words beside a date -> the side of it that they take; "" for none."""
    return {tuple(words.split()): side for words, side in lexicon()[name].items()}


@cache
def _edges(name: str) -> frozenset[str]:
    """The words next to the date: the last of the runs before it, the first of those behind."""
    place = 0 if name == "side_behind" else -1
    return frozenset(words[place] for words in _phrases(name))


def modifier_of(tokens: Tokens, atom: Atom) -> str:
    """What narrows or opens the date: "early", "since", "since early"; "" for nothing."""
    inner, start = atom.modifier, atom.start
    if inner in lexicon()["side"].values():
        return inner
    if not inner and _is_about(tokens, atom):
        inner, start = "about", start - 1
        if tokens.lower(start) == ".":  # c. 1850
            start -= 1
    side = _behind(tokens, atom.end) or _before(tokens, atom, start)
    return " ".join(word for word in (side, inner) if word)


def _is_about(tokens: Tokens, atom: Atom) -> bool:
    """Whether the word before makes the date a rough one, and not the subject of a talk."""
    word, before = tokens.lower(atom.start - 1), tokens.lower(atom.start - 2)
    if word == ".":
        return before in ("c", "ca")
    if lexicon()["side"].get(word) != "about" or is_of_noun(tokens, atom):
        return False
    if word != "about":
        return True
    loose = atom.weekday is not None or atom.relative or atom.decade is not None
    return before in ("or", "in", "at") or not (loose or before in word_list("topic_words"))


def open_range(date: DateMention) -> str:
    """The days that a date with a side leaves open: "after 2015" is 2016-01-01/..; "" if none."""
    side = date.modifier.partition(" ")[0]
    first, last = first_day(date.start), last_day(date.end)
    if date.kind != "DATE" or date.parts or side not in OPENS or not (first and last):
        return ""
    shift, ahead = OPENS[side]
    bound = add_days(first if shift < 0 or (ahead and not shift) else last, shift)
    if bound is None:
        return ""
    return f"{bound.isoformat()}/.." if ahead else f"../{bound.isoformat()}"


def _before(tokens: Tokens, atom: Atom, start: int) -> str:
    """The side that the words before a token open."""
    if [tokens.lower(start - 2), tokens.lower(start - 1)] == ["at", "least"]:
        start -= 2
    of_noun = is_of_noun(tokens, atom)
    if of_noun and start == atom.start:
        start = _phrase_start(tokens, start)
    elif tokens.classes[start - 1 : start] == "F":  # "since the coup of 1 February"
        opens = _phrase_start(tokens, start - 1)
        of_noun, start = (True, opens) if opens < start - 1 else (False, start)
    word = tokens.lower(start - 1)
    if word == "-":
        return {"pre": "before", "post": "after"}.get(tokens.lower(start - 2), "")
    side = _phrase_before(tokens, start)
    if side is None:
        side = str(lexicon()["side"].get(word, ""))
        side = _in_context(tokens, atom, start, "" if side == "about" else side)
    if not of_noun:
        return side
    closes = tokens.lower(atom.end + (tokens.classes[atom.end : atom.end + 1] == "'"))
    lasting = {"by": "deadline_nouns", "through": "term_nouns"}.get(side)
    if lasting:
        return side if closes in word_list(lasting) else ""
    return OF_NOUN.get(side, "")


def _phrase_before(tokens: Tokens, start: int) -> str | None:
    """The side of the longest run of words before a token; None if there is none."""
    if tokens.lower(start - 1) not in _edges("side_before"):
        return None
    words = tuple(tokens.lower(index) for index in range(start - LONGEST, start))
    for length in range(LONGEST, 1, -1):
        if words[-length:] in _phrases("side_before"):
            return _phrases("side_before")[words[-length:]]
    return None


def _in_context(tokens: Tokens, atom: Atom, start: int, side: str) -> str:
    """The side as the words before and behind let it be one."""
    word, before, letter = (
        tokens.lower(start - 1), tokens.lower(start - 2), tokens.classes[max(0, start - 2)]
    )  # fmt: skip
    if word in ("to", "ended", "ending"):  # "the six months to June", "it will last to 2030"
        lasts = letter == "U" or (word == "to" and before in word_list("lasting_verbs"))
        return "until" if lasts else ""
    if side == "by":
        return "" if before in word_list("agent_verbs") else side
    if side == "from":
        if "/" in atom.value or atom.until_time or atom.until_day:
            return ""  # "from 1943-45": a range
        first = start < 2 or letter in ".,\n(" or before in ("as", "and", "but")
        on = tokens.lower(atom.end) == "on"
        to_now = tokens.classes[atom.end : atom.end + 1] == ">" and (
            tokens.classes[atom.end + 1 : atom.end + 3] in ("tX", "kX")
            or tokens.lower(atom.end + 1) in ("now", "date", "today")
        )
        return "since" if first or on or to_now else side
    return side


def is_of_noun(tokens: Tokens, atom: Atom) -> bool:
    """Whether the date belongs to a noun behind it: "Friday's vote", "the 2020 vote"."""
    follower = tokens.classes[atom.end : atom.end + 1]
    if follower == "'":
        return True
    named = atom.year is not None or atom.month is not None or atom.weekday is not None
    named = named or atom.rule == "year_range"
    if not named or follower not in WORDS:
        return False
    if tokens.classes[atom.start] == "t":  # "the 2 May raid", but "the 2nd of May"
        return tokens.classes[atom.start + 1] == "d" and tokens.lower(atom.end).isalpha()
    word = tokens.lower(atom.end)
    if not word.isalpha() or word in word_list("function_words"):
        return False
    return _phrase_start(tokens, atom.start) < atom.start


def _phrase_start(tokens: Tokens, start: int) -> int:
    """Where the noun phrase of "the disastrous 2020 vote" begins; `start` without a determiner."""
    for index in range(start - 1, max(-1, start - 1 - REACH), -1):
        letter, word = tokens.classes[index], tokens.lower(index)
        if word in ("'s", "’s"):
            return _owner_start(tokens, index)
        if letter in "ta" or word in word_list("possessives"):
            return index
        if letter not in "_O":
            break
    return start


def _owner_start(tokens: Tokens, mark: int) -> int:
    """Where the name before "'s" begins: "since Labour's 2019 defeat"."""
    start = mark - 1
    while start > mark - REACH and tokens.words[start - 1][:1].isupper():
        if tokens.lower(start - 1) in lexicon()["side"]:
            break
        start -= 1
    return max(0, start)


def _behind(tokens: Tokens, end: int) -> str:
    """The side that the words behind a date open."""
    if tokens.lower(end) not in _edges("side_behind"):
        return ""
    words = tuple(tokens.lower(index) for index in range(end, end + LONGEST))
    for length in range(LONGEST, 0, -1):
        side = _phrases("side_behind").get(words[:length])
        closed = tokens.classes[end + length : end + length + 1] in CLOSERS
        if side and (closed or length == 1):
            return side
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
