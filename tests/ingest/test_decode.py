"""Bytes to characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError
from pipeline.ingest.decode import decode
from pipeline.records import Span

WORDS = "The café’s owner – a “naïve” man – paid €5."


@pytest.mark.parametrize(
    ("encoding", "prefix"),
    [
        pytest.param("utf-8", b"", id="utf-8"),
        pytest.param("utf-16-le", b"\xff\xfe", id="utf-16-le-bom"),
        pytest.param("utf-16-be", b"\xfe\xff", id="utf-16-be-bom"),
        pytest.param("utf-16-le", b"", id="utf-16-le-without-bom"),
        pytest.param("utf-16-be", b"", id="utf-16-be-without-bom"),
        pytest.param("utf-32-le", b"\xff\xfe\x00\x00", id="utf-32-bom"),
        pytest.param("cp1252", b"", id="cp1252"),
    ],
)
def test_usual_encodings_are_read(encoding: str, prefix: bytes) -> None:
    decoded = decode(prefix + WORDS.encode(encoding), "a.txt")
    assert decoded.text.removeprefix("\ufeff") == WORDS
    assert not decoded.repairs


def test_mac_quotes_are_known() -> None:
    assert decode("It’s a “word” here".encode("mac_roman"), "a.txt").text == "It’s a “word” here"


def test_a_cyrillic_code_page_is_guessed() -> None:
    words = "Министерство сообщило в понедельник, что производство выросло на три процента. " * 5
    assert decode(words.encode("cp1251"), "a.txt").text == words


def test_byte_order_mark_and_line_ends_stay() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo", "a.txt").text == "\ufeffone\r\ntwo"


def test_strays_in_utf8_are_read_and_marked() -> None:
    decoded = decode("café – résumé ".encode() + b"don\x92t \x81", "a.txt")
    assert decoded.text == "café – résumé don’t \ufffd"
    assert [repair.span.of(decoded.text) for repair in decoded.repairs] == ["’", "\ufffd"]
    assert all(repair.rule == "undecodable_bytes" for repair in decoded.repairs)


ACCENTS = "Zoë Müller of São Paulo ate in two cafés, the naïve résumé says."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        pytest.param("It’s a “word” here", "mac_roman", id="mac-quotes"),
        pytest.param(ACCENTS, "mac_roman", id="mac-letters"),
        pytest.param("Władze Łodzi ogłosiły, że żółta gęś śpi w Świętochłowicach.", "cp1250",
                     id="polish"),
        pytest.param("Министерство сообщило, что производство выросло.", "cp1251", id="russian"),
    ],
)  # fmt: skip
def test_a_guess_is_marked(words: str, encoding: str) -> None:
    decoded = decode(words.encode(encoding), "a.txt")
    assert decoded.text == words
    assert decoded.encoding in decoded.doubt
    assert decoded.repairs
    for repair in decoded.repairs:
        assert repair.rule == "encoding_guessed"
        assert repair.span.of(words) == repair.replacement


@pytest.mark.parametrize("words", [WORDS, ACCENTS, "Le coût est élevé, dit-elle à Orléans."])
def test_western_text_is_no_guess(words: str) -> None:
    assert decode(words.encode("cp1252"), "a.txt").doubt == ""


def test_stray_bytes_in_plain_text_are_no_other_alphabet() -> None:
    for times in (3, 300):
        raw = b"The plant closed on Monday, the mayor said. " * times + b"It is \xff\xfe\x81 here."
        decoded = decode(raw, "a.txt")
        assert decoded.text.endswith("It is ÿþ\ufffd here.")
        assert [repair.rule for repair in decoded.repairs] == ["undecodable_bytes"]


def test_a_file_of_two_encodings_keeps_both() -> None:
    raw = f"{WORDS}\n".encode() * 3 + WORDS.encode("cp1252")
    decoded = decode(raw, "a.txt")
    assert decoded.text.split("\n") == [WORDS] * 4
    last = decoded.text.rindex("\n")
    assert decoded.repairs
    assert all(repair.span.start > last for repair in decoded.repairs)


def test_repairs_of_a_part_have_its_offsets() -> None:
    decoded = decode("first café\nsecond naïve café".encode("mac_roman"), "a.txt")
    at = decoded.text.index("second")
    part = Span(at, len(decoded.text))
    shown = [repair.span.of(part.of(decoded.text)) for repair in decoded.repairs_in(part)]
    assert shown == ["ï", "é"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "empty", id="no-bytes"),
        pytest.param(b" \r\n\t", "empty", id="white-space"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="bom-only"),
        pytest.param(b"\xff\xfe", "empty", id="utf-16-bom-only"),
        pytest.param(b"%PDF-1.7 x", "binary", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\nxxxx", "binary", id="png"),
        pytest.param(bytes(range(256)) * 20, "binary", id="all-bytes"),
        pytest.param(b"\x01\x02\x03\x04abc" * 100, "binary", id="control"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(raw, "a.txt")
    assert caught.value.reason == reason


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_document_error(raw: bytes) -> None:
    try:
        decoded = decode(raw, "a.txt")
    except DocumentError:
        return
    assert decoded.text.encode("utf-8")
    assert all(repair.span.end <= len(decoded.text) for repair in decoded.repairs)
