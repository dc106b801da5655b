"""Parts of one name put together that the model left apart, or outside of the name.

"Philip V | of Spain", first name | "nick" | surname, "Supreme Court | of Estonia", 24th | "Infantry
Division", Acme | ", Inc.", "Kazan | Governorate".
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import cities, country_named, country_of_demonym, states
from pipeline.nlp.entities.lexicon import first_names, known_phrases, organisations, titles
from pipeline.nlp.entities.names import PARTICLES, PLACES, ROMAN, Name
from pipeline.nlp.entities.normal import SUFFIX, normal_name

BYNAMES = frozenset(
    {"great", "terrible", "good", "elder", "younger", "bold", "conqueror", "baptist", "wise"}
    | {"magnificent", "lionheart", "impaler", "rapper", "kid", "confessor", "lesser", "first"}
)
BODIES = frozenset(
    {"court", "bank", "church", "university", "parliament", "senate", "assembly", "congress"}
    | {"association", "institute", "ministry", "department", "council", "federation", "party"}
    | {"union", "academy", "college", "society", "chamber", "diocese", "archdiocese", "front"}
)
#: Bodies that are for, on or against something.
PURPOSES = frozenset(
    {"court", "committee", "commission", "movement", "league", "campaign", "institute", "center"}
    | {"centre", "council", "society", "foundation", "alliance", "front", "appeals"}
)
#: Kinds of states, as official names have them, and the most tokens that these add.
REALMS = frozenset({"republic", "kingdom", "emirate", "sultanate", "state", "states"})
STYLE = 5
OF_THE = frozenset({"of", "the"})
NICK = frozenset({'"', "“", "”"})
CLOSES = {"(": ")", '"': '"', "“": "”", "‘": "’"}
ORDINAL = re.compile(r"^(?:\d+(?:st|nd|rd|th|d)|[A-Z][a-z]+(?:st|nd|rd|th))$")
YEAR = re.compile(r"^(?:1[89]|20)\d\d$")
MARKS = 3  # tokens at most between the marks around a nickname


def join(doc: Doc, names: list[Name]) -> list[Name]:
    """The names in the order of the text, none overlapping, each with all its parts."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and name.start < last.end:
            continue
        if last is not None and last.label == "PERSON" and continues(doc, last, name):
            last.end = name.end
            if doc[name.start - 1].text in NICK and name.end < len(doc):
                last.end += doc[name.end].text in NICK
            continue
        joined.append(name)
    joined = join_nicknamed(doc, join_bodies(doc, joined))
    for i, name in enumerate(joined):
        after = joined[i + 1].start if i + 1 < len(joined) else len(doc)
        before = joined[i - 1].end if i else 0
        if name.label == "PERSON":
            extend_person(doc, name, before, after)
        elif name.label in PLACES:
            extend_place(doc, name, after)
        elif name.label == "ORG":
            extend_body(doc, name, before, after)
        elif name.label == "EVENT" and name.end < min(after, len(doc)):
            name.end += YEAR.match(doc[name.end].text) is not None  # "Harvest Fair 2016"
    return drop_covered(joined, known_longer(doc, joined))


# ---------------------------------------------------------------- bodies and places


def join_bodies(doc: Doc, names: list[Name]) -> list[Name]:
    """A body with the place or field that its name goes on with: "Supreme Court | of Estonia"."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and last.label == "ORG" and name.label in ("GPE", "LOC", "ORG"):
            between = [token.text for token in doc[last.end : name.start]]
            head = doc[last.end - 1].lower_
            if (between in (["of"], ["of", "the"]) and head in BODIES) or (
                between in (["for", "the"], ["against", "the"]) and head in PURPOSES
            ):
                last.end = name.end
                continue
        if last is not None and is_one_place(doc, last, name):
            last.end = name.end
            continue
        joined.append(name)
    return joined


def is_one_place(doc: Doc, last: Name, name: Name) -> bool:
    """Whether two places are one: "Baja | California", "City | of Edmonton"."""
    if last.label not in ("GPE", "LOC") or name.label not in ("GPE", "LOC"):
        return False
    head = doc[last.end - 1]
    if last.end == name.start:
        text = doc[last.start : last.end].text
        key = normal_name(text)
        apart = key in cities() or country_named(text) is not None or key in states()
        return not apart and head.dep_ == "compound" and name.start <= head.head.i < name.end
    of = last.end + 1 == name.start and doc[last.end].lower_ == "of"
    return of and last.end - last.start == 1 and head.lower_ in organisations().realms


def extend_body(doc: Doc, name: Name, before: int, after: int) -> None:
    """Takes in the number in front ("24th Infantry Division") and ", Inc." behind."""
    if name.start > before and doc[name.end - 1].lower_ in organisations().numbered:
        token = doc[name.start - 1]
        if ORDINAL.match(token.text) and name.start <= token.head.i < name.end:
            name.start -= 1
    if name.end + 1 < min(after, len(doc)) and doc[name.end].lower_ == "of":
        token = doc[name.end + 1]
        known = doc[name.end - 1].lower_ in BODIES and name.end - name.start > 1
        if known and token.tag_ == "NNP" and token.is_title and token.dep_ == "pobj":
            name.end += 2  # "Old Church | of Quill"
    end = name.end + 1 if name.end < len(doc) and doc[name.end].text == "," else name.end
    if (
        end < min(after, len(doc))
        and doc[end].text[:1].isupper()
        and SUFFIX.match(f" {doc[end].text}")
        and doc[end].lower_ not in ("sa", "ag", "co", "nv")
    ):
        name.end = end + 1


def extend_place(doc: Doc, name: Name, after: int) -> None:
    """Takes in the word that closes the name: "Kazan | Governorate", "Tule | Lake"."""
    if name.end >= min(after, len(doc)):
        return
    token, lists = doc[name.end], organisations()
    if token.tag_ not in ("NNP", "NNPS") or not token.is_title or token.is_sent_start:
        return
    word = token.lower_
    if word not in lists.regions and word not in lists.place_endings:
        return
    if name.end + 1 < len(doc) and doc[name.end + 1].tag_ in ("NNP", "NNPS"):
        return  # "Ohio Valley Electric" is something else
    name.end += 1
    if word in lists.place_endings:
        name.label = "LOC"


def known_longer(doc: Doc, names: list[Name]) -> list[Name]:
    """The names, those of our lists whole: "Islamic State of Iraq | and the Levant"."""
    by_first = known_phrases()
    for name in names:
        if grow_country(doc, name):
            continue
        for phrase, label in by_first.get(doc[name.start].text, ()):
            span = doc[name.start : name.start + len(phrase)]
            if name.end < span.end and tuple(token.text for token in span) == phrase:
                name.end, name.label = span.end, label
                break
    return names


def grow_country(doc: Doc, name: Name) -> bool:
    """Takes in what makes a country's official name: "Republic of | Korea"; whether it did."""
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if after == "of" or after in REALMS:
        for end in range(min(name.end + STYLE, len(doc)), name.end, -1):
            text = doc[name.start : end].text
            if text[-1].isalpha() and doc[end - 1].lower_ != "of" and country_named(text):
                name.end, name.label = end, "GPE"
                return True
    if name.start > 1 and doc[name.start - 1].lower_ in ("of", "the") and name.label in PLACES:
        for start in range(max(0, name.start - STYLE), name.start - 1):
            token = doc[start]
            if token.lower_ not in REALMS and doc[start + 1].lower_ not in REALMS:
                continue
            front = doc[start : name.start]
            if not is_large(token) or not all(is_large(t) or t.lower_ in OF_THE for t in front):
                continue
            if country_named(doc[start : name.end].text):
                whose = start > 1 and doc[start - 1].tag_ == "POS"  # "People's Republic"
                name.start = start - 2 if whose else start
                return True
    return False


def is_large(token: Token) -> bool:
    return token.text[:1].isupper() and token.lower_ != "the"


def drop_covered(names: list[Name], grown: list[Name]) -> list[Name]:
    """The grown names without those that now lie inside the one before."""
    kept: list[Name] = []
    for name in grown:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


# ---------------------------------------------------------------- persons


def continues(doc: Doc, last: Name, name: Name) -> bool:
    """Whether a name goes on after a person's first part."""
    between = [token.text for token in doc[last.end : name.start]]
    if between == ["of"] and name.label in ("GPE", "LOC"):
        if ROMAN.match(doc[last.end - 1].text):
            return last.end - last.start == 2
        return last.end - last.start == 1 and is_first_name(doc[last.start])
    if not between and doc[last.end - 1].text in NICK:
        return name.label in ("PERSON", "ORG")
    if not between and name.label == "PERSON":
        return (
            (doc[name.start].is_title or doc[name.start].text in PARTICLES)
            and last.end - last.start == 1
            and doc[last.end - 1].dep_ == "compound"
        )
    if len(between) == 1:  # a nickname that the model took for a name of its own
        return between[0] in NICK and name.end + 1 < len(doc) and doc[name.end].text in NICK
    return (
        len(between) == 3
        and between[0] in NICK
        and between[2] in NICK
        and name.label in ("PERSON", "ORG")
    )


def join_nicknamed(doc: Doc, names: list[Name]) -> list[Name]:
    """A person with a nickname or maiden name between marks, and the surname behind it.

    `James "Jim" Roe`, "Jane (Doe) Roe"; what the model made of the marks' inside and of the
    surname goes into the person.
    """
    joined: list[Name] = []
    for name in names:
        if joined and name.start < joined[-1].end:
            continue
        if name.label == "PERSON":
            end = behind_nickname(doc, name.end)
            if end:
                name.end = end
        joined.append(name)
    return joined


def behind_nickname(doc: Doc, at: int) -> int:
    """Where the name ends whose first part ends at `at`; 0 if no nickname stands there."""
    if at + 3 >= len(doc) or doc[at].text not in CLOSES:
        return 0
    close = CLOSES[doc[at].text]
    for i in range(at + 2, min(at + 2 + MARKS, len(doc) - 1)):
        if doc[i].text != close:
            continue
        inside, surname = doc[at + 1 : i], doc[i + 1]
        named = all(token.is_title and token.is_alpha for token in inside)
        if not named or surname.tag_ != "NNP" or not surname.is_title or surname.is_sent_start:
            return 0
        lists, word = titles(), surname.lower_
        if word in lists.roles or country_named(inside.text) or country_of_demonym(inside.text):
            return 0
        return i + 2
    return 0


def extend_person(doc: Doc, name: Name, before: int, after: int) -> None:
    """Takes in an initial or capitalised word of the same name that the model left outside."""
    while name.end < after:
        token = doc[name.end]
        if ROMAN.match(token.text) and not is_pronoun(doc, name.end):
            name.end += 1
            continue
        if token.lower_ == "the" and name.end - name.start == 1 and name.end + 1 < after:
            word = doc[name.end + 1]
            if word.is_title and word.lower_ in BYNAMES:
                name.end += 2
                continue
        surname = behind_particles(doc, name.end, after)
        if surname:
            name.end = surname
            continue
        if (
            token.tag_ == "NNP"
            and token.is_title
            and token.ent_type_ == ""
            and (doc[name.end - 1].dep_ == "compound" and doc[name.end - 1].head.i >= name.end)
            and token.lower_ not in titles().roles
            and not token.is_sent_start
        ):
            name.end += 1
            continue
        break
    while name.start > before and belongs_in_front(doc, name):
        name.start -= 1


def behind_particles(doc: Doc, at: int, after: int) -> int:
    """Where the surname ends that goes on at `at` with "van", "de la" and the like; else 0."""
    i = at
    while i < min(after, at + 3) and doc[i].text in PARTICLES:
        i += 1
    if i == at or i >= len(doc):
        return 0
    token = doc[i]
    return i + 1 if token.tag_ == "NNP" and token.is_title and i < after else 0


def belongs_in_front(doc: Doc, name: Name) -> bool:
    """Whether the word in front of a person's name is its first part."""
    token = doc[name.start - 1]
    word = token.lower_.rstrip(".")
    lists = titles()
    if not token.text[:1].isupper() or token.ent_type_:
        return False
    if token.dep_ == "ROOT" and token.tag_ == "NNP" and token.text in first_names():
        return True  # the parser took the heading for a sentence of its own
    if token.dep_ != "compound":
        return False
    if not name.start <= token.head.i < name.end or word in lists.roles or word in lists.honorifics:
        return False
    if token.tag_ != "NNP":
        return False
    return (
        token.text in first_names()
        or re.fullmatch(r"[A-Z]\.?", token.text) is not None
        or follows_portfolio(token)
        or is_unknown_first_name(doc, name)
    )


def is_unknown_first_name(doc: Doc, name: Name) -> bool:
    """Whether the word in front of a surname, on no list of ours, is the first name."""
    token = doc[name.start - 1]
    if name.end - name.start > 1 or not (token.is_title and token.is_alpha and len(token) > 2):
        return False
    word, lists = token.lower_, organisations()
    if token.is_sent_start or word in titles().modifiers or token.text in lists.known:
        return False
    before = doc[token.i - 1]
    if before.tag_ in ("NNP", "NNPS") and before.head.i >= token.i:
        return False  # the end of a longer title or name
    place = word in cities() or word in states() or country_named(token.text) is not None
    things = lists.heads | lists.facilities | lists.endings | lists.regions | lists.place_endings
    return not place and word not in things and country_of_demonym(token.text) is None


def follows_portfolio(token: Token) -> bool:
    """Whether a word stands between a portfolio and a name: "Minister of Tourism | Reyes | Roe"."""
    portfolios = titles().portfolios
    return (
        token.i > 1
        and token.lower_ not in portfolios
        and token.nbor(-1).lower_ in portfolios
        and token.nbor(-1).text[:1].isupper()
    )


def is_first_name(token: Token) -> bool:
    return token.text in first_names()


def is_pronoun(doc: Doc, i: int) -> bool:
    """Whether an "I" is the speaker, not the first of that name."""
    after = doc[i + 1].tag_ if i + 1 < len(doc) else ""
    return doc[i].text == "I" and after.startswith(("VB", "MD", "RB"))
