"""An analyst's own word lists: what they add, what is refused, and that nothing else changes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.cli import main
from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.inputs import lexicons_of
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.entities.lexicon import organisations
from pipeline.nlp.lexicons import EXTENSIBLE, extended, shipped, tables, use
from pipeline.nlp.money.find import find_figures
from pipeline.nlp.own_lexicons import read_additions
from pipeline.run import Request


@pytest.fixture(autouse=True)
def only_shipped_words_afterwards() -> Iterator[None]:
    yield
    use("")


def additions(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return read_additions(folder)


CUE = '[[verb]]\nclass = "accusation"\nframes = ["clause"]\nlemmas = ["Snitch"]\n'


def test_a_cue_comes_with_its_class_and_goes_again(tmp_path: Path) -> None:
    use(additions(tmp_path, cues=CUE))
    assert lexicon().verbs["snitch"] == {"clause": "accusation"}
    assert "say" in lexicon().verbs
    use("")
    assert "snitch" not in lexicon().verbs


def test_an_own_class_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own = '[[verb]]\nclass = "claim"\nframes = ["clause"]\nlemmas = ["insist"]\n'
    use(additions(tmp_path, cues=own))
    assert lexicon().verbs["insist"] == {"clause": "claim", "quote": "speech"}


def test_words_are_removed_from_every_list_but_not_from_the_terms(tmp_path: Path) -> None:
    use(additions(tmp_path, cues='remove = ["quote", "deny", "denial"]\n'))
    assert {"quote", "deny"}.isdisjoint(lexicon().verbs)
    assert "denial" not in lexicon().nouns
    assert lexicon().verbs["reject"]["quote"] == "denial"


def test_a_removed_word_may_be_given_another_place(tmp_path: Path) -> None:
    own = 'remove = ["allegedly"]\npossible_words = ["allegedly"]\n'
    use(additions(tmp_path, modality=own))
    lists = load_lists("modality")
    assert "allegedly" in lists["possible_words"]
    assert "allegedly" not in lists["alleged_words"]


def test_a_word_of_one_meaning_leaves_its_old_list(tmp_path: Path) -> None:
    use(additions(tmp_path, roles='[nouns]\nprice = ["expense"]\n'))
    nouns = tables("claims/roles")["nouns"]
    assert "expense" in nouns["price"] and "expense" not in nouns["cost"]
    use(additions(tmp_path, organisations='[known]\nGPE = ["Hamas"]\n'))
    assert organisations().known["Hamas"] == "GPE"


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        pytest.param("It cost 40 smackeroos.", "USD", id="nickname"),
        pytest.param("It cost 40 million Smackeroos.", "USD", id="capital"),
        pytest.param("It cost 40 (Z).", "JPY", id="no-pattern"),
        pytest.param("It cost 40 pounds of gold.", "", id="weight"),
    ],
)
def test_an_own_currency_noun_is_read(tmp_path: Path, text: str, currency: str) -> None:
    own = '[nouns]\nSmackeroo = ["USD"]\n[signs]\n"(Z)" = "JPY"\n'
    use(additions(tmp_path, currencies=own))
    sums = [figure for figure in find_figures(text) if figure.kind == "money"]
    assert [figure.currency or "" for figure in sums] == ([currency] if currency else [])
    use("")
    assert not [figure for figure in find_figures(text) if figure.kind == "money"]


@pytest.mark.parametrize("word", ["dollar", "pound", "€"])
def test_a_currency_noun_can_be_removed(tmp_path: Path, word: str) -> None:
    use(additions(tmp_path, currencies=f'remove = ["{word}"]\n'))
    find_figures("They paid $5, five dollars, £3 and 20 pounds of 1,000 cents.")


def test_own_units_are_read(tmp_path: Path) -> None:
    use(additions(tmp_path, units='[measure]\ncontainers = ["TEU"]\n'))
    (figure,) = find_figures("The port moved 400 TEU.")
    assert (figure.kind, figure.unit) == ("measure", "containers")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("cue", "", "unknown lexicon; known: cues.toml, sources.toml", id="file"),
        pytest.param("cues", "verbs = []", "verbs: unknown; known: verb, thing", id="key"),
        pytest.param(
            "cues", CUE.replace("accusation", "gossip"),
            "verb: class: unknown: 'gossip'; known: speech, claim, belief", id="class",
        ),
        pytest.param(
            "cues", CUE.replace('"clause"', '"clauses"'),
            "verb: frames: unknown: 'clauses'; known: clause, quote", id="frame",
        ),
        pytest.param(
            "cues", CUE.replace("lemmas", "words"),
            "verb: unknown key 'words'; known: class, frames, lemmas", id="row",
        ),
        pytest.param("cues", '[[noun]]\nlemmas = ["a"]', "noun: class is missing", id="missing"),
        pytest.param("cues", "[verb]\na = 1", "each under [[verb]]", id="no-rows"),
        pytest.param("cues", 'remove = ["qqq"]', "'qqq' is no word", id="remove"),
        pytest.param("cues", "remove = 1", "remove: must be a list of words", id="remove-1"),
        pytest.param("cues", "[[verb]", "not TOML", id="toml"),
        pytest.param("modality", 'negators = "not"', "negators: must be a list", id="list"),
        pytest.param("modality", 'negators = [" "]', "negators: an empty word", id="empty"),
        pytest.param("modality", "[possible]", "possible: unknown; known: negators", id="table"),
        pytest.param("roles", "nouns = []", "a table of its own, [nouns]", id="no-table"),
        pytest.param("roles", '[nouns]\nloot = ["haul"]', "known: fine, bail", id="role"),
        pytest.param("parties", 'remove = ["sell"]', "selling would hold no word", id="bare"),
        pytest.param("currencies", '[nouns]\nzip = ["ZZP"]', "'ZZP' is no code", id="code"),
        pytest.param("currencies", '[evidence]\nZZP = ["a"]', "'ZZP' is no code", id="evidence"),
        pytest.param("currencies", '[nouns]\nzip = "USD"', "must be a list", id="one-code"),
        pytest.param("currencies", '[signs]\n"" = "USD"', "signs: an empty word", id="sign"),
        pytest.param("currencies", '[minor.cent]\nof = ["GBP"]', "minor: unknown", id="minor"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_key(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    with pytest.raises(ConfigError) as error:
        additions(tmp_path, **{name: text})
    assert f"{tmp_path / name}.toml: " in str(error.value)
    assert words in str(error.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        additions(tmp_path, cues="a = 1\nb = 2", modality="c = 3")
    assert len(str(error.value).splitlines()) == 3


def test_comments_and_notes_are_no_part_of_it(tmp_path: Path) -> None:
    before = additions(tmp_path, cues=CUE)
    (tmp_path / "README.txt").write_text("Why we did this.")
    assert additions(tmp_path, cues=f"# ours\n\n{CUE}", modality="# nothing yet\n") == before
    assert additions(tmp_path, cues="") == ""


@pytest.mark.parametrize("name", EXTENSIBLE)
def test_a_copy_of_the_shipped_file_is_allowed_and_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    place = f"{EXTENSIBLE[name][0]}/{name}"
    base = shipped(place)
    assert extended(base, {}, name) == base
    found = extended(base, {key: base[key] for key in base}, name)
    assert sorted(json.dumps(found)) == sorted(json.dumps(base))


@given(st.dictionaries(st.sampled_from(sorted(shipped("claims/modality"))), st.lists(st.text())))
def test_every_shipped_word_stays_and_every_own_word_comes(own: dict[str, list[str]]) -> None:
    base = shipped("claims/modality")
    found = extended(base, own, "modality")
    assert {key: set(words) for key, words in found.items()} == {
        key: {*words, *own.get(key, ())} for key, words in base.items()
    }


def test_the_folder_of_the_setting_or_of_the_first_corpus(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    usual, named = second / "_claims" / "lexicons", tmp_path / "named"
    for folder in (first, usual, named):
        folder.mkdir(parents=True)
    (usual / "cues.toml").write_text(CUE)
    (named / "modality.toml").write_text('negators = ["nay"]')

    def found(*corpus: Path, setting: str = "") -> list[str]:
        text = lexicons_of(Request(corpus, tmp_path, Settings(lexicons=setting)))
        return list(json.loads(text or "{}"))

    assert found(second, first) == ["cues"]
    assert found(first, second) == []
    assert found(second, setting=str(named)) == ["modality"]
    with pytest.raises(ConfigError, match="is no folder"):
        found(first, setting=str(tmp_path / "nowhere"))
    (usual / "modality.toml").symlink_to(named / "modality.toml")
    with pytest.raises(ConfigError, match="a link out of the corpus is not followed"):
        found(second)


def test_two_pipelines_in_one_process_keep_their_words_apart(nlp: Language, tmp_path: Path) -> None:
    use(additions(tmp_path, cues=CUE))
    doc = nlp("The mayor snitched that the port lost money.")
    assert "snitch" not in lexicon().verbs
    assert not any(quote.cue_class == "accusation" for quote in doc._.quotes)


def test_a_run_with_an_own_cue(tmp_path: Path) -> None:
    """The row says who, by which cue and as what; a changed list analyses and reads nothing."""
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    lists = corpus / "_claims" / "lexicons"
    lists.mkdir(parents=True)
    (corpus / "a.txt").write_text("Port\n\nThe mayor snitched that the firm lost 40 smackeroos.\n")

    def run(*more: str) -> Any:
        words = ["run", str(corpus), "--out", str(out), "--state", str(tmp_path / "state")]
        return CliRunner().invoke(main, [*words, "--json", *more])

    (lists / "cues.toml").write_text(CUE)
    (lists / "currencies.toml").write_text('[nouns]\nsmackeroo = ["USD"]\n')
    assert run().exit_code == 0
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["source_text"], row["cue_text"], row["cue_class"], row["certainty"]) == (
        "The mayor", "snitched", "accusation", "alleged",
    )  # fmt: skip
    assert (row["amount"], row["currency"]) == ("40", "USD")

    (lists / "cues.toml").write_text(CUE.replace("accusation", "denial"))
    again = json.loads(run().stdout)
    assert (again["files_read"], again["texts_analysed"]) == (0, 1)
    with (out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["certainty"] for row in csv.DictReader(file)] == ["denied"]

    (lists / "cues.toml").write_text(CUE.replace("accusation", "gossip"))
    wrong = run()
    assert wrong.exit_code == 2
    assert "cues.toml: verb: class: unknown: 'gossip'" in wrong.stderr
