"""The commands ``dlcourse collect``, ``dlcourse marks`` and ``dlcourse feedback``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from dlcourse.errors import CourseError
from dlcourse.house import find_root, source_of

if TYPE_CHECKING:
    from dlcourse.lms.roster import Roster

_FILE = click.Path(dir_okay=False, path_type=Path)
_HOME = "class/roster.csv"


def _who(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who is who."""
    roster = click.option(
        "--roster",
        type=_FILE,
        help="Moodle's grading worksheet, Canvas' gradebook, or a table with the "
        f"columns student_id and number.  [default: {_HOME}, if there is one]",
    )
    column = click.option(
        "--id", "column", default="", help="Its column with nbgrader's student ids."
    )
    return roster(column(command))


@click.command()
@click.argument("name")
@click.argument("zips", nargs=-1, required=True, type=_FILE)
@_who
@click.option(
    "--timezone",
    default="",
    help="Of the times in Moodle's worksheet, such as Europe/Vienna.  "
    "[default: this machine's]",
)
def collect(
    name: str, zips: tuple[Path, ...], roster: Path | None, column: str, timezone: str
) -> None:
    """Collect an assignment from zips downloaded from Moodle or Canvas."""
    from dlcourse.lms.collect import collect as collect_zips

    root = find_root()
    source_of(root, name)
    report = collect_zips(root, name, zips, _read(root, roster, column, timezone))
    for line in report.lines():
        click.echo(line)
    sys.exit(1 if report.remarks else 0)


@click.command()
@click.argument("name")
@click.option(
    "--for",
    "system",
    type=click.Choice(["moodle", "canvas", "csv"]),
    required=True,
    help="Who will import the marks; csv: any other program.",
)
@_who
@click.option("--out", type=_FILE, required=True, help="CSV file to write.")
@click.option("--column", "title", default="", help="Canvas' assignment, if not NAME.")
@click.option("--scale", is_flag=True, help="Convert marks to the system's maximum.")
@click.option("--partial", is_flag=True, help="Export although marks are missing.")
def marks(
    name: str,
    system: str,
    roster: Path | None,
    column: str,
    out: Path,
    title: str,
    scale: bool,
    partial: bool,
) -> None:
    """Write marks as a file that Moodle or Canvas imports."""
    from dlcourse.lms import export
    from dlcourse.lms.marks import read_class
    from dlcourse.lms.record import read_record
    from dlcourse.lms.tables import table_bytes, write_whole

    root = find_root()
    found = read_class(root, name, partial, lambda said: click.echo(said, err=True))
    if system == "csv":
        filled = export.plain(found)
    else:
        people = _read(root, roster, column)
        if people is None:
            raise CourseError(
                f"{name}'s marks go into a table of the system's own: give it by "
                f"--roster, or put it at {_HOME}."
            )
        record = read_record(root, name)
        if system == "moodle":
            filled = export.for_moodle(people, found, record, scale)
        else:
            filled = export.for_canvas(people, found, record, scale, title or name)
    write_whole(out, table_bytes(filled.table))
    for line in filled.remarks:
        click.echo(line)
    if found.waiting:
        click.echo(f"{len(found.waiting)} with answers still to be marked by hand")
    click.echo(f"{filled.count} marks of {len(found.students)} written to {out}")
    sys.exit(1 if filled.remarks else 0)


@click.command()
@click.argument("name")
@click.option(
    "--for", "system", type=click.Choice(["moodle"]), required=True, help="The system."
)
@_who
@click.option("--out", type=_FILE, required=True, help="Zip to write.")
def feedback(
    name: str, system: str, roster: Path | None, column: str, out: Path
) -> None:
    """Pack feedback pages as a zip that Moodle hands to its students."""
    from dlcourse.lms.feedback import pack
    from dlcourse.lms.tables import write_whole

    root = find_root()
    made = pack(root, name, _read(root, roster, column))
    write_whole(out, made.raw)
    for line in made.remarks:
        click.echo(line)
    click.echo(f"Feedback for {made.count} written to {out}")
    sys.exit(1 if made.remarks else 0)


def _read(
    root: Path, roster: Path | None, column: str, timezone: str = ""
) -> Roster | None:
    """Read the roster that was given, or the usual one if it is there."""
    from dlcourse.lms.roster import read_roster

    try:
        zone = ZoneInfo(timezone) if timezone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(
            f"--timezone {timezone}: no such zone; give one like Europe/Vienna or UTC."
        ) from None
    usual = root / _HOME
    if roster is None and not usual.is_file():
        return None
    return read_roster(roster or usual, column, zone)
