"""How to grade: what the command line may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dlcourse.errors import CourseError

SANDBOXES = ("bubblewrap", "none")


@dataclass(frozen=True)
class Options:
    """What an instructor asks for.

    Attributes:
        students: only these; all if empty.
        timeout: seconds that one cell may run.
        force: grade again what was graded before.
        workers: processes on this machine; as many as there are cores if 0.
        cluster: address of a dask scheduler, or ``local:N``; none if empty.
        sandbox: ``bubblewrap`` or ``none``.
    """

    students: Sequence[str] = ()
    timeout: int = 60
    force: bool = False
    workers: int = 0
    cluster: str = ""
    sandbox: str = SANDBOXES[0]

    def check(self) -> None:
        """Refuse what cannot be done here.

        Raises:
            CourseError: with one sentence that says what to ask for.
        """
        if self.sandbox not in SANDBOXES:
            raise CourseError(
                f"There is no sandbox {self.sandbox!r}; choose bubblewrap or none."
            )
        if self.cluster and self.workers:
            raise CourseError(
                "--workers and --cluster do not go together; a cluster has its own "
                "workers: leave --workers out."
            )

    def check_sandbox(self) -> None:
        """Refuse where there can be no sandbox, unless it was asked for none.

        Raises:
            CourseError: with one sentence that says what to do.
        """
        # Each machine of a cluster looks for itself.
        if self.sandbox == "bubblewrap" and not self.cluster:
            from dlcourse.grading.sandbox.check import problem

            if said := problem():
                raise CourseError(said)
