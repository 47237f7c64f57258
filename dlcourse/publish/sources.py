"""Assignment sources: MyST text in solutions/, notebooks for nbgrader in _build/."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, source_of
from dlcourse.publish import borrowed
from dlcourse.publish.borrowed import names_in, with_borrowed

if TYPE_CHECKING:
    from nbformat import NotebookNode

# nbgrader_config.py imports this module at each nbgrader command, mostly to find that
# nothing has changed. jupytext and nbformat are imported when they are needed.

BUILT = Path("_build/nbgrader/source")
_STAMPS = Path("_build/nbgrader/stamps")
_NEVER_COPIED = ("*.md", "*.ipynb", "*.pyc", ".*", "*~")
_CELL_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}


@dataclass(frozen=True)
class Source:
    """One assignment's source, read.

    Attributes:
        name: the assignment's name.
        path: the source's path from the course's root, for messages.
        cells: its cells, in order, as nbformat sees them; items that it takes from
            another assignment are among them.
        lines: the line at which each cell begins, counted from 1.
        homes: the source in which each cell stands, a path from the course's root.
    """

    name: str
    path: Path
    cells: list[NotebookNode]
    lines: list[int]
    homes: list[Path]

    def place(self, index: int) -> str:
        """Name a cell in a message: file, line and grade id if it has one."""
        grade_id = grade_id_of(self.cells[index])
        cell = f"cell {grade_id}" if grade_id else f"cell {index + 1}"
        home = self.homes[index].as_posix()
        return f"{home}, line {self.lines[index]}, {cell}"


def grade_id_of(cell: NotebookNode) -> str | None:
    """Find the name that nbgrader knows a cell by, if it has one."""
    meta = cell.metadata.get("nbgrader")
    grade_id = meta.get("grade_id") if isinstance(meta, dict) else None
    return grade_id if isinstance(grade_id, str) and grade_id else None


def read_source(root: Path, name: str) -> Source:
    """Read an assignment's source, with the items that it takes from others.

    Args:
        root: the course's root folder.
        name: the assignment's name.

    Returns:
        The source.

    Raises:
        CourseError: if there is none, it is not a MyST notebook, or it takes an item
            that does not exist.
    """
    read = functools.cache(lambda other: _read_own(root, other))
    own = read(name)
    pairs = list(with_borrowed(name, own.cells, lambda other: read(other).cells))
    return Source(
        name,
        own.path,
        cells=[cell for cell, _ in pairs],
        lines=[read(place.name).lines[place.index] for _, place in pairs],
        homes=[read(place.name).path for _, place in pairs],
    )


def _read_own(root: Path, name: str) -> Source:
    """Read what stands in one source itself."""
    import jupytext
    from jupytext.myst import MystMetadataParsingError, myst_to_notebook
    from nbformat import ValidationError
    from yaml import YAMLError

    file = source_of(root, name)
    path = file.relative_to(root)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{path.as_posix()} is not UTF-8 text (byte {error.start}); save it as "
            "UTF-8."
        ) from error
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            notebook = jupytext.reads(text, fmt="md:myst")
            lines = myst_to_notebook(text, add_source_map=True).metadata["source_map"]
        except (MystMetadataParsingError, YAMLError) as error:
            raise CourseError(
                f"{path.as_posix()} is not a MyST notebook: "
                f"{' '.join(str(error).split())}; correct the YAML or JSON there."
            ) from error
        except (AttributeError, TypeError, ValueError, ValidationError) as error:
            raise CourseError(
                f"{path.as_posix()} has front matter or cell options that are no "
                "mapping of names to values; compare with CONTRIBUTING.md."
            ) from error
    for warning in told:
        if "same language" in str(warning.message):
            raise CourseError(
                f"{path.as_posix()} has code cells in different languages; open each "
                "with ```{code-cell} python."
            )
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    if kernel != _KERNEL["name"]:
        raise CourseError(
            f"{path.as_posix()} asks for the kernel {kernel or '(none)'}; its front "
            "matter must have `kernelspec` with `name: python3`."
        )
    cells: list[NotebookNode] = notebook.cells
    begins = _first_lines(text.splitlines(), cells, lines)
    return Source(name, path, cells, begins, homes=[path] * len(cells))


def _first_lines(
    text: list[str], cells: list[NotebookNode], starts: list[int]
) -> list[int]:
    """Find where each cell begins: its fence, or its first line that is not blank."""
    found = []
    for cell, start in zip(cells, starts, strict=True):
        # jupytext counts from 0 to the line after a fence, or after the last cell.
        line = start - 1 if cell.cell_type != "markdown" else start
        while not text[line].strip():
            line += 1
        found.append(line + 1)
    return found


def notebook_text(source: Source) -> str:
    """Write a source as a notebook: the same bytes at each time and on any machine.

    Args:
        source: the source.

    Returns:
        The notebook as JSON, with solutions and all tests.
    """
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

    new = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
    cells: dict[str, NotebookNode] = {}
    for index, cell in enumerate(source.cells):
        key = grade_id_of(cell)
        if key is None or key in cells or not _CELL_ID.fullmatch(key):
            # An underscore, which no grade id has, so that the two kinds never meet.
            key = f"cell_{index + 1:03d}"
        cells[key] = new[cell.cell_type](cell.source, metadata=cell.metadata, id=key)
    notebook = new_notebook(
        cells=list(cells.values()),
        metadata={"kernelspec": _KERNEL, "language_info": _LANGUAGE},
        nbformat_minor=5,
    )
    text: str = nbformat.writes(notebook)
    return text.rstrip("\n") + "\n"


def companions(folder: Path) -> Iterator[Path]:
    """Find what an assignment needs besides its source: images, data, modules.

    Args:
        folder: the assignment's folder in solutions/.

    Yields:
        Paths from that folder, sorted; Markdown and notebooks, which may hold
        solutions, are never among them.
    """
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith((".", "__pycache__")) for part in inner.parts)
        if path.is_file() and not hidden and not _is_never_copied(inner):
            yield inner


def _is_never_copied(path: Path) -> bool:
    return any(path.match(pattern) for pattern in _NEVER_COPIED)


def build_source(root: Path, source: Source, folder: Path) -> None:
    """Write an assignment's notebook and companions where nbgrader shall read them.

    Args:
        root: the course's root folder.
        source: the source.
        folder: the folder to fill; what it holds besides is removed.
    """
    home = root / "solutions" / source.name
    contents = {Path(f"{source.name}.ipynb"): notebook_text(source).encode()}
    contents |= {path: (home / path).read_bytes() for path in companions(home)}
    for path, data in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Elsewhere, because another nbgrader may be tidying this folder right now.
        handle, draft = tempfile.mkstemp(dir=root / "_build/nbgrader")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # Read-only, so that nobody edits the copy instead of the source.
        Path(draft).chmod(0o444 if path.suffix == ".ipynb" else 0o644)
        Path(draft).replace(target)
    for path in list(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder) not in contents:
            path.unlink(missing_ok=True)


def refresh_sources(root: Path) -> list[str]:
    """Renew the notebooks that plain nbgrader commands read, where a source changed.

    A source that cannot be read loses its notebook, so that nbgrader finds none rather
    than an old one; one sentence on stderr tells why. The rest is served.

    Args:
        root: the course's root folder.

    Returns:
        The names of the assignments that were renewed.
    """
    renewed = []
    names = assignment_names(root)
    for name in names:
        folder, stamp = root / BUILT / name, root / _STAMPS / name
        try:
            wanted = _wanted(root, name)
            if (
                stamp.is_file()
                and stamp.read_text() == f"{wanted} {_fingerprint(folder)}"
            ):
                continue
            build_source(root, read_source(root, name), folder)
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(f"{wanted} {_fingerprint(folder)}")
            renewed.append(name)
        except CourseError as error:
            shutil.rmtree(folder, ignore_errors=True)
            _say(str(error))
        except OSError as error:
            _say(f"{root / BUILT / name} cannot be renewed: {error}.")
    for stamp in (root / _STAMPS).glob("*"):
        if stamp.name not in names:
            shutil.rmtree(root / BUILT / stamp.name, ignore_errors=True)
            stamp.unlink(missing_ok=True)
    return renewed


@functools.cache  # nbgrader reads its configuration two or three times a command
def _say(sentence: str) -> None:
    print(f"dlcourse: {sentence}", file=sys.stderr)


def _wanted(root: Path, name: str) -> str:
    """Hash a source with those that it takes items from."""
    text = (root / "solutions" / name / f"{name}.md").read_bytes()
    names = [name, *names_in(text.decode(errors="replace"))]
    return " ".join(_fingerprint(root / "solutions" / one) for one in names)


def _fingerprint(folder: Path) -> str:
    """Hash a folder's files together with what turns them into a notebook."""
    digest = hashlib.sha256(version("jupytext").encode())
    for code in (__file__, borrowed.__file__):
        digest.update(Path(code).read_bytes())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def make_class_folder(root: Path) -> None:
    """Make class/, which holds marks and hidden tests, readable by its owner alone.

    nbgrader makes a new gradebook there with the help of the program ``alembic``, which
    it looks for on the PATH; it stands beside our Python.
    """
    beside = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if beside not in folders:
        os.environ["PATH"] = os.pathsep.join([*folders, beside])
    try:
        (root / "class").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        _say(f"{root / 'class'} cannot be made: {error}.")
