"""What a submission sees of the machine, and where it may write."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import dlcourse
from dlcourse.grading.sandbox import outside

from ..people import CLONE
from .room import Room


def test_it_is_a_user_without_any_right(room: Room) -> None:
    status = room.says("print(open('/proc/self/status').read())")
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    assert fields["Uid"].split() == ["1000"] * 4
    assert fields["Gid"].split() == ["1000"] * 4
    for rights in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(fields[rights], 16) == 0, rights
    assert fields["NoNewPrivs"] == "1"
    assert fields["Seccomp"] == "2"


def test_no_right_comes_back_by_a_change_of_user(room: Room) -> None:
    code = "import ctypes; print(bin(ctypes.CDLL(None).prctl(27)))"
    assert room.says(code) == "0b11101111"  # securebits


def test_to_the_machine_it_is_not_root_either(room: Room) -> None:
    expected = outside.NOBODY_ELSE if os.geteuid() == 0 else os.geteuid()
    for kind in ("uid", "gid"):
        mapped = room.says(f"print(open('/proc/self/{kind}_map').read())")
        assert list(map(int, mapped.split())) == [1000, expected, 1]
    code = "print(end='x', flush=True); import time; time.sleep(60)"
    with room.sandbox(
        code, before="print(os.readlink('/proc/self'), flush=True)"
    ) as one:
        status = Path("/proc", one.line(), "status").read_text()
    assert f"\nUid:\t{expected}\t{expected}\t{expected}\t{expected}\n" in status


def test_it_sees_nothing_of_people_and_course(room: Room, tmp_path: Path) -> None:
    gradebook = tmp_path / "gradebook.db"
    gradebook.write_text("marks")
    diary = Path.home() / f".dlcourse-test-{os.getpid()}"
    diary.write_text("secret")
    try:
        paths = [gradebook, diary, CLONE / "solutions", CLONE / "pyproject.toml"]
        paths += [CLONE / "tests", Path("/etc/shadow"), Path("/etc/ssl")]
        paths += map(Path, ("/var", "/sys", "/srv", "/run", "/boot"))
        there = [str(path) for path in paths if path.exists()]
        assert len(there) > 8
        code = f"import os; print([p for p in {there} if os.path.lexists(p)])"
        assert room.says(code) == "[]"
    finally:
        diary.unlink()


def test_of_the_courses_clone_it_sees_python_and_the_package_only(room: Room) -> None:
    beside = room.says(f"import os; print(*os.listdir({str(CLONE)!r}))").split()
    assert Path(dlcourse.__file__).parent.name in beside
    assert set(beside) <= {Path(dlcourse.__file__).parent.name, Path(sys.prefix).name}


def test_settings_that_may_hold_a_password_are_out_of_sight(room: Room) -> None:
    folder = Path(sys.prefix, "etc/jupyter")
    assert any(folder.iterdir())
    assert room.says(f"import os; print(os.listdir({str(folder)!r}))") == "[]"


def test_one_sandbox_does_not_see_another(room: Room) -> None:
    write = """
        import os, pty, time
        for folder in (".", "/tmp", "/dev/shm", os.path.expanduser("~")):
            open(os.path.join(folder, "answers"), "w").close()
        pty.openpty()
        print("written", flush=True)
        time.sleep(60)
    """
    look = """
        import glob
        print([glob.glob(p) for p in ("*", "/tmp/*", "/dev/shm/*", "/dev/pts/[0-9]*")])
    """
    with room.sandbox(write) as first:
        assert first.line() == "written"
        assert room.says(look) == "[[], [], [], []]"


def test_it_writes_to_its_own_scratch_only(room: Room) -> None:
    code = """
        import os
        mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
        tried, written = 0, set()
        for top in {"/", *mounts}:
            for folder, below, files in os.walk(top):
                depth = folder.count("/") - top.count("/")
                if depth > 1 or folder.startswith("/proc/1"):
                    below.clear()
                tried += 1
                path = os.path.join(folder, "written")
                try:
                    os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
                except OSError:
                    continue
                written.add(folder)
                os.unlink(path)
        assert tried > 100
        print(*sorted(written))
    """
    own = "/dev/shm /home/student /home/student/work /tmp"
    assert room.says(code) == own


def test_files_that_it_owns_outside_cannot_be_changed(room: Room) -> None:
    code = f"""
        import os
        for path in ("/", "/dev", "/etc/passwd", {dlcourse.__file__!r}):
            for change in (lambda: os.chmod(path, 0o777), lambda: os.utime(path)):
                try:
                    change()
                except OSError:
                    continue
                print(path)
    """
    assert room.says(code) == ""


def test_its_scratch_is_bounded_in_all_places_together(room: Room) -> None:
    code = """
        import os
        written = 0
        for number in range(100):
            folder = (".", "/tmp", "/dev/shm", "..")[number % 4]
            try:
                with open(f"{folder}/{number}", "wb", buffering=0) as file:
                    for _ in range(16):
                        written += file.write(bytes(2**16))
            except OSError as error:
                print(error.errno)
                break
        print(written // 2**20)
    """
    assert room.says(code, scratch=6 * 2**20) == "28\n6"


def test_the_number_of_its_files_is_bounded(room: Room) -> None:
    code = """
        import os
        for number in range(200_000):
            try:
                os.mknod(str(number))
            except OSError as error:
                print(error.errno)
                break
    """
    assert room.says(code) == "28"


def test_its_work_folder_is_where_it_starts_and_home_is_above(room: Room) -> None:
    code = "import os; print(os.getcwd(), os.path.expanduser('~'))"
    assert room.says(code) == "/home/student/work /home/student"


def test_the_machines_name_is_hidden(room: Room) -> None:
    assert os.uname().nodename != "sandbox"
    assert room.says("import os; print(os.uname().nodename)") == "sandbox"


def test_its_environment_is_what_is_given(room: Room) -> None:
    before = "os.environ.clear(); os.environ.update(A='1', B='2')"
    code = "import os; print(dict(os.environ))"
    assert room.says(code, before=before) == "{'A': '1', 'B': '2'}"


def test_descriptors_that_are_not_kept_are_closed(room: Room) -> None:
    before = """
        kept, given = os.pipe()
        os.dup2(kept, 50), os.dup2(given, 60), os.dup2(given, 70)
    """
    code = "import os; print(*os.listdir('/proc/self/fd'))"
    # The fourth is that of the listing itself.
    said = room.says(code, before=before, keep=[50, 70])
    assert sorted(map(int, said.split())) == [0, 1, 2, 3, 50, 70]


def test_a_folder_is_not_kept(room: Room) -> None:
    before = "os.dup2(os.open('/', os.O_RDONLY), 50)"
    status, said = room.outcome("print('here')", before=before, keep=[50])
    assert status == 125
    assert said == (
        "The sandbox cannot be made: descriptor 50 is neither a socket nor a pipe"
    )


def test_a_terminal_or_a_file_is_no_standard_stream(room: Room) -> None:
    before = """
        import pty
        master, terminal = pty.openpty()
        file = os.open("/proc/self/status", os.O_RDONLY)
        os.dup2(1, 50), os.dup2(terminal, 0), os.dup2(file, 2)
    """
    code = """
        import os
        found = [os.readlink(f"/proc/self/fd/{number}") for number in (0, 2)]
        os.write(50, str(found).encode())
    """
    assert room.says(code, before=before, keep=[50]) == "['/dev/null', '/dev/null']"
