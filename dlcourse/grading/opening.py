"""Bringing together what a batch needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dlcourse.grading.assignment import read_assignment
from dlcourse.grading.course import open_course
from dlcourse.grading.gradebook import Book
from dlcourse.grading.job import JobMaker
from dlcourse.grading.options import Options
from dlcourse.grading.registrar import Registrar
from dlcourse.grading.running import Batch
from dlcourse.grading.shelf import recover_all
from dlcourse.grading.stop import Stop
from dlcourse.grading.workers import Pool


@contextmanager
def open_batch(
    root: Path,
    name: str,
    options: Options,
    means: tuple[Pool, Stop, Callable[[str], None]],
) -> Iterator[tuple[Batch, list[str]]]:
    """Open a course's gradebook and make a batch.

    Args:
        root: the course's root folder.
        name: the assignment.
        options: how to grade.
        means: who marks, what stops it, and who is told of waiting.

    Yields:
        The batch, and whose submissions it has to mark.

    Raises:
        CourseError: if gradebook, assignment or submissions are missing.
    """
    pool, stop, say = means
    course = open_course(root, name)
    with ExitStack() as stack:
        book = stack.enter_context(Book(course.db_url, say, stop))
        assignment = read_assignment(book, name, course.directory)
        students = course.choose(options.students)
        stack.enter_context(course.logging(book.secret))
        recover_all(course.graded("*"))
        maker = JobMaker(
            assignment, course.provided(), options.timeout, options.sandbox
        )
        registrar = Registrar(course, book, assignment)
        yield Batch(registrar, maker, pool, stop, options.force), students
