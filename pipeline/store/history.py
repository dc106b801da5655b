"""history.sqlite beside the tables: every run, and every claim with its first and last run.

It belongs to the runs, not to the tables: losing it loses the past, never a result.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import PipelineError

FILE = "history.sqlite"
#: What makes a claim another one than it was, beside its id.
WATCHED = (
    "path", "claim_text", "source_name", "polarity", "certainty", "date_value", "amount",
    "currency", "figure_value", "unit",
)  # fmt: skip
SCHEMA = f"""
create table if not exists runs(
    run integer primary key, started text not null, facts text not null
);
-- What the new and changed documents of a run gave: the gate compares these.
create table if not exists arrivals(
    run integer primary key references runs(run), documents integer not null,
    claims integer not null, characters integer not null, removed integer not null,
    dates integer not null, unresolved integer not null, quarantined integer not null
);
-- A claim as it stood from `first_run` up to, and without, `end_run` (null: it still stands).
create table if not exists claims(
    claim_id text not null, first_run integer not null, end_run integer,
    {", ".join(f"{name} text" for name in WATCHED)},
    primary key(claim_id, first_run)
);
create index if not exists standing on claims(claim_id) where end_run is null;
"""
SAME = " and ".join(f"now.{name} is old.{name}" for name in WATCHED)
UNCHANGED = " and ".join(f"a.{name} is b.{name}" for name in WATCHED)
COLUMNS = ", ".join(WATCHED)
CLOSE = f"""
update claims as old set end_run = :run where end_run is null and not exists (
    select 1 from outputs.claims now where now.claim_id = old.claim_id and {SAME})
"""
OPEN = f"""
insert into claims(claim_id, first_run, end_run, {COLUMNS})
select now.claim_id, :run, null, {", ".join(f"now.{name}" for name in WATCHED)}
from outputs.claims now where not exists (
    select 1 from claims old where old.claim_id = now.claim_id and old.end_run is null)
"""
ARRIVALS = """
insert into arrivals
select :run, count(*), coalesce(sum(n_claims), 0), coalesce(sum(characters), 0),
    coalesce(sum(characters_removed), 0),
    (select count(*) from outputs.dates join fresh using (doc_id)),
    (select count(*) from outputs.dates join fresh using (doc_id)
        where dates.flags like '%unresolved%'),
    :quarantined
from outputs.documents join fresh using (doc_id)
"""
STOOD = "first_run <= {run} and (end_run is null or end_run > {run})"
DIFF = f"""
with a as (select * from claims where {STOOD.format(run=":before")}),
     b as (select * from claims where {STOOD.format(run=":after")})
select 'withdrawn' as kind, a.* from a where claim_id not in (select claim_id from b)
union all
select 'added', b.* from b where claim_id not in (select claim_id from a)
union all
select 'changed', b.* from b join a using (claim_id) where not ({UNCHANGED})
order by path, kind, claim_id
"""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What the new and changed documents of one run gave, in counts."""

    run: int
    documents: int
    claims: int
    characters: int
    removed: int
    dates: int
    unresolved: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Change:
    """One claim that differs between two runs, as it stands in the later one if it is there."""

    kind: Literal["added", "changed", "withdrawn"]
    claim_id: str
    values: Mapping[str, str | None]


@contextmanager
def opened(out: Path) -> Iterator[sqlite3.Connection]:
    """The history of an output folder, in one transaction."""
    try:
        db = sqlite3.connect(out / FILE)
        try:
            with db:
                db.executescript(SCHEMA)
                yield db
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        raise PipelineError(
            f"{out / FILE}: {error}; the tables are whole. Make room or mend the disk, then run"
            " again: nothing is lost"
        ) from error
    except sqlite3.DatabaseError as error:
        raise PipelineError(f"{out / FILE}: {error}; move it away to begin a new one") from error


def record_run(
    out: Path, facts: Mapping[str, Any], fresh: Collection[str] | None, quarantined: int
) -> int:
    """Adds a run and what it changed; returns its number.

    Args:
        facts: of run.json; `started` among them, and `outputs`, a fingerprint of the tables:
            where it is that of the run before, the tables are as they were. (A run may have been
            killed between the tables and this history: the next one then records both.)
        fresh: doc_ids that were read since the last run that is recorded; None like an equal
            `outputs`.
        quarantined: how many documents went into quarantine in it.
    """
    with opened(out) as db:
        last = db.execute("select facts from runs order by run desc limit 1").fetchone()
        outputs = facts.get("outputs")
        same = last is not None and outputs and json.loads(last[0]).get("outputs") == outputs
        arrived = None if same else fresh
        if arrived is not None:  # before the transaction: inside one nothing can be attached
            db.execute("attach ? as outputs", (str(out / "claims.sqlite"),))
            db.execute("create temp table fresh(doc_id text primary key)")
        row = (facts["started"], json.dumps(dict(facts), sort_keys=True))
        run = db.execute("insert into runs(started, facts) values(?, ?)", row).lastrowid
        assert run is not None
        if arrived is not None:
            db.executemany("insert or ignore into fresh values(?)", ((name,) for name in arrived))
            db.execute(CLOSE, {"run": run})
            db.execute(OPEN, {"run": run})
            db.execute(ARRIVALS, {"run": run, "quarantined": quarantined})
    return run


def arrivals(out: Path) -> list[Arrivals]:
    """Of every run that read something, the oldest first."""
    with opened(out) as db:
        rows = db.execute(
            "select * from arrivals where documents + quarantined > 0 order by run"
        ).fetchall()
    return [Arrivals(*row) for row in rows]


def runs(out: Path) -> list[tuple[int, str]]:
    """Number and start of every run, the oldest first."""
    with opened(out) as db:
        return db.execute("select run, started from runs order by run").fetchall()


def diff(out: Path, before: int, after: int) -> list[Change]:
    """Claims that were added, changed or withdrawn between two runs, by path.

    Raises:
        PipelineError: there is no such run.
    """
    known = [run for run, _ in runs(out)]
    for run in (before, after):
        if run not in known:
            raise PipelineError(
                f"no run {run} in {out / FILE}; known: {known[0]} to {known[-1]}"
                if known
                else f"no runs yet in {out / FILE}"
            )
    with opened(out) as db:
        db.row_factory = sqlite3.Row
        found = db.execute(DIFF, {"before": before, "after": after}).fetchall()
    return [
        Change(row["kind"], row["claim_id"], {name: row[name] for name in WATCHED}) for row in found
    ]
