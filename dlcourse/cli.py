"""The command ``dlcourse``: a thin face on publish and grading."""

from __future__ import annotations

import atexit
import os
import sys
from typing import Any, NoReturn

import click

from dlcourse import __version__
from dlcourse.cli_class import bench_class
from dlcourse.cli_exam import exam
from dlcourse.cli_lms import collect, feedback, marks
from dlcourse.cli_mirror import mirror
from dlcourse.cli_pdf import pdf
from dlcourse.cli_report import report
from dlcourse.cli_students import extend, forget, late
from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, find_root, source_of

# Each command imports what it needs when it runs: `dlcourse --help` stays instant.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Build, release and grade Deep Learning Lab."""


@cli.command()
@click.option("--only", multiple=True, help="Only pages whose name contains this text.")
@click.option("--force", is_flag=True, help="Execute again what the cache holds.")
def book(only: tuple[str, ...], force: bool) -> None:
    """Execute chapters and solutions, then build the site to _build/html."""
    from dlcourse.publish.book import build

    page = build(find_root(), only=only, force=force)
    click.echo(f"Open {page}")


@cli.command()
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Release every assignment.")
@click.option("--check", is_flag=True, help="Write nothing; fail if stale.")
def release(names: tuple[str, ...], everything: bool, check: bool) -> None:
    """Make the release, autograde and solution versions of assignments."""
    from dlcourse.publish.release import check_release, release_assignment

    root = find_root()
    chosen = assignment_names(root) if everything else list(names)
    if not chosen:
        raise CourseError(
            "dlcourse release needs an assignment's name or --all; assignments here: "
            f"{', '.join(assignment_names(root)) or 'none'}."
        )
    for name in chosen:
        if check:
            check_release(root, name)
            click.echo(f"{name}: exercises/{name} is what the source makes")
        else:
            for line in release_assignment(root, name).describe():
                click.echo(line)


@cli.command()
@click.argument("name")
@click.option(
    "--student", "students", multiple=True, help="Only this student; repeatable."
)
@click.option(
    "--timeout",
    type=click.IntRange(min=1),
    default=60,
    show_default=True,
    help="Seconds a cell.",
)
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Submissions at a time on this machine.  [default: number of cores]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Grade on a dask cluster: its scheduler, or local:N.",
)
@click.option(
    "--sandbox",
    type=click.Choice(["bubblewrap", "none"]),
    default="bubblewrap",
    show_default=True,
    help="none: students' code runs with your rights.",
)
def grade(name: str, workers: int | None, **wishes: Any) -> None:
    """Mark the collected submissions of an assignment, several at a time."""
    from dlcourse.grading.batch import grade_batch
    from dlcourse.grading.options import Options
    from dlcourse.grading.progress import display

    root = find_root()
    source_of(root, name)  # a name that nobody wrote a source for stops here
    options = Options(workers=workers or 0, **wishes)
    with display(sys.stdout.isatty()) as shown:
        try:
            for result in grade_batch(root, name, options, shown):
                shown.add(result)
        except KeyboardInterrupt:
            shown.say(
                "stopped; what was finished is recorded: run the same command again to "
                "go on."
            )
            sys.exit(130)
    click.echo(shown.summary.line())
    _leave(1 if shown.summary.failed else 0)


def _leave(status: int) -> NoReturn:
    """End this process in an orderly way, but at once.

    Python would take apart all that grading has loaded, for a third of a second.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the page is stale.")
def coverage(check: bool) -> None:
    """Write book/reference/coverage.md from the tags in chapters and sources."""
    from dlcourse.publish.coverage import check_page, write_page

    root = find_root()
    click.echo(check_page(root) if check else write_page(root))


cli.add_command(exam)
cli.add_command(report)
cli.add_command(collect)
cli.add_command(marks)
cli.add_command(feedback)
cli.add_command(pdf)
cli.add_command(extend)
cli.add_command(late)
cli.add_command(forget)
cli.add_command(mirror)


@cli.group()
def bench() -> None:
    """Measure speed, side by side with what others do."""


bench.add_command(bench_class)


@bench.command("grade")
@click.option(
    "--assignment",
    "names",
    multiple=True,
    default=("small", "lab01-tensors"),
    show_default=True,
    help="What the class hands in; repeatable.",
)
@click.option(
    "--size",
    "sizes",
    type=click.IntRange(min=1),
    multiple=True,
    default=(8, 40, 200),
    show_default=True,
    help="Students in a class; repeatable.",
)
@click.option("--write", is_flag=True, help="Publish the result in the book.")
def bench_grade(names: tuple[str, ...], sizes: tuple[int, ...], write: bool) -> None:
    """Grade the same classes with stock nbgrader and with ours."""
    from dlcourse.bench import grade, page

    root = find_root()
    for name in names:
        if name != "small":
            source_of(root, name)
    record = grade.bench_grade(root, names, sizes, click.echo)
    click.echo("\n" + page.tables(record))
    if write:
        click.echo(f"Written: {page.publish(root, record)}")


def main() -> None:
    """Run the command line; bad input is one sentence and exit status 2."""
    try:
        cli(standalone_mode=False)
    except CourseError as error:
        click.echo(f"dlcourse: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("dlcourse: stopped.", err=True)
        sys.exit(130)
