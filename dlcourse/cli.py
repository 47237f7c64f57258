"""The command ``dlcourse``: a thin face on publish and grading."""

from __future__ import annotations

import sys

import click

from dlcourse import __version__
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
    "--timeout", type=int, default=60, show_default=True, help="Seconds a cell."
)
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
def grade(name: str, students: tuple[str, ...], timeout: int, force: bool) -> None:
    """Mark the collected submissions of an assignment, one line each."""
    from dlcourse.grading.batch import grade_batch

    root = find_root()
    source_of(root, name)  # a name that nobody wrote a source for stops here
    for number, total, result in grade_batch(
        root, name, students=students, timeout=timeout, force=force
    ):
        click.echo(f"[{number}/{total}] {result.line()}")


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the page is stale.")
def coverage(check: bool) -> None:
    """Write book/reference/coverage.md from the tags in chapters and sources."""
    from dlcourse.publish.coverage import check_page, write_page

    root = find_root()
    click.echo(check_page(root) if check else write_page(root))


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
