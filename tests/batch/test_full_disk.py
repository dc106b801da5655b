"""A disk that is full, wherever the run is: the last tables stay, and room is all it takes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SIZE = 6000  # KiB


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk: the full disk is not tested")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Takes all room but some KiB."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                taken = file.tell()
        except OSError:
            taken = file.tell()
    with ballast.open("r+b") as file:
        file.truncate(max(0, taken - leave * 1024))
    return ballast


@pytest.mark.parametrize("which", ["out", "state"])
def test_a_full_disk(
    place: Any, story: Any, claims: Any, pure: Any, small_disk: Path, which: str
) -> None:
    words = place.words("run")
    words[words.index(f"--{which}") + 1] = str(small_disk / which)
    out = Path(words[words.index("--out") + 1])
    for n in range(4):
        (place.corpus / f"a{n}.txt").write_text(story(n))
    assert claims(words).status == 0
    before = pure(out)
    for n in range(20, 28):
        (place.corpus / f"b{n}.txt").write_text(story(n) * 20)
    failures = 0
    for leave in (0, 60, 400):
        ballast = fill(small_disk, leave)
        done = claims(words)
        ballast.unlink()
        if done.status == 0:
            break
        failures += 1
        assert done.status == 1, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        assert "full" in done.stderr or "No space left" in done.stderr
        assert pure(out) == before
    assert failures
    assert claims(words).status == 0
    after = pure(out)
    again = [*place.words("run")]
    again[again.index("--out") + 1] = str(place.folder / "fresh")
    again[again.index("--state") + 1] = str(place.folder / "fresh-state")
    assert claims(again).status == 0
    assert pure(place.folder / "fresh") == after
