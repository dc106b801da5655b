"""What surrounds a run: the lock, the memory and run.json."""

from __future__ import annotations

import json
import logging
import os
import platform
import resource
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

import pipeline
from pipeline import logs
from pipeline.config import Settings, state_folder
from pipeline.errors import ConfigError, PipelineError
from pipeline.executors.nursery import cpu_seconds, end_nursery, own_nurseries
from pipeline.ingest.metadata.dates import DateProblem, parse_date
from pipeline.ingest.metadata.facts import metadata_of_facts
from pipeline.inputs import nlp_language
from pipeline.nlp.installed import check_model
from pipeline.records import Fact, Metadata
from pipeline.run import (
    EXPORTED,
    IN_QUARANTINE,
    READ,
    Request,
    Summary,
    export,
    forget_quarantined,
    ingest,
    nlp,
)
from pipeline.store.history import record_run
from pipeline.store.lock import lock
from pipeline.store.state import State, anew_if_damaged

log = logging.getLogger(__name__)

STAGES = ("ingest", "nlp", "export")


def merge(request: Request, state: State, summary: Summary) -> None:
    """`distribute.merge`; what reads shards is loaded by who has some."""
    from pipeline.distribute import merge

    merge(request, state, summary)


STAGE: dict[str, Callable[[Request, State, Summary], None]] = {
    "ingest": ingest,
    "nlp": nlp,
    "merge": merge,
    "export": export,
}


def do_stages(
    request: Request, stages: Sequence[str] = STAGES, retry: Collection[str] | None = None
) -> Summary:
    """Does the stages in their order, alone on this output; writes run.json at the end.

    Args:
        retry: reasons of quarantine that are tried again first, () for all; None for none.
    """
    logs.configure(request.settings.log_format, request.run_id)
    folder = state_folder(request.settings, request.out)
    prepare_out(request.out)
    with lock(request.out, folder):
        return anew_if_damaged(lambda: do_alone(request, folder, stages, retry))


def do_alone(
    request: Request, folder: Path, stages: Sequence[str], retry: Collection[str] | None
) -> Summary:
    """`do_stages` for who holds the lock."""
    begun, started = time.monotonic(), datetime.now(UTC)
    summary = Summary()
    log.info("begins: %s", ", ".join(stages))
    with State(folder) as state:
        if retry is not None:
            forget_quarantined(state, retry)
        if stages[0] == "export" and not state.files():
            raise PipelineError(
                f"nothing is remembered of {request.out}: there is nothing to write;"
                " begin with `claims run`"
            )
        before = spent()
        with own_nurseries():
            for name in stages:
                at_first = cpu_seconds()
                STAGE[name](request, state, summary)
                summary.cpu_seconds[name] = round(cpu_seconds() - at_first, 2)
                if name == "nlp":
                    end_nursery(nlp_language(request))  # the tables need no model
        loading = spent() - before - sum(summary.cpu_seconds.values())
        summary.cpu_seconds["loading"] = round(max(0.0, loading), 2)
        summary.newly_quarantined = len(state.news(IN_QUARANTINE))
        summary.seconds = time.monotonic() - begun
        facts = run_facts(request, summary, stages, started)
        if "export" in stages:
            facts["outputs"] = state.fact(EXPORTED)
            number = record_run(request.out, facts, state.news(READ), summary.newly_quarantined)
            facts = {"run": number, **facts}
            state.forget_news(READ)
        write_atomically(request.out / "run.json", json.dumps(facts, indent=1) + "\n")
        state.forget_news(IN_QUARANTINE)
        state.commit()
    log.info("ends: exit status %d after %.1f s", summary.exit_status, summary.seconds)
    return summary


def prepare_out(out: Path) -> None:
    """Fails now, not after an hour, when the output cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)  # another run that begins now may have done it
    except OSError as error:
        raise PipelineError(
            f"{out}: cannot write there ({error.strerror}); name another --out"
        ) from error


def run_facts(
    request: Request, summary: Summary, stages: Sequence[str], started: datetime
) -> dict[str, Any]:
    """Facts about this run, apart from the tables, which hold nothing of it."""
    model = check_model(request.settings.model)
    stats = summary.stats
    return {
        "id": request.run_id,
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(summary.seconds, 2),
        "stages": list(stages),
        "cpu_seconds": summary.cpu_seconds,
        "version": pipeline.__version__,
        "python": platform.python_version(),
        "host": platform.node(),
        "peak_memory_mb": {
            "this_process": peak_memory_mb(resource.RUSAGE_SELF),
            "largest_worker": peak_memory_mb(resource.RUSAGE_CHILDREN),
        },
        "model": {"name": model.name, "version": model.version, "sha256": model.sha256},
        "settings": msgspec.structs.asdict(request.settings),
        "corpus": [str(root.resolve()) for root in request.corpus],
        "files": summary.files,
        "read": summary.read,
        "analysed": summary.analysed,
        "words": summary.words,
        "words_per_second": round(summary.words / summary.seconds, 1),
        "newly_quarantined": summary.newly_quarantined,
        "tables": {"rows": stats.rows, "counts": stats.sums, "groups": stats.groups}
        if stats
        else None,
        "warnings": summary.warnings,
    }


def spent() -> float:
    """CPU seconds of this process and of all below it that have ended."""
    whose = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in whose)


def peak_memory_mb(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1000


def write_atomically(target: Path, text: str) -> None:
    draft = target.with_name(f".{target.name}.tmp")  # hidden: a killed run may leave it
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise PipelineError(
            f"{target}: {error.strerror}; the tables are whole. Make room or mend the disk"
        ) from error


def given_metadata(values: dict[str, str | None], settings: Settings) -> Metadata:
    """Metadata from the command line.

    Raises:
        ConfigError: `published` is no date, or an ambiguous one.
    """
    facts = {name: Fact(value, "command line") for name, value in values.items() if value}
    if "published" in facts:
        published = parse_date(facts["published"].value, settings.date_order)
        if isinstance(published, DateProblem):
            raise ConfigError(f"--published {facts['published'].value!r}: {published.problem}")
        facts["published"] = Fact(published, "command line")
    return metadata_of_facts(facts)
