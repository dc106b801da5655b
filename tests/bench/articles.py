"""Varied articles for measurements, made from corpus/samples: same seed, same bytes."""

from __future__ import annotations

import html
import random
import re
import textwrap
from collections.abc import Callable
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


def page(text: str) -> str:
    """An article as a web page with a menu, related links and a footer."""
    title, *rest = [block for block in text.split("\n\n") if block.strip()]
    body = "\n".join(f"<p>{html.escape(block.strip())}</p>" for block in rest)
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in PLACES)
    return (
        f"<!doctype html><html><head><title>{html.escape(title)} | Example Post</title></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{html.escape(title)}</h1>\n{body}\n"
        f"</article><aside><ul>{menu}</ul></aside><footer>© Example Post</footer></body></html>"
    )


def pdf(text: str) -> bytes:
    """An article as a PDF of one long page, in Helvetica."""
    lines = [part for block in text.split("\n") for part in textwrap.wrap(block, 90) or [""]]
    words = [line.encode("latin-1", "replace") for line in lines]
    for sign in (b"\\", b"(", b")"):
        words = [line.replace(sign, b"\\" + sign) for line in words]
    shown = b"BT /F 10 Tf 12 TL 40 %d Td\n" % (20 + 12 * len(lines))
    shown += b"".join(b"(%s) Tj T*\n" % line for line in words) + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 %d] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>" % (40 + 12 * len(lines)),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\n" % table
    return data + end + b"startxref\n%d\n%%%%EOF\n" % len(data)


KINDS: dict[str, Callable[[str], bytes]] = {
    "txt": lambda text: text.encode(),
    "html": lambda text: page(text).encode(),
    "pdf": pdf,
}


def write_articles(folder: Path, count: int, seed: int = 1, kind: str = "txt") -> None:
    """`count` articles as files of one of `KINDS` below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    random_, prose = random.Random(seed), paragraphs()
    for number in range(count):
        made = KINDS[kind](article(random_, prose))
        (folder / f"{number:06}.{kind}").write_bytes(made)
