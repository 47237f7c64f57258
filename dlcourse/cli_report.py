"""The command ``dlcourse report``."""

from __future__ import annotations

from pathlib import Path

import click

from dlcourse.errors import CourseError
from dlcourse.house import find_root


@click.command()
@click.argument("name", required=False)
@click.option(
    "--student", metavar="ID", help="One student instead, over all assignments."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File.  [default: class/reports/NAME.html or class/reports/students/ID.html]",
)
def report(name: str | None, student: str | None, out: Path | None) -> None:
    """Show on one page how a class did in an assignment.

    The page on an assignment is for instructors: it holds flags and hidden tests. The
    page on a student (--student) holds neither, and may be given to that student.
    """
    if (name is None) == (student is None):
        raise CourseError(
            "dlcourse report wants either an assignment's name or --student ID."
        )
    from dlcourse.report import source
    from dlcourse.report.render import save

    root = find_root()
    if student is not None:
        page = source.student_report(root, student, click.echo)
        path = out or source.file_of_student(root, student)
    else:
        assert name is not None
        page = source.class_report(root, name, click.echo)
        path = out or source.file_of_class(root, name)
    save(page, path)
    click.echo(f"Written: {path}")
