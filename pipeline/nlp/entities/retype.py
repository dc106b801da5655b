"""One type for a name in a document, from all the evidence that the document gives.

The model types each mention by itself and so calls one name a person here and a company there.
Here every mention of a name votes, together with what its words and its surroundings say; what
stands right before one mention (a form of address) still decides for that mention alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import (
    cities,
    country_named,
    country_of_demonym,
    states,
    towns,
)
from pipeline.nlp.entities.lexicon import Organisations, first_names, organisations, titles
from pipeline.nlp.entities.names import ACRONYM, PARTICLES, PLACES, Name, person_words
from pipeline.nlp.entities.normal import normal_name
from pipeline.nlp.entities.refer import SUBJECTS, human_verbs, place_nouns, words_of

CERTAIN, SURE, STRONG, WEAK, HINT = 10, 8, 5, 2, 1
MANY = 4
HUMAN = frozenset({"he", "she", "his", "him", "himself", "herself", "who", "whom"})
THING = frozenset({"its", "itself", "which"})
COPULA = frozenset({"be", "become", "remain"})
INTO_PLACE = frozenset({"in", "near", "around", "throughout", "across", "toward", "towards"})
BUILT = frozenset(
    {"Square", "Islands", "Harbor", "Harbour", "Pass", "Casino", "Airport", "Bridge", "River"}
    | {"Stadium", "Island", "Lake", "Dam", "Highway"}
)
#: "P. G. Roe", "J.K. Roe"
INITIALS = re.compile(r"^(?:[A-Z]\. ?){1,3}[A-Z][a-z]+(?:-[A-Z][a-z]+)?$")
SHIPS = frozenset({"HMS", "USS", "HMCS", "HMAS", "INS", "RMS", "USNS", "HNLMS"})
#: Plurals behind a city that are no team, but a part of it.
NOT_TEAMS = frozenset(
    {"heights", "falls", "springs", "hills", "islands", "gardens", "docks", "streets", "olympics"}
    | {"games", "woods", "mills", "shores", "lakes", "plains", "accords", "talks", "times", "news"}
)
ON_AIR = frozenset({"radio", "tv", "television", "news", "broadcast", "cable", "fm"})
OPEN_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"})
Votes = Counter[str]


def retype(doc: Doc, names: list[Name], aliases: Sequence[tuple[int, int]] = ()) -> None:
    """Sets the label of every name of an open type.

    Args:
        aliases: first tokens of each two names that the text says are one thing's: both get the
            type that has more votes over the two.
    """
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        name.text = doc[name.start : name.end].text
        if name.label in OPEN_TYPES:
            groups[normal_name(name.text)].append(name)
    alone = {
        normal_name(name.text) for name in names if name.label == "PERSON" and " " not in name.text
    }
    surnames: dict[str, bool] = {}
    bodies: dict[str, bool] = {}
    defined = defined_acronyms(doc, names)
    # Full names first: a word is a surname only if its full name has stayed a person's.
    order = sorted(groups, key=lambda key: is_short(groups[key][0].text))
    counted: dict[str, Votes] = {}
    singles = sum(is_short(groups[key][0].text) for key in order)
    for i, key in enumerate(order):
        if i == len(order) - singles:
            surnames, bodies = surnames_of(names), first_words_of_bodies(names)
        group = groups[key]
        votes = word_votes(key, group[0], surnames)
        votes.update(model_votes(group))
        if is_like_full_name(key, group[0], alone, votes):
            votes["PERSON"] += STRONG
        if key in bodies and key not in surnames and not any(votes[label] for label in PLACES):
            plain = bodies[key] and group[0].text not in first_names()
            votes["ORG"] += STRONG if plain else WEAK
        local = [context_votes(doc, name) for name in group]
        for found in local:
            votes.update(found)
        if key in defined:
            votes[defined[key]] += SURE
        counted[key] = votes
        best = winner(votes, group)
        for name, found in zip(group, local, strict=True):
            if best == "NORP" and is_language(doc, name):
                name.label = "LANGUAGE"
                continue
            sure = WEAK * 2 if key in surnames and not any(found[p] for p in PLACES) else SURE
            name.label = "PERSON" if found["PERSON"] >= sure and best in PLACES | {"ORG"} else best
    share_type(names, groups, counted, aliases)


def share_type(
    names: list[Name],
    groups: Mapping[str, list[Name]],
    counted: Mapping[str, Votes],
    aliases: Sequence[tuple[int, int]],
) -> None:
    """Gives the two names of one thing the type that both together have most votes for."""
    at = {name.start: normal_name(name.text) for name in names} if aliases else {}
    joined: dict[str, list[str]] = {}  # key -> the keys of one thing, one list for all of them
    for one, two in aliases:
        keys = [key for start in (one, two) if (key := at.get(start, "")) in counted]
        merged = list(dict.fromkeys(other for key in keys for other in joined.get(key, [key])))
        joined |= dict.fromkeys(merged, merged)
    for keys in {id(keys): keys for keys in joined.values() if len(keys) > 1}.values():
        group = [name for key in keys for name in groups[key]]
        best = winner(sum((counted[key] for key in keys), Counter()), group)
        for name in group:
            name.label = best


def is_language(doc: Doc, name: Name) -> bool:
    """Whether a people's name speaks of its language: "in Spanish", "the Spanish word"."""
    if country_of_demonym(name.text) is None and name.text != "Latin":
        return False
    after = doc[name.end] if name.end < len(doc) else None
    if after is not None and after.lower_ in words_of("language", "nouns"):
        return True
    if after is not None and after.text == "-" and name.end + 1 < len(doc):
        return doc[name.end + 1].lower_ in ("language", "speaking")
    before = doc[name.start - 1].lower_ if name.start else ""
    if before not in words_of("language", "before"):
        return False
    return after is None or not (after.pos_ in ("NOUN", "PROPN", "ADJ") or after.text == "-")


def model_votes(group: list[Name]) -> Votes:
    """The model's types of all mentions; more mentions than MANY do not outvote the context."""
    share = min(1.0, MANY / len(group))
    counts = Counter(name.label for name in group)
    return Counter({label: round(WEAK * count * share) for label, count in counts.items()})


def winner(votes: Votes, group: list[Name]) -> str:
    """The type with most votes; the kinds of places count together against the others."""
    place = max(PLACES, key=lambda label: (votes[label], label))
    total = votes.copy()
    total[place] = sum(votes[label] for label in PLACES)
    for label in PLACES - {place}:
        del total[label]
    ranked = sorted(total, key=lambda label: (-total[label], label != group[0].label, label))
    return ranked[0]


def defined_acronyms(doc: Doc, names: list[Name]) -> dict[str, str]:
    """Key of an acronym in brackets -> the type of the long form in front of it."""
    return {
        normal_name(two.text): one.label
        for one, two in pairwise(names)
        if two.start == one.end + 1
        and doc[one.end].text == "("
        and ACRONYM.match(two.text)
        and " " in one.text
        and one.text[:1] == two.text[:1]
    }


def first_words_of_bodies(names: list[Name]) -> dict[str, bool]:
    """First words of organisations' names: "Acme" may be short for "Acme Holdings".

    True where the rest of the name only says what kind of body it is.
    """
    lists = organisations()
    telling = lists.heads | lists.endings | lists.descriptors
    found: dict[str, bool] = {}
    for name in names:
        words = name.text.split()
        if name.label != "ORG" or len(words) < 2:
            continue
        first = normal_name(words[0])
        if not (country_named(first) or country_of_demonym(first)):
            plain = len(words) == 2 and words[1].lower() in telling
            found[first] = found.get(first, False) or plain
    return found


def surnames_of(names: list[Name]) -> dict[str, bool]:
    """Words of people's full names that may stand alone -> whether it is the last one.

    The first word counts too (it is the surname in East Asia), but not if it is also a place.
    """
    found: dict[str, bool] = {}
    for name in names:
        words = person_words(name.text) if name.label == "PERSON" else ()
        if len(words) < 2:
            continue
        first, last = normal_name(words[0]), normal_name(words[-1])
        particle = next((i for i, word in enumerate(words) if i and word in PARTICLES), 0)
        if particle and particle < len(words) - 1:
            found[normal_name(" ".join(words[particle:]))] = True  # "von der Roe"
        if first not in cities() and first not in states() and not country_named(first):
            found.setdefault(first, False)
        found[last] = True
    return found


def word_votes(key: str, name: Name, surnames: dict[str, bool]) -> Votes:
    """What the words of a name say about its type."""
    votes: Votes = Counter()
    lists, words = organisations(), name.text.split()
    known = lists.known.get(name.text.removeprefix("the "))
    if known:
        votes[known] += SURE
    if country_named(name.text) is not None or key in states():
        votes["GPE"] += SURE
    elif country_of_demonym(name.text) is not None:
        votes["NORP"] += WEAK if name.text in first_names() else SURE
    elif key in cities() and len(words) > 1:
        votes["GPE"] += STRONG
    elif key in cities() or (len(words) > 1 and key in towns() and words[0] not in first_names()):
        votes["GPE"] += WEAK
    ending_votes(key, words, lists, votes)
    if words[0] in first_names():
        votes["PERSON"] += STRONG if is_full_name(words, votes) else HINT
    if INITIALS.match(name.text) and not votes["ORG"] and not votes["FAC"]:
        votes["PERSON"] += WEAK * 2
    if words[0] in SHIPS and len(words) > 1:
        votes["PRODUCT"] += SURE
    if is_short(name.text) and key in surnames:
        elsewhere = key in cities() or votes["NORP"] > 0 or votes["GPE"] > 0
        votes["PERSON"] += (SURE if elsewhere else CERTAIN) if surnames[key] else STRONG
    elif len(words) == 1 and ACRONYM.match(name.text) and len(name.text) <= 6:
        votes["PERSON"] -= SURE
    return votes


def is_short(text: str) -> bool:
    """Whether a name can be a surname alone: one word, hyphens counted in, or "van der Roe"."""
    words = text.split()
    return len(words) == 1 or words[0].lower() in PARTICLES or (len(words) == 3 and words[1] == "-")


def is_like_full_name(key: str, name: Name, alone: set[str], votes: Votes) -> bool:
    """Two or three words, the last of which is a person alone elsewhere: "Verity Lee", "Lee"."""
    words = key.split()
    if len(words) not in (2, 3) or words[-1] not in alone or name.label != "ORG":
        return False
    if words[0] in cities() or words[0] in words_of("of_place", "nouns") or words[0] == "new":
        return False  # "South Bridgton" is a place
    named = all(word[:1].isupper() and word.strip(".").isalpha() for word in name.text.split())
    return named and not any(votes[label] >= STRONG for label in ("ORG", "LOC", "GPE", "FAC"))


def is_full_name(words: list[str], votes: Votes) -> bool:
    """Whether a first name begins a person's name: not "Orlando Magic" or "Curtis Institute"."""
    if len(words) == 2 and not votes["ORG"] and not votes["GPE"] and words[1] not in BUILT:
        # "Rebecca Hall" is a person, though halls are buildings.
        for label in ("FAC", "LOC", "EVENT"):
            votes[label] = min(votes[label], 0)
    if len(words) < 2 or any(votes[label] > 0 for label in ("ORG", "LOC", "GPE", "FAC", "EVENT")):
        return False
    first = normal_name(words[0])
    if first in cities() or first in states() or country_named(words[0]) is not None:
        return False
    heads = organisations().heads
    return not any(word.lower() in heads for word in words[1:])


def ending_votes(key: str, words: list[str], lists: Organisations, votes: Votes) -> None:
    """Votes of the first and last word: "Ministry of", "Inc.", "River", "Airport"."""
    last, lower = words[-1].lower(), f"{key} "
    if len(words) == 1:
        return
    front = key.partition(" of ")[0].split() if " of " in key else []
    if len(words) == 2 and words[0].lower() in lists.facilities and words[1].isdigit():
        votes["FAC"] += STRONG  # "Terminal 4"
        return
    if front and front[-1] in lists.realms:
        votes["GPE"] += STRONG
        return
    if front and front[-1] in lists.facilities and last not in lists.endings:
        votes["FAC"] += STRONG  # "Castle of Belmora"
        return
    place = key.rpartition(" ")[0]
    team = (
        words[-1].endswith("s")
        and words[-1][:1].isupper()
        and (place in cities() or place in states())
    )
    if team and not (last in cities() or last in states() or last in NOT_TEAMS):
        votes["ORG"] += WEAK * 2  # "Chicago Bulls"
        return
    if last in lists.endings or any(f" {word}" in f" {lower}" for word in lists.openings):
        votes["ORG"] += STRONG
    elif last in lists.facilities:
        votes["FAC"] += STRONG
    elif last in lists.regions:
        votes["GPE"] += STRONG
    elif last in lists.place_endings or lower.startswith(lists.place_openings):
        votes["LOC"] += STRONG
    elif last in lists.event_endings or lower.startswith(lists.event_openings):
        votes["EVENT"] += STRONG


# ---------------------------------------------------------------- surroundings


def context_votes(doc: Doc, name: Name) -> Votes:
    """What stands around one mention says about its type."""
    votes: Votes = Counter()
    before_votes(doc, name, votes)
    after_votes(doc, name, votes)
    head = doc[name.start : name.end].root
    for noun in describing_nouns(head, name):
        kind = noun_kind(noun.lower_)
        if noun.lower_ in ("station", "channel") and noun.i and doc[noun.i - 1].lower_ in ON_AIR:
            kind = "ORG"
        if kind:
            votes[kind] += STRONG
    if head.dep_ in SUBJECTS and head.head.lemma_ in human_verbs():
        votes["PERSON"] += WEAK
    if head.dep_ in SUBJECTS:
        votes["PERSON"] += pronoun_vote(doc, name)
    if head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in words_of("products", "verbs"):
        votes["PRODUCT"] += STRONG
    if head.dep_ == "conj" and head.head.ent_type_ in OPEN_TYPES:
        votes[head.head.ent_type_] += WEAK  # things of one kind are listed together
    for child in head.children:
        if child.dep_ == "conj" and child.ent_type_ in OPEN_TYPES:
            votes[child.ent_type_] += WEAK
    return votes


def pronoun_vote(doc: Doc, name: Name) -> int:
    """Whether a pronoun that follows in the sentence speaks of a human being or a thing."""
    for i in range(name.end, min(name.end + 20, len(doc))):
        token = doc[i]
        if token.is_sent_start or token.ent_type_ == "PERSON":
            return 0
        if token.lower_ in HUMAN:
            return WEAK
        if token.lower_ in THING:
            return -WEAK
    return 0


def before_votes(doc: Doc, name: Name, votes: Votes) -> None:
    """The words in front: "Mr.", "in", "the city of", "the band", "played for"."""
    if not name.start:
        return
    before = doc[name.start - 1]
    if before.lower_ == "the" and name.start > 1:
        before = doc[name.start - 2]
    word = before.lower_.rstrip(".")
    lists = titles()
    if word in lists.honorifics and before.text[:1].isupper():
        votes["PERSON"] += SURE
    elif word in lists.roles and before.dep_ in ("compound", "appos", "nmod"):
        votes["PERSON"] += STRONG
    elif word in INTO_PLACE and owns(doc, name) and name.key not in cities():
        pass  # "in Roe's novel"
    elif word in INTO_PLACE:
        local = before.head.lemma_ in words_of("local", "verbs") and before.dep_ == "prep"
        votes["GPE"] += WEAK * 2 if local or name.key in towns() else WEAK
        votes["PERSON"] -= WEAK
    elif word in ("to", "from", "at") and before.dep_ == "prep":
        if before.head.lemma_ in words_of("local", "verbs") and not owns(doc, name):
            votes["GPE"] += WEAK if word != "at" else HINT
            votes["PERSON"] -= WEAK
    elif word == "by" and before.dep_ in ("agent", "prep"):
        if before.head.lemma_ in words_of("local", "authors"):
            votes["PERSON"] += WEAK * 2
    elif word == "of" and before.i:
        if doc[before.i - 1].lower_ in place_nouns() | words_of("of_place", "nouns"):
            votes["GPE"] += STRONG
        elif doc[before.i - 1].lower_ in words_of("products", "of"):
            votes["PRODUCT"] += STRONG
        elif doc[before.i - 1].lower_ in words_of("of_place_roles", "nouns"):
            votes["GPE"] += HINT  # "a former minister of Belmora"
            votes["PERSON"] -= STRONG
    elif word in ("for", "with") and before.i:
        if before.head.lemma_ in words_of("of_organisation", "before"):
            votes["ORG"] += WEAK
    elif before.lemma_ in words_of("of_organisation", "object") and before.pos_ == "VERB":
        votes["ORG"] += WEAK
    elif before.pos_ == "NOUN" and before.i == name.start - 1:
        kind = noun_kind(word)
        if kind and (kind != "PRODUCT" or is_of_one_phrase(doc, name)):
            votes[kind] += STRONG


def is_of_one_phrase(doc: Doc, name: Name) -> bool:
    """Whether the noun in front belongs to a name: "the drug Roelin", not "the drug Roe makes"."""
    before, head = doc[name.start - 1], doc[name.start : name.end].root
    if name.end < len(doc) and doc[name.end].pos_ == "VERB":
        return False
    return before.head == head or (head.head == before and head.dep_ == "appos")


def owns(doc: Doc, name: Name) -> bool:
    """Whether a possessive stands behind a name, or at its end."""
    return doc[name.end - 1].tag_ == "POS" or (name.end < len(doc) and doc[name.end].tag_ == "POS")


def after_votes(doc: Doc, name: Name, votes: Votes) -> None:
    """The words behind: ", 45," after a person, ", Texas" after a town."""
    if name.end + 1 >= len(doc) or doc[name.end].text not in (",", "("):
        return
    after = doc[name.end + 1]
    if doc[name.end].text == "(" and after.lower_ in ("born", "b.", "died"):
        votes["PERSON"] += STRONG
    elif doc[name.end].text == "," and after.text.isdigit() and len(after.text) == 2:
        if name.end + 2 < len(doc) and doc[name.end + 2].text in (",", "."):
            votes["PERSON"] += STRONG
    elif (
        doc[name.end].text == ","
        and after.ent_type_ == "GPE"
        and name.start
        and doc[name.start - 1].lower_ in ("in", "at", "near", "from", "of", "to")
    ):
        votes["GPE"] += WEAK * 2


def describing_nouns(head: Token, name: Name) -> list[Token]:
    """Nouns that say what the named thing is: "X is a village", "X, a village", "the village X"."""
    found = []
    if head.dep_ in SUBJECTS and head.head.lemma_ in COPULA:
        found += [child for child in head.head.children if child.dep_ == "attr"]
    found += [child for child in head.children if child.dep_ == "appos" and child.i >= name.end]
    if head.dep_ == "appos" and head.head.i < name.start:
        found.append(head.head)
    return [noun for noun in found if noun.pos_ == "NOUN"]


def noun_kind(word: str) -> str:
    """The type of a thing that a common noun speaks of, or ""."""
    lists = organisations()
    if word in titles().roles:
        return "" if word in titles().things else "PERSON"
    if word in lists.regions or word in place_nouns():
        return "GPE"
    if word in lists.place_endings:
        return "LOC"
    if word in lists.facilities:
        return "FAC"
    if word in lists.heads:
        return "ORG"
    return "PRODUCT" if word in words_of("products", "nouns") else ""
