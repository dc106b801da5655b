"""Tasks of Ray Core, on a cluster by its address or on one that is started here.

Ray runs a task again when its process or its machine is lost. Needs the extra `[ray]`.
"""

from __future__ import annotations

import re
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import ConfigError
from pipeline.executors.base import Lost

Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 4  # times that a task begins before it is Lost
AHEAD = 2  # tasks per processor that are submitted before an earlier one is done
PATIENCE = 10.0  # seconds that the machine of a cluster has to answer
ADDRESS = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>[0-9]{1,5})")


class RayTasks:
    """Does each task in a process of a Ray cluster, on one processor.

    Args:
        address: of a cluster, such as "auto" or "ray://head:10001"; "" starts one here.
        workers: processors of a cluster that is started here; 0 for all there are.
    """

    def __init__(self, address: str = "", workers: int = 0) -> None:
        self.address = address
        self.workers = workers

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Result | Lost]:
        """Results in the order of the tasks. What the function raises is raised here."""
        ray = self._begin()
        try:
            remote = ray.remote(num_cpus=1, max_retries=TRIES - 1)(function)
            room = max(1, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
            rest = iter(tasks)
            waiting = deque(remote.remote(task) for task in islice(rest, room))
            while waiting:
                yield self._result(ray, waiting.popleft())
                waiting.extend(remote.remote(task) for task in islice(rest, 1))
        finally:
            ray.shutdown()

    def _begin(self) -> Any:
        try:
            import ray
        except ImportError as error:
            raise ConfigError("--executor ray needs: pip install 'claims-pipeline[ray]'") from error
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": "warning"}
        if self.address:
            check_reachable(self.address)
            options["address"] = self.address
        else:
            options |= {"address": "local", "include_dashboard": False}
            options |= {"num_cpus": self.workers} if self.workers else {}
        try:
            ray.init(**options)
        except (ConnectionError, ImportError, RuntimeError, ValueError) as error:
            raise no_cluster(self.address or "this machine", error) from error
        return ray

    @staticmethod
    def _result(ray: Any, reference: Any) -> Any:
        try:
            return ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except ray.exceptions.RayError as error:
            return Lost("crashed", f"its process was lost, {TRIES} times ({type(error).__name__})")


def check_reachable(address: str) -> None:
    """Ray itself goes on for eight minutes where nobody listens.

    Args:
        address: with a host and a port; others, such as "auto", are left to Ray.

    Raises:
        ConfigError: nobody listens there.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        return
    try:
        place = (found["host"].strip("[]"), int(found["port"]))
        socket.create_connection(place, PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise no_cluster(address, error) from error


def no_cluster(where: str, error: Exception) -> ConfigError:
    return ConfigError(f"no Ray cluster at {where}: {error}")
