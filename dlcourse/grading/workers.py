"""Who does the marking: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol

from dlcourse.grading.cores import usable_cores
from dlcourse.grading.executors import LocalPool
from dlcourse.grading.kernels.shared import adopt, start_parent
from dlcourse.grading.options import Options
from dlcourse.grading.stop import Stop


class Pool(Protocol):
    """An executor whose workers can be counted, lost and killed."""

    @property
    def width(self) -> int:
        """How many tasks can run at once."""

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Future[Any]:
        """Give a task to a worker."""

    def recover(self, stop: Stop) -> None:
        """Wait until tasks can be given again."""

    def kill(self) -> None:
        """End all work at once."""


def make_pool(options: Options, say: Callable[[str], None]) -> Pool:
    """Make workers; what kernels are forked from starts while the caller goes on.

    Args:
        options: which workers, and how long they may take.
        say: told when there is something to wait for.

    Raises:
        CourseError: if there is no such cluster.
    """
    if options.cluster:
        from dlcourse.grading.cluster import ClusterPool

        return ClusterPool(options.cluster, say)
    # Each submission has a time limit of its own; this is for a process that hangs.
    patience = 3600 + 20 * options.timeout
    workers = options.workers or usable_cores()
    sandboxed = options.sandbox == "bubblewrap"
    parent = start_parent(sandboxed)
    if parent is None:
        return LocalPool(workers, patience=patience)
    prepare = partial(adopt, sandboxed, parent.link)
    # Its half a gigabyte takes a while to be taken apart; nobody has to wait for that.
    return LocalPool(workers, prepare, parent.let_go, patience)
