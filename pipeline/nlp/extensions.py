"""The custom attributes that our spaCy components read and write, all in Doc.text offsets."""

from __future__ import annotations

from spacy.tokens import Doc

DEFAULTS = {
    "published": "",  # ISO 8601 publication date that relative dates hang on, "" if unknown
    "dates": (),  # tuple[DateMention, ...]
    "figures": (),  # tuple[Figure, ...]
    "entities": (),  # tuple[Entity, ...]
    "mentions": (),  # tuple[EntityMention, ...]
    "quotes": (),  # tuple[Quote, ...]
    "claims": (),  # tuple[Claim, ...]
    "sentences": (),  # tuple[Sentence, ...]
}


def register() -> None:
    """Declare the attributes once; safe to call again."""
    for name, default in DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def text_of(doc: Doc) -> str:
    """doc.text, joined once a document: spaCy joins its tokens anew at each access."""
    text = doc.user_data.get("text")
    if not isinstance(text, str):
        text = doc.user_data["text"] = doc.text
    return text
