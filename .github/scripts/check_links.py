#!/usr/bin/env python3
"""Follow every link that leaves the site.

    .venv/bin/python .github/scripts/check_links.py

Sphinx's own link checker reads the pages with the book's configuration. Nothing is
executed: links stand in the text. The script prints each broken link with its place and
ends with status 1 if there is one.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

# Examples, and addresses that a copy of the course has to fill in.
_IGNORED = [r"https?://(localhost|127\.0\.0\.1)(:8000)?/?$", r".*/your-organisation/"]
# Publishers turn programs away; a person may still get in.
_TURNED_AWAY = re.compile(r"(401|403|418|429) Client Error")


def check(root: Path) -> tuple[list[str], list[str]]:
    """Check the links of all pages.

    Args:
        root: the course's root folder.

    Returns:
        The broken links, and those where a program is not let in: each with file, line,
        address and reason.

    Raises:
        RuntimeError: if Sphinx could not read the pages.
    """
    out = root / "_build" / "links"
    report = out / "output.json"
    report.unlink(missing_ok=True)
    problem = build_sphinx(
        str(root),
        str(out),
        noconfig=True,
        path_config=str(root / "_config.yml"),
        confoverrides={
            "nb_execution_mode": "off",
            "external_toc_path": "_toc.yml",
            "latex_individualpages": False,
            "linkcheck_anchors": False,  # many pages make theirs by script
            "linkcheck_ignore": _IGNORED,
            "linkcheck_retries": 3,
            "linkcheck_timeout": 30,
            "linkcheck_rate_limit_timeout": 120,
        },
        doctreedir=str(out / ".doctrees"),
        builder="linkcheck",
        freshenv=True,
        # Without outputs the numbers in the text are missing, and each would say so.
        really_quiet=True,
    )
    if not report.is_file():
        raise RuntimeError(f"Sphinx could not read the pages: {problem}")
    broken, unclear = [], []
    for line in report.read_text("utf-8").splitlines():
        link = json.loads(line)
        if link["status"] in ("broken", "timeout"):
            found = unclear if _TURNED_AWAY.match(link["info"]) else broken
            place = f"{link['filename']}:{link['lineno']}"
            found.append(f"{place}: {link['uri']}\n    {link['info']}")
    return sorted(broken), sorted(unclear)


if __name__ == "__main__":
    broken, unclear = check(Path.cwd())
    if unclear:
        print("These let no program in; look at one now and then:", *unclear, sep="\n")
    if broken:
        print("These are broken:", *broken, sep="\n")
    sys.exit(1 if broken else 0)
