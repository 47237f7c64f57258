"""Where there can be no sandbox, one sentence says why and what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import dlcourse
from dlcourse.grading.sandbox import check, outside

INSTEAD = (
    ", or grade without protection by `--sandbox none`, on a machine you can lose."
)
SAY = "from dlcourse.grading.sandbox import check; print(check.problem())"
# Root within a namespace of its own: it may mount and change that namespace's settings.
INSIDE = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--uid", "0"]
INSIDE += ["--gid", "0", "--cap-add", "ALL"]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    check.problem.cache_clear()
    yield
    check.problem.cache_clear()


def said(*command: str) -> str:
    """Run a command that prints the problem."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_here_is_none() -> None:
    assert check.problem() == ""


def test_it_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []
    monkeypatch.setattr(check, "_trial", lambda: tries.append("") or "")
    assert check.problem() + check.problem() == ""
    assert len(tries) == 1


def test_another_system(monkeypatch: pytest.MonkeyPatch) -> None:
    # Only to this module: libraries that load meanwhile must see the real system.
    monkeypatch.setattr(check, "sys", SimpleNamespace(platform="darwin"))
    assert check.problem() == (
        f"The sandbox needs Linux, and this is darwin: grade on Linux{INSTEAD}"
    )


@pytest.mark.parametrize(
    ("release", "fine"),
    [
        ("4.18.0-553.el8", False),
        ("5.13.19", False),
        ("5.14.0-1-amd64", True),
        ("6.1", True),
        ("10.0-rc1", True),
    ],
)
def test_an_old_linux(
    monkeypatch: pytest.MonkeyPatch, release: str, fine: bool
) -> None:
    monkeypatch.setattr(check, "_release", lambda: release)
    problem = check.problem()
    assert problem == "" if fine else f"this is {release}: update it" in problem


def test_a_course_where_sandboxes_have_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "prefix", "/tmp/course/.venv")
    assert check.problem() == (
        "Each sandbox has a /tmp of its own, and /tmp/course/.venv is needed in it: "
        f"move the course or its environment elsewhere{INSTEAD}"
    )


def test_a_missing_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check.problem() == (
        "The sandbox needs the program bwrap: run `apt-get install bubblewrap` (or "
        f"your system's like){INSTEAD}"
    )


def test_for_root_also_what_changes_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bwrap").symlink_to(str(shutil.which("bwrap")))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(outside, "changes_user", lambda: True)
    assert "the program setpriv: run `apt-get install util-linux`" in check.problem()


def test_forbidden_namespaces() -> None:
    """The setting of a namespace is its own, so this forbids nothing to others."""
    script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    shell = ["sh", "-c", script, "sh", sys.executable, "-c", SAY]
    assert said(*INSIDE, *shell) == (
        "The sandbox needs user namespaces, which user.max_user_namespaces forbids: "
        f"run `sudo sysctl -w user.max_user_namespaces=10000`{INSTEAD}"
    )


@pytest.mark.parametrize(("name", "forbids", "allows"), check.SETTINGS)
def test_each_setting_that_forbids_namespaces_is_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    forbids: int,
    allows: int,
) -> None:
    file = tmp_path / name.replace(".", "/")
    file.parent.mkdir()
    file.write_text(f"{forbids}\n")
    monkeypatch.setattr(check, "_SYSCTL", tmp_path)
    for words in (
        "bwrap: No permissions to create a new namespace, likely because the kernel",
        "bwrap: setting up uid map: Permission denied",
        "The sandbox cannot be made: [Errno 28] No space left: 'make namespaces'",
    ):
        assert f"sudo sysctl -w {name}={allows}`" in check._diagnose(words)
    file.write_text(f"{allows}\n")
    assert "ask who runs it to allow them" in check._diagnose(words)


def test_a_container_that_hides_parts_of_proc() -> None:
    hide = ["--proc", "/proc", "--ro-bind", "/dev/null", "/proc/meminfo"]
    problem = said(*INSIDE, "--unshare-pid", *hide, sys.executable, "-c", SAY)
    assert problem == (
        "The sandbox needs a /proc of its own, and a container that hides parts of "
        "/proc forbids it: start the container with `--security-opt seccomp=unconfined "
        f"--security-opt systempaths=unconfined`{INSTEAD}"
    )


def test_a_missing_library() -> None:
    files = [
        *Path("/usr/lib").glob("*/libseccomp.so.2"),
        Path("/usr/lib64/libseccomp.so.2"),
    ]
    covers = []
    for file in filter(Path.exists, files):
        covers += ["--ro-bind", "/dev/null", str(file.resolve())]
    assert said(*INSIDE, *covers, sys.executable, "-c", SAY) == (
        f"The sandbox needs libseccomp: run `apt-get install libseccomp2`{INSTEAD}"
    )


def test_a_package_that_the_sandboxs_user_cannot_find() -> None:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:  # not in /tmp
        copy = Path(folder, "dlcourse")
        shutil.copytree(Path(dlcourse.__file__).parent, copy)
        script = f"import sys; sys.path.insert(0, {folder!r}); {SAY}"
        problem = said(sys.executable, "-c", script)
    assert problem.startswith(
        "The sandbox's user cannot read Python or the course's code ("
    )
    assert "install the course by `pip install -e .`, and run `chmod -R o+rX" in problem
    assert str(copy) in problem


def test_anything_else_is_quoted() -> None:
    words = "first line\nbwrap: something is odd\n"
    assert check._diagnose(words) == (
        "The sandbox does not work here (bwrap: something is odd): mend that"
    )


def test_a_trial_that_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_PATIENCE", 0.001)
    assert "not ready after 0.001 s" in check.problem()
