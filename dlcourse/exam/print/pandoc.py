"""The Markdown of questions and papers in other forms, by pandoc."""

from __future__ import annotations

import re
import subprocess

import pypandoc

from dlcourse.errors import CourseError

# A label such as (a) is no list.
_READ = "markdown-auto_identifiers-implicit_figures-fancy_lists"
_HEAD = re.compile(r"<th(?=[ >])")


def convert(markdown: str, target: str, *options: str, of: str) -> str:
    """Turn Markdown into Typst or HTML.

    Args:
        markdown: what to turn.
        target: pandoc's name of the form: ``typst``, ``html4`` or ``html5``.
        options: more of pandoc's options.
        of: whose text it is, for the message.

    Returns:
        The text in that form. Heads of tables are marked as heads of columns, which is
        all that pandoc's pipe tables have.

    Raises:
        CourseError: if pandoc cannot read it or warns.
    """
    command = [pypandoc.get_pandoc_path(), "-f", _READ, "-t", target, *options]
    result = subprocess.run(
        [*command, "--fail-if-warnings"],
        input=markdown,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode != 0:
        said = " ".join(result.stderr.split())
        raise CourseError(f"{of}: pandoc says: {said}.")
    if target.startswith("html"):
        return _HEAD.sub('<th scope="col"', result.stdout)
    return result.stdout
