"""A PostgreSQL server of the tests' own, started and ended by them."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "s3cret:with@odd/signs"


@dataclass(frozen=True)
class Server:
    """Where it listens: a socket in `folder`, and 127.0.0.1 where it asks for the password."""

    folder: Path
    port: int
    user: str
    password: str

    def url(self, database: str) -> str:
        return f"postgresql://{self.user}@/{database}?host={self.folder}&port={self.port}"

    def over_tcp(self, database: str, password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{self.user}{secret}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    anywhere = shutil.which("initdb")
    return found[-1].parent if found else Path(anywhere).parent if anywhere else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql): no server to write to")
    as_user: list[str] = []
    owner = pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:  # initdb refuses to work as root
        owner = "postgres" if "postgres" in (user.pw_name for user in pwd.getpwall()) else "nobody"
        if shutil.which("runuser") is None:
            pytest.skip("runuser is missing: PostgreSQL cannot be started by root")
        as_user = ["runuser", "-u", owner, "--"]
    # In the system's own folder: that of a test may be closed to others, its name too long.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    (folder / "password").write_text(PASSWORD)
    if as_user:
        shutil.chown(folder, owner)
        shutil.chown(folder / "password", owner)
    data, port = folder / "data", free_port()

    def call(*command: str) -> None:
        done = subprocess.run(
            [*as_user, *command], cwd=folder, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr

    try:
        call(
            *(str(programs / "initdb"), "-D", str(data), "-U", "analyst", "-E", "UTF8"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync", "--locale=C"),
            *("--pwfile", str(folder / "password")),
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(folder / "log")
        call(str(programs / "pg_ctl"), "-D", str(data), "-l", log, "-w", "-o", options, "start")
        try:
            yield Server(folder, port, "analyst", PASSWORD)
        finally:
            call(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def database(server: Server) -> str:
    """The address of a new, empty database."""
    import psycopg

    name = f"t{secrets.token_hex(6)}"
    where = {"host": str(server.folder), "port": server.port, "user": server.user}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.url(name)
