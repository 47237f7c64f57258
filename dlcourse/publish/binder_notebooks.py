"""The notebooks that Binder opens.

``postBuild`` runs ``python -m dlcourse.publish.binder_notebooks notebooks`` once for
each state of the sources. Binder then has the notebooks of the chapters in its own copy
of the repository, with all that they import.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.house import find_root
from dlcourse.publish.addresses import read_addresses
from dlcourse.publish.exported import course_targets, export, find_chapters

_PATIENCE = 10  # seconds for one notebook of the site


def write_notebooks(root: Path, folder: Path) -> None:
    """Write the chapters' notebooks, the site's own where it answers.

    Args:
        root: the course's root folder.
        folder: where to; it is made if need be.

    Raises:
        CourseError: if a page cannot be made into a notebook.
    """
    addresses, targets = read_addresses(root), course_targets(root)
    ask = True
    for chapter in find_chapters(root):
        # The site's have numbers in their text, because its pages were executed.
        text = _from_site(addresses.file(chapter.path)) if ask else None
        ask = text is not None  # one silence is waited for, not twenty
        target = folder / Path(chapter.path).name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text or export(chapter, targets), encoding="utf-8")


def _from_site(address: str) -> str | None:
    """Fetch a notebook; None if the site does not answer with one."""
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
            text: str = answer.read().decode()
        json.loads(text)["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the command's words, one folder; those of the process if not given.

    Returns:
        0, or 2 for bad input.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if len(words) != 1:
        print(
            "Use: python -m dlcourse.publish.binder_notebooks FOLDER", file=sys.stderr
        )
        return 2
    try:
        write_notebooks(find_root(), Path(words[0]))
    except CourseError as error:
        print(f"dlcourse: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
