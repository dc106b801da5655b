"""Ray's answer is that of one run here, also when its processes are killed. Apart from `make test`.

Run by `make test-ray` and .ci/ray; without Ray installed there is nothing to test.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.config import Settings
from pipeline.distribute import make_shards, process_part
from pipeline.errors import ConfigError, PipelineError
from pipeline.executors.base import Lost
from pipeline.executors.ray_tasks import TRIES, RayTasks
from pipeline.run import Request
from pipeline.session import do_stages

ray = pytest.importorskip("ray")

Tables = Callable[[Path], dict[str, str]]

# Ray itself leaves sockets and files to the garbage collector, and has warnings of its own.
pytestmark = pytest.mark.filterwarnings("default")


def square(number: int) -> int:
    return number * number


def die_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die(mark: str) -> str:
    if mark == "sound":
        return mark
    with Path(mark).open("a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def refuse(words: str) -> str:
    raise ConfigError(words)


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert list(RayTasks(workers=2).map(square, range(12))) == [n * n for n in range(12)]


def test_a_lost_process_is_made_good_and_a_deadly_task_costs_itself(tmp_path: Path) -> None:
    executor = RayTasks(workers=2)
    assert list(executor.map(die_once, [str(tmp_path / "mark")])) == ["alive"]
    deaths = tmp_path / "deaths"
    lost, sound = executor.map(die, [str(deaths), "sound"])
    assert isinstance(lost, Lost)
    assert lost.reason == "crashed"
    assert sound == "sound"
    assert len(deaths.read_text()) == TRIES


def test_what_a_task_raises_is_raised_here() -> None:
    with pytest.raises(ConfigError, match="no such model"):
        list(RayTasks(workers=1).map(refuse, ["no such model"]))


def test_a_wrong_address_is_told() -> None:
    with pytest.raises(ConfigError, match=r"no Ray cluster at 127\.0\.0\.1:1"):
        list(RayTasks("127.0.0.1:1").map(square, [1]))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Files of very different sizes, so that the shards are uneven; one is bad."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(8):
        line = f"Kenya paid ${number} million to group {number} on {number + 1} May 2021.\n\n"
        (folder / f"{number}.txt").write_text(line * 4 ** (number % 5), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def request(corpus: Path, out: Path, model: str) -> Request:
    settings = Settings(model=model, workers=2, state=str(out.parent / f"state-of-{out.name}"))
    return Request((corpus,), out, settings)


def run_on_ray(asked: Request, count: int) -> None:
    shards = make_shards(asked, count, RayTasks(workers=2))
    asked = Request(asked.corpus, asked.out, asked.settings, shards=tuple(shards))
    do_stages(asked, ("merge", "export"))


def test_rays_answer_is_that_of_one_run(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    do_stages(request(corpus, tmp_path / "here", blank))
    run_on_ray(request(corpus, tmp_path / "ray", blank), 3)
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")


@contextmanager
def in_background(work: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=work)
    thread.start()
    yield
    thread.join()


def processes_of(words: str) -> list[int]:
    """Running processes that name themselves so: Ray shows the task's function there."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and words in (folder / "cmdline").read_text("utf-8"):
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


def test_a_killed_worker_changes_nothing(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    do_stages(request(corpus, tmp_path / "here", blank))
    killed: list[int] = []

    def kill_one() -> None:
        end = time.monotonic() + 120
        while not killed and time.monotonic() < end:
            if (tmp_path / "state-of-ray").is_dir():  # a shard has begun
                for number in processes_of(f"ray::{process_part.__name__}")[:1]:
                    os.kill(number, signal.SIGKILL)
                    killed.append(number)
            time.sleep(0.01)

    with in_background(kill_one):
        run_on_ray(request(corpus, tmp_path / "ray", blank), 2)
    assert killed
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")


def test_a_shard_that_is_lost_for_good_is_named(tmp_path: Path, blank: str) -> None:
    class AllLost:
        def map(self, function: object, tasks: list[object]) -> Iterator[Lost]:
            return iter([Lost("crashed", "its process was lost") for _ in tasks])

    with pytest.raises(PipelineError, match=r"shard-00001-of-00001\.parquet: its process was lost"):
        make_shards(request(tmp_path, tmp_path / "out", blank), 1, AllLost())  # type: ignore[arg-type]
