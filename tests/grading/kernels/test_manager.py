"""What a grader gets: files, a folder, reports, and a sentence when it fails."""

from __future__ import annotations

import gc
import warnings

import pytest

from dlcourse.errors import CourseError
from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.sandbox.limits import Limits

from .running import KINDS, open_kernel, run

FILES = {"data/points.csv": b"1,2\n", "lab.ipynb": b"{}", "ünï.txt": b"\xff\x00"}


@pytest.mark.parametrize("sandbox", KINDS)
def test_files_lie_in_the_kernels_own_folder(sandbox):
    async def test():
        async with open_kernel(sandbox, files=FILES) as kernel:
            look = (
                "from pathlib import Path\n"
                "print(sorted((str(one), one.read_bytes()) for one in Path().rglob('*')"
                " if one.is_file()))"
            )
            assert await kernel.run(look) == str(sorted(FILES.items()))
            assert await kernel.run("Path('new.txt').write_text('x')") == "text/plain"

    run(test)


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "", ".", "a\0b"])
@pytest.mark.parametrize("sandbox", KINDS)
def test_file_that_leads_out_of_the_folder_is_refused(sandbox, name):
    with pytest.raises(CourseError, match="leads out"):
        kernel_manager(sandbox, Limits(), {name: b""})


def test_unknown_sandbox_is_refused():
    with pytest.raises(CourseError, match=r"'docker'.*bubblewrap or none"):
        kernel_manager("docker", Limits(), {})


def test_manager_that_is_forgotten_takes_everything_along():
    """An error on the way must not leave a kernel, a folder, or a hanging process."""

    async def test():
        manager = kernel_manager("none", Limits(), FILES)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.execute("1 + 1")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        run(test)
        for _ in range(3):
            gc.collect()


@pytest.mark.parametrize("sandbox", KINDS)
def test_report_is_read_while_the_kernel_lives_and_after(sandbox, monkeypatch):
    async def test():
        async with open_kernel(sandbox, watch=True) as kernel:
            provisioner = kernel.manager.provisioner
            before = provisioner.read_report()
            assert not provisioner.report_closed
            await kernel.run(TELL)
            assert provisioner.read_report()[len(before) :][-1] == "seen"
            kernel.client.execute("import os; os._exit(0)")
            await kernel.end()
            assert "seen" in provisioner.read_report()
            assert provisioner.report_closed

    run(test)


# Finds the pipe as an attacker would: the only one that may be written and not read.
TELL = """
import fcntl, os, stat
for fd in range(3, 200):
    try:
        kind, mode = os.fstat(fd).st_mode, fcntl.fcntl(fd, fcntl.F_GETFL)
    except OSError:
        continue
    if stat.S_ISFIFO(kind) and mode & os.O_ACCMODE == os.O_WRONLY:
        try:
            os.write(fd, b"seen\\n")
        except OSError:
            pass
"""


@pytest.mark.parametrize("sandbox", KINDS)
def test_kernel_is_watched_only_if_asked(sandbox):
    async def test():
        async with open_kernel(sandbox) as kernel:
            assert kernel.manager.provisioner.read_report() == []
            assert not kernel.manager.provisioner.report_closed

    run(test)
