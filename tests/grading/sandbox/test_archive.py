"""A submission arrives as a tar: plain files within its folder, nothing else."""

from __future__ import annotations

import io
import tarfile

import pytest

from .room import REFUSED, Room


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    about.type, about.linkname, about.mode = kind, link, 0o4777
    return about


def tar(*members: tarfile.TarInfo, content: bytes = b"content") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for one in members:
            one.size = len(content) if one.isreg() else 0
            archive.addfile(one, io.BytesIO(content))
    return file.getvalue()


def test_files_are_there_and_belong_to_the_student(room: Room) -> None:
    code = """
        import os
        for path in ("a.txt", "data/b/c.txt"):
            about = os.stat(path)
            print(open(path).read(), about.st_uid, oct(about.st_mode))
            open(path, "a").write("more")
    """
    archive = tar(member("a.txt"), member("data/b/c.txt"))
    assert room.says(code, archive=archive) == "\n".join(["content 1000 0o100644"] * 2)


def test_an_archive_may_be_empty(room: Room) -> None:
    code = "import os; print(os.listdir())"
    assert room.says(code, archive=tar()) == "[]"


@pytest.mark.parametrize(
    "bad",
    [
        [member("/tmp/a")],
        [member("../a")],
        [member("a/../../b")],
        [member(".")],
        [member("a", tarfile.SYMTYPE, "/etc/passwd")],
        [member("a", tarfile.SYMTYPE, "b")],
        [member("a", tarfile.LNKTYPE, "/etc/passwd")],
        [member("a", tarfile.CHRTYPE)],
        [member("a", tarfile.FIFOTYPE)],
        [member("a", tarfile.DIRTYPE)],
        [member("a", b"9")],  # a kind that does not exist
        [member("a"), member("a")],
        [member("a"), member("a/b")],
    ],
    ids=lambda bad: " ".join(f"{one.name}-{one.type.decode()}" for one in bad),
)
def test_what_is_no_plain_file_in_its_folder_is_refused(
    room: Room, bad: list[tarfile.TarInfo]
) -> None:
    status, said = room.outcome("print('here')", archive=tar(member("x"), *bad))
    assert status == REFUSED
    assert said.startswith("The sandbox cannot be made: ")
    assert "here" not in said


@pytest.mark.parametrize("bad", [b"no tar", b"x" * 10240, tar(member("a"))[:700]])
def test_what_is_no_archive_is_refused(room: Room, bad: bytes) -> None:
    status, said = room.outcome("print('here')", archive=bad)
    assert (status, said.startswith("The sandbox cannot be made: archive")) == (
        REFUSED,
        True,
    )


def test_too_many_files_are_refused(room: Room) -> None:
    before = "from dlcourse.grading.sandbox import unpack; unpack.MOST_FILES = 2"
    two, three = (tar(*map(member, names)) for names in ("ab", "abc"))
    assert room.says("print('here')", before=before, archive=two) == "here"
    assert room.outcome("print('here')", before=before, archive=three) == (
        REFUSED,
        "The sandbox cannot be made: archive holds more than 2 files",
    )


def test_an_archive_is_bounded_like_what_the_submission_writes(room: Room) -> None:
    archive = tar(member("a"), content=bytes(200_000))
    status, said = room.outcome("print('here')", archive=archive, file_size=100_000)
    assert (status, "File too large" in said) == (REFUSED, True)
    status, said = room.outcome("print('here')", archive=archive, scratch=100_000)
    assert (status, "No space left" in said) == (REFUSED, True)
