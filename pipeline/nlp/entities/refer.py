"""Pronouns and role words: which person or organisation they speak of.

Salience decides: what stood as subject, what was mentioned last, who spoke last. Where two
readings are about as good, nothing is linked: a wrong link is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from spacy.attrs import IS_SPACE, LOWER, SENT_START
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from pipeline.nlp.entities.clusters import Cluster, Link
from pipeline.nlp.entities.lexicon import organisations, read_table, titles
from pipeline.nlp.entities.names import HYPHENS, Name
from pipeline.nlp.lexicons import remembered

DECAY = 0.55  # salience left after each sentence
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PARTAKING = SUBJECTS | {"dobj", "dative", "conj", "pobj"}
FAR = 60  # tokens that are looked through for somebody else
ONE_OF_TWO = frozenset({"former", "latter"})
FORGOTTEN = 0.12  # salience below which nothing is referred to
LEARNED = 1.5  # pronouns read as a person before they tell the person's gender
UNKNOWN_GENDER = 0.5
OWN_WORDS = 0.3
MARGIN = 1.25  # the best reading must be this many times better than the second
SURE_MARGIN = 2.0  # the same for "the company", which fits too many
#: Heads of names that a company may have.
COMPANY_WORDS = frozenset(
    {"company", "corporation", "firm", "group", "airline", "airlines", "airways", "bank", "studio"}
    | {"studios", "network", "service", "services", "partnership", "brewery", "label", "house"}
)
QUOTES = frozenset({'"', "“", "”", "``", "''"})


@lru_cache(maxsize=1)
def pronouns() -> dict[str, str]:
    """Pronoun -> "m", "f" or "thing"."""
    table = read_table("reference.toml")["pronouns"]
    return {word: kind for kind, words in table.items() for word in words}


@lru_cache(maxsize=1)
def speech_verbs() -> frozenset[str]:
    return frozenset(read_table("reference.toml")["speech"]["verbs"])


@lru_cache(maxsize=1)
def human_verbs() -> frozenset[str]:
    """Lemmas of verbs whose subject is a human being."""
    return frozenset(read_table("reference.toml")["human"]["verbs"])


@cache
def words_of(table: str, key: str) -> frozenset[str]:
    """A word list of reference.toml."""
    return frozenset(read_table("reference.toml")[table][key])


@lru_cache(maxsize=1)
def place_nouns() -> frozenset[str]:
    """Nouns for inhabited places."""
    return frozenset(read_table("reference.toml")["places"]["nouns"])


@lru_cache(maxsize=1)
def common_nouns() -> dict[str, str]:
    """Noun -> the type of thing that "the <noun>" stands for."""
    table = read_table("reference.toml")["nouns"]
    found = dict.fromkeys(table["ANY"], "ORG")
    return found | {word: kind for kind in ("ORG", "GPE") for word in table[kind]}


def is_company(cluster: Cluster) -> bool:
    """Whether a body may be "the company": no ministry, university, party, ..."""
    return not set(cluster.key.split()) & (organisations().heads - COMPANY_WORDS)


@dataclass(slots=True)
class Scene:
    """What the text has spoken of so far."""

    doc: Doc
    at: dict[int, Cluster]  # token -> the cluster named by it
    salience: dict[int, float] = field(default_factory=dict)  # id(cluster) -> weight
    roles: dict[int, set[str]] = field(default_factory=dict)  # id(cluster) -> its role words
    seen: list[Cluster] = field(default_factory=list)  # all so far
    recent: list[Cluster] = field(default_factory=list)  # those not forgotten
    called: dict[int, dict[str, float]] = field(default_factory=dict)  # id(cluster) -> he, she
    speaker: int = 0  # id of the cluster that spoke last

    def gender(self, cluster: Cluster) -> str:
        """What title or first name tells, else what the pronouns so far tell."""
        if cluster.gender:
            return cluster.gender
        called = self.called.get(id(cluster), {})
        for one, other in (("m", "f"), ("f", "m")):
            if called.get(one, 0.0) >= LEARNED and not called.get(other):
                return one
        return ""

    def call(self, cluster: Cluster, kind: str, confidence: float) -> None:
        """Remembers that a pronoun was read as this person."""
        called = self.called.setdefault(id(cluster), {})
        called[kind] = called.get(kind, 0.0) + confidence

    def mention(self, cluster: Cluster, token: Token, *, quoted: bool) -> None:
        if id(cluster) not in self.salience:
            self.recent.append(cluster)
        if id(cluster) not in self.roles:
            self.roles[id(cluster)] = set()
            self.seen.append(cluster)
        weight = weight_of(token) * (0.4 if quoted else 1.0)
        if not quoted and token.dep_ in SUBJECTS and token.head.lemma_ in speech_verbs():
            self.speaker = id(cluster)
        self.salience[id(cluster)] = max(self.salience.get(id(cluster), 0.0), 0.0) + weight

    def fade(self) -> None:
        self.salience = {
            key: weight * DECAY for key, weight in self.salience.items() if weight > FORGOTTEN / 2
        }
        self.recent = [cluster for cluster in self.recent if id(cluster) in self.salience]

    def best(
        self, fits: list[Cluster], kind: str = "", *, quoted: bool = False, margin: float = 0.0
    ) -> tuple[Cluster, float] | None:
        """The clearly most salient cluster and how sure that is; None if none is.

        Args:
            kind: "m" or "f" of the pronoun: who is known to be that comes first.
            margin: how many times better than the second the best must be; 0: MARGIN.
            quoted: the pronoun is the speaker's word, and so hardly about the speaker.
        """

        def weight(cluster: Cluster) -> float:
            found = self.salience.get(id(cluster), 0.0)
            if kind and not self.gender(cluster):
                found *= UNKNOWN_GENDER
            if quoted and id(cluster) == self.speaker:
                found *= OWN_WORDS
            return found

        ranked = sorted(
            ((weight(c), -c.start, i, c) for i, c in enumerate(fits)),
            reverse=True,
        )
        if not ranked or ranked[0][0] < FORGOTTEN:
            return None
        first = ranked[0][0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if second and first < (margin or MARGIN) * second:
            return None
        return ranked[0][3], round(0.6 + 0.35 * (1 - second / first), 2)


def weight_of(token: Token) -> float:
    """How strongly a mention brings its entity to mind, by its place in the sentence."""
    for _ in range(FAR):
        if token.dep_ not in ("compound", "flat", "appos", "nmod"):
            break
        token = token.head
    if token.dep_ in SUBJECTS:
        head = token.head
        return 1.3 if head.dep_ == "ROOT" or head.lemma_ in speech_verbs() else 1.0
    if token.dep_ in ("dobj", "iobj", "dative", "attr", "oprd"):
        return 0.6
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        return 0.8
    return 0.45


def refer(doc: Doc, clusters: list[Cluster]) -> None:
    """Adds pronouns and role words to the clusters that they clearly stand for."""
    at = {
        i: cluster
        for cluster in clusters
        for link in cluster.links
        for i in range(link.name.start, link.name.end)
    }
    ends = {link.name.end - 1: (cluster, link) for cluster in clusters for link in cluster.links}
    scene = Scene(doc, at)
    kinds, nouns, roles = pronouns(), common_nouns(), titles().roles
    heads = organisations().heads
    quoted = False
    for token in map(doc.__getitem__, sorted(telling_places(doc).union(ends))):
        if token.is_sent_start and token.i:
            scene.fade()
        if token.is_space:
            if "\n" in token.text:
                quoted = False
            continue
        if token.text in QUOTES:
            quoted = token.text == "“" or (token.text != "”" and not quoted)
            continue
        if token.i in at:
            if token.i in ends:
                cluster, link = ends[token.i]
                if not is_before_hyphen(token):
                    scene.mention(cluster, token, quoted=quoted)
                    learn_role(scene, cluster, link, token)
            continue
        word = token.lower_
        found: tuple[Cluster, str, float] | None = None
        if word in kinds:
            found = find_pronoun(scene, token, kinds[word], quoted=quoted)
        elif word in ONE_OF_TWO:
            found = find_one_of_two(scene, token, ends)
        elif word in roles or word in nouns or word in heads:
            found = find_noun(scene, token)
        if found is not None:
            cluster, rule, confidence = found
            start = token.i if word in kinds else token.left_edge.i
            text = doc[start : token.i + 1].text
            name = Name(start, token.i + 1, cluster.kind, text)
            cluster.links.append(Link(name, rule, confidence))
            if token.dep_ in SUBJECTS and "self" not in word:
                at[token.i] = cluster
            scene.mention(cluster, token, quoted=quoted)


def is_before_hyphen(token: Token) -> bool:
    """Whether a name only tells of what kind something is: nobody is meant by "Oslo-based"."""
    after = token.i + 1
    return not token.whitespace_ and after < len(token.doc) and token.doc[after].text in HYPHENS


@remembered
def telling_words() -> frozenset[int]:
    """spaCy's hashes of the words that may refer to something, and of quotation marks."""
    words = {*pronouns(), *common_nouns(), *titles().roles, *organisations().heads}
    strings = StringStore()
    return frozenset(strings[word] for word in words | ONE_OF_TWO | QUOTES)


def telling_places(doc: Doc) -> set[int]:
    """Tokens that begin a sentence or line, open or close a quote, or may refer to something."""
    if not len(doc):
        return set()
    columns = doc.to_array([LOWER, IS_SPACE, SENT_START])
    telling = telling_words()
    places = {i for i, word in enumerate(columns[:, 0].tolist()) if word in telling}
    return places.union((columns[:, 1:] == 1).any(axis=1).nonzero()[0].tolist())


def learn_role(scene: Scene, cluster: Cluster, link: Link, token: Token) -> None:
    """Remembers what the text calls somebody: in front of the name, in an apposition, "is a"."""
    words = scene.roles[id(cluster)]
    words.update(word.casefold().strip(".,") for word in link.name.role.split())
    head = token
    for child in head.children:
        if child.dep_ == "appos" and child.i not in scene.at:
            words.update(t.lower_ for t in child.subtree)
    if head.dep_ == "appos" and head.head.i not in scene.at:
        words.update(t.lower_ for t in head.head.subtree if t.i < token.i)
    if head.dep_ in SUBJECTS and head.head.lemma_ in ("be", "become"):
        for child in head.head.children:
            if child.dep_ == "attr":
                words.update(t.lower_ for t in child.subtree)


def find_pronoun(
    scene: Scene, token: Token, kind: str, *, quoted: bool
) -> tuple[Cluster, str, float] | None:
    """The person or organisation that a pronoun stands for."""
    if kind == "thing":
        if token.dep_ not in SUBJECTS or token.head.lemma_ not in speech_verbs():
            return None
        fits = [c for c in scene.recent if c.kind in ("ORG", "GPE")]
        if token.lower_ == "they":
            if others_meant(scene, token):
                return None
            fits = [c for c in fits if c.kind == "ORG"]
    else:
        if token.lower_.endswith("self"):
            meant = subject_meant(scene, token)
            if meant is not None:
                return meant, "pronoun", 0.9
        no = blocked(scene, token)
        fits = [
            c
            for c in scene.recent
            if c.kind == "PERSON" and scene.gender(c) in ("", kind) and id(c) not in no
        ]
    found = scene.best(fits, kind if kind != "thing" else "", quoted=quoted)
    if found is None and kind != "thing" and token.dep_ not in SUBJECTS:
        meant = clause_subject(scene, token)
        found = (meant, 0.7) if meant is not None and meant in fits else None
    if found is None:
        return None
    if kind != "thing":
        scene.call(found[0], kind, found[1])
    return found[0], "pronoun", found[1]


def others_meant(scene: Scene, token: Token) -> bool:
    """Whether "they" may mean people without a name: "The unions met the ministry. They said"."""
    sentence = token.sent
    start = scene.doc[sentence.start - 1].sent.start if sentence.start else 0
    return any(
        before.tag_ == "NNS" and before.i not in scene.at and before.dep_ in PARTAKING
        for before in scene.doc[max(start, token.i - FAR) : token.i]
    )


def blocked(scene: Scene, token: Token) -> set[int]:
    """Clusters that a pronoun cannot mean: neither "Roe met him" nor "he met Roe" is about one."""
    if token.dep_ in SUBJECTS:
        others = [t for t in arguments(token.head) if t.i != token.i]
    elif token.dep_ in ("dobj", "dative", "iobj", "pobj"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        others = [child for child in verb.children if child.dep_ in SUBJECTS]
    else:
        return set()
    return {id(scene.at[t.i]) for t in others if t.i in scene.at}


def arguments(verb: Token) -> list[Token]:
    """Objects of a verb, also behind a preposition or an infinitive: "went to meet Roe"."""
    found = []
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative", "iobj"):
            found.append(child)
        elif child.dep_ == "prep":
            found += [t for t in child.rights if t.dep_ == "pobj"]
        elif child.dep_ in ("xcomp", "advcl") and child.i > verb.i and child.tag_ in ("VB", "VBG"):
            found += [t for t in child.rights if t.dep_ == "dobj"]
            for prep in child.rights:
                found += [t for t in prep.rights if prep.dep_ == "prep" and t.dep_ == "pobj"]
    return found


def subject_meant(scene: Scene, token: Token) -> Cluster | None:
    """Whom "himself" stands for: the subject of its clause."""
    verb = token.head if token.dep_ != "pobj" else token.head.head
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.i in scene.at:
            return scene.at[child.i]
    return None


def clause_subject(scene: Scene, token: Token) -> Cluster | None:
    """The subject of the nearest clause around a word: "Roe wrote it on her blog"."""
    for above in token.ancestors:
        for child in above.lefts:
            if child.dep_ in SUBJECTS:
                return scene.at.get(child.i)
    return None


def find_one_of_two(
    scene: Scene, token: Token, ends: Mapping[int, tuple[Cluster, Link]]
) -> tuple[Cluster, str, float] | None:
    """The entity that "the former" or "the latter" stands for.

    The sentence names just two before it, or joins two names: "between Peru and Chile, when the
    latter ...". "The former minister" stands for neither.
    """
    doc, at = scene.doc, token.i
    behind = doc[at + 1].pos_ if at + 1 < len(doc) else ""
    if not at or doc[at - 1].lower_ != "the" or behind in ("NOUN", "PROPN", "ADJ"):
        return None
    start = at
    while start > max(0, at - FAR) and not doc[start].is_sent_start:
        start -= 1
    named = [ends[i] for i in range(start, at) if i in ends]
    two = list({id(cluster): cluster for cluster, _ in named}.values())
    if len(two) != 2:
        joined = [
            [one, other]
            for (one, first), (other, second) in pairwise(named)
            if one is not other
            and second.name.start - first.name.end in (1, 2)
            and doc[first.name.end].lower_ == "and"
        ]
        two = joined[0] if len(joined) == 1 else []
    if not two:
        return None
    return two[token.lower_ == "latter"], "pronoun", 0.85


def find_noun(scene: Scene, token: Token) -> tuple[Cluster, str, float] | None:
    """The entity that "the minister", "the Iranian president" or "the company" stands for."""
    left = list(token.lefts)
    if token.dep_ == "compound" or not left or left[0].lower_ not in ("the", "this", "that"):
        return None
    if any(child.dep_ in ("prep", "relcl", "acl", "appos") for child in token.rights):
        return None
    if any(child.tag_ == "NNP" and child.i not in scene.at for child in left):
        return None  # the end of a name that nobody has found
    word = token.lower_
    nations = {id(scene.at[child.i]) for child in left if child.i in scene.at}
    if word in titles().roles:
        fits = [c for c in scene.seen if c.kind == "PERSON" and word in scene.roles.get(id(c), ())]
        said = {child.lower_ for child in left if child.i in scene.at}
        if said:  # "the Iranian president" is the one who was called Iranian
            fits = [c for c in fits if said & scene.roles[id(c)]]
        found = scene.best(fits, margin=SURE_MARGIN if len(fits) > 1 else 0.0)
        if found is None and len(fits) == 1:
            found = fits[0], 0.7
        return None if found is None else (found[0], "role", min(found[1], 0.85))
    kind = common_nouns().get(word) or ("ORG" if word in organisations().heads else None)
    if kind is None or nations:
        return None
    named = [c for c in scene.seen if c.kind == kind and word in c.key.split()]
    if named:
        best = max(named, key=lambda c: scene.salience.get(id(c), 0.0))
        return best, "head_word", 0.8 if len(named) == 1 else 0.7
    if kind == "GPE":
        countries = word in ("country", "nation", "republic", "kingdom")
        fits = [c for c in scene.recent if c.kind == "GPE" and bool(c.code) == countries]
    else:
        described = [c for c in scene.seen if word in scene.roles.get(id(c), ())]
        if not described and word not in words_of("nouns", "ANY"):
            return None
        fits = [c for c in described or scene.recent if c.kind == "ORG"]
        if word not in ("group", "organization", "organisation"):
            fits = [c for c in fits if described or is_company(c)]
        if described:
            found = scene.best(fits)
            return None if found is None else (found[0], "role", min(found[1], 0.85))
    found = scene.best(fits, margin=SURE_MARGIN if kind == "ORG" else 0.0)
    return None if found is None else (found[0], "role", min(found[1], 0.8))
