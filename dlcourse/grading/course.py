"""A course as the batch sees it: where submissions are, and where graded ones go."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.errors import CourseError
from dlcourse.grading.address import HidingFormatter, Secret
from dlcourse.grading.collect import read_provided
from dlcourse.grading.result import printable


@dataclass(frozen=True)
class Course:
    """What ``nbgrader_config.py`` says of one assignment.

    Attributes:
        root: the course's root folder.
        name: the assignment.
        config: all of nbgrader's settings.
        directory: nbgrader's idea of the course's folders.
        db_url: where the gradebook is.
    """

    root: Path
    name: str
    config: Config
    directory: CourseDirectory

    @property
    def db_url(self) -> str:
        """Where the gradebook is."""
        return str(self.directory.db_url)

    @property
    def ignored(self) -> Sequence[str]:
        """Patterns of file names that are no part of a submission."""
        return [str(one) for one in self.directory.ignore]

    @property
    def log(self) -> str:
        """Where the log of this assignment is, from the root."""
        return f"class/logs/{self.name}.log"

    def submitted(self, student: str) -> Path:
        """Where a student's submission is."""
        return self._path(self.directory.submitted_directory, student)

    def graded(self, student: str) -> Path:
        """Where a student's graded notebooks go."""
        return self._path(self.directory.autograded_directory, student)

    def choose(self, wanted: Sequence[str]) -> list[str]:
        """List the students who handed in, or those of them that are wanted.

        Raises:
            CourseError: if there are none, or one that is wanted did not hand in.
        """
        where = self.directory.submitted_directory
        excluded = set(self.directory.student_id_exclude.split(","))
        found = sorted(
            folder.parent.name
            for folder in Path(self.root, where).glob(f"*/{self.name}")
            if not folder.parent.name.startswith(".")
            and folder.parent.name not in excluded
        )
        unknown = sorted(set(wanted) - set(found))
        if unknown:
            known = printable(", ".join(found)) or "none"
            raise CourseError(
                f"{where} holds no {self.name} of {', '.join(unknown)}; students who "
                f"handed it in: {known}."
            )
        if not found:
            raise CourseError(
                f"{where} holds no submission of {self.name}; run `nbgrader collect "
                f"{self.name}` or `dlcourse collect {self.name} FILE.zip` first."
            )
        return [student for student in found if not wanted or student in wanted]

    def provided(self) -> Mapping[str, bytes]:
        """Read the assignment's own files, which win over a student's."""
        folder = self._path(self.directory.source_directory, ".")
        kept = self._autograde().exclude_overwriting.get(self.name, [])
        files = read_provided(folder, self.ignored)
        return {path: raw for path, raw in files.items() if path not in kept}

    def permissions(self) -> int:
        """Say which permissions nbgrader gives graded files."""
        return int(str(self._autograde().permissions), 8)

    @contextmanager
    def logging(self, secret: Secret) -> Iterator[None]:
        """Send what nbgrader has to say to a file instead of the screen.

        Args:
            secret: what must not stand there.
        """
        path = self.root / self.log
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8", errors="replace")
        form = "%(asctime)s %(levelname)s %(message)s"
        handler.setFormatter(HidingFormatter(form, secret))
        logger = logging.getLogger("traitlets")
        level, logger.propagate = logger.level, False
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
            handler.close()

    def _path(self, step: str, student: str) -> Path:
        return Path(self.directory.format_path(step, student, self.name))

    def _autograde(self) -> Any:
        return Autograde(coursedir=self.directory, config=self.config)


def open_course(root: Path, name: str) -> Course:
    """Read ``nbgrader_config.py`` as nbgrader's own commands do."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    return Course(root, name, config, CourseDirectory(config=config))
