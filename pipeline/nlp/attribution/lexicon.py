"""The cue and source words, read once from cues.toml and sources.toml."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.nlp.lexicons import remembered, tables


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by part of speech.

    Attributes:
        verbs: lemma -> frame -> cue class.
        adjectives, nouns, adverbs: lemma -> cue class.
        phrases: words, such as "according to" -> cue class.
        things: verbs that a thing may do ("the trend suggests"): they attribute only to a holder
            that can speak, a person, group, document or outlet.
        hearers: verbs whose object is who is told, no part of the content.
        upheld: verbs whose object may be "this": what was said before ("denied this").
        silent: verbs above an infinitive that is kept back ("declined to say").
        obliged: verbs above an infinitive that somebody must or may do ("is required to tell").
        naming: verbs that with "as" tell who somebody is ("named the donor as Ann Lee").
        shown: nouns of what makes one believe ("no evidence that").
        title_sources: nouns that in a title tell who says what follows ("Police: Two killed").
        pictures: nouns of what shows things in a caption ("the map shows").
        light: verbs whose subject holds the noun that is their object ("made the claim that").
    """

    verbs: dict[str, dict[str, str]]
    adjectives: dict[str, str]
    nouns: dict[str, str]
    adverbs: dict[str, str]
    phrases: dict[str, str]
    things: frozenset[str] = frozenset()
    hearers: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    upheld: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    obliged: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    title_sources: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Head nouns of sources, and words of outlets' names; all in lower case."""

    document: frozenset[str]
    organisation: frozenset[str]
    outlet: frozenset[str]
    shown: frozenset[str]
    unnamed: frozenset[str]


def build_lexicon(rows: dict[str, list[dict[str, object]]]) -> Lexicon:
    """The lexicon of the tables of cues.toml; of two classes for one frame the first stays."""
    verbs: dict[str, dict[str, str]] = {}
    for row in rows.get("verb", []):
        for lemma in _words(row, "lemmas"):
            frames = verbs.setdefault(lemma, {})
            for frame in _words(row, "frames"):
                frames.setdefault(frame, str(row["class"]))
    flat: dict[str, dict[str, str]] = {}
    for part, key in (("adjective", "lemmas"), ("noun", "lemmas"), ("adverb", "lemmas")):
        flat[part] = _flat(rows.get(part, []), key)
    phrases = _flat(rows.get("phrase", []), "words")
    sets = {
        key: frozenset(word for row in rows.get(key, []) for word in _words(row, "lemmas"))
        for key in (
            "thing",
            "hearer",
            "light",
            "upheld",
            "silent",
            "obliged",
            "naming",
            "shown",
            "title_source",
            "picture",
        )
    }
    return Lexicon(
        verbs,
        flat["adjective"],
        flat["noun"],
        flat["adverb"],
        phrases,
        sets["thing"],
        sets["hearer"],
        sets["light"],
        sets["upheld"],
        sets["silent"],
        sets["obliged"],
        sets["naming"],
        sets["shown"],
        sets["title_source"],
        sets["picture"],
    )


def _words(row: dict[str, object], key: str) -> list[str]:
    value = row[key]
    if not isinstance(value, list):
        raise ValueError(f"cues.toml: {key} must be a list, not {value!r}")
    return [str(word) for word in value]


def _flat(rows: list[dict[str, object]], key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for word in _words(row, key):
            found.setdefault(word, str(row["class"]))
    return found


@remembered
def lexicon() -> Lexicon:
    """The cue words in force."""
    return build_lexicon(tables("attribution/cues"))


@remembered
def source_words() -> SourceWords:
    """The source words in force."""
    lists = tables("attribution/sources")
    return SourceWords(**{key: frozenset(words) for key, words in lists.items()})
