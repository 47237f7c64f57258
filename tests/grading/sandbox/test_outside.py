"""The room around the sandboxes, as their parent finds it."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse.grading.sandbox import mounts, outside

from .room import environment, gone, running


def found(*program: str) -> str:
    """Run a program in the room; what it says."""
    done = subprocess.run(
        outside.command(program),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


def test_already_the_parent_has_no_rights() -> None:
    status = found("cat", "/proc/self/status")
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    expected = outside.NOBODY_ELSE if os.geteuid() == 0 else os.geteuid()
    assert fields["Uid"].split() == [str(expected)] * 4
    assert fields["Gid"].split() == [str(expected)] * 4
    assert int(fields["CapEff"], 16) == int(fields["CapPrm"], 16) == 0
    assert fields["NoNewPrivs"] == "1"


if os.geteuid() == 0:  # nobody else may add groups

    def test_groups_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
        run = functools.partial(subprocess.run, extra_groups=[0, 1])
        assert run(["id", "-G"], capture_output=True).stdout == b"0 1\n"
        monkeypatch.setattr(subprocess, "run", run)
        assert found("id", "-G") == str(outside.NOBODY_ELSE)


def test_the_parent_has_no_network() -> None:
    names = found("python", "-c", "import socket; print(socket.if_nameindex())")
    assert names == "[(1, 'lo')]"


def test_the_environment_is_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    assert "SECRET" not in found("env")


def test_the_course_can_be_imported_and_fonts_are_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fontlist-v1.json").write_text("{}")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    code = "import dlcourse, matplotlib; print(matplotlib.get_cachedir())"
    assert found("python", "-P", "-c", code) == outside.FONTS
    assert found("ls", outside.FONTS) == "fontlist-v1.json"


def test_the_parent_may_make_files_of_its_own() -> None:
    places = f"/tmp /dev/shm {mounts.HOME} {outside.FONTS}"
    found("sh", "-c", f"for place in {places}; do touch $place/file || exit 1; done")
    closed = "for place in / /etc /home; do ! touch $place/file || exit 1; done"
    found("sh", "-c", closed)


def test_a_course_in_the_temporary_folder_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The room's own /tmp must not cover it."""
    package = tmp_path / "course/dlcourse"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (tmp_path / "course/solutions").touch()
    monkeypatch.setattr(outside.dlcourse, "__file__", str(package / "__init__.py"))
    assert found("ls", str(tmp_path / "course")) == "dlcourse"


def test_a_python_that_is_reached_by_links_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "python"
    link.symlink_to(sys.base_prefix)
    monkeypatch.setattr(sys, "base_prefix", str(link))
    monkeypatch.setattr(sys, "base_exec_prefix", str(link))
    linked = link / "bin" / Path(sys.executable).resolve().name
    for program in (str(linked), sys.executable):
        assert found(program, "-c", "print('runs')") == "runs"


def test_an_inherited_descriptor_passes() -> None:
    kept, given = os.pipe()
    os.set_inheritable(given, True)
    command = outside.command(["python", "-c", f"import os; os.write({given}, b'x')"])
    subprocess.run(command, pass_fds=[given], env=environment(), timeout=60, check=True)
    os.close(given)
    assert os.read(kept, 100) == b"x"
    os.close(kept)


def test_it_ends_with_who_started_it() -> None:
    command = outside.command(["sleep", "24.048101"])
    code = f"import subprocess; subprocess.run({command!r}, timeout=60)"
    starter = subprocess.Popen([sys.executable, "-c", code])
    try:
        while not running("sleep", "24.048101"):
            assert starter.poll() is None
    finally:
        starter.kill()
        starter.wait()
    assert gone("sleep", "24.048101")
