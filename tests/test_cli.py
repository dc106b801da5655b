"""The command line says what it can do, and README shows only what it can."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    assert len(done.output.split("Options:")[0].split()) > 6
    if not isinstance(command_at(path), click.Group):
        assert "Example" in done.output


def command_at(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def shown() -> list[str]:
    return re.findall(r"^    (claims .+)$", README, re.MULTILINE)


@pytest.mark.parametrize("line", shown())
def test_every_command_of_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    context = click.Context(main)
    command: click.Command = main
    while isinstance(command, click.Group):
        _, found, words = command.resolve_command(context, words)
        assert found is not None
        command = found
    known = {option for param in command.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_version_is_said() -> None:
    assert "claims" in CliRunner().invoke(main, ["--version"]).output


def test_settings_are_shown_with_their_origin() -> None:
    done = CliRunner().invoke(main, ["config", "show"], env={"CLAIMS_WORKERS": "2"})
    assert "workers = 2  # CLAIMS_WORKERS" in done.output
    assert 'model = "en_core_web_md"  # default' in done.output


@pytest.mark.parametrize("name", ["help", "run", "test", "check", "score", "bench", "clean"])
def test_every_make_target_is_there(name: str) -> None:
    assert re.search(rf"^{name}\b.*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
