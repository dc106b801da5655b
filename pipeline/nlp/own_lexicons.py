"""An analyst's folder of word lists: read, and checked against the shipped ones."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.nlp.lexicons import EXTENSIBLE, TERMS, Table, extended, shipped
from pipeline.nlp.money.lexicon import lexicon

#: Parts of files that hold no words.
NO_WORDS = {"currencies": ("minor",)}


def read_additions(folder: Path) -> str:
    """What the TOML files of a folder add to the lexicons, for `lexicons.use`; "" if nothing.

    Comments and layout are no part of it. Words are put in small letters where the shipped list
    has small letters only.

    Raises:
        ConfigError: every problem found, each with its file and key.
    """
    if not folder.is_dir():
        raise ConfigError(f"lexicons: {folder} is no folder")
    found: Table = {}
    problems: list[str] = []
    for file in sorted(folder.iterdir()):
        if file.name.startswith((".", "README")) or file.name.endswith("~"):
            continue
        if file.suffix != ".toml" or file.stem not in EXTENSIBLE:
            known = ", ".join(f"{name}.toml" for name in EXTENSIBLE)
            problems.append(f"{file}: unknown lexicon; known: {known}")
            continue
        added = _read(file)
        wrong = [f"{file}: {problem}" for problem in _Check(file.stem).problems(added)]
        problems += wrong
        if added and not wrong:
            found[file.stem] = _Check(file.stem).as_shipped(added)
    if problems:
        raise ConfigError("\n".join(problems))
    return json.dumps(found, ensure_ascii=False, sort_keys=True) if found else ""


def _read(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error


class _Check:
    """Compares additions with the shipped file, which shows by example what may stand where."""

    def __init__(self, name: str) -> None:
        folder, self.open = EXTENSIBLE[name]
        self.base = shipped(f"{folder}/{name}")
        for part in NO_WORDS.get(name, ()):
            del self.base[part]
        self.name = name
        self.codes = lexicon().codes | {""} if name == "currencies" else frozenset[str]()

    def problems(self, added: Table) -> Iterator[str]:
        more = dict(added)
        removed = more.pop("remove", [])
        if not _is_words(removed):
            yield 'remove: must be a list of words, such as ["one", "two"]'
        else:
            words = set(_words(self.base, self.open))
            for word in removed:
                if word not in words:
                    yield f"remove: {word!r} is no word of the shipped lexicon"
        wrong = list(self._table(self.base, more, ""))
        yield from wrong
        if _is_words(removed) and not wrong:
            for place in _emptied(extended(self.base, added, self.name)):
                yield f"remove: {place} would hold no word"

    def _table(self, base: Table, more: Table, place: str) -> Iterator[str]:
        for key, value in more.items():
            where = f"{place}.{key}" if place else key
            if key not in base and place not in self.open:
                yield f"{where}: unknown; known: {', '.join(base)}"
            elif not key.strip():
                yield f"{place}: an empty word"
            else:
                yield from self._value(base.get(key, next(iter(base.values()))), value, where)
                if place == "evidence" and key not in self.codes:
                    yield f"{where}: {key!r} is no code of ISO 4217"

    def _value(self, example: Any, value: Any, where: str) -> Iterator[str]:
        if isinstance(example, dict):
            if isinstance(value, dict):
                yield from self._table(example, value, where)
            else:
                yield f"{where}: must be a table of its own, [{where}]"
        elif isinstance(example, list) and isinstance(example[0], dict):
            if isinstance(value, list) and all(isinstance(row, dict) for row in value):
                for row in value:
                    yield from self._row(example, row, where)
            else:
                yield f"{where}: must be tables, each under [[{where}]]"
        else:
            yield from self._text(example, value, where)

    def _text(self, example: Any, value: Any, where: str) -> Iterator[str]:
        is_list = isinstance(example, list)
        if not (_is_words(value) if is_list else isinstance(value, str)):
            yield f"{where}: must be a {'list of words' if is_list else 'text'}, not {value!r}"
            return
        texts = value if is_list else [value]
        valued = where.partition(".")[0] in self.open - {"evidence"}
        if self.codes and valued:
            for code in texts:
                if code not in self.codes:
                    yield f"{where}: {code!r} is no code of ISO 4217"
        elif not all(text.strip() for text in texts):
            yield f"{where}: an empty word"

    def _row(self, rows: list[Table], row: Table, where: str) -> Iterator[str]:
        needed = rows[0].keys()
        for key in [*row, *(key for key in needed if key not in row)]:
            if key not in needed:
                yield f"{where}: unknown key {key!r}; known: {', '.join(needed)}"
            elif key not in row:
                yield f"{where}: {key} is missing"
            else:
                yield from self._text(rows[0][key], row[key], f"{where}.{key}")
                if key in TERMS:
                    yield from self._term(key, row[key], where)

    def _term(self, key: str, value: Any, where: str) -> Iterator[str]:
        rows = (row for part in self.base.values() for row in part if key in row)
        known = dict.fromkeys(term for row in rows for term in _listed(row[key]))
        for term in _listed(value):
            if term not in known:
                yield f"{where}: {key}: unknown: {term!r}; known: {', '.join(known)}"

    def as_shipped(self, added: Table) -> Table:
        """The additions, in small letters where the shipped words are."""
        folded = {key: _folded(self.base[key], added[key]) for key in added if key != "remove"}
        return folded | ({"remove": added["remove"]} if added.get("remove") else {})


def _folded(example: Any, value: Any) -> Any:
    if isinstance(example, dict):
        samples = dict(example)
        if all(isinstance(words, list) for words in example.values()):
            # "miles" has small letters only, but units such as "MW" have not.
            every = [word for words in example.values() for word in words]
            samples = dict.fromkeys([*example, *value], every)
        lower = _is_lower(example)
        return {
            key.lower() if lower else key: _folded(samples.get(key), value[key]) for key in value
        }
    if isinstance(example, list) and isinstance(example[0], dict):
        return [_folded(example[0], row) for row in value]
    if isinstance(example, list) and _is_lower(example):
        return [word.lower() for word in value]
    return value


def _is_lower(words: Any) -> bool:
    return all(word == word.lower() for word in words)


def _words(base: Any, valued: frozenset[str]) -> Iterator[str]:
    """Every word of the tables that can be removed."""
    if isinstance(base, list):
        for item in base:
            yield from _words(item, valued) if isinstance(item, dict) else (item,)
    elif isinstance(base, dict):
        for key, value in base.items():
            if key in valued:
                yield from value
            elif key not in TERMS:
                yield from _words(value, valued)


def _emptied(base: Any, place: str = "") -> Iterator[str]:
    """Lists that hold no word."""
    if base == []:
        yield place
    elif isinstance(base, dict):
        for key, value in base.items():
            yield from _emptied(value, f"{place}.{key}" if place else key)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
