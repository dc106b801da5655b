"""Settings: a TOML file, then CLAIMS_* environment variables, then flags, in rising order."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from pipeline.errors import ConfigError

DEFAULT_FILE = "claims.toml"
PREFIX = "CLAIMS_"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything a user can set. The comment of each field is its help in `config show`."""

    #: en_core_web_md, en_core_web_sm, or a folder with any spaCy pipeline with parser and ner
    model: str = "en_core_web_md"
    #: processes; 0 chooses by the amount of work and the number of processors
    workers: int = msgspec.field(default=0)
    #: how dates such as 03/04/2021 in metadata.csv are meant: DMY, MDY, YMD; "" refuses them
    date_order: Literal["", "DMY", "MDY", "YMD"] = ""
    #: languages that are analysed; documents in others are set aside
    languages: tuple[str, ...] = ("en",)
    #: files above this size go to quarantine
    max_file_mb: int = 200
    #: columns of lists of articles with unusual names, by field: text, title, outlet, ...
    columns: dict[str, str] = {}
    #: documents above this many characters after cleaning go to quarantine
    max_document_chars: int = 1_000_000
    #: an article that takes a worker longer than this goes to quarantine
    task_seconds: int = 300
    #: private memory of one worker; what needs more goes to quarantine
    task_memory_mb: int = 4000
    #: the day of the run, such as 2026-05-01: no article is of a later one; "" asks the clock
    today: str = ""
    #: cleaning rules that are switched off, by id
    rules_off: tuple[str, ...] = ()
    #: a TOML file with cleaning patterns of your own, "" for none
    user_rules: str = ""
    #: names to find and link (name, aliases, type, id), "" looks for watchlist.csv in the corpus
    watchlist: str = ""
    #: folder of word lists of your own, "" looks for _claims/lexicons in the first corpus
    lexicons: str = ""
    #: log lines on standard error: text or json
    log_format: Literal["text", "json"] = "text"
    #: folder of the run's memory, "" for the user's cache folder; losing it costs time only
    state: str = ""

    def __post_init__(self) -> None:
        for name in ("max_file_mb", "max_document_chars", "task_seconds", "task_memory_mb"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` must be at least 1")
        if self.today and not is_day(self.today):
            raise ValueError("`today` must be a day such as 2026-05-01")
        if self.workers < 0:
            raise ValueError("`workers` must be 0 or more")


def is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


class Sourced(msgspec.Struct, frozen=True):
    """Settings, and where each value that is no default came from."""

    settings: Settings
    origin: dict[str, str]


FIELDS = {field.name: field for field in msgspec.structs.fields(Settings)}


def load_settings(
    file: Path | None, environment: Mapping[str, str], flags: Mapping[str, Any]
) -> Sourced:
    """The settings in force.

    Args:
        file: a TOML file; None looks for claims.toml in the working folder.
        environment: os.environ; CLAIMS_MODEL sets `model`, lists are separated by commas.
        flags: values from the command line; None means not given.

    Raises:
        ConfigError: every problem found, each with the place that holds it.
    """
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    problems: list[str] = []

    def take(name: str, value: Any, where: str) -> None:
        if name not in FIELDS:
            problems.append(f"{where}: unknown setting {name!r}; known: {', '.join(FIELDS)}")
            return
        try:
            checked = msgspec.convert({name: value}, Settings, strict=False)
        except msgspec.ValidationError as error:
            problems.append(f"{where}: {name} = {value!r}: {in_words(name, error)}")
            return
        values[name] = getattr(checked, name)
        origin[name] = where

    for name, value in read_toml(file).items():
        take(name, value, str(file or DEFAULT_FILE))
    for variable, text in sorted(environment.items()):
        if variable.startswith(PREFIX):
            name = variable.removeprefix(PREFIX).lower()
            is_list = name in FIELDS and FIELDS[name].type == tuple[str, ...]
            take(
                name,
                [v.strip() for v in text.split(",") if v.strip()] if is_list else text,
                variable,
            )
    for name, value in flags.items():
        if value is not None:
            take(name, value, f"--{name.replace('_', '-')}")
    if problems:
        raise ConfigError("\n".join(problems))
    return Sourced(Settings(**values), origin)


def in_words(name: str, error: msgspec.ValidationError) -> str:
    """What is wrong with a value, without the type checker's own terms."""
    kind = FIELDS[name].type
    choices = [value or '"" (none)' for value in get_args(kind) if isinstance(value, str)]
    if get_origin(kind) is Literal:
        return f"must be one of: {', '.join(choices)}"
    if kind is int and "Expected" in str(error):
        return "must be a whole number"
    if get_origin(kind) is tuple:
        return 'must be a list of texts, such as ["one", "two"]'
    if get_origin(kind) is dict:
        return 'must be a table of texts, such as { title = "Headline" }'
    return str(error).removesuffix(f" - at `$.{name}`")


def read_toml(file: Path | None) -> dict[str, Any]:
    path = file or Path(DEFAULT_FILE)
    if file is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error


def state_folder(settings: Settings, out: Path) -> Path:
    """Where the memory of runs into `out` is kept: outside `out`, which holds results only."""
    if settings.state:
        return Path(settings.state)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = str(out.resolve()).strip(os.sep).replace(os.sep, "-") or "root"
    return Path(cache) / "claims" / name
