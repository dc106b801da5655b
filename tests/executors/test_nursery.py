"""What workers share is made once; whoever dies, the work goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.executors import nursery as module
from pipeline.executors.local import Processes
from pipeline.executors.nursery import cpu_seconds, nursery, own_nurseries

MADE: list[int] = []  # in a nursery: what its workers share


def make() -> None:
    MADE.append(os.getpid())


def made(_: int) -> tuple[int, list[int]]:
    return os.getppid(), MADE


def make_badly() -> None:
    raise ValueError("no such model")


def pid_of(_: int) -> int:
    return os.getpid()


def busy(_: int) -> None:
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass


@pytest.mark.skipif(not module.CAN_SHARE, reason="nothing is shared on macOS")
def test_what_workers_share_is_made_once_in_their_nursery() -> None:
    with own_nurseries():
        found = list(Processes(2, shared=make).map(made, range(6)))
        assert len({home for home, _ in found}) == 1
        assert all(shared == [home] for home, shared in found)
        assert list(Processes(1, shared=make).map(made, [1])) == found[:1]  # the same nursery
    with own_nurseries():
        assert list(Processes(1, shared=make).map(made, [1])) != found[:1]


def test_workers_do_without_what_cannot_be_made() -> None:
    with own_nurseries():
        assert list(Processes(1, shared=make_badly).map(abs, [-1, 2])) == [1, 2]


def test_what_shares_nothing_is_forked_elsewhere() -> None:
    with own_nurseries():
        ((home, _),) = Processes(1, shared=make).map(made, [1])
        ((other, shared),) = Processes(1).map(made, [1])
        assert home != other and shared == []


def test_a_nursery_that_is_killed_is_replaced() -> None:
    with own_nurseries():
        with Processes(1) as workers:
            ((home, _),) = workers.map(made, [1])
            os.kill(home, signal.SIGKILL)
            (worker,) = workers.map(pid_of, [1])  # it needs no nursery
            os.kill(worker, signal.SIGKILL)
            ((other, _),) = workers.map(made, [1])
        assert home != other


def test_the_time_of_workers_is_told_while_the_nursery_lives() -> None:
    with own_nurseries():
        before = cpu_seconds()
        list(Processes(2).map(busy, range(4)))
        assert cpu_seconds() - before > 1.1


def test_a_nursery_runs_one_thread_whatever_is_loaded_in_it(blank: str) -> None:
    from pipeline.nlp.analyse import language

    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("the system does not list threads")
    with own_nurseries():
        load = partial(language, blank, "", "")
        nursery(load)
        (threads,) = Processes(1, shared=load).map(threads_of_parent, [1])
    assert threads == 1


def threads_of_parent(_: int) -> int:
    return len(list(Path(f"/proc/{os.getppid()}/task").iterdir()))


SCRIPT = """
import os
from pipeline.executors.local import Processes
from test_nursery import made, stay
if __name__ == "__main__":
    with Processes(2) as workers:
        print(os.getpid(), *{home for home, _ in workers.map(made, range(4))}, flush=True)
        for pid in workers.map(stay, range(2)):
            pass
"""


def stay(_: int) -> None:
    time.sleep(5)


def test_no_nursery_outlives_a_run_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path.cwd())])
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(
        [sys.executable, tmp_path / "script.py"], stdout=subprocess.PIPE, text=True, env=environment
    ) as run:
        assert run.stdout is not None
        everybody = [int(word) for word in run.stdout.readline().split()]
        run.kill()
    _, home = everybody
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and is_there(home):
        time.sleep(0.1)
    assert not is_there(home)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.is_file() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
