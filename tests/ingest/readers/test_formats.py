"""Each format beside HTML: what is read, and how what cannot be read says so."""

from __future__ import annotations

import gzip
import io
import os
import re
import time
import zlib
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from pipeline.errors import DocumentError
from pipeline.ids import doc_id
from pipeline.ingest.readers import Options, read_file, read_raw, suffixes
from pipeline.records import CleanDocument, Fact, SourceDocument

Make = Callable[..., bytes]
WORDS = "The council opened a bridge."


def read(raw: bytes, path: str, options: Options | None = None) -> list[SourceDocument]:
    return list(read_raw(raw, path, options))


def one(raw: bytes, path: str) -> SourceDocument:
    (document,) = read(raw, path)
    return document


def reason_of(raw: bytes, path: str, options: Options | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        read(raw, path, options)
    assert caught.value.path == path
    assert caught.value.problem
    return caught.value.reason


def test_text_is_as_in_the_file() -> None:
    document = one(b"\xef\xbb\xbfone\r\ntwo", "sub/a.txt")
    assert document.text == "\ufeffone\r\ntwo"
    assert (document.path, document.doc_id) == ("sub/a.txt", doc_id("sub/a.txt"))
    assert document.sha256 == sha256(b"\xef\xbb\xbfone\r\ntwo").hexdigest()


def test_markdown_marks_are_removals() -> None:
    raw = (
        b"---\ntitle: A bridge\ndate: 2021-11-05\n---\n"
        b"# The **new** bridge\n\n> It _cost_ [4 million](https://example.org/x) `dollars`.\n\n"
        b"![photo](x.png)\n\n* * *\n\n2 * 3 * 4 and snake_case_name stay, \\*so\\* too.\n"
    )
    document = one(raw, "a.md")
    text = CleanDocument(document, document.removals).text
    assert [line for line in text.split("\n") if line] == [
        "The new bridge",
        "It cost 4 million dollars.",
        "2 * 3 * 4 and snake_case_name stay, *so* too.",
    ]
    assert document.page.published == Fact("2021-11-05", "front matter")
    assert [span.of(document.text) for span in document.headings] == ["The **new** bridge"]


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        " ",
        "[",
        "![",
        "*",
        "*a ",
        "_",
        "`",
        "[a](",
        "<b ",
        "# ",
        "- ",
        "\\",
        "<http://",
        "~~",
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_reading_takes_linear_time(unit: str, suffix: str) -> None:
    begun = time.process_time()
    documents = read(("words " + unit * (600_000 // len(unit))).encode(), f"a{suffix}")
    assert len(documents) == 1
    assert time.process_time() - begun < 10


def test_pdf_pages_are_parted_by_form_feeds(pdf: Make) -> None:
    document = one(pdf("First page", "Second page"), "a.pdf")
    assert [page.strip() for page in document.text.split("\x0c")] == ["First page", "Second page"]


def test_a_scanned_pdf_says_so(pdf: Make) -> None:
    assert reason_of(pdf("", ""), "a.pdf") == "scanned"


@pytest.mark.parametrize(
    ("pattern", "lie"),
    [
        pytest.param(rb"/Length \d+", b"/Length 0", id="length-nothing"),
        pytest.param(rb"/Length \d+", b"/Length -5", id="length-negative"),
        pytest.param(rb"/Length \d+", b"/Length 999999995", id="length-large"),
        pytest.param(rb"/Length \d+", b"/Length 99999999999999999999", id="length-huge"),
        pytest.param(rb"/Length \d+", b"/Length 4 0 R", id="length-of-itself"),
        pytest.param(rb"/Count \d+", b"/Count 999999999", id="pages"),
        pytest.param(rb"/Kids \[[^\]]*\]", b"/Kids [2 0 R 2 0 R]", id="pages-in-a-ring"),
        pytest.param(rb"/Size \d+", b"/Size 1", id="objects"),
        pytest.param(rb"startxref\n\d+", b"startxref\n99999999", id="table"),
    ],
)
def test_a_pdf_that_lies_about_its_length(pdf: Make, pattern: bytes, lie: bytes) -> None:
    raw, lies = re.subn(pattern, lie, pdf(WORDS))
    assert lies
    try:
        assert WORDS in one(raw, "a.pdf").text
    except DocumentError as error:
        assert error.reason in ("broken", "scanned")


def test_a_pdf_that_unpacks_to_gigabytes(pdf: Make) -> None:
    packed = zlib.compress(b"BT (word) Tj ET" + b" " * 200_000_000)
    raw = pdf(WORDS)
    head, tail = raw.index(b"<< /Length"), raw.index(b"endstream")
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed)
    assert reason_of(raw[:head] + stream + raw[tail:], "a.pdf") in ("broken", "too_large")


def encrypted(raw: bytes, password: str) -> bytes:
    """The PDF with RC4, which needs no further package."""
    writer = PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_a_password_says_so(pdf: Make) -> None:
    assert reason_of(encrypted(pdf(WORDS), "secret"), "a.pdf") == "protected"


def test_a_pdf_that_only_forbids_changes_is_read(pdf: Make) -> None:
    assert WORDS in one(encrypted(pdf(WORDS), ""), "a.pdf").text


def test_a_pdf_encrypted_with_aes_is_protected(pdf: Make) -> None:
    zeros = b"00" * 16
    lock = (
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4"
        b" /O <%(a)s%(a)s%(a)s> /U <%(a)s%(a)s%(a)s> /OE <%(a)s%(a)s> /UE <%(a)s%(a)s>"
        b" /Perms <%(a)s> /StmF /StdCF /StrF /StdCF"
        b" /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> >>"
    )
    raw = pdf(WORDS).replace(b"/Root 1 0 R", lock % {b"a": zeros})
    assert reason_of(raw, "a.pdf") == "protected"


def test_word_paragraphs_headings_and_tables(word: Make) -> None:
    raw = word(WORDS, heading="New bridge", table=(("Year", "Cars"), ("2018", "8,000")))
    document = one(raw, "a.docx")
    assert document.text == f"New bridge\n{WORDS}\nYear\tCars\n2018\t8,000"
    assert [span.of(document.text) for span in document.headings] == ["New bridge"]


def test_raised_numbers_in_word() -> None:
    document = docx.Document()
    for paragraph in (document.add_paragraph(), document.add_table(1, 1).cell(0, 0).paragraphs[0]):
        for words in ("It paid $5 million", "^3", " for 10", "^6", " tonnes on the 4", "^th", "."):
            paragraph.add_run(words.lstrip("^")).font.superscript = words.startswith("^")
    out = io.BytesIO()
    document.save(out)
    expected = "It paid $5 million[3] for 10⁶ tonnes on the 4th."
    assert one(out.getvalue(), "a.docx").text.split("\n") == [expected] * 2


def test_raised_numbers_in_rich_text() -> None:
    raw = rb"{\rtf1 It paid $5 million{\super 3} for 10\up6 6\up0  tonnes on 20 {\super th} May.}"
    assert one(raw, "a.rtf").text == "It paid $5 million[3] for 10⁶ tonnes on 20 th May."


def test_rich_text() -> None:
    raw = (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\author Nobody}}"
        b"\\f0 The \\b council\\b0  caf\\'e9 \\u8211? \\u55357?\\u56832?\\par Next"
        b"{\\*\\x hidden} line.}"
    )
    assert one(raw, "a.rtf").text == "The council café – 😀\nNext line."


def test_a_message_s_plain_text() -> None:
    raw = (
        b"Subject: =?utf-8?q?Caf=C3=A9_news?=\r\nDate: Fri, 5 Nov 2021 23:00:00 -0500\r\n"
        b"From: Desk <desk@example.org>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        b"\r\nThe caf\xe9 opened.\r\n"
    )
    document = one(raw, "a.eml")
    assert document.text == "The café opened.\r\n"
    assert (document.page.title, document.page.published, document.page.author) == (
        Fact("Café news", "page"),
        Fact("2021-11-05", "page"),
        None,
    )


def test_a_saved_page() -> None:
    raw = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n'
        b"\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>The caf=C3=A9 opened.</p></body></html>\r\n--B--\r\n"
    )
    document = one(raw, "a.mhtml")
    assert document.text == "The café opened."
    assert document.page.url == Fact("https://example.org/a", "page")


def test_json_lines() -> None:
    raw = (
        b'{"id": "x1", "text": "One.", "title": "First", "date": "2021-11-05", "source": "Times"}\n'
        b"not json\n\n"
        b'{"body": "Two.", "authors": ["Jane Doe", {"name": "John Roe"}]}\n'
    )
    documents = []
    with pytest.raises(DocumentError, match="rows without a text that can be read: 2") as caught:
        documents.extend(iter_all(raw, "a.jsonl", documents))
    assert caught.value.reason == "bad_records"
    assert [(d.path, d.text) for d in documents] == [("a.jsonl#x1", "One."), ("a.jsonl#4", "Two.")]
    assert documents[0].page.outlet == Fact("Times", "page")
    assert documents[1].page.author == Fact("Jane Doe; John Roe", "page")
    assert documents[0].sha256 == documents[1].sha256


def iter_all(raw: bytes, path: str, into: list[SourceDocument]) -> list[SourceDocument]:
    for document in read_raw(raw, path):
        into.append(document)
    return []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_lists(delimiter: str) -> None:
    lines = [
        ["ID", "Headline", "Full Text"],
        ["7", "First", '"One, two;\nthree"'],
        ["8", "x", "Two"],
    ]
    raw = "\r\n".join(delimiter.join(line) for line in lines).encode("utf-8-sig")
    documents = read(raw, "list.csv")
    assert [(d.path, d.text) for d in documents] == [
        ("list.csv#7", "One, two;\nthree"),
        ("list.csv#8", "Two"),
    ]
    assert documents[0].page.title == Fact("First", "page")


def test_workbooks_and_named_columns(workbook: Make) -> None:
    raw = workbook(("Nr", "Wortlaut", "Tag"), (1, "One.", date(2021, 11, 5)), (2, "Two.", None))
    options = Options(columns={"text": "Wortlaut", "published": "Tag", "id": "Nr"})
    documents = read(raw, "list.xlsx", options)
    assert [(d.path, d.text) for d in documents] == [
        ("list.xlsx#1", "One."),
        ("list.xlsx#2", "Two."),
    ]
    assert documents[0].page.published == Fact("2021-11-05", "page")


EXPORT = """First title here

The Daily Example

November 5, 2021 Friday

Copyright 2021 Example Media

Byline: JANE DOE

Body

The first article has a paragraph of its own, long enough to be one, with words.

Subject: what stands here belongs to the article.

More of the article follows here, again in a paragraph that is long enough to be one.

Load-Date: November 6, 2021

End of Document

Second title here

The Daily Example

November 6, 2021 Saturday

Body

The second article has another.

End of Document
"""


def test_a_press_database_s_export_is_split() -> None:
    first, second = read(EXPORT.encode(), "export.txt")
    assert (first.path, second.path) == ("export.txt#1", "export.txt#2")
    assert first.text + second.text == EXPORT
    assert (first.page.title, first.page.outlet, first.page.published, first.page.author) == (
        Fact("First title here", "front matter"),
        Fact("The Daily Example", "front matter"),
        Fact("2021-11-05", "front matter"),
        Fact("Jane Doe", "front matter"),
    )
    kept = CleanDocument(first, first.removals).text.split("\n")
    assert [line for line in kept if line] == [
        "The first article has a paragraph of its own, long enough to be one, with words.",
        "Subject: what stands here belongs to the article.",
        "More of the article follows here, again in a paragraph that is long enough to be one.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One\n\n1 of 3\n\nTwo\n\n2 of 3\n\n7 of 9\n", id="page-numbers"),
        pytest.param("A story.\n\nEnd of Document\n", id="one-end"),
        pytest.param("A\n\n" + "_" * 30 + "\n\nB\n\n" + "_" * 30 + "\n\nC\n", id="rulers"),
    ],
)
def test_look_alikes_of_exports_are_one_article(text: str) -> None:
    assert one(text.encode(), "a.txt").path == "a.txt"


def test_gzip_of_any_format(pdf: Make) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert one(packed, "a.txt.gz").text == "one two"
    assert "Page" in one(gzip.compress(pdf("Page")), "a.pdf.gz").text
    plain, zipped = one(b"words", "a.txt"), one(gzip.compress(b"words", mtime=0), "a.txt.gz")
    assert plain.sha256 != zipped.sha256  # of the raw file, not of what is in it


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_gzip_bombs_are_refused(name: str) -> None:
    assert reason_of(gzip.compress(b"a" * 50_000_000), name) == "too_large"
    assert reason_of(gzip.compress(b"a" * 5000), name, Options(max_bytes=1000)) == "too_large"


def test_zip_bombs_are_refused(zipped: Make) -> None:
    bomb = zipped("word/document.xml", 60_000_000)
    assert reason_of(bomb, "a.docx") == "too_large"
    assert reason_of(bomb, "a.xlsx") == "too_large"


@pytest.mark.parametrize(
    ("raw", "path", "reason"),
    [
        pytest.param(b"", "a.txt", "empty", id="txt-empty"),
        pytest.param(b"%PDF-1.7 x", "a.txt", "binary", id="pdf-as-txt"),
        pytest.param(b"x", "a.pdf", "broken", id="pdf"),
        pytest.param(b"x", "a.docx", "broken", id="docx"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.docx", "protected", id="ole"
        ),
        pytest.param(b"x", "a.rtf", "broken", id="rtf"),
        pytest.param(b"{\\rtf1" + b"{" * 50_000, "a.rtf", "broken", id="rtf-nested"),
        pytest.param(b"x", "a.xlsx", "broken", id="xlsx"),
        pytest.param(b"x", "a.txt.gz", "broken", id="gz"),
        pytest.param(gzip.compress(b"words")[:-9], "a.txt.gz", "broken", id="gz-cut"),
        pytest.param(b"title\nx\n", "a.csv", "bad_records", id="csv-without-text"),
        pytest.param(b"Subject: x\n\n", "a.eml", "empty", id="eml-empty"),
        pytest.param(b"words", "a.xyz", "unknown_format", id="unknown"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, path: str, reason: str) -> None:
    assert reason_of(raw, path) == reason


def test_files_on_disk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    (tmp_path / "outside.txt").write_bytes(b"secret")
    root = tmp_path / "corpus"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.txt").write_bytes(b"words")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "up").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.txt")

    def reason(path: str, max_bytes: int = 0) -> str:
        with pytest.raises(DocumentError) as caught:
            list(read_file(root, path, max_bytes=max_bytes))
        return caught.value.reason

    assert [document.text for document in read_file(root, "sub/a.txt")] == ["words"]
    assert reason("gone.txt") == "vanished"
    assert reason("link.txt") == "unreadable"
    assert reason("up/outside.txt") == "unreadable"
    assert reason("../outside.txt") == "unreadable"
    assert reason("pipe.txt") == "unreadable"
    assert reason("sub/a.txt", max_bytes=3) == "too_large"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.binary(max_size=400), suffix=st.sampled_from(suffixes()))
def test_any_bytes_are_documents_or_a_document_error(raw: bytes, suffix: str) -> None:
    try:
        documents = read(raw, f"a{suffix}")
    except DocumentError:
        return
    for document in documents:
        assert document.text.strip()
        assert all(removal.span.end <= len(document.text) for removal in document.removals)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files_are_documents_or_a_document_error(
    data: st.DataObject, pdf: Make, word: Make, workbook: Make
) -> None:
    files = {
        "a.pdf": pdf("Some words", "More words"),
        "a.docx": word(WORDS, heading="New"),
        "a.xlsx": workbook(("text",), ("One.",)),
        "a.rtf": b"{\\rtf1\\ansi One \\u8211? two\\par {\\b three}}",
        "a.eml": b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\nWords\n",
    }
    name = data.draw(st.sampled_from(sorted(files)))
    raw = files[name]
    # A share, since Office files hold the time and have another length each second.
    at = int(data.draw(st.floats(0, 1)) * len(raw))
    left_out = data.draw(st.integers(0, 40))
    damaged = raw[:at] + data.draw(st.binary(max_size=8)) + raw[at + left_out :]
    try:
        read(damaged, name)
    except DocumentError as error:
        assert error.reason
