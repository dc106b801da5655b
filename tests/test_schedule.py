"""What the system's schedulers are given is complete and safe to paste."""

from __future__ import annotations

import shlex
import shutil
import subprocess
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


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for name, text in unit_files(nightly(tmp_path, 'it\'s $HOME, 100% "quoted"')).items():
        (tmp_path / name).write_text(text)
    units = [str(tmp_path / name) for name in ("claims-nightly.service", "claims-nightly.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_shell_runs_the_crontab_line(tmp_path: Path) -> None:
    line = cron_line(nightly(tmp_path)).split("* * * ", 1)[1].replace("\\%", "%")
    done = subprocess.run(["sh", "-c", line], check=False)
    assert done.returncode == 2  # no such corpus, said in the log
    assert "my 100% corpus" in (tmp_path / "out" / "nightly.log").read_text()


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
