"""The command ``dlcourse bench class``."""

from __future__ import annotations

import re

import click

from dlcourse.errors import CourseError
from dlcourse.house import find_root

_SIZES = re.compile(r"[1-9]\d*(,[1-9]\d*)*")
_WAYS = ("SQLite", "PostgreSQL", "cluster")


@click.command("class")
@click.option(
    "--students",
    metavar="N,N,...",
    default="10,100,1000",
    show_default=True,
    help="Students in each class.",
)
@click.option(
    "--way",
    "ways",
    type=click.Choice(_WAYS, case_sensitive=False),
    multiple=True,
    default=_WAYS,
    show_default=True,
    help="Gradebook, or who runs the notebooks; repeatable.",
)
@click.option("--again", is_flag=True, help="Measure anew what was measured before.")
@click.option("--write", is_flag=True, help="Publish the result in the book.")
def bench_class(students: str, ways: tuple[str, ...], again: bool, write: bool) -> None:
    """Grade classes of all kinds of students; see that time grows with their number.

    What is measured is kept in _build/ at once: stopped, the same command goes on.
    """
    from dlcourse.bench import class_page, classes

    root = find_root()
    if not _SIZES.fullmatch(students):
        raise CourseError(
            f"--students takes numbers with commas between, such as 10,100; got "
            f"{students!r}."
        )
    sizes = sorted({int(one) for one in students.split(",")})
    record = classes.bench_class(root, sizes, ways, click.echo, again)
    click.echo("\n" + class_page.tables(record))
    if write:
        for page in class_page.publish(root, record):
            click.echo(f"Written: {page}")
