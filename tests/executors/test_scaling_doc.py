"""Every command that docs/scaling.md shows is one that the command line takes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from pipeline.cli import main
from pipeline.shard import Shard

DOC = Path(__file__).resolve().parents[2] / "docs" / "scaling.md"
BLOCKS = re.sub(r"\n\s+--", " --", DOC.read_text("utf-8"))  # YAML goes on in the next line
COMMANDS = re.findall(r"^ {4}.*?\b(claims (?:run|merge) .*?)(?: \|\|.*)?$", BLOCKS, re.M)
INDEX = {"SLURM_ARRAY_TASK_ID": "200", "JOB_COMPLETION_INDEX": "0"}  # the last, the first


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_is_understood(command: str) -> None:
    echo = subprocess.run(
        ["bash", "-f", "-c", f"printf '%s\\n' {command}"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | INDEX,
    )
    name, *arguments = echo.stdout.split("\n")[1:-1]
    known = {
        option: parameter
        for parameter in main.commands[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert {word for word in arguments if word.startswith("--")} <= known.keys()
    if "--shard" in arguments:
        assert Shard.parse(arguments[arguments.index("--shard") + 1]).index in (1, 3, 200)


def test_all_kinds_of_clusters_are_shown() -> None:
    assert len(COMMANDS) == 6
    assert all(shlex.split(command) for command in COMMANDS)
