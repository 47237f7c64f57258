"""Where things stand in a checkout of the course."""

from __future__ import annotations

from pathlib import Path

from dlcourse.errors import CourseError

_MARKS = ("nbgrader_config.py", "_toc.yml")


def find_root(start: Path | None = None) -> Path:
    """Find the course's root folder: it holds ``nbgrader_config.py`` and ``_toc.yml``.

    Args:
        start: folder to look from, upwards; the working directory if not given.

    Returns:
        The absolute path of the root.

    Raises:
        CourseError: if neither the folder nor one above it is a course.
    """
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if all((folder / name).is_file() for name in _MARKS):
            return folder
    raise CourseError(
        f"{begin} is not inside a course: neither it nor a folder above it holds "
        "nbgrader_config.py and _toc.yml; run dlcourse in a clone of the course."
    )


def assignment_names(root: Path) -> list[str]:
    """List the assignments that have a source, ``solutions/NAME/NAME.md``, by name."""
    return sorted(
        source.stem
        for source in root.glob("solutions/*/*.md")
        if source.stem == source.parent.name
    )


def source_of(root: Path, name: str) -> Path:
    """Find the source of an assignment.

    Raises:
        CourseError: if there is none; the sentence lists those that exist.
    """
    source = root / "solutions" / name / f"{name}.md"
    if not source.is_file():
        known = ", ".join(assignment_names(root)) or "none"
        raise CourseError(
            f"solutions/{name}/{name}.md does not exist; assignments here: {known}."
        )
    return source
