"""`claims export --to` against a server that asks for a password."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.export.database.address import engine_of, parse

Export = Callable[..., Result]
SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "samples" / "port-strike.txt"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Runs the command over one article; only the first time analyses it."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "corpus").mkdir()
    shutil.copyfile(SAMPLE, folder / "corpus" / SAMPLE.name)

    def call(command: str, *options: str) -> Result:
        where = [str(folder / "corpus"), "--out", str(folder / "out")]
        return CliRunner().invoke(main, [command, *where, *options])

    assert call("run").exit_code == 0
    return call


def test_the_password_may_stand_in_every_usual_place(
    export: Export, server: Any, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = parse(database).database
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    given = export("export", "--to", server.over_tcp(name, quote(server.password, safe="")))
    assert given.exit_code == 0, given.output
    words = f"postgresql://analyst@127.0.0.1:{server.port}/{name}: "
    assert words in given.stderr
    assert server.password not in given.output
    monkeypatch.setenv("PGPASSWORD", server.password)
    assert "0 of them new or changed" in export("export", "--to", server.over_tcp(name)).stderr
    monkeypatch.delenv("PGPASSWORD")
    escaped = server.password.replace(":", "\\:")
    (tmp_path / ".pgpass").write_text(f"127.0.0.1:*:*:analyst:{escaped}\n")
    (tmp_path / ".pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / ".pgpass"))
    assert "0 of them new or changed" in export("export", "--to", server.over_tcp(name)).stderr
    with engine_of(parse(database)).connect() as connection:
        found = connection.execute(sa.text("SELECT amount FROM claims WHERE currency = 'USD'"))
        assert 18_000_000 in found.scalars().all()


def test_a_wrong_password_is_told_and_not_shown(export: Export, server: Any) -> None:
    result = export("export", "--to", server.over_tcp("postgres", "geheim"))
    assert result.exit_code == 1
    assert "password authentication failed" in result.stderr
    assert "the database is as it was before" in result.stderr
    assert "geheim" not in result.output
    assert "Traceback" not in result.output


def test_a_bad_address_is_told_before_the_run(export: Export) -> None:
    result = export("run", "--to", "oracle://u:geheim@h/db")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: --to: oracle is no database that is written")
    assert result.stdout == ""


def test_json_stays_json(export: Export, tmp_path: Path) -> None:
    result = export("export", "--json", "--to", f"sqlite:///{tmp_path}/copy.db")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)


def test_a_lost_memory_does_not_empty_the_database(export: Export, tmp_path: Path) -> None:
    """`export` alone writes what earlier stages left; if they left nothing, that is no result."""
    to = f"sqlite:///{tmp_path}/copy.db"
    assert export("export", "--to", to).exit_code == 0
    lost = export("export", "--to", to, "--state", str(tmp_path / "new"))
    assert lost.exit_code == 1
    assert "begin with `claims run`" in lost.stderr
    with engine_of(parse(to)).connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM claims")).scalar_one() > 0
