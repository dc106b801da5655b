"""What each result depends on, as fingerprints: what changed is made again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest.corpus import CorpusFile, control_file, link_out
from pipeline.ingest.tasks import FileTask, Ingested, file_tasks
from pipeline.nlp.analyse import Analysed, Input, analyse, language
from pipeline.nlp.installed import check_model
from pipeline.nlp.own_lexicons import read_additions
from pipeline.review.cleaning import read_decisions
from pipeline.review.metadata import analyst_rows
from pipeline.store.fingerprint import code_of, digest
from pipeline.store.state import FileRow

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.run import Request

Reading = tuple[FileRow, FileTask, int]  # what the memory should hold, what makes it, the size


def file_rows(request: Request, files: Sequence[CorpusFile]) -> tuple[list[Reading], list[str]]:
    """For each file what the memory should hold, the task that makes it, and its size.

    The second value lists warnings about metadata.csv.
    """
    decisions = {
        path: made for root in request.corpus for path, made in read_decisions(root).items()
    }
    for path, before in request.reviewed.moves.sure().items():
        made = tuple(made for old in before for made in decisions.get(old, ()))
        if made:
            decisions[path] = made + decisions.get(path, ())
    tasks, warnings = file_tasks(files, request.settings, request.given, request.today, decisions)
    tasks = [
        replace(task, rows=analyst_rows(task.rows, task.path, request.reviewed)) for task in tasks
    ]
    shared = {"code": code_of("ingest", "records.py", "errors.py", "ids.py")}
    if request.settings.today:
        shared["today"] = request.settings.today
    if request.settings.user_rules:
        shared["user_rules"] = file_digest(Path(request.settings.user_rules))
    rows = [
        (FileRow(file.path, stat_of(file), maker_of(task, shared)), task, file.size)
        for file, task in zip(files, tasks, strict=True)
    ]
    return rows, warnings


def maker_of(task: FileTask, shared: Mapping[str, str]) -> str:
    """All that a file's outcome depends on beside its bytes, as "name:fingerprint name:...".

    Where the corpus lies and what day it is are no part of it.
    """
    parts = {
        part.name: short(repr(getattr(task, part.name)))
        for part in fields(task)
        if part.name not in ("root", "path", "today", "poison")
    }
    return " ".join(f"{name}:{value}" for name, value in {**parts, **shared}.items())


@lru_cache(maxsize=1024)
def short(words: str) -> str:
    return digest(words)[:16]


def file_digest(file: Path) -> str:
    """Of a control file's content; "" where it cannot be read, which its reader will tell."""
    try:
        return digest(file.read_bytes())[:16]
    except OSError:
        return ""


def stat_of(file: CorpusFile) -> str:
    """What a listing shows of a file; it changes when the file does."""
    return f"{file.size} {file.mtime_ns} {file.ctime_ns} {file.inode}"


def nlp_maker(request: Request) -> str:
    """What `Request.maker` is."""
    code, watchlist = code_of("nlp", "records.py"), watchlist_of(request)
    names = file_digest(Path(watchlist)) if watchlist else ""
    return digest(code, check_model(request.settings.model).sha256, names, request.lexicons)


def nlp_work(request: Request) -> Callable[[Input], Analysed]:
    """What a worker does with one text."""
    return partial(analyse, load=nlp_language(request))


def nlp_language(request: Request) -> Callable[[], Language]:
    """Gives what a worker analyses texts with; the first call in a process loads it."""
    return partial(language, request.settings.model, watchlist_of(request), request.lexicons)


def watchlist_of(request: Request) -> str:
    """The path of the analyst's list of names: the setting, else watchlist.csv in the corpus."""
    usual = (control_file(root, "watchlist.csv") for root in request.corpus)
    return request.settings.watchlist or next((str(path) for path in usual if path), "")


def lexicons_of(request: Request) -> str:
    """What the analyst adds to the word lists: from the setting's folder, else from the corpus.

    Raises:
        ConfigError: something in the folder is wrong, or a link leads out of the corpus.
    """
    if request.settings.lexicons:
        return read_additions(Path(request.settings.lexicons))
    for root in request.corpus[:1]:
        folder = root / "_claims" / "lexicons"
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                if not file.resolve().is_relative_to(root.resolve()):
                    raise link_out(file)
            return read_additions(folder)
    return ""


def nlp_input(item: Ingested) -> Input:
    published = item.metadata.published
    return Input(item.document.text, published.value if published else "")


def nlp_key(maker: str, item: Input) -> str:
    return digest(maker, item.text, item.published)
