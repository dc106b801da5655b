"""Runs the `claims` command many times from one process that has imported everything already.

A program for tests: it reads one JSON order a line on standard input, forks, and answers with
one JSON line. The forked child is a real `claims` command with real workers; it can be told to
be killed (SIGKILL) at the n-th time that it passes a named point, or after some seconds.
Importing the libraries costs more than such a run, so starting anew each time would cost minutes.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.cli import main

PR_SET_CHILD_SUBREAPER = 36

#: Functions around the writes of a run: each is a point before and a point behind it.
POINTS = (
    ("pipeline.store.state", "State.put_file"),
    ("pipeline.store.state", "State.forget_files"),
    ("pipeline.store.state", "State.put_analysis"),
    ("pipeline.store.state", "State.keep_analyses"),
    ("pipeline.store.state", "State.put_fact"),
    ("pipeline.store.state", "State.put_news"),
    ("pipeline.store.state", "State.forget_news"),
    ("pipeline.store.state", "State.commit"),
    ("pipeline.store.lock", "owner"),
    ("pipeline.session", "prepare_out"),
    ("pipeline.session", "ingest"),
    ("pipeline.session", "nlp"),
    ("pipeline.session", "export"),
    ("pipeline.session", "record_run"),
    ("pipeline.session", "write_atomically"),
    ("pipeline.export.to_sqlite", "write"),
    ("pipeline.export.to_csv", "write"),
    ("pipeline.export.to_xlsx", "write"),
    ("pipeline.export.to_parquet", "write"),
    ("pipeline.export.to_jsonl", "write"),
    ("pipeline.export.datapackage", "write"),
    ("pipeline.export.publish", "publish"),
    ("pipeline.export.publish", "keep_edits"),
    ("pipeline.export.publish", "flush"),
    ("pipeline.export.publish", "settle"),
    ("pipeline.export.publish", "link"),
    ("pipeline.export.publish", "show"),
    ("pipeline.export.publish", "sync"),
    ("pathlib", "Path.rename"),
    ("pathlib", "Path.replace"),
    ("pathlib", "Path.unlink"),
    ("pathlib", "Path.symlink_to"),
    ("pathlib", "Path.mkdir"),
    ("shutil", "rmtree"),
    ("os", "fsync"),
)


def watch(passed: Callable[[str], None]) -> None:
    """Calls `passed` with a name before and behind each function of POINTS."""
    for module, path in POINTS:
        owner: Any = importlib.import_module(module)
        *classes, name = path.split(".")
        for part in classes:
            owner = getattr(owner, part)
        setattr(owner, name, between(getattr(owner, name), f"{module}.{path}", passed))


def between(
    function: Callable[..., Any], name: str, passed: Callable[[str], None]
) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        passed(f"before {name}")
        result = function(*args, **kwargs)
        passed(f"behind {name}")
        return result

    return wrapped


def child(order: dict[str, Any], folder: Path) -> None:
    """What the forked process does; never returns."""
    os.setsid()
    for number, name in ((1, "stdout"), (2, "stderr")):
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    own, fork = os.getpid(), multiprocessing.get_context("fork")
    multiprocessing.get_context = lambda method=None: fork  # type: ignore[assignment,misc]
    os.environ.update(order.get("env", {}))
    point, left = order.get("point", ""), order.get("count", 1)
    trace = os.open(folder / "points", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def passed(name: str) -> None:
        nonlocal left
        if os.getpid() != own:
            return  # a worker
        os.write(trace, f"{name}\n".encode())
        if name == point:
            left -= 1
            if not left:
                os.kill(own, signal.SIGKILL)

    watch(passed)
    status = 70
    try:
        main(order["args"], prog_name="claims")
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def execute(order: dict[str, Any]) -> dict[str, Any]:
    folder = Path(order["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        child(order, folder)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    end_workers(pid)
    return {
        "status": status,
        "seconds": time.monotonic() - begun,
        "stdout": (folder / "stdout").read_text("utf-8", "replace"),
        "stderr": (folder / "stderr").read_text("utf-8", "replace"),
        "points": (folder / "points").read_text("utf-8").split("\n")[:-1],
    }


def end_workers(group: int) -> None:
    """Forked workers, unlike real ones, share the run's lock: returns when the last is gone."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.killpg(group, signal.SIGKILL)
        while True:
            os.waitpid(-group, 0)


def race(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Two commands at once: what each came to."""
    folders = [Path(order["folder"]) / name for name in ("first", "second")]
    pids = []
    for folder, words in zip(folders, order["race"], strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            child(order | {"args": words}, folder)
        pids.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return [
        {"pid": pid, "status": code, "stderr": (folder / "stderr").read_text("utf-8")}
        for pid, code, folder in zip(pids, codes, folders, strict=True)
    ]


def warm_up(model: str) -> None:
    """Loads word lists and the model, for the forked workers to inherit."""
    from pipeline.config import Settings
    from pipeline.explain import explain_file
    from pipeline.export import write_all

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.txt"
        file.write_text("It cost $5 million on 1 May 2021, “they” said in Accra.\n" * 3)
        explain_file(file, Settings(model=model))
        write_all([], Path(folder) / "out")


def serve() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphaned workers become its children
    for module in ("pipeline.session", "pipeline.pending", *dict(POINTS)):
        importlib.import_module(module)
    warm_up(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        answer = race(order) if "race" in order else execute(order)
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
