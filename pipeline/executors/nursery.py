"""The process that workers are forked from: it imports and loads once what all of them share.

A worker that is forked begins at once, and the workers hold one model in memory between them. The
process itself is a fresh one with a single thread: a fork of the run's own could inherit a lock
that a thread of a numeric library holds.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler, recv_handle, send_handle
from typing import Any

PATIENCE = 120.0  # seconds; a process that takes longer to answer never will
CAN_SHARE = sys.platform != "darwin"  # macOS's own numeric library does not outlive a fork


class Nursery:
    """The run's end of it.

    Args:
        make: called in it at once, while the run goes on; workers have what came of it.
    """

    def __init__(self, make: Callable[[], object] | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        # Threads inside a worker would only stand in the other workers' way.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._forked = False
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, make if CAN_SHARE else None)
        self._process = context.Process(target=_nurse, args=arguments, daemon=True)
        self._process.start()
        theirs.close()  # else its end would be held open here, and its death not be seen

    def fork(self, work: Callable[..., None], *arguments: Any) -> tuple[int, Connection]:
        """Starts a process that does `work(pipe, *arguments)`; gives its id and our end of it.

        Raises:
            OSError, EOFError: the nursery has died, or the system has no room for a process.
        """
        ours, theirs = multiprocessing.Pipe()
        with theirs:
            self._forked = True
            self._pipe.send((_fork, work, arguments))
            send_handle(self._pipe, theirs.fileno(), self._process.pid)
            return self._answer(), ours

    def exit_code(self, pid: int) -> int | None:
        """Of a process that was forked, as soon as it has ended; None if nobody knows."""
        try:
            self._pipe.send((_exit_code, pid))
            return int(self._answer())
        except (EOFError, OSError):
            return None

    def cpu_seconds(self) -> float:
        """Spent by those of its workers that have ended."""
        if not self._forked:
            return 0.0  # it may be loading still
        try:
            self._pipe.send((_cpu_seconds,))
            return float(self._answer())
        except (EOFError, OSError):
            return 0.0  # who could know has died

    def end(self) -> None:
        self._process.kill()  # it holds nothing, and may be loading what nobody needs any more
        self._process.join()
        self._pipe.close()

    def _answer(self) -> Any:
        if not self._pipe.poll(PATIENCE):
            self._process.kill()  # a late answer would be taken for that to the next question
            raise EOFError
        answer = self._pipe.recv()
        if isinstance(answer, OSError):
            raise answer
        return answer


_NURSERIES: dict[bytes, Nursery] = {}


def nursery(make: Callable[[], object] | None = None) -> Nursery:
    """This process's nursery for workers that share what `make` makes; begins it if need be."""
    key = ForkingPickler.dumps(make).tobytes()
    if key not in _NURSERIES:
        _NURSERIES[key] = Nursery(make)
    return _NURSERIES[key]


def end_nursery(make: Callable[[], object] | None) -> None:
    """Ends it, if it has begun: the next worker needs a new one."""
    found = _NURSERIES.pop(ForkingPickler.dumps(make).tobytes(), None)
    if found:
        found.end()


@contextlib.contextmanager
def own_nurseries() -> Iterator[None]:
    """What is shared meanwhile is shared by nobody later."""
    try:
        yield
    finally:
        for one in _NURSERIES.values():
            one.end()
        _NURSERIES.clear()


def cpu_seconds() -> float:
    """Spent by this process and its workers that have ended, without what those share."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    workers = sum(one.cpu_seconds() for one in _NURSERIES.values())
    return spent.ru_utime + spent.ru_stime + workers


# ---------------------------------------------------------------- in the nursery


def _nurse(pipe: Connection, make: Callable[[], object] | None) -> None:
    """Does what it is asked for, one thing after the other, until the run ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle
    if make is not None:
        with contextlib.suppress(Exception):  # a worker that needs it meets the same, and says so
            make()
    with contextlib.suppress(EOFError, OSError):
        while True:
            act, *arguments = pipe.recv()
            act(pipe, *arguments)


def _fork(pipe: Connection, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    handle = recv_handle(pipe)
    try:
        pid = os.fork()
    except OSError as error:
        os.close(handle)
        pipe.send(error)
        return
    if pid:
        os.close(handle)  # else the run would not see that the worker died
        pipe.send(pid)
        return
    code = 1
    try:
        pipe.close()
        work(Connection(handle), *arguments)
        code = 0
    except Exception:  # noqa: BLE001 nothing of the nursery may run on in its child
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _exit_code(pipe: Connection, pid: int) -> None:
    _, status = os.waitpid(pid, 0)
    pipe.send(os.waitstatus_to_exitcode(status))


def _cpu_seconds(pipe: Connection) -> None:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    pipe.send(spent.ru_utime + spent.ru_stime)
