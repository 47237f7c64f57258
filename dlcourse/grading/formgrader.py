"""The formgrader's button *Autograde*, done by ``dlcourse grade``.

A server extension: where it is switched on, it answers the button in nbgrader's place.
Grading runs in a process of its own, so that the formgrader goes on answering others.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from nbgrader.server_extensions.formgrader.base import (
    BaseApiHandler,
    check_notebook_dir,
    check_xsrf,
)
from tornado import web

_COMMAND = "from dlcourse.cli import main; main()"
_ADDRESS = r"formgrader/api/submission/([^/]+)/([^/]+)/autograde"


class GradeHandler(BaseApiHandler):  # type: ignore[misc]
    """Grades one submission; the answer has the shape of nbgrader's own."""

    turn = asyncio.Lock()  # a course has one batch at a time: further clicks wait

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    @check_notebook_dir  # type: ignore[untyped-decorator]
    async def post(self, assignment: str, student: str) -> None:
        """Grade the submission anew, as nbgrader's button does."""
        async with self.turn:
            answer = await grade(Path(self.coursedir.root), assignment, student)
        self.write(json.dumps(answer))


async def grade(root: Path, assignment: str, student: str) -> dict[str, Any]:
    """Run ``dlcourse grade`` on one submission.

    Args:
        root: the course's root folder.
        assignment: its name.
        student: the student's id.

    Returns:
        Whether it went well, what was said, and, if it did not, the same as the error.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _COMMAND, "grade"),
        *("--force", f"--student={student}", "--", assignment),
        cwd=root,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()  # finishes what it has begun to write
        raise
    said = output.decode(errors="replace")
    if process.returncode == 0:
        return {"success": True, "log": said}
    return {"success": False, "log": "", "error": said}


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Take the button's address before nbgrader does: extensions load by name."""
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(".*$", [(f"{base}{_ADDRESS}", GradeHandler)])
