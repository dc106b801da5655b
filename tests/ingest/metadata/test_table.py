"""metadata.csv, read and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.ingest.metadata import init_metadata, read_metadata_csv
from pipeline.records import Fact, Metadata

TODAY = date(2024, 1, 1)


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "metadata.csv"
    path.write_bytes(text.encode(encoding))
    (folder / "a.txt").write_text("x", encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_in_any_form(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Path", "title", "author", "published", "Désk"],
        ["a.txt", '"Bridge; ""new"", and old"', "José Peña", "5 March 2021", "été"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"
    found = read_metadata_csv(table(tmp_path, text, encoding), "", TODAY)
    assert found.warnings == ()
    assert found.rows == {
        "a.txt": Metadata(
            title=Fact('Bridge; "new", and old', "metadata.csv"),
            author=Fact("José Peña", "metadata.csv"),
            published=Fact("2021-03-05", "metadata.csv"),
            extra=(("Désk", "été"),),
        )
    }


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    text = (
        "path,published,title\n"
        "a.txt,03/04/2021,x\n"
        "b.txt,2030-01-01,x\n"
        "a.txt,2021,x\n"
        ",2021,x\n"
        "c.txt,2021,x,too many\n"
    )
    with pytest.raises(ConfigError) as caught:
        read_metadata_csv(table(tmp_path, text), "", TODAY)
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert any("row 2, column published: '03/04/2021' is ambiguous" in line for line in lines)
    assert any("row 3, column published: '2030-01-01' lies in the future" in line for line in lines)
    assert any("row 4, column path: a.txt stands in row 2 too" in line for line in lines)
    assert any("row 5, column path: is empty" in line for line in lines)
    assert any("row 6: 4 cells, but 3 columns" in line for line in lines)


def test_the_order_of_dates_may_be_given(tmp_path: Path) -> None:
    path = table(tmp_path, "path,published\na.txt,03/04/2021\n")
    published = read_metadata_csv(path, "DMY", TODAY).rows["a.txt"].published
    assert published == Fact("2021-04-03", "metadata.csv")


def test_a_row_without_a_file_is_a_warning(tmp_path: Path) -> None:
    path = table(tmp_path, "path,title\na.txt#3,x\n.\\sub\\b.txt,y\n")
    found = read_metadata_csv(path, "", TODAY)
    assert list(found.rows) == ["a.txt#3", "sub/b.txt"]
    (warning,) = found.warnings
    assert "row 3: there is no file sub/b.txt" in warning


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title,author\nx,y\n", "no column `path`"),
        ("path,title,title\na.txt,x,y\n", "the column title stands there twice"),
    ],
)
def test_a_wrong_header_says_so(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        read_metadata_csv(table(tmp_path, text), "", TODAY)


def test_an_empty_file_and_an_excel_hint_are_fine(tmp_path: Path) -> None:
    assert read_metadata_csv(table(tmp_path, ""), "", TODAY).rows == {}
    path = table(tmp_path, "sep=;\r\npath;title\r\na.txt;x\r\n")
    assert read_metadata_csv(path, "", TODAY).rows["a.txt"].title == Fact("x", "metadata.csv")


def test_init_writes_a_table_with_undated_articles_first(tmp_path: Path) -> None:
    dated = Metadata(title=Fact("One", "text"), published=Fact("2021", "page"))
    path = init_metadata(tmp_path, [("a.txt", dated), ("b.txt", Metadata())])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfpath,title,outlet,author,published,url\r\n")
    assert path.read_text("utf-8-sig").splitlines()[1:] == ["b.txt,,,,,", "a.txt,One,,,2021,"]


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    table(tmp_path, "title;path;desk\nMine;a.txt;north\nGone;z.txt;\n")
    facts = Metadata(title=Fact("Theirs", "text"), author=Fact("Jane Doe", "text"))
    path = init_metadata(tmp_path, [("a.txt", facts), ("c.txt", Metadata())])
    assert path.read_text("utf-8-sig").splitlines() == [
        "path;title;outlet;author;published;url;desk",
        "a.txt;Mine;;Jane Doe;;;north",
        "c.txt;;;;;;",
        "z.txt;Gone;;;;;",
    ]
    before = path.read_bytes()
    init_metadata(tmp_path, [("a.txt", facts), ("c.txt", Metadata())])
    assert path.read_bytes() == before
