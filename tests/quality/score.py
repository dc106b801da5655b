"""`make score`: feeds every scorer of a bench folder, prints one table, appends it to scores.jsonl.

The bench has one folder an area, each with its own `score.py` and labelled data; areas that are
not there are skipped with a word. Nothing of the bench is copied: only figures are kept.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rows_own import write as own_rows  # beside this script

HERE = Path(__file__).resolve().parent
CLAIMS = (sys.executable, "-m", "pipeline")
NEWS = "gum_news,gum_interview,msnbc,news-fair,re3d,uner_pud"
Figures = dict[str, float]

#: Of each scorer's many figures, those that are shown and kept.
HEADLINES = {
    "rows": ("right_f1", "found", "precision", "source", "polarity", "date", "amount"),
    "clean": ("shingle.f1", "accuracy", "lines.keep.f1", "docs_perfect", "docs_body_intact"),
    "timemoney": ("TIMEX.strict.f1", "TIMEX.relaxed.f1", "TIMEX.value_f1", "MONEY.value_f1"),
    "ner": ("exact.all.f1", "trimmed.all.f1", "overlap.all.f1"),
    "alias": ("all.b3_f1_all", "all.canonical_ok", "varied.b3_f1_all", "varied.canonical_ok"),
    "openie": ("carb.f1", "benchie.f1"),
    "attribution": ("triple.f1", "triple_direct.f1", "triple_mixed.f1", "triple_indirect.f1"),
    "claimworthy": ("average_precision", "map_over_docs", "claim.f1"),
    "modality": ("negated.f1", "certainty_macro_f1", "factuality_pearson"),
}


def call(command: list[str | Path]) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],  # this checkout's pipeline, wherever another one is installed
    )
    if done.returncode not in (0, 3):
        raise click.ClickException(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done.stdout


def predict(gold: Path, layer: str, folder: Path) -> Path:
    target = folder / f"{gold.name.removesuffix('.gz')}.{layer.replace(',', '-')}"
    if not target.exists():
        target.write_text(call([*CLAIMS, "annotate", gold, "--layer", layer]), "utf-8")
    return target


def scored(bench: Path, *options: str | Path) -> Any:
    return json.loads(call([sys.executable, bench / "score.py", *options]))


def rows(bench: Path, work: Path) -> Iterator[tuple[str, Figures]]:
    sets = {"rows": (bench / "articles.jsonl", bench / "rows.jsonl"), "rows own": own_rows(work)}
    for name, (articles, gold) in sets.items():
        made = work / name
        prepare = ["prepare", "--articles", articles, "--to", made / "in"]
        call([sys.executable, bench / "score.py", *prepare])
        call([*CLAIMS, "run", made / "in", "--out", made / "out", "--state", made / "state"])
        found = scored(
            bench, "score", "--gold", gold, "--articles", articles, "--outputs", made / "out"
        )
        yield name, found


def clean(bench: Path, work: Path) -> Iterator[tuple[str, Figures]]:
    for task in ("raw", "stress", "html"):
        gold = bench / f"{task}.jsonl.gz"
        found = scored(bench, "--gold", gold, "--pred", predict(gold, "clean", work))
        yield f"clean {task}", flat(found)


def timemoney(bench: Path, work: Path) -> Iterator[tuple[str, Figures]]:
    folder = work / "timemoney"
    folder.mkdir()
    for gold in sorted(bench.glob("*.jsonl")):
        predict(gold, "dates,money", work).rename(folder / gold.name)
    found = scored(bench, "--gold", bench, "--pred", folder)
    calendar = scored(bench, "--gold", bench, "--pred", folder, "--calendar")
    for name, part in found["scores"].items():
        yield f"timemoney {name}", flat(part)
    yield "timemoney ALL ARTICLES --calendar", flat(calendar["scores"]["ALL ARTICLES"])


def entities(bench: Path, work: Path) -> Iterator[tuple[str, Figures]]:
    for task, layer in (("ner", "entities"), ("alias", "aliases"), ("openie", "triples")):
        gold = bench / f"{task}.jsonl.gz"
        options = ["--task", task, "--gold", gold, "--pred", predict(gold, layer, work), "--json"]
        yield task, flat(scored(bench, *options))
        if task == "ner":
            yield "ner news", flat(scored(bench, *options, "--sets", NEWS))


def claims(bench: Path, work: Path) -> Iterator[tuple[str, Figures]]:
    tasks = {"attribution": "attribution", "claimworthy": "checkworthiness", "modality": "modality"}
    for gold in sorted(bench.glob("*.dev.jsonl.gz")):
        task = gold.name.split(".")[0]
        options = ["--task", task, "--gold", gold, "--pred", predict(gold, tasks[task], work)]
        yield gold.name.removesuffix(".dev.jsonl.gz"), flat(scored(bench, *options, "--json"))


AREAS: dict[str, Callable[[Path, Path], Iterator[tuple[str, Figures]]]] = {
    "rows": rows,
    "clean": clean,
    "timemoney": timemoney,
    "entities": entities,
    "claims": claims,
}


def flat(found: Any, prefix: str = "") -> Figures:
    """Nested figures under dotted names; lists and words are left out."""
    out: Figures = {}
    for key, value in found.items():
        if isinstance(value, dict):
            out |= flat(value, f"{prefix}{key}.")
        elif isinstance(value, int | float):
            out[prefix + key] = round(float(value), 4)
    return out


def commit() -> str:
    return call(["git", "-C", HERE, "describe", "--always", "--dirty"]).strip()


@click.command()
@click.argument("bench", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, help="Areas, such as rows or clean.")
def main(bench: Path, only: tuple[str, ...]) -> None:
    stamp = {"date": datetime.now(UTC).date().isoformat(), "commit": commit()}
    with (
        tempfile.TemporaryDirectory() as work,
        (HERE / "scores.jsonl").open("a", encoding="utf-8") as log,
    ):
        for area, feed in AREAS.items():
            if only and area not in only:
                continue
            if not (bench / area).is_dir():
                click.echo(f"{area}: {bench / area} is not there: skipped")
                continue
            for name, figures in feed((bench / area).resolve(), Path(work)):
                wanted = HEADLINES[re.split(r"[ .]", name)[0]]
                kept = {figure: figures[figure] for figure in wanted if figure in figures}
                log.write(json.dumps(stamp | {"set": name, "figures": kept}) + "\n")
                click.echo(name)
                for figure, value in kept.items():
                    click.echo(f"    {figure:30} {value:10.4f}")


if __name__ == "__main__":
    main()
