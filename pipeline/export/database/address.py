"""A database's address (an SQLAlchemy URL): the engine it leads to, its words without secrets."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError

if TYPE_CHECKING:  # an extra: many have no need of a database
    from sqlalchemy import URL, Engine

EXTRA = "install the extra: pip install 'claims-pipeline[database]'"
EXAMPLE = "postgresql://user@server/database or sqlite:///file.db"
SECONDS = 15  # to wait for a server that does not answer, and for another writer of SQLite


def parse(address: str) -> URL:
    """The address in its parts, with the driver that is used.

    Raises:
        ConfigError: it is none, or of no database that can be written; never with its password.
    """
    if find_spec("sqlalchemy") is None:
        raise ConfigError(f"--to needs SQLAlchemy; {EXTRA}")
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        # Python would show the cause, which may hold the password.
        raise ConfigError(f"--to: not a database's address; write it as {EXAMPLE}") from None
    if "@" in (url.host or ""):
        raise ConfigError(
            "--to: there is more than one @; write the @ of a password as %40, or better leave the"
            " password to PGPASSWORD or ~/.pgpass"
        )
    if url.get_backend_name() == "postgresql":
        if url.drivername not in ("postgresql", "postgresql+psycopg"):
            raise ConfigError(f"--to: {url.drivername} is no driver that is used here; {EXAMPLE}")
        if find_spec("psycopg") is None:
            raise ConfigError(f"--to needs psycopg, the driver of PostgreSQL; {EXTRA}")
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ConfigError("--to: sqlite needs a file, such as sqlite:///tables.db")
        return url.set(drivername="sqlite")
    raise ConfigError(f"--to: {url.get_backend_name()} is no database that is written; {EXAMPLE}")


def shown(url: URL) -> str:
    """The address without password and options, to print."""
    from sqlalchemy import URL

    kind = url.get_backend_name()
    bare = URL.create(kind, url.username, None, url.host, url.port, url.database)
    return bare.render_as_string()


def engine_of(url: URL) -> Engine:
    """An engine that keeps no connection when it is done; nothing connects yet.

    What the address leaves open (password, user, server, ...) PostgreSQL's own client takes from
    PGPASSWORD and its like, ~/.pgpass and the service file.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    if url.get_backend_name() == "postgresql":
        given: dict[str, Any] = {"client_encoding": "utf8"}
        if "connect_timeout" not in url.query:
            given["connect_timeout"] = SECONDS
        return create_engine(url, poolclass=NullPool, connect_args=given)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": SECONDS})

    @event.listens_for(engine, "connect")
    def plain(connection: Any, record: object) -> None:
        """Leave transactions to us: Python's sqlite3 would begin them too late for tables."""
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
