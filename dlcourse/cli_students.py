"""The commands ``dlcourse extend``, ``dlcourse late`` and ``dlcourse forget``."""

from __future__ import annotations

import sys

import click

from dlcourse.errors import CourseError
from dlcourse.house import find_root, source_of


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


@click.command()
@click.argument("name")
@click.argument("student")
@click.option("--until", metavar="DATE", help='Such as "2026-10-14 22:00 UTC".')
@click.option("--remove", is_flag=True, help="Back to the date for everybody.")
def extend(name: str, student: str, until: str | None, remove: bool) -> None:
    """Give one student more time for an assignment."""
    from dlcourse.grading import deadlines

    if (until is None) != remove:
        raise CourseError("dlcourse extend wants either --until DATE or --remove.")
    root = find_root()
    source_of(root, name)
    click.echo(deadlines.extend(root, name, student, until, _say).line())


@click.command()
@click.argument("name")
def late(name: str) -> None:
    """Work out penalties for lateness anew, and list who was late."""
    from dlcourse.grading import deadlines

    root = find_root()
    source_of(root, name)
    every = deadlines.renew(root, name, _say)
    for one in every:
        if one.late or one.extended or one.now != one.before:
            click.echo(one.line())
    handed_in = [one for one in every if one.late is not None]
    click.echo(
        f"{len(handed_in)} handed in with a time, "
        f"{sum(bool(one.late) for one in handed_in)} late, "
        f"{sum(one.extended for one in every)} with an extension, "
        f"{sum(one.now for one in every):g} marks off in all"
    )


@click.command()
@click.argument("student")
@click.option("--yes", is_flag=True, help="Delete; without it, only list.")
def forget(student: str, yes: bool) -> None:
    """List all that the course holds on a student; with --yes delete it."""
    from dlcourse.privacy.forget import forget as forget_student

    done = forget_student(find_root(), student, yes, _say)
    for line in done.lines():
        click.echo(line)
    sys.exit(1 if done.left else 0)
