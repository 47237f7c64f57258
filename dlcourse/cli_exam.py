"""The commands ``dlcourse exam`` and ``dlcourse exam stats``."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlcourse.errors import CourseError
from dlcourse.house import find_root

if TYPE_CHECKING:
    from dlcourse.exam.stats import ExamStatistics
    from dlcourse.exam.write import Maker

# Each form's module and function; a form is imported only if it is wanted.
FORMS = {
    "print": ("write", "printed"),
    "nbgrader": ("export.notebook", "notebook"),
    "moodle": ("export.moodle", "moodle_xml"),
    "qti": ("export.qti21", "qti21"),
    "canvas": ("export.canvas", "canvas_qti12"),
}


@click.group(invoke_without_command=True)
@click.option("--seed", metavar="N", help="A whole number; the same one, same paper.")
@click.option(
    "--variants",
    type=click.IntRange(1, 200),
    default=1,
    show_default=True,
    help="Different papers of equal difficulty.",
)
@click.option(
    "--form",
    "forms",
    type=click.Choice([*FORMS, "all"]),
    multiple=True,
    default=("print",),
    show_default=True,
    help="PDF and web pages, or a file for another system; repeatable.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder.  [default: class/exams/exam-SEED, or exam-SEED outside a course]",
)
@click.pass_context
def exam(
    context: click.Context,
    seed: str | None,
    variants: int,
    forms: tuple[str, ...],
    out: Path | None,
) -> None:
    """Make a mock exam: paper, answer key and marking guide."""
    if context.invoked_subcommand is not None:
        return
    from dlcourse.exam.compose import compose_versions
    from dlcourse.exam.write import make, save

    number = _read_seed(seed)
    papers = compose_versions(number, variants)
    folder = out or _home() / f"exam-{number}"
    made = make(papers, _makers(forms), os.cpu_count() or 1)
    files: dict[str, bytes] = {}
    remarks: dict[str, None] = {}
    with click.progressbar(
        made, length=len(papers), label="Making papers", hidden=len(papers) == 1
    ) as bar:
        for paper, export in bar:
            below = f"{paper.version:02}/" if variants > 1 else ""
            files |= {f"{below}{name}": data for name, data in export.files.items()}
            remarks |= dict.fromkeys(export.remarks)
    save(files, folder)
    for remark in remarks:
        click.echo(remark)
    click.echo(f"Written: {len(files)} files in {folder}")


@exam.command()
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--exam",
    "record",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="exam.json of the paper; without it all cells of ANSWERS hold marks.",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the picture goes.  [default: ANSWERS with the ending .svg]",
)
def stats(answers: Path, record: Path | None, plot: Path | None) -> None:
    """Say how each question of an exam did, from a table of answers.

    ANSWERS is a CSV file: one row a student, one column a question (A1, A2, …).
    """
    from dlcourse.exam.stats import analyse, read_rules
    from dlcourse.exam_plot import save_plot

    statistics = analyse(answers, read_rules(record) if record else None)
    _show(statistics)
    picture = plot or answers.with_suffix(".svg")
    save_plot(statistics, picture)
    click.echo(f"Written: {picture}")


def _show(statistics: ExamStatistics) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for heading in ("question", "marks", "facility", "discrimination", "picks", "look"):
        table.add_column(heading)
    for item in statistics.items:
        table.add_row(
            item.number,
            f"{item.marks:g}",
            f"{item.facility:.2f}",
            f"{item.discrimination:.2f}",
            " ".join(
                f"{letter}{'*' if letter in item.right else ''}:{count}"
                for letter, count in item.picks.items()
            ),
            "; ".join(item.flags),
        )
    console = Console()
    console.print(table)
    totals = statistics.totals
    name = "KR-20" if statistics.dichotomous else "Cronbach's alpha"
    console.print(
        f"{len(totals)} students, mean {totals.mean():.1f} marks, standard deviation "
        f"{totals.std():.1f}; {name} {statistics.alpha:.2f}, standard error of "
        f"measurement {statistics.standard_error:.1f} marks"
    )


def _read_seed(text: str | None) -> int:
    """Read the seed; a random one is drawn and shown if none is given."""
    if text is None:
        seed = int.from_bytes(os.urandom(6), "big")
        click.echo(f"Seed {seed}")
        return seed
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise CourseError(
            f"--seed {text}: a seed is a whole number of at most 18 digits, such as 7."
        )
    return int(text)


def _home() -> Path:
    """Return the folder for exams: private in a course, the present one elsewhere."""
    try:
        return find_root() / "class" / "exams"
    except CourseError:
        return Path()


def _makers(forms: tuple[str, ...]) -> dict[str, Maker]:
    """Find the function of each wanted form."""
    wanted = FORMS if "all" in forms else forms
    return {
        form: getattr(import_module(f"dlcourse.exam.{FORMS[form][0]}"), FORMS[form][1])
        for form in wanted
    }
