"""metadata.csv, read and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.ingest.metadata import init_metadata, read_metadata_csv
from pipeline.ingest.metadata.table import MOST_WARNINGS
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


def test_what_is_wrong_in_a_row_is_told_and_costs_no_other_row(tmp_path: Path) -> None:
    text = (
        "path,published,title\n"
        "a.txt,03/04/2021,One\n"
        "b.txt,2030-01-01,x\n"
        "b.txt,2021,x\n"
        ",2021,x\n"
        "c.txt,2021,x,too many\n"
        "a.txt#2,2021,Two\n"
    )
    found = read_metadata_csv(table(tmp_path, text), "", TODAY)
    assert found.rows == {
        "a.txt": Metadata(title=Fact("One", "metadata.csv")),
        "a.txt#2": Metadata(
            title=Fact("Two", "metadata.csv"), published=Fact("2021", "metadata.csv")
        ),
    }
    told = [warning.removeprefix(f"{tmp_path}/metadata.csv: ") for warning in found.warnings]
    assert told == [
        "row 2: column published: '03/04/2021' is ambiguous: write 2021-11-05, or say the order"
        " with --date-order; until then the date is not used",
        "row 3: b.txt stands in rows 3, 4: none of them is used",
        "row 3: column published: '2030-01-01' lies in the future: it is not used",
        "row 3: there is no file b.txt",
        "row 4: there is no file b.txt",
        "row 5: column path: is empty: the row is passed over",
        'row 6: 4 cells, but 3 columns: the row is passed over; put cells that hold "," in'
        " quotation marks",
    ]


def test_thousands_of_wrong_rows_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"a.txt#{number},03/04/2021\n" for number in range(1, 3001))
    found = read_metadata_csv(table(tmp_path, "path,published\n" + rows), "", TODAY)
    assert len(found.rows) == 3000
    assert len(found.warnings) == MOST_WARNINGS + 1
    assert found.warnings[-1].endswith("and 2,980 more rows with something wrong")


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


def test_init_does_not_write_over_a_row_that_it_cannot_read(tmp_path: Path) -> None:
    path = table(tmp_path, "path,title\na.txt,Bridge, new and old\n")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="row 2: 3 cells, but 2 columns"):
        init_metadata(tmp_path, [("a.txt", Metadata())])
    assert path.read_bytes() == before


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
