"""What learning-management systems call the files in their zips of submissions.

Moodle (mod/assign/classes/downloader.php, and docs.moodle.org, "Using Assignment"):
``NAME_NUMBER_assignsubmission_PLUGIN`` is a folder, with a last underscore before
version 4.1; without "Download submissions in folders" a file's name follows. PLUGIN is
``file`` or ``onlinetext``. For a group its name and number stand there, for an
anonymous submission ``Participant``. NUMBER is another one in each assignment.

Canvas (lib/content_zipper.rb, and the guide "How do I download all student
submissions"): ``name[_LATE]_USER_ATTACHMENT_FILE``, or ``..._USER_text.html`` and
``..._USER_link.html`` for what is no file; ``anon_...`` for an anonymous one. A file
that is uploaded again gets ``-1``, ``-2``, … before its ending, and a higher number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOODLE, CANVAS = "moodle", "canvas"

_MOODLE = re.compile(
    r"(?P<name>.+?)(_(?P<number>\d+))?_assign(?P<kind>submission|feedback)"
    r"_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?"
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<number>anon_[A-Za-z0-9]+)_(?P<upload>\d+)_(?P<rest>.+)"
)
_CANVAS = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<upload>\d+)_(?P<rest>.+)"
)
_TYPED = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<rest>(text|link)\.html)"
)


@dataclass(frozen=True)
class Label:
    """What a path in a zip says of one file.

    Attributes:
        system: ``moodle`` or ``canvas``.
        name: of the person or group, as the system writes it there.
        number: the system's own for them, "" if it gives none.
        folder: the system's own folder for them; for Canvas "".
        path: of the file, from the person's own folder.
        typed: whether it is text that was typed into the system, no file.
        late: whether the system says that it was late.
        upload: number of the upload, higher for later ones; 0 where there is none.
    """

    system: str
    name: str
    number: str
    folder: str
    path: tuple[str, ...]
    typed: bool = False
    late: bool = False
    upload: int = 0


def read_label(parts: tuple[str, ...]) -> Label | None:
    """Read a path; None if neither system writes such a one.

    Folders above, of a zip that somebody packed anew, do not matter.
    """
    for place, part in enumerate(parts):
        if found := _MOODLE.fullmatch(part):
            return _moodle(found, parts[place + 1 :])
    return _canvas(parts[-1]) if parts else None


def _moodle(found: re.Match[str], below: tuple[str, ...]) -> Label | None:
    rest = found["rest"] or ""
    path = (*((rest,) if rest else ()), *below)
    if not path or found["kind"] == "feedback":
        return None  # a folder without a file; or the instructor's own
    prefix = "_".join(filter(None, (found["name"], found["number"])))
    folder = found[0] if not rest else f"{prefix}_assignsubmission_file_"
    return Label(
        system=MOODLE,
        name=found["name"],
        number=found["number"] or "",
        folder=re.sub(r"_onlinetext(_?)$", r"_file\1", folder),
        path=path,
        typed=found["plugin"] != "file",
    )


def _canvas(file: str) -> Label | None:
    for form in (_ANONYMOUS, _CANVAS, _TYPED):
        if found := form.fullmatch(file):
            groups = found.groupdict()
            return Label(
                system=CANVAS,
                name=groups.get("name") or "",
                number=found["number"],
                folder="",
                path=(found["rest"],),
                typed=form is _TYPED,
                late=bool(found["late"]),
                upload=int(groups.get("upload") or 0),
            )
    return None
