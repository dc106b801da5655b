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
from functools import partial
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
        lines = (
            f"Kenya paid ${number} million to group {line} on {number + 1} May 2021, it said."
            for line in range(3 * 3 ** (number % 5))
        )
        (folder / f"{number}.txt").write_text("\n\n".join(lines), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def request(corpus: Path, out: Path, model: str) -> Request:
    settings = Settings(model=model, workers=2, state=str(out.parent / f"state-of-{out.name}"))
    return Request((corpus,), out, settings)


def run_on_ray(asked: Request, count: int, address: str = "") -> None:
    shards = make_shards(asked, count, RayTasks(address, workers=2))
    asked = Request(asked.corpus, asked.out, asked.settings, shards=tuple(shards))
    do_stages(asked, ("merge", "export"))


def test_rays_answer_is_that_of_one_run(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    do_stages(request(corpus, tmp_path / "here", blank))
    run_on_ray(request(corpus, tmp_path / "ray", blank), 3)
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")


@contextmanager
def in_background(work: Callable[[list[int]], None]) -> Iterator[list[int]]:
    """Does something in a thread, which may fill the list."""
    made: list[int] = []
    thread = threading.Thread(target=work, args=(made,))
    thread.start()
    yield made
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


def once_a_shard_has_begun(memory: Path, damage: Callable[[int], None], done: list[int]) -> None:
    """Does a damage once, and notes the process of a shard that it was given."""
    end = time.monotonic() + 120
    while not done and time.monotonic() < end:
        if memory.is_dir():
            for number in processes_of(f"ray::{process_part.__name__}")[:1]:
                damage(number)
                done.append(number)
        time.sleep(0.01)


def kill(number: int) -> None:
    os.kill(number, signal.SIGKILL)


def test_a_killed_worker_changes_nothing(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    do_stages(request(corpus, tmp_path / "here", blank))
    with in_background(partial(once_a_shard_has_begun, tmp_path / "state-of-ray", kill)) as killed:
        run_on_ray(request(corpus, tmp_path / "ray", blank), 2)
    assert killed
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")


def test_a_lost_machine_of_a_cluster_changes_nothing(
    corpus: Path, tmp_path: Path, blank: str, tables: Tables
) -> None:
    """The cluster is given by its address; its head offers no processor."""
    from ray.cluster_utils import Cluster

    do_stages(request(corpus, tmp_path / "here", blank))
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    machines = [cluster.add_node(num_cpus=1) for _ in range(2)]

    def lose(number: int) -> None:
        cluster.remove_node(machines[0], allow_graceful=False)

    try:
        begun = partial(once_a_shard_has_begun, tmp_path / "state-of-ray", lose)
        with in_background(begun) as lost:
            run_on_ray(request(corpus, tmp_path / "ray", blank), 2, cluster.address)
    finally:
        cluster.shutdown()
    assert lost
    assert tables(tmp_path / "ray") == tables(tmp_path / "here")


def test_a_shard_that_is_lost_for_good_is_named(tmp_path: Path, blank: str) -> None:
    class AllLost:
        def map(self, function: object, tasks: list[object]) -> Iterator[Lost]:
            return iter([Lost("crashed", "its process was lost") for _ in tasks])

    with pytest.raises(PipelineError, match=r"shard-00001-of-00001\.parquet: its process was lost"):
        make_shards(request(tmp_path, tmp_path / "out", blank), 1, AllLost())  # type: ignore[arg-type]
