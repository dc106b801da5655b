# ruff: noqa: E501 (examples read better on one line)
"""clean(): one trail, the same in any order, well-formed text, analysts' decisions, bad input."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.ingest.clean import clean
from pipeline.ingest.tasks import CleanSettings
from pipeline.records import CleanDocument, CleaningDecision, Removal, SourceDocument, Span

BODY = Path(__file__).with_name("port_strike.txt").read_text("utf-8").splitlines()
PERSON = [
    ("Name", "Dr. Ilse Brandt"),
    ("Username", "ilse.brandt"),
    ("Email", "ibrandt@example.org"),
    ("Birthdate", "1999-04-01"),
    ("Address", "12 Example Lane, Suite 4, Springfield"),
    ("Phone", "+1 (555) 010-9999"),
    ("Company", "Brandt and Sons"),
    ("Job", "Geologist"),
    ("Bio", "Dolor quia voluptatem et magni. Rerum maxime omnis ut sit."),
]


def source(text: str, **more: object) -> SourceDocument:
    return SourceDocument("d", "d.txt", text, "", "txt", **more)  # type: ignore[arg-type]


def article(*extra: str, join: str = "\n\n") -> str:
    return join.join([*BODY, *extra])


def rules_of(document: CleanDocument) -> set[str]:
    return {removal.rule for removal in document.removals}


def test_an_article_alone_is_kept_whole() -> None:
    assert clean(source(article())).text == article()


@pytest.mark.parametrize("separator", [" : ", ": ", ":", "：", " = ", "\t"])
@pytest.mark.parametrize("bullet", ["", "• ", "- ", "* ", "  • "])
def test_author_block_goes_in_any_layout(separator: str, bullet: str) -> None:
    block = "\n".join(f"{bullet}{key}{separator}{value}" for key, value in PERSON)
    document = clean(source(article("About the Author:", block)))
    assert document.text == article()
    assert {sign.name for sign in document.signs} >= {"placeholder_author", "lorem_ipsum"}


@pytest.mark.parametrize(
    "order", [PERSON[::-1], PERSON[3:] + PERSON[:3], PERSON[::2] + PERSON[1::2]]
)
def test_author_block_goes_in_any_key_order(order: list[tuple[str, str]]) -> None:
    block = "\n".join(f"{key.upper()}: {value}" for key, value in order)
    assert clean(source(article(block))).text == article()


def test_author_block_in_other_languages() -> None:
    german = "Name: Ilse Brandt\nBenutzername: ibrandt\nE-Mail: ib@example.org\nGeburtsdatum: 1.4.1999\nBeruf: Geologin\nÜber mich: Dolor quia voluptatem et magni."
    spanish = "Nombre: Ilse Brandt\nUsuario: ibrandt\nCorreo electrónico: ib@example.org\nFecha de nacimiento: 1999-04-01\nEmpresa: Brandt SA\nTeléfono: 555 0100"
    for block in (german, spanish):
        assert clean(source(article("Autor", block))).text == article()


def test_author_block_on_one_line_with_accounts() -> None:
    line = " • ".join(f"{key} : {value}" for key, value in PERSON)
    accounts = "Socials\n\ntiktok:\n\n  • url : https://tiktok.com/ib\n  • username : ib\n  • bio : Dolor quia.\n  • followers : 780\n  • following : 5"
    document = clean(source(article("Author Details", line, accounts)))
    assert document.text == article()
    assert rules_of(document) >= {"author_block", "socials"}


def test_a_stolen_record_in_the_article_stays() -> None:
    record = "\n".join(f"• {key}: {value}" for key, value in PERSON[:1] + PERSON[2:6])
    lead = "One record of the stolen list, which a buyer showed to reporters, reads as follows:"
    text = "\n\n".join(
        [*BODY[:4], lead, record, "“All of it is true,” Brandt said on Monday.", *BODY[4:]]
    )
    assert clean(source(text)).text == text


def test_inline_marker_and_footnote() -> None:
    text = article().replace("a contract that", "a contract [1] that")
    document = clean(source(text + "\n\n[1] Contract of 3 May, page 4."))
    assert document.text == article()


def test_cut_off_last_sentence_goes_and_is_a_sign() -> None:
    document = clean(
        source(article("As the stores fill again, it is now quite clear that the port and the"))
    )
    assert document.text == article()
    assert [sign.name for sign in document.signs] == ["truncated_end"]


def test_removals_read_back_their_words_and_cover_the_source() -> None:
    text = article("Tags: port, grain", "© 2021 Harbour Press. All rights reserved.")
    document = clean(source(text))
    kept = len(document.text)
    assert kept + sum(r.span.end - r.span.start for r in document.removals) == len(text)
    assert all(r.reason and 0 < r.confidence <= 1 for r in document.removals)


@pytest.mark.parametrize("join", ["\n", "\n\n", "\r\n\r\n", "\n \u00a0\n"])
def test_gaps_between_blocks_stay_as_they_were(join: str) -> None:
    noise = "© 2021 Harbour Press. All rights reserved."
    text = join.join([*BODY[:3], noise, *BODY[3:]])
    without = join.join(BODY)
    # These lines are of nearly one length, which the repair of wrapped lines would take for a width.
    unwrapped = CleanSettings(rules_off=("wrapped_line",))
    assert clean(source(text), unwrapped).text == clean(source(without), unwrapped).text


def test_cleaning_again_changes_nothing() -> None:
    once = clean(source(article("Share on Facebook", "Read also: Ten facts about cranes"))).text
    assert clean(source(once)).text == once


def test_library_removals_come_first_and_can_be_switched_off() -> None:
    text = article("Some other words that the library left out of its article.")
    start = text.index("Some other")
    cut = Removal(Span(start, len(text)), "library", "", "not in the article found by the library")
    assert clean(source(text, removals=(cut,))).text == article()
    kept = clean(source(text, removals=(cut,)), CleanSettings(rules_off=("library", "line_model")))
    assert kept.text == text


def test_a_rule_is_switched_off() -> None:
    text = article("© 2021 Harbour Press. All rights reserved.")
    off = ("copyright", "line_model")
    assert clean(source(text), CleanSettings(rules_off=off)).text == text


def test_decisions_win() -> None:
    note = "© 2021 Harbour Press. All rights reserved."
    text = article(note)
    number = text.split("\n").index(note) + 1
    restore = CleaningDecision("restore", line=number, words=note)
    assert clean(source(text), decisions=[restore]).text == text
    assert clean(source(text), decisions=[restore, restore]).text == text
    last = CleaningDecision("remove", line=3, words=BODY[1])
    assert BODY[1] not in clean(source(text), decisions=[last]).text


def test_a_decision_finds_its_line_again_by_its_words() -> None:
    note = "© 2021 Harbour Press. All rights reserved."
    restore = CleaningDecision("restore", line=2, words=note)
    assert note in clean(source(article(note)), decisions=[restore]).text


def test_a_restored_rule_is_off_for_the_document() -> None:
    text = article().replace("a contract that", "a contract [1] that")
    decisions = [CleaningDecision("restore", rule="footnote_marker")]
    assert clean(source(text), decisions=decisions).text == text


def test_user_rules(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[rule]]\nid = "house"\npattern = "^House note:"\nreason = "House note."\n'
        '[[rule]]\nid = "mark"\npattern = " ?\\\\(sic\\\\)"\nreason = "Mark."\nscope = "match"\n'
    )
    text = article("House note: this text is shared by the whole house.")
    marked = text.replace("grain rotted", "grain (sic) rotted")
    document = clean(source(marked), CleanSettings(user_rules=str(file)))
    assert document.text == article()
    assert rules_of(document) == {"house", "mark"}


def test_problems_of_user_rules_are_all_listed(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[rule]]\nid = "A"\npattern = "(?=x)"\nreason = "r"\n[[rule]]\nid = "b"\nwhat = 1\n'
    )
    with pytest.raises(ConfigError) as caught:
        clean(source(article()), CleanSettings(user_rules=str(file)))
    assert all(
        word in str(caught.value)
        for word in ("id: small letters", "pattern:", "'what'", "reason is missing")
    )


def test_all_boilerplate_leaves_an_empty_text() -> None:
    text = (
        "Home\nNews\nLog in\nShare on Facebook\nTweet\n© 2020 Harbour Press. All rights reserved.\n"
    )
    assert clean(source(text)).text.strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 200_000, id="one-long-line"),
        pytest.param("ab cd\n" * 10_000, id="many-short-lines"),
        pytest.param("[1" * 50_000, id="open-brackets"),
        pytest.param("Name : " * 20_000, id="keys"),
        pytest.param("\u200f\u202eשלום עולם\u200b 你好。 Hello\n" * 50, id="scripts-and-marks"),
        pytest.param(" \u00a0\n" * 5_000, id="blanks"),
        pytest.param("\n", id="newline"),
        pytest.param("##\n**\n__", id="marks-only"),
    ],
)
def test_odd_input_is_cleaned_like_any_other(text: str) -> None:
    document = clean(source(text))
    assert len(document.text) <= len(text)


LINES = st.lists(
    st.sampled_from(
        [
            *BODY,
            "Tags: a, b",
            "Home",
            "",
            " \u00a0",
            "• Name : X",
            "Reply",
            "[1] Note",
            "By Ann Lee",
        ]
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_removals_are_sorted_and_never_overlap(lines: list[str], join: str) -> None:
    document = clean(source(join.join(lines)))
    spans = [removal.span for removal in document.removals]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert not any(line and not line.strip() for line in document.text.split("\n"))


STACKED = ["Author details", *(word for key, value in PERSON[:6] for word in (key, value))]


@pytest.mark.parametrize("at", [4, len(BODY)])
def test_field_names_above_their_values_are_a_made_up_author_too(at: int) -> None:
    cleaned = clean(source("\n\n".join([*BODY[:at], *STACKED, *BODY[at:]])))
    assert cleaned.text.split("\n\n") == BODY
    assert "placeholder_author" in {sign.name for sign in cleaned.signs}


def test_a_fact_box_with_names_above_their_values_stays() -> None:
    box = [
        "The port",
        "Founded",
        "1921",
        "Company",
        "Grain Port Ltd",
        "Phone",
        "555 0142",
        "City",
        "Lund",
    ]
    text = "\n\n".join([*BODY[:4], *box, *BODY[4:]])
    assert clean(source(text)).text == text


RELATED = ["Related articles", "Divers find an old anchor", "School choir wins a cup"]


def test_what_a_restored_rule_took_goes_under_no_other_name() -> None:
    text = article(*RELATED)
    assert clean(source(text)).text.split("\n\n") == BODY
    restored = clean(source(text), decisions=[CleaningDecision("restore", rule="related_titles")])
    assert restored.text == text


def test_what_a_rule_takes_stays_if_it_is_switched_off() -> None:
    text = article("\n".join(f"{key}: {value}" for key, value in PERSON))
    off = CleanSettings(rules_off=("author_block",))
    assert clean(source(text), off).text == text
