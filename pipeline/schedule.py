"""`claims schedule`: ready systemd units or a crontab line for a nightly run.

The schedulers of the system do the waiting; the run itself holds the lock (exit 4 when another
one works), is idempotent, and exits 3 when documents went into quarantine, which is no failure.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError, PipelineError

NAME = "claims-nightly"
UNITS = Path("~/.config/systemd/user")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Nightly:
    """A run of this checkout, once a day.

    Attributes:
        command: the words of the command, paths absolute.
        folder: where it runs; claims.toml is read from there.
        log: what cron appends the output to.
        seconds: a run that takes longer is ended.
    """

    command: tuple[str, ...]
    folder: Path
    log: Path
    hour: int
    minute: int
    seconds: int

    @classmethod
    def of(cls, corpus: tuple[Path, ...], out: Path, at: str, hours: int) -> Nightly:
        """The run of the `claims` command that is running now.

        Raises:
            ConfigError: `at` is no time of day, or a path cannot stand in a schedule.
        """
        clock = CLOCK.fullmatch(at)
        if clock is None:
            raise ConfigError(f"--at {at!r}: a time of day such as 03:00 is needed")
        paths = [str(path.resolve()) for path in (*corpus, out)]
        for path in paths:
            if "\n" in path:
                raise ConfigError(f"{path!r}: a line break cannot stand in a schedule")
        command = (sys.executable, "-m", "pipeline", "run", *paths[:-1], "--out", paths[-1])
        log = out.resolve() / "nightly.log"
        return cls(command, Path.cwd(), log, int(clock[1]), int(clock[2]), hours * 3600)


def unit_files(nightly: Nightly) -> dict[str, str]:
    """File name -> text of a systemd service and its timer."""
    command = " ".join(systemd_quote(word) for word in nightly.command)
    service = f"""[Unit]
Description=Read new articles and renew the claims table

[Service]
Type=oneshot
WorkingDirectory={str(nightly.folder).replace("%", "%%")}
ExecStart={command}
# 3: finished, some documents are in quarantine.
SuccessExitStatus=3
Nice=10
StandardOutput=journal
StandardError=journal
TimeoutStartSec={nightly.seconds}
"""
    timer = f"""[Unit]
Description=Nightly claims run

[Timer]
OnCalendar=*-*-* {nightly.hour:02}:{nightly.minute:02}:00
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{NAME}.service": service, f"{NAME}.timer": timer}


def systemd_quote(word: str) -> str:
    """One word of ExecStart: `%` and `$` are special there, and blanks separate."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def cron_line(nightly: Nightly) -> str:
    """One crontab line; cron mails what is printed, so the output goes to a log."""
    command = shlex.join(["nice", "-n", "10", "timeout", str(nightly.seconds), *nightly.command])
    # In a crontab an unescaped % ends the command.
    folder, log = shlex.quote(str(nightly.folder)), shlex.quote(str(nightly.log))
    out = shlex.quote(str(nightly.log.parent))  # without it the shell could not open the log
    shell = f"mkdir -p {out} && cd {folder} && {command} >> {log} 2>&1".replace("%", "\\%")
    return f"{nightly.minute} {nightly.hour} * * * {shell}"


def install_units(nightly: Nightly) -> str:
    """Writes the units for this user and starts the timer; says what it did."""
    systemctl("--version")  # fails before anything is written
    folder = UNITS.expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in unit_files(nightly).items():
        (folder / name).write_text(text, "utf-8")
    systemctl("daemon-reload")
    systemctl("enable", "--now", f"{NAME}.timer")
    return (
        f"runs every day at {nightly.hour:02}:{nightly.minute:02}; see: journalctl --user -u {NAME}"
        "\nuser units rest while you are logged out, unless: loginctl enable-linger"
    )


def remove_units() -> str:
    folder = UNITS.expanduser()
    found = [folder / f"{NAME}{suffix}" for suffix in (".timer", ".service")]
    if not any(path.exists() for path in found):
        return "nothing is scheduled"
    systemctl("disable", "--now", f"{NAME}.timer")
    for path in found:
        path.unlink(missing_ok=True)
    systemctl("daemon-reload")
    return "no longer scheduled"


def systemctl(*words: str) -> None:
    program = shutil.which("systemctl")
    if program is None:
        raise PipelineError("systemd is not on this machine; use: claims schedule cron")
    done = subprocess.run([program, "--user", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PipelineError(f"systemctl --user {' '.join(words)}: {done.stderr.strip()}")
