"""A batch at work: submissions out to the workers, results back to be recorded."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from dlcourse.errors import CourseError
from dlcourse.grading.executors import (
    NoWorkersError,
    WorkerDiedError,
    WorkersLostError,
)
from dlcourse.grading.job import Doubts, Job, JobMaker
from dlcourse.grading.registrar import Registrar
from dlcourse.grading.result import Result
from dlcourse.grading.state import State
from dlcourse.grading.stop import Stop
from dlcourse.grading.task import decode_marked
from dlcourse.grading.worker import mark_task
from dlcourse.grading.workers import Pool

AHEAD = 2  # tasks for each worker: one that it does, one that waits behind it
MOST_DEATHS = 2  # of worker processes, before a submission is given up


@dataclass
class Batch:
    """A course of submissions through the workers.

    At most twice as many submissions as there are workers are in memory at a time.

    Attributes:
        registrar: looks at submissions and records what came of them.
        maker: makes tasks of them.
        pool: marks them.
        stop: heard wherever nothing is half done.
        force: whether to grade again what was graded before.
    """

    registrar: Registrar
    maker: JobMaker
    pool: Pool
    stop: Stop
    force: bool = False
    _flying: dict[Future[str], Job] = field(default_factory=dict)
    _doubts: dict[str, Doubts] = field(default_factory=lambda: defaultdict(Doubts))
    _again: list[str] = field(default_factory=list)

    def run(self, students: Sequence[str]) -> Generator[Result, None, None]:
        """Mark submissions; a result comes as soon as it is recorded.

        Args:
            students: whose.

        Raises:
            CourseError: if gradebook, workers or cluster are lost for good.
            KeyboardInterrupt: if somebody asked to stop, after everything that was
                finished by then.
        """
        try:
            yield from self._run(deque(students), alone=False)
            # What died is tried again with the machine's memory to itself.
            yield from self._run(deque(self._again), alone=True)
        except KeyboardInterrupt:
            for future in [one for one in self._flying if _answered(one)]:
                if result := self._finish(future, alone=False):
                    yield result
            raise

    def _run(self, waiting: deque[str], alone: bool) -> Iterator[Result]:
        while waiting or self._flying:
            most = 1 if alone else AHEAD * self.pool.width
            room = len(self._flying) < most
            if waiting and room and not any(one.done() for one in self._flying):
                self.stop.check()
                if result := self._begin(waiting.popleft()):
                    yield result
                continue
            lost = False
            for future in self.stop.wait(self._flying):
                if isinstance(future.exception(), WorkersLostError):
                    waiting.appendleft(self._flying.pop(future).student)
                    lost = True
                elif result := self._finish(future, alone):
                    yield result
            if lost:
                self.pool.recover(self.stop)

    def _begin(self, student: str) -> Result | None:
        """Give a submission to the workers, or tell why it does not need them."""
        state: State | None = None
        try:
            found, state = self.registrar.look(student)
            if state.nothing_new and not self.force:
                return self.registrar.unchanged(student, state)
            self._submit(self.maker.make(student, found, state))
        except CourseError:
            raise
        except Exception as error:
            return self.registrar.fail(student, state, error)
        return None

    def _submit(self, job: Job) -> None:
        self._flying[self.pool.submit(mark_task, job.text)] = job

    def _finish(self, future: Future[str], alone: bool) -> Result | None:
        """Record what a worker made of a submission, or let it run again."""
        job = self._flying.pop(future)
        try:
            marked = decode_marked(future.result())
            if not self._doubts[job.student].settle(marked):
                self._repeat(job, alone)
                return None
            if marked.error:
                return self.registrar.fail(job.student, job.state, marked.error)
            return self.registrar.record(job, marked)
        except WorkerDiedError as error:
            self._doubts[job.student].deaths += 1
            if self._doubts[job.student].deaths < MOST_DEATHS:
                self._repeat(job, alone)
                return None
            cause = f"the process that graded it died twice: {error}"
            return self.registrar.fail(job.student, job.state, cause)
        except NoWorkersError as error:
            raise CourseError(
                f"Nothing can be graded, because {error}; run `python -c 'import "
                "dlcourse.grading.mark'` to see why."
            ) from error
        except CourseError:
            raise
        except Exception as error:
            # Nobody foresaw this one; the others still get their marks.
            return self.registrar.fail(job.student, job.state, error)

    def _repeat(self, job: Job, alone: bool) -> None:
        """Let a submission run again: at once if it is alone, else after the others."""
        if alone:
            self._submit(job)
        else:
            self._again.append(job.student)


def _answered(future: Future[str]) -> bool:
    return future.done() and future.exception() is None
