"""What the pipeline is compared with, each in a process of its own: `recipe.py KIND FOLDER`.

bare: spaCy's `nlp.pipe`, same model, all its default components, whole documents.
obvious: spaCy, dateparser.search.search_dates and price-parser; far less than a claims table.
obvious_html: the same after trafilatura.
load: the model alone.
read: our reader of the format alone.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from pipeline.nlp.model import load_base

MODEL = "en_core_web_md"


def texts(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]


def load(folder: Path) -> None:
    load_base(MODEL)


def bare(folder: Path) -> None:
    for _ in load_base(MODEL).pipe(texts(folder)):
        pass


def obvious(folder: Path) -> None:
    look_up(texts(folder))


def obvious_html(folder: Path) -> None:
    from trafilatura import extract

    pages = [path.read_text("utf-8") for path in sorted(folder.glob("*.html"))]
    look_up([extract(page) or "" for page in pages])


def look_up(found: list[str]) -> None:
    from dateparser.search import search_dates
    from price_parser import Price

    warnings.simplefilter("ignore")
    for doc in load_base(MODEL).pipe(found):
        search_dates(doc.text, languages=["en"])
        for ent in doc.ents:
            if ent.label_ == "MONEY":
                Price.fromstring(ent.text)


def read(folder: Path) -> None:
    """Our own reader of the files' format, without cleaning; prints its CPU seconds.

    The first file is read before, and not counted: what it imports is no part of reading.
    """
    from pipeline.ingest.readers import read_file
    from pipeline.ingest.readers.options import Options

    first, *rest = sorted(folder.iterdir())
    list(read_file(folder, first.name, Options()))
    begun = time.process_time()
    for path in rest:
        list(read_file(folder, path.name, Options()))
    sys.stdout.write(f"{time.process_time() - begun}\n")


KINDS: dict[str, Callable[[Path], None]] = {
    "bare": bare,
    "obvious": obvious,
    "obvious_html": obvious_html,
    "load": load,
    "read": read,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](Path(sys.argv[2]))
