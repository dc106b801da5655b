"""What the system's schedulers are given is complete and safe to paste."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.schedule import Nightly, cron_line, unit_files


def nightly(tmp_path: Path, name: str = "my 100% corpus") -> Nightly:
    return Nightly.of((tmp_path / name,), tmp_path / "out", "03:05", 6)


def test_units_say_when_how_long_and_what_counts_as_success(tmp_path: Path) -> None:
    units = unit_files(nightly(tmp_path))
    assert "OnCalendar=*-*-* 03:05:00" in units["claims-nightly.timer"]
    service = units["claims-nightly.service"]
    for line in ("SuccessExitStatus=3", "Nice=10", "TimeoutStartSec=21600", "Type=oneshot"):
        assert line in service.splitlines()
    assert "my 100%% corpus" in service


def test_a_crontab_line_survives_blanks_and_percent_signs(tmp_path: Path) -> None:
    line = cron_line(nightly(tmp_path))
    assert line.startswith("5 3 * * * mkdir -p ")
    words = shlex.split(line.split("* * * ", 1)[1].replace("\\%", "%"))
    assert str(tmp_path / "my 100% corpus") in words
    assert "timeout" in words and "nice" in words


@pytest.mark.parametrize("at", ["25:00", "3", "03:60", "noon"])
def test_a_wrong_time_is_refused(tmp_path: Path, at: str) -> None:
    with pytest.raises(ConfigError, match="time of day"):
        Nightly.of((tmp_path,), tmp_path, at, 6)
