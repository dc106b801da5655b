"""A longer fuzz of readers and parsers: `make stress`. Prints how long, how often, what failed.

python tests/stress/fuzz.py SECONDS
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import spacy

from pipeline.errors import DocumentError
from pipeline.ingest.clean import clean
from pipeline.ingest.metadata.dates import parse_date
from pipeline.ingest.readers import read_raw, suffixes
from pipeline.nlp.analyse import Input, analyse, language

SLOW = 20.0  # seconds of processor time for a few kilobytes: as bad as a crash
WORDS = (
    "The mayor of Accra said on 3 May 2021 that it cost $5 million, “a lot”, he told Reuters. "
    "Between 1990/91 and '05 some 12-15 percent (about £3.2bn) fell by a third, according to "
)
ODD = ("\u200b", "“", "”", "'", "\n", "\n\n", "\x00", "1/2/3", "$", "…", "\ud7ff", "é", "\u202e",
       "9" * 30, "((((", "[", "*", "<p>", "&amp;", "=?utf-8?q?a?=", "\t", "said said",
       "–", "%")  # fmt: skip


def seeds() -> list[tuple[bytes, str]]:
    """Files to damage, with their suffix: the shipped samples and the tests' own documents."""
    root = Path(__file__).resolve().parents[2]
    folders = (root / "corpus", root / "tests" / "golden")
    found = [path for folder in folders for path in sorted(folder.rglob("*"))]
    files = [(path.read_bytes(), path.suffix) for path in found if path.suffix in suffixes()]
    return [*files, *((WORDS.encode() * 5, suffix) for suffix in suffixes())]


def damage(raw: bytes, chance: random.Random) -> bytes:
    """The file with bytes changed, cut, doubled or put in."""
    out = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(5)
        if kind == 0 and out:
            out[min(at, len(out) - 1)] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randint(1, 200)]
        elif kind == 2:
            out[at:at] = out[at : at + 300] * chance.randint(1, 20)
        elif kind == 3:
            odd = chance.choice(ODD).encode("utf-8", "surrogatepass")
            out[at:at] = odd * chance.randint(1, 200)
        else:
            out[at:at] = chance.randbytes(chance.randint(1, 50))
    return bytes(out)


def words(chance: random.Random) -> str:
    """A text of fragments and odd characters."""
    pieces = WORDS.split() + list(ODD)
    return " ".join(chance.choices(pieces, k=chance.randint(1, 400)))


def one_file(chance: random.Random, files: list[tuple[bytes, str]]) -> None:
    raw, suffix = chance.choice(files)
    if chance.random() < 0.2:
        suffix = chance.choice(suffixes())
    try:
        for source in read_raw(damage(raw, chance), f"a{suffix}"):
            msgspec.msgpack.encode(clean(source))
    except DocumentError as error:
        assert error.reason


def one_date(chance: random.Random) -> None:
    parse_date(words(chance)[:60])


def main(seconds: float) -> int:
    model = Path("/tmp") / f"claims-fuzz-{random.randrange(10**9)}"
    spacy.blank("en").to_disk(model)
    files = seeds()

    def one_text(chance: random.Random) -> None:
        result = analyse(Input(words(chance), "2021-05-03"), partial(language, str(model), "", ""))
        assert not result.reason, result.problem

    jobs: tuple[Callable[[random.Random], None], ...] = (
        lambda chance: one_file(chance, files), one_text, one_date,
    )  # fmt: skip
    names = ("readers and cleaning", "analysis", "dates of metadata")
    done: Counter[str] = Counter()
    failed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seed = random.randrange(10**12)
        which = random.Random(seed).choices(range(3), weights=(6, 3, 1))[0]
        begun = time.process_time()
        try:
            jobs[which](random.Random(seed))
        except Exception:  # noqa: BLE001 that is what it looks for
            failed += 1
            print(f"seed {seed} {names[which]}: {traceback.format_exc()}")  # noqa: T201
        if time.process_time() - begun > SLOW:
            failed += 1
            print(f"seed {seed} {names[which]}: slow")  # noqa: T201
        done[names[which]] += 1
    print(f"{seconds:g} s of fuzzing: {dict(done)}, {failed} failures")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
