"""Worker processes on this machine: the death of one costs only what it was doing."""

from __future__ import annotations

import multiprocessing
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any

from dlcourse.grading.stop import Stop
from dlcourse.grading.worker import ANSWER, FAILURE, READY, serve

# Loaded once by the process from which workers are forked, in place of in each of them.
_PRELOAD = ["dlcourse.grading.ahead"]
_MOST_STILLBORN = 5
_GRACE = 1.0  # seconds


class WorkerDiedError(Exception):
    """The process that worked on a task ended before it was done."""


class WorkersLostError(Exception):
    """Nobody works on the task any more, through no fault of its own."""


class NoWorkersError(Exception):
    """Worker processes end as soon as they are started."""


@dataclass
class _Call:
    """A function to call in a worker, and where its result goes."""

    call: tuple[Callable[..., str], tuple[Any, ...]]
    future: Future[str] = field(default_factory=Future)


class LocalPool(Executor):
    """Worker processes that take a task each and answer with text.

    Unlike an ordinary ``ProcessPoolExecutor`` it goes on when a process dies, knows
    which task that cost, and takes nothing from a worker but text: whatever a worker
    sends, it cannot make this process run it.
    """

    def __init__(
        self,
        workers: int,
        prepare: Callable[[], None] | None = None,
        finish: Callable[[], None] | None = None,
        patience: float = 3600,
    ) -> None:
        """Make a pool; the first task starts its workers.

        Args:
            workers: how many processes.
            prepare: what each runs before its first task.
            finish: what this process runs when all have been killed.
            patience: seconds after which a task's process is given up.
        """
        self.width = workers
        self._prepare = prepare
        self._finish = finish
        self._patience = patience
        self._context = _context()
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._workers: set[_Worker] = set()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._keep_busy, name=f"worker-{i}", daemon=True)
            for i in range(workers)
        ]
        self._started = False

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Future[Any]:
        """Give a task to the next worker that is free.

        Args:
            fn: a function of a module, which gives text.
            *args: its arguments.
            **kwargs: not taken.

        Returns:
            A future of the text; ``WorkerDiedError`` if the process ends before.
        """
        if self._closed.is_set() or kwargs:
            raise RuntimeError("the pool is closed, or got arguments by name")
        call = _Call((fn, args))
        self._calls.put(call)
        self._start_threads()
        return call.future

    def recover(self, stop: Stop) -> None:
        """Do nothing: processes that died are replaced as they are needed."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when they have done what they were given."""
        self._closed.set()
        if cancel_futures:
            self._cancel()
        for _ in self._threads:
            self._calls.put(None)
        if wait and self._started:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End the workers now, whatever they do."""
        self._closed.set()
        self._cancel()
        with self._lock:
            for worker in self._workers:
                worker.strike()
        self.shutdown(wait=False)
        # Not for one that is only just being started: it ends as soon as it is.
        until = monotonic() + _GRACE
        for thread in self._threads if self._started else ():
            thread.join(max(0.0, until - monotonic()))
        if self._finish is not None:
            self._finish()

    def _start_threads(self) -> None:
        """Start what starts the workers, once.

        Not sooner: what a worker imports would take time from a batch's own imports,
        and both from those of the process that kernels are forked from, which all
        wait for.
        """
        with self._lock:
            if self._started or self._closed.is_set():
                return
            for thread in self._threads:
                thread.start()
            self._started = True

    def _cancel(self) -> None:
        try:
            while (call := self._calls.get_nowait()) is not None:
                call.future.cancel()
        except queue.Empty:
            pass

    def _keep_busy(self) -> None:
        """Serve one worker, and its successors: the work of one thread."""
        worker: _Worker | None = None
        try:
            worker = self._start()
            while (call := self._calls.get()) is not None:
                if not call.future.set_running_or_notify_cancel():
                    continue
                if worker is None or not worker.alive():
                    worker = self._start()
                try:
                    answer = worker.ask(call.call, self._patience)
                except (EOFError, OSError) as error:
                    self._bury(worker)
                    worker = None
                    call.future.set_exception(WorkerDiedError(str(error)))
                    if not self._closed.is_set():
                        worker = self._start()
                else:
                    _settle(call.future, answer)
        except NoWorkersError as error:
            self._refuse_all(error)
        finally:
            if worker is not None:
                self._bury(worker)

    def _start(self) -> _Worker:
        for _ in range(_MOST_STILLBORN):
            if self._closed.is_set():
                break
            try:
                worker = _Worker(self._context, self._prepare)
            except (EOFError, OSError):
                continue  # the process that forks them died meanwhile
            with self._lock:
                self._workers.add(worker)
                if self._closed.is_set():
                    worker.strike()
            try:
                worker.wait_until_ready(self._patience)
            except (EOFError, OSError):
                self._bury(worker)
            else:
                return worker
        raise NoWorkersError("grading's processes end as soon as they are started")

    def _bury(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._workers.discard(worker)

    def _refuse_all(self, error: NoWorkersError) -> None:
        while (call := self._calls.get()) is not None:
            if call.future.set_running_or_notify_cancel():
                call.future.set_exception(error)


class _Worker:
    """One process: a pipe for tasks and answers, and one whose closing ends it."""

    def __init__(
        self, context: BaseContext, prepare: Callable[[], None] | None
    ) -> None:
        self._ending = threading.Lock()
        self.pipe, theirs = context.Pipe()
        held, self.life = context.Pipe(duplex=False)
        self.process = context.Process(  # type: ignore[attr-defined]
            target=serve, args=(theirs, held, prepare), daemon=True
        )
        try:
            self.process.start()
        except BaseException:
            self.pipe.close()
            self.life.close()
            raise
        finally:
            theirs.close()
            held.close()

    def alive(self) -> bool:
        """Tell whether it runs, as far as this process knows."""
        return bool(self.process.is_alive())

    def wait_until_ready(self, patience: float) -> None:
        """Wait for its first word."""
        if self._answer(patience) != READY:
            raise EOFError("not ready")

    def ask(self, call: object, patience: float) -> bytes:
        """Give it a task and wait for the answer."""
        self.pipe.send(call)
        return self._answer(patience)

    def strike(self) -> None:
        """End it at once, and with it what it started; another thread may be asking."""
        with self._ending:
            self.life.close()
            self.process.kill()

    def end(self) -> None:
        """End it and wait for its end."""
        self.strike()
        self.process.join(10)
        self.pipe.close()

    def _answer(self, patience: float) -> bytes:
        if not self.pipe.poll(patience):
            raise EOFError(f"it did not answer within {patience:g} s")
        return self.pipe.recv_bytes()


def _settle(future: Future[str], message: bytes) -> None:
    kind, text = message[:1], message[1:].decode(errors="replace")
    if kind == ANSWER:
        future.set_result(text)
    else:
        future.set_exception(RuntimeError(text if kind == FAILURE else "no answer"))


def _context() -> BaseContext:
    """Choose how processes start: clean, without what this process has in memory."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context
