"""Workers on a dask.distributed cluster: of this machine, or of many."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from dlcourse.errors import CourseError
from dlcourse.grading.executors import WorkerDiedError, WorkersLostError
from dlcourse.grading.stop import Stop

if TYPE_CHECKING:
    from distributed import Client

_LOCAL = re.compile(r"local:([1-9]\d*)")
_SETTINGS = {
    # A submission with pictures is large for a task, but it has to travel.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": "10s",
}
# Results are text: nothing that a worker sends as a result is ever unpickled here.
_TEXT_ONLY = ["msgpack", "error"]
PATIENCE = 300.0  # seconds to wait for a scheduler that went away
_LOOK_AGAIN = 5.0  # seconds between looks at the number of workers


class ClusterPool(Executor):
    """The workers of a cluster, one task for each thread that they offer."""

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        """Connect to a cluster, or start one.

        Args:
            address: of a scheduler, or ``local:N`` for N processes here.
            say: told when there is something to wait for.

        Raises:
            CourseError: if there is no cluster.
        """
        self.address = address
        self._say = say
        self._stack = ExitStack()
        self._counted = (-_LOOK_AGAIN, 1)
        try:
            self.client: Client = self._stack.enter_context(self._connect())
        except BaseException:
            self._stack.close()
            raise
        if not self._threads():
            say(f"no worker has joined {address} yet: waiting for one")

    @property
    def width(self) -> int:
        """How many tasks can run at once, by the latest count."""
        when, count = self._counted
        if monotonic() - when > _LOOK_AGAIN and self.client.status == "running":
            with suppress(OSError, TimeoutError):
                count = max(1, sum(self._threads().values()))
            self._counted = (monotonic(), count)
        return count

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Future[Any]:
        """Give a task to the cluster.

        Returns:
            A future; ``WorkerDiedError`` if several workers died of the task,
            ``WorkersLostError`` if the scheduler went away.
        """
        result: Future[Any] = Future()
        result.set_running_or_notify_cancel()
        there: Any = self.client.submit(fn, *args, pure=False, **kwargs)
        there.add_done_callback(lambda done: _settle(result, done))
        return result

    def recover(self, stop: Stop) -> None:
        """Wait until the scheduler is back.

        Raises:
            CourseError: if it stays away.
            KeyboardInterrupt: if somebody asked to stop.
        """
        if self.client.status == "running":
            return
        self._say(
            f"lost the scheduler at {self.address}: waiting until it is back, then "
            "going on"
        )
        until = monotonic() + PATIENCE
        while self.client.status != "running":
            if monotonic() > until:
                raise CourseError(
                    f"The scheduler at {self.address} has been away for "
                    f"{PATIENCE:g} s; start it and its workers again, then run "
                    "the same command: what was graded stays."
                )
            stop.sleep(0.2)
            if self.client.status == "closed":
                # The client gave up waiting.
                with suppress(CourseError):
                    self.client = self._stack.enter_context(
                        self._client(self.address, patience=3)
                    )

    def kill(self) -> None:
        """Drop what is still to do and leave; a cluster of one's own is ended."""
        self._stack.close()

    def _threads(self) -> dict[str, int]:
        return dict(self.client.nthreads())  # type: ignore[no-untyped-call]

    def _connect(self) -> Client:
        try:
            import dask
            from distributed import LocalCluster
        except ModuleNotFoundError as error:
            raise CourseError(
                f"--cluster needs the package {error.name}; install it by `pip install "
                "'dlcourse[cluster]'`."
            ) from error
        self._stack.enter_context(dask.config.set(_SETTINGS))
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        local = _LOCAL.fullmatch(self.address)
        if local is None:
            return self._client(self.address)
        cluster = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=int(local[1]),
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            # Others on this machine can reach its ports: only who holds the key may
            # give it tasks.
            security=True,
            silence_logs=logging.CRITICAL,
        )
        return self._client(self._stack.enter_context(cluster))

    def _client(self, where: Any, patience: int = 10) -> Client:
        from distributed import Client

        try:
            return Client(  # type: ignore[no-untyped-call]
                where, timeout=patience, deserializers=_TEXT_ONLY
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"No scheduler of dask answers at {self.address}; start one with `dask "
                "scheduler`, and give its address, such as tcp://10.0.0.5:8786, or "
                "local:4."
            ) from error


def _settle(result: Future[Any], done: Any) -> None:
    """Pass on what became of a task; what is no text cannot even be received."""
    from distributed import KilledWorker

    try:
        result.set_result(done.result())
    except KilledWorker:
        result.set_exception(WorkerDiedError("workers died of it"))
    except (CancelledError, OSError):
        result.set_exception(WorkersLostError())
    except Exception as error:
        result.set_exception(error)
