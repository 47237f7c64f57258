"""Where no kernel can be forked: an ordinary one and a warning, or a sentence."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import pytest

from dlcourse.errors import CourseError
from dlcourse.grading.kernels import link, warm
from dlcourse.grading.sandbox import check, outside

from .running import PATIENCE, open_kernel, run

LOOK = """
import os, sys
print('torch' in sys.modules, os.path.exists('given.txt'), os.environ['DLCOURSE_DATA'])
"""


def use_ordinary():
    async def test():
        async with open_kernel(files={"given.txt": b""}) as kernel:
            assert await kernel.run(LOOK) == "False True offline"
            kernel.client.execute("import os; os._exit(3)")
            assert await kernel.end() == 3

    with pytest.warns(RuntimeWarning, match=r"Kernels start slowly: .+\."):
        run(test)


def pretend_macos(monkeypatch):
    """Only to this module: libraries that load meanwhile must see the real system."""
    there = SimpleNamespace(platform="darwin", executable=sys.executable)
    monkeypatch.setattr(warm, "sys", there)


def answers(monkeypatch, message):
    """The parent gives this answer to every order."""

    def order_kernel(order, files):
        with socket.socket(fileno=os.dup(files["answer"])) as answer:
            link.send(answer, message, {})

    monkeypatch.setattr(warm, "order_kernel", order_kernel)


def test_ordinary_kernel_where_nothing_can_be_forked(monkeypatch):
    pretend_macos(monkeypatch)
    use_ordinary()


def test_ordinary_kernel_where_the_parent_must_not_fork(monkeypatch):
    answers(monkeypatch, {"problem": "it has a CUDA context"})
    use_ordinary()


def test_what_only_linux_has_is_not_imported_by_a_client():
    code = """
    import signal, sys
    del signal.SIGKILL, signal.pidfd_send_signal
    import dlcourse.grading.kernels.manager
    print([name for name in sys.modules if name.startswith("dlcourse.grading")])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stderr == ""
    for name in ("kernels.parent", "kernels.app", "sandbox.enclose"):
        assert f"dlcourse.grading.{name}" not in done.stdout


def test_no_sandbox_no_kernel(monkeypatch):
    pretend_macos(monkeypatch)

    async def test():
        with pytest.raises(CourseError, match=r"impossible .* darwin .*none"):
            async with open_kernel("bubblewrap"):
                pass

    run(test)


@pytest.mark.parametrize("sandbox", ["none", "bubblewrap"])
def test_sentence_when_the_system_has_no_room_for_a_process(monkeypatch, sandbox):
    answers(monkeypatch, {"failed": "it could not be forked: no memory"})

    async def test():
        with pytest.raises(CourseError, match=r"No kernel was started: .* no memory\."):
            async with open_kernel(sandbox):
                pass

    run(test)


@pytest.mark.parametrize(
    ("command", "says"),
    [(["false"], "ended"), (["/nowhere/bwrap"], "cannot be started")],
)
def test_sentence_when_the_parent_does_not_run(monkeypatch, command, says):
    warm.close()
    monkeypatch.setattr(outside, "command", lambda program: command)
    monkeypatch.setattr(check, "problem", lambda: "")

    async def test():
        with pytest.raises(CourseError, match=rf"No kernel was started: .*{says}"):
            async with open_kernel("bubblewrap"):
                pass

    run(test)


def test_sandbox_that_cannot_be_made_says_why(monkeypatch):
    """In the words of who knows about it."""
    warm.close()
    monkeypatch.setattr(outside, "command", lambda program: ["false"])
    monkeypatch.setattr(check, "problem", lambda: "Install bubblewrap.")

    async def test():
        with pytest.raises(CourseError, match=r"^Install bubblewrap\.$"):
            async with open_kernel("bubblewrap"):
                pass

    run(test)
