"""Renews the golden tables and README's excerpt; a person reads the diff.

.venv/bin/python tests/golden/renew.py
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLES = ROOT / "corpus" / "samples"
README = ROOT / "README.md"
#: What a person can check by eye; ids, offsets and scores are tested elsewhere.
COLUMNS = (
    "path", "claim_text", "attribution", "source_name", "outlet", "cue_text", "polarity",
    "certainty", "date_text", "date_value", "date_modifier", "amount_text", "amount",
    "currency", "amount_qualifier", "figure_value", "unit", "flags",
)  # fmt: skip
EXCERPT = re.compile(r"(<!-- excerpt[^\n]*-->\n).*?(<!-- end of excerpt -->)", re.DOTALL)
EXCERPT_ROWS = ("port-strike.txt", "court-report.txt", "fisheries-analysis.md")


def golden_rows() -> list[dict[str, str]]:
    """The claims of corpus/samples, COLUMNS only, as a run gives them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "run", SAMPLES, "--out", f"{folder}/out"]
        subprocess.run(
            [*map(str, command), "--state", f"{folder}/state"], check=True, capture_output=True
        )
        with Path(folder, "out", "claims.csv").open(encoding="utf-8-sig", newline="") as file:
            return [{name: row[name] for name in COLUMNS} for row in csv.DictReader(file)]


def write_tables(rows: list[dict[str, str]], folder: Path) -> None:
    """One CSV per article."""
    for path in sorted({row["path"] for row in rows}):
        with (folder / f"{path}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[1:], extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row["path"] == path)


def excerpt(rows: list[dict[str, str]]) -> str:
    """Markdown rows for README: claims with a sum or a named source, two of each article."""
    lines = []
    for path in EXCERPT_ROWS:
        telling = [r for r in rows if r["path"] == path and r["amount"]][:2]
        telling += [r for r in rows if r["path"] == path and r["source_name"] and not r["amount"]][
            :1
        ]
        for row in telling:
            unnamed = "(the author)" if row["attribution"] == "authorial" else "(nobody named)"
            who = row["source_name"] or unnamed
            money = f"{row['amount']} {row['currency']}".strip()
            stance = f"{row['polarity']}, {row['certainty']}"
            cells = (who, row["claim_text"], stance, row["date_value"], money, row["amount_text"])
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    found = golden_rows()
    for old in HERE.glob("*.csv"):
        old.unlink()
    write_tables(found, HERE)
    text = README.read_text("utf-8")
    README.write_text(EXCERPT.sub(lambda m: m[1] + excerpt(found) + m[2], text), "utf-8")
