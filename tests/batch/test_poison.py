"""Every bad document ends in quarantine, set aside or in a result: no crash, silence or leak.

`FILES` maps the name of a bad document to its bytes, or to what makes them.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import random
import socket
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

STORY = (
    "The mayor of Accra said on 3 May 2021 that the harbour would cost $5 million. "
    "Visitors rose by 12 percent in that year, and the council was glad to hear of it. "
)
LETTER = STORY * 5


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return raw.getvalue()


WORD_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    b'.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORD_LINKS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
WORD_NAMES = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = b"<!DOCTYPE l [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
SECRET = b"<!DOCTYPE l [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>"


def word(body: bytes, *, head: bytes = b"") -> bytes:
    document = b"<?xml version='1.0'?>%s<w:document %s><w:body>%s</w:body></w:document>" % (
        head, WORD_NAMES, body,
    )  # fmt: skip
    return archive(
        {
            "[Content_Types].xml": WORD_TYPES,
            "_rels/.rels": WORD_LINKS,
            "word/document.xml": document,
        }
    )


def paragraph(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def pdf(content: bytes, *, length: int | None = None, trailer: bytes = b"") -> bytes:
    """A PDF of one page; `length` is what it claims of its content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream"
        % (len(content) if length is None else length, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj%s endobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R%s>>\n" % (
        table, trailer,
    ) + b"startxref\n%d\n%%%%EOF" % len(raw)  # fmt: skip


def lines(text: str) -> bytes:
    return b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % text.encode()


def mail(depth: int, *, repeat: int = 1) -> bytes:
    """A message of parts in parts."""
    head = b"From: a@example.org\nSubject: parts\nMIME-Version: 1.0\n"
    for n in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n)
    part = b"Content-Type: text/plain\n\n" + LETTER.encode() + b"\n"
    return head + (part + b"--b%d\n" % (depth - 1)) * repeat


def noise(size: int, alphabet: str = "") -> bytes:
    chance = random.Random(size)
    if not alphabet:
        return chance.randbytes(size)
    return "".join(chance.choices(alphabet, k=size)).encode("utf-8", "surrogatepass")


def gzip_member(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "surrogatepass")


def article_page(head: str) -> bytes:
    return page(f"<article><h1>Harbour</h1><p>{LETTER}</p></article>", head)


Content = bytes | Callable[[], bytes]
FILES: dict[str, Content] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n \x0c",
    "binary.txt": lambda: noise(40_000),
    "program.txt": b"\x7fELF\x02\x01\x01" + bytes(2000),
    "nul-bytes.txt": ("\0".join(LETTER) + "\0" * 500).encode(),
    "some-nul.txt": LETTER.encode() + b"\0" + LETTER.encode(),
    "one-line.txt": lambda: (STORY * 5000).encode(),
    "long-word.txt": b"A" * 5_000_000,
    "digits.txt": b"7" * 5_000_000,
    "slashes.txt": b"/" * 5_000_000,
    "brackets.txt": b"(" * 5_000_000,
    "dates-and-slashes.txt": b"1/2/3/4/5/6/" * 60_000,
    "sums.txt": b"$1,234,567.89 " * 20_000,
    "quotation-marks.txt": "“”".encode() * 50_000,
    "open-quotes.txt": ("“a " * 20_000).encode(),
    "straight-quotes.txt": b'"' * 100_000,
    "apostrophes.txt": b"' " * 60_000,
    "blank-lines.txt": b"\n" * 200_000 + LETTER.encode(),
    "newlines-only-cr.txt": LETTER.replace(". ", ".\r").encode(),
    "ellipses.txt": b"..." * 200_000,
    "dashes.txt": "—".encode() * 300_000,
    "said.txt": b"said said said he she it said " * 5_000,
    "emphasis.md": b"*_" * 30_000,
    "links.md": b"[" * 200_000,
    "headings.md": b"#" * 300_000,
    "front-matter.md": b"---\n" + b"title: a\n" * 3_000 + b"---\n" + LETTER.encode(),
    "front-matter-bomb.md": b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n" + LETTER.encode(),
    "utf-16-no-mark.txt": LETTER.encode("utf-16-le"),
    "utf-16-cut.txt": LETTER.encode("utf-16")[:-1],
    "utf-32.txt": LETTER.encode("utf-32"),
    "utf-8-cut.txt": (LETTER + "é").encode()[:-1],
    "surrogates.txt": LETTER.encode() + b"\xed\xa0\x80\xed\xb0\x80",
    "overlong.txt": LETTER.encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80",
    "zero-width.txt": "\u200b".join(LETTER).encode(),
    "bidi.txt": ("\u202e" + LETTER + "\u2066" * 2000).encode(),
    "mixed-scripts.txt": lambda: noise(40_000, "aяα漢אش०か한🏽é \n"),
    "combining.txt": ("e" + "\u0301" * 50_000).encode() + LETTER.encode(),
    "emoji.txt": ("👩‍👩‍👧‍👦" * 20_000).encode(),
    "private-use.txt": ("\ue000\uffff\U0010ffff" * 1000 + LETTER).encode(),
    "controls.txt": LETTER.replace(" ", " \x1b[31m").encode(),
    "press-export.txt": b"1 of 3 DOCUMENTS\n" * 3 + b"End of Document\n" * 3,
    "not-a-gzip.txt.gz": b"no gzip at all",
    "cut.txt.gz": gzip_member(LETTER.encode() * 20)[:-30],
    "wrong-sum.txt.gz": gzip_member(LETTER.encode())[:-8] + b"\0" * 8,
    "bomb.txt.gz": lambda: gzip_member(bytes(300_000_000)),
    "bombs.txt.gz": lambda: gzip_member(b"a" * 8_000_000) * 40,
    "twice.txt.gz.gz": gzip_member(gzip_member(LETTER.encode())),
    "empty.txt.gz": gzip_member(b""),
    "bzip.txt.gz": bz2.compress(LETTER.encode()),
    "zero.pdf": b"",
    "header-only.pdf": b"%PDF-1.7\n",
    "text.pdf": LETTER.encode(),
    "noise.pdf": lambda: b"%PDF-1.4\n" + noise(50_000) + b"\n%%EOF",
    "long-length.pdf": lambda: pdf(lines(STORY), length=10**9),
    "short-length.pdf": lambda: pdf(lines(STORY), length=3),
    "negative-length.pdf": lambda: pdf(lines(STORY), length=-1),
    "protected.pdf": lambda: pdf(lines(STORY), trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O("
                                 + b"x" * 32 + b")/U(" + b"y" * 32 + b")/P -4>>/ID[(a)(b)]"),
    "own-parent.pdf": lambda: pdf(lines(STORY)).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "many-pages.pdf": lambda: pdf(lines(STORY)).replace(
        b"/Kids[3 0 R]", b"/Kids[" + b"3 0 R " * 20_000 + b"]"
    ),
    "deep.pdf": lambda: pdf(b"BT " + b"[" * 100_000 + b" ET"),
    "deep-dictionary.pdf": lambda: pdf(b"", trailer=b"/X " + b"<</A " * 20_000 + b">>" * 20_000),
    "bomb.pdf": lambda: pdf(zlib.compress(b" " * 300_000_000)).replace(
        b"<</Length", b"<</Filter/FlateDecode/Length", 1
    ),
    "noise.docx": lambda: noise(20_000),
    "old-office.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "empty-archive.docx": archive({}),
    "no-document.docx": archive({"[Content_Types].xml": WORD_TYPES, "_rels/.rels": WORD_LINKS}),
    "cut.docx": lambda: word(paragraph(LETTER.encode()))[:-200],
    "laughs.docx": lambda: word(paragraph(b"&a9;"), head=LAUGHS + b"]>"),
    "secret.docx": lambda: word(paragraph(b"&a9;" + LETTER.encode()), head=SECRET + b"]>"),
    "deep.docx": lambda: word(b"<w:p>" * 100_000 + b"</w:p>" * 100_000),
    "deep-tables.docx": lambda: word(
        b"<w:tbl><w:tr><w:tc>" * 300 + paragraph(b"x") + b"</w:tc></w:tr></w:tbl>" * 300
    ),
    "bomb.docx": lambda: word(paragraph(b"a" * 400_000_000)),
    "lying-size.docx": lambda: lying_size(word(paragraph(b"a" * 50_000_000))),
    "climbing.docx": lambda: archive({"../../../../tmp/climbed.txt": b"x", "a": b"y"}),
    "noise.xlsx": lambda: noise(20_000),
    "laughs.xlsx": lambda: archive({"[Content_Types].xml": LAUGHS + b"]><l>&a9;</l>"}),
    "bomb.xlsx": lambda: archive({"xl/worksheets/sheet1.xml": bytes(400_000_000)}),
    "protected.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "huge-cell.csv": b"title,text\n" + b'a,"' + b"word " * 2_000_000 + b'"\n',
    "open-quote.csv": b'title,text\na,"' + LETTER.encode() * 20,
    "many-columns.csv": b"," * 500_000 + b"\n" + b"," * 500_000,
    "many-rows.csv": b"title,text\n" + b"a,b\n" * 300,
    "no-header.csv": b"\n\n\n1,2,3\n",
    "nul.csv": b"title,text\na,\0\0" + LETTER.encode() + b"\n",
    "surrogates.jsonl": b'{"id": "1", "title": "\\ud800", "text": "' + LETTER.encode()
                        + b'\\udfff"}\n',
    "deep.jsonl": b"[" * 200_000 + b"\n",
    "huge-number.jsonl": b'{"id": ' + b"9" * 100_000 + b', "text": "a"}\n',
    "not-json.jsonl": b"{'a': 1}\n" + b"\xff\n",
    "deep.json": b'{"a":' * 100_000,
    "million-tags.html": lambda: page("<div>" * 1_000_000 + STORY),
    "million-siblings.html": lambda: page("<b>a</b>" * 1_000_000),
    "open-tags.html": lambda: page("<p><b><i><table><tr><td>" * 20_000 + LETTER),
    "attributes.html": lambda: page("<p " + "a=1 " * 300_000 + f">{LETTER}</p>"),
    "open-comment.html": lambda: page("<!--" + LETTER),
    "entities.html": lambda: page("&amp;" * 500_000 + "&#xd800;&#0;&#x110000;&nosuch;" * 1000),
    "entity-bomb.html": LAUGHS + b"]><html><body><p>&a9;</p></body></html>",
    "entity-file.xhtml": SECRET + b"]><html><p>&a9;" + LETTER.encode() + b"</p></html>",
    "surrogate-headline.html": lambda: article_page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "\\ud800 x",'
        ' "author": {"name": "\\udfff"}, "datePublished": "2021-05-03"}</script>'
    ),
    "deep-json-ld.html": lambda: article_page(
        '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>"
    ),
    "wrong-json-ld.html": lambda: article_page(
        '<script type="application/ld+json">[1, null, {"@type": ["NewsArticle", 3],'
        ' "headline": {"a": []}, "author": [[], 5], "datePublished": 1e999}]</script>'
    ),
    "remote.html": lambda: article_page(
        '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">'
        '<base href="http://127.0.0.1:9/"><link rel=stylesheet href="http://127.0.0.1:9/x">'
    ),
    "charset-lie.html": lambda: article_page("<meta charset='utf-7'>") + b"\xff\xfe\x80",
    "script-only.html": page("<script>" + "a" * 100_000 + "</script>"),
    "deep-parts.eml": lambda: mail(3000),
    "many-parts.eml": lambda: mail(1, repeat=2_000),
    "no-end.eml": b"Content-Type: multipart/alternative; boundary=x\n\n--x",
    "long-header.eml": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\n" + LETTER.encode(),
    "wrong-charset.eml": b"Content-Type: text/plain; charset=nosuch\n\n\xff" + LETTER.encode(),
    "base64.eml": b"Content-Transfer-Encoding: base64\n\n" + b"A" * 99_999,
    "date.eml": b"Date: Mon, 99 Foo 99999999999 99:99\n\n" + LETTER.encode(),
    "deep.rtf": b"{\\rtf1 " + b"{" * 300_000,
    "binary.rtf": b"{\\rtf1 \\bin999999999 " + LETTER.encode() + b"}",
    "unicode.rtf": b"{\\rtf1 \\u-99999999999 ?\\u55296 ?\\'zz " + LETTER.encode() + b"}",
    "noise.rtf": lambda: b"{\\rtf1 " + noise(20_000),
    "noise.eml": lambda: noise(20_000),
    "noise.html": lambda: noise(20_000),
    "noise.csv": lambda: noise(20_000),
    "noise.jsonl": lambda: noise(20_000),
    "noise.md": lambda: noise(20_000),
    "noise.mhtml": lambda: noise(20_000),
    "unknown.xyz": b"what is this?",
    "no-suffix": LETTER.encode(),
    "METADATA.CSV": b"path,published\nempty.txt,2021-05-03\n",
    "metadata.csv.txt": b"path,published\n" + LETTER.encode(),
    "Watchlist.CSV.txt": LETTER.encode(),
    "claims.csv": b"claim_id,claim_text\nc_1,a\n",
    "line\nbreak.txt": LETTER.encode(),
    "tab\tand\x1b[31mcolour.txt": LETTER.encode(),
    "\u202etxt.exe.txt": LETTER.encode(),
    "=cmd|'/c calc'!A1.txt": LETTER.encode(),
    "#1 of 2 #.txt": LETTER.encode(),
    "100%s {0} $HOME.txt": LETTER.encode(),
    "'; drop table claims; --.txt": LETTER.encode(),
    "a" * 250 + ".txt": LETTER.encode(),
    "deep/" * 100 + "down.txt": LETTER.encode(),
    "..hidden-not.txt": LETTER.encode(),
}  # fmt: skip
#: Names that nobody may follow, open or wait for.
SPECIAL = ("loop", "out.txt", "nowhere.txt", "pipe.txt", "socket.txt", "zero.txt", "folder.txt")
#: Passed over without a word, as the README says: hidden files.
HIDDEN = {"..hidden-not.txt"}


def lying_size(raw: bytes) -> bytes:
    """The archive with the sizes in its directory set to 10 bytes."""
    end = raw.rfind(b"PK\x05\x06")
    at = struct.unpack("<I", raw[end + 16 : end + 20])[0]
    changed = bytearray(raw)
    while changed[at : at + 4] == b"PK\x01\x02":
        changed[at + 24 : at + 28] = struct.pack("<I", 10)
        name, extra, comment = struct.unpack("<HHH", changed[at + 28 : at + 34])
        at += 46 + name + extra + comment
    return bytes(changed)


def write(folder: Path) -> int:
    """Fills a folder with the bad documents; returns how many."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content())
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "nowhere.txt").symlink_to("nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()
    here = Path.cwd()
    os.chdir(folder)  # names of sockets may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.txt")
    os.chdir(here)
    with open(os.fsencode(folder) + b"/not-utf-8-\xff.txt", "wb") as file:  # noqa: PTH123
        file.write(LETTER.encode())
    return len(FILES) + len(SPECIAL) + 1


ROUGHLY_SECONDS = 40  # a limit for each task, on a machine that does other things too


@dataclass(frozen=True)
class Ended:
    """The run over the bad documents: file -> where it ended."""

    status: int
    stderr: str
    places: dict[str, set[str]]
    reasons: dict[str, str]
    text: str


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, claims: Any, model: Path) -> Iterator[Ended]:
    folder = tmp_path_factory.mktemp("poison")
    corpus, out = folder / "corpus", folder / "out"
    corpus.mkdir()
    assert write(corpus) >= 40
    done = claims(
        ["run", str(corpus), "--out", str(out), "--state", str(folder / "state"),
         "--model", str(model), "--workers", "2", "--json"],
        env={"CLAIMS_TASK_SECONDS": str(ROUGHLY_SECONDS), "CLAIMS_TASK_MEMORY_MB": "3000"},
    )  # fmt: skip
    places: dict[str, set[str]] = {}
    reasons: dict[str, str] = {}
    with sqlite3.connect(out / "claims.sqlite") as db:
        for table in ("documents", "quarantine", "set_aside"):
            for (path,) in db.execute(f"select path from {table}"):
                file = path if path in FILES else path.split("#")[0]
                places.setdefault(file, set()).add(table)
        for path, reason in db.execute("select path, reason from quarantine"):
            reasons[path.split("#")[0]] = reason
        text = "\n".join(row[0] or "" for row in db.execute("select text from texts"))
    yield Ended(done.status, done.stderr, places, reasons, text)


def test_the_run_ends_and_says_that_documents_went_into_quarantine(ended: Ended) -> None:
    assert ended.status == 3, ended.stderr[-3000:]


@pytest.mark.parametrize("name", [*FILES, *SPECIAL, "not-utf-8-\\xff.txt"], ids=ascii)
def test_a_bad_document_ends_somewhere(ended: Ended, name: str) -> None:
    if name in HIDDEN or name == "folder.txt":
        assert name not in ended.places
    else:
        assert ended.places.get(name), f"{json.dumps(name)} is nowhere"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"), ("binary.txt", "binary"), ("bomb.txt.gz", "too_large"),
        ("cut.txt.gz", "broken"), ("protected.pdf", "protected"), ("bomb.docx", "too_large"),
        ("old-office.docx", "protected"), ("noise.docx", "broken"), ("long-word.txt", "too_long"),
    ],
)  # fmt: skip
def test_the_reason_is_the_right_one(ended: Ended, name: str, reason: str) -> None:
    assert ended.reasons[name] == reason


def test_no_reader_failed_in_a_way_that_nobody_foresaw(ended: Ended) -> None:
    own = {"reader_failed", "cleaning_failed", "nlp_failed", "timeout", "crashed", "out_of_memory"}
    assert {name: why for name, why in ended.reasons.items() if why in own} == {}


def test_nothing_outside_the_corpus_is_read(ended: Ended) -> None:
    assert "root:x:" not in ended.text
    assert "haha" not in ended.text
    assert not Path("/tmp/climbed.txt").exists()
