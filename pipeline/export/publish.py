"""Puts a whole set of output files in the place of the last one, at once or not at all.

Each set lies in a folder of its own, `.versions/<hash of its content>`. `.current` is a symbolic
link to the newest one, and `claims.csv` is a link to `.current/claims.csv`: renaming the one link
`.current` changes every file at the same moment, also for a reader in between and after a power
cut. (Kubernetes updates mounted configuration in this way.)

Files of other names in the output folder are never touched. A workbook or table that somebody
has saved changes in is kept beside the new one as `claims.edited-<hash>.xlsx`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ConfigError, PipelineError

CURRENT = ".current"
VERSIONS = ".versions"
STAGING = "next"
#: Files that people work in.
EDITABLE = ("claims.xlsx", "claims.csv")

MANY = 200  # files that are too many to wait for one by one

_BLOCK = 1 << 20
#: What file systems without symbolic links say.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


@contextmanager
def new_version(out: Path) -> Iterator[Path]:
    """An empty folder to write to; left without an error, it becomes what `out` shows.

    Raises:
        ConfigError: `out` cannot be written to.
        PipelineError: the disk is full or fails; `out` shows what it showed before.
    """
    staging = out / VERSIONS / STAGING
    try:
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)  # of a run that was killed
        staging.mkdir(parents=True)
    except OSError as error:
        raise ConfigError(
            f"{out}: cannot write there ({error.strerror}); "
            "choose another folder with --out, or make this one writable"
        ) from error
    try:
        yield staging
        publish(out, staging)
    except (OSError, sqlite3.OperationalError) as error:
        problem = getattr(error, "strerror", None) or error
        raise PipelineError(
            f"{out}: {problem}; the outputs are as they were before. "
            "Make room or mend the disk, then run again"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(out: Path, staging: Path) -> None:
    """Make the files of `staging` the current ones."""
    keep_edits(out)
    flush(staging)
    version = settle(staging)
    names = sorted(path.name for path in version.iterdir())
    try:
        link(out / CURRENT, f"{VERSIONS}/{version.name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        replace_each(out, version)
        shutil.rmtree(out / VERSIONS)
        return
    for name in names:
        show(out / name)
    for path in out.iterdir():
        if is_ours(path) and path.name not in names:
            path.unlink()
    sync(out)
    for path in version.parent.iterdir():
        if path != version:
            shutil.rmtree(path)


def settle(staging: Path) -> Path:
    """Rename the folder after its content. If an older one of that content is there, it stays."""
    name = content_hash(staging)
    for version in (staging.with_name(name), staging.with_name(f"{name}-2")):
        if not version.exists():
            staging.rename(version)
            sync(version.parent)
            return version
        if content_hash(version) == name:  # else somebody edited a file in it
            return version
    shutil.rmtree(version)
    return settle(staging)


def show(path: Path) -> None:
    """Let `path` be a link to the file of its name in the current version."""
    if is_ours(path):
        return
    if path.exists() or path.is_symlink():
        path.rename(free_name(path))  # something that we did not make, or no longer recognise
    link(path, f"{CURRENT}/{path.name}")


def is_ours(path: Path) -> bool:
    return path.is_symlink() and str(path.readlink()) == f"{CURRENT}/{path.name}"


def link(path: Path, target: str) -> None:
    """Make or change a symbolic link in one step."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(path)
    sync(path.parent)


def replace_each(out: Path, version: Path) -> None:
    """Where the file system has no links: one file after the other."""
    for path in sorted(version.iterdir()):
        target = out / path.name
        if target.is_dir():
            shutil.rmtree(target)
        path.replace(target)
    sync(out)


def is_intact(out: Path) -> bool:
    """Are all files of the last version there, as they were written?"""
    from pipeline.export.datapackage import hashes

    written = hashes(out)
    return bool(written) and all(
        (out / name).is_file() and file_hash(out / name) == digest
        for name, digest in written.items()
    )


def marks(out: Path) -> str:
    """What the file system says of the last version's files; it changes when one of them does.

    Far quicker than `is_intact` where there are many; "" if a file, or all, is not there.
    """
    from pipeline.export.datapackage import hashes

    digest, names = hashlib.sha256(), sorted(hashes(out))
    try:
        for name in names:
            found = (out / name).stat()
            times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
            digest.update(f"{name}\0{found.st_size} {found.st_ino} {times}\n".encode())
    except OSError:
        return ""
    return digest.hexdigest() if names else ""


def keep_edits(out: Path) -> None:
    """Keep a copy of each file that people work in, if it is no longer as it was written."""
    from pipeline.export.datapackage import hashes

    written = hashes(out)
    for name in EDITABLE:
        path = out / name
        if path.is_file() and file_hash(path) != written.get(name):
            digest = file_hash(path)[:8]
            copy = path.with_name(f"{path.stem}.edited-{digest}{path.suffix}")
            if not copy.exists():
                shutil.copyfile(path, copy)
                flush_file(copy)


def free_name(path: Path) -> Path:
    """A name beside `path` that nothing has yet."""
    number = 1
    while True:
        other = path.with_name(f"{path.stem}.kept-{number}{path.suffix}")
        if not other.exists() and not other.is_symlink():
            return other
        number += 1


def content_hash(folder: Path) -> str:
    """16 hexadecimal digits for the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0{file_hash(path)}\n".encode())
    return digest.hexdigest()[:16]


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def flush(folder: Path) -> None:
    """See that every file and folder below is on the disk, not only in memory."""
    paths = list(folder.rglob("*"))
    if len(paths) > MANY and hasattr(os, "sync"):
        os.sync()  # one wait for all of them
        return
    for path in paths:
        if path.is_dir():
            sync(path)
        else:
            flush_file(path)
    sync(folder)


def flush_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
