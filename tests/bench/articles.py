"""Varied articles for measurements, made from corpus/samples: same seed, same bytes."""

from __future__ import annotations

import random
import re
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
FIRST = [
    "Ada",
    "Bruno",
    "Celia",
    "Dario",
    "Elena",
    "Farid",
    "Greta",
    "Hugo",
    "Irena",
    "Jonas",
    "Karla",
    "Lucio",
    "Mona",
    "Nils",
]
LAST = [
    "Abel",
    "Brandt",
    "Castell",
    "Dorn",
    "Eriksen",
    "Falk",
    "Gomes",
    "Haddad",
    "Ivanov",
    "Jansen",
    "Kovac",
    "Lemaire",
    "Mori",
]
PLACES = [
    "Austria",
    "Brazil",
    "Chile",
    "Denmark",
    "Estonia",
    "Finland",
    "Ghana",
    "Hungary",
    "Italy",
    "Jordan",
    "Kenya",
]
NAMES = re.compile(r"\b(?:Peter|Ana|Hannah|Viktor|Ines|Rolf|Clara|Julian|Marta|Marek|Amina)\b")
SURNAMES = re.compile(
    r"\b(?:Lindqvist|Duarte|Okafor|Hale|Amsel|Mendes|Ferro|Soler|Zielin|Diallo)\b"
)
COUNTRIES = re.compile(r"\b(?:Norway|Iceland|Tunisia|Belmora|Cyprus)\b")
NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,])")
END_MATTER = """
Photo: {name}/Example Images

Read more: Ten charts about {place}

Sign up for our newsletter

{name} is a staff writer at the Example Post. Follow her on Twitter @example_post
"""


def paragraphs() -> list[str]:
    """Every line of prose of the plain-text samples."""
    lines = [
        line.strip()
        for path in sorted(SAMPLES.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [line for line in lines if len(line) > 120]


def article(random_: random.Random, prose: list[str]) -> str:
    """One article of 8 to 16 paragraphs with names, places and small numbers of its own."""
    name = f"{random_.choice(FIRST)} {random_.choice(LAST)}"
    place = random_.choice(PLACES)
    day, year = random_.randint(1, 28), random_.randint(2015, 2024)
    body = "\n\n".join(random_.choice(prose) for _ in range(random_.randint(8, 16)))
    body = NAMES.sub(lambda _: random_.choice(FIRST), body)
    body = SURNAMES.sub(lambda _: random_.choice(LAST), body)
    body = COUNTRIES.sub(lambda _: random_.choice(PLACES), body)
    body = NUMBER.sub(lambda found: str(random_.randint(2, 10 ** len(found[0]) + 1)), body)
    title = f"{place} and {random_.choice(PLACES)} agree on plan {random_.randint(1, 10**6)}"
    head = f"{title}\n\nBy {name}\n\nPublished on {day} March {year}\n\n"
    return head + body + "\n" + END_MATTER.format(name=name, place=place)


def write_articles(folder: Path, count: int, seed: int = 1) -> None:
    """`count` articles as .txt files below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    random_, prose = random.Random(seed), paragraphs()
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(article(random_, prose), "utf-8")
