"""A disk that fills up at any point of the export leaves the last outputs as they were."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.export import write_all
from pipeline.export.additions import addition
from pipeline.records import DocumentResult

Build = Callable[..., DocumentResult]
SIZE = 4096  # KiB


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is soon full."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "tmpfs", str(tmp_path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk: the full disk is not tested")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def seen(out: Path) -> dict[str, bytes]:
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files if ".versions" not in path.parts}


# xlsxwriter leaves its temporary files to the garbage collector when it fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("free", [0, 200, 300, 380])
def test_a_full_disk(make_result: Build, small_disk: Path, free: int) -> None:
    """`free` KiB are left for the second export, which needs more or a little less."""
    out = small_disk / "out"
    write_all([addition([make_result("a.txt")])], out)
    before = seen(out)
    used = sum(path.stat().st_blocks // 2 for path in out.rglob("*") if not path.is_symlink())
    (small_disk / "ballast").write_bytes(b"x" * 1024 * max(0, SIZE - used - free - 40))
    try:
        write_all([addition([make_result("b.txt")])], out)
    except PipelineError as error:
        assert "No space left" in str(error) or "disk is full" in str(error)
        assert seen(out) == before
    else:
        assert seen(out) != before
    gc.collect()
    (small_disk / "ballast").unlink()
    write_all([addition([make_result("b.txt")])], out)
    write_all([addition([make_result("b.txt")])], small_disk / "fresh")
    strip = len(str(out))
    fresh = {
        path[len(str(small_disk / "fresh")) :]: raw
        for path, raw in seen(small_disk / "fresh").items()
    }
    assert {path[strip:]: raw for path, raw in seen(out).items()} == fresh
