"""Feedback pages as a zip that Moodle takes back.

"Upload multiple feedback files in a zip" (mod/assign/feedback/file/importziplib.php)
gives each file to whom its folder names, as in the zip of submissions:
``NAME_NUMBER_assignsubmission_file_/FILE``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dlcourse.errors import CourseError
from dlcourse.grading.course import open_course
from dlcourse.grading.result import printable
from dlcourse.lms.export import student_of
from dlcourse.lms.names import MOODLE
from dlcourse.lms.record import Record, read_record
from dlcourse.lms.roster import Roster

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # so the same pages give the same zip


@dataclass
class Packed:
    """A zip of feedback.

    Attributes:
        raw: its bytes.
        count: for how many people there is feedback in it.
        remarks: sentences on pages that are not in it.
    """

    raw: bytes = b""
    count: int = 0
    remarks: list[str] = field(default_factory=list)


def pack(root: Path, name: str, roster: Roster | None) -> Packed:
    """Pack the feedback pages of an assignment for Moodle.

    Args:
        root: the course's root folder.
        name: the assignment.
        roster: Moodle's grading worksheet, for groups and for those whose work came
            another way; what was noted when collecting does for the others.

    Raises:
        CourseError: if there are no pages, or nobody in Moodle to give them to.
    """
    course = open_course(root, name)
    home = root / str(course.directory.feedback_directory)
    pages = {
        folder.parent.name: sorted(folder.glob("*.html"))
        for folder in sorted(home.glob(f"*/{name}"))
    }
    pages = {student: found for student, found in pages.items() if found}
    if not pages:
        raise CourseError(
            f"{home} holds no feedback on {name}; run `nbgrader generate_feedback "
            f"{name}` first."
        )
    record = read_record(root, name)
    folders = _folders(record, roster, pages)
    if not folders:
        raise CourseError(
            f"Nobody with feedback on {name} is known in Moodle; collect its zip by "
            "`dlcourse collect`, or give its grading worksheet by --roster."
        )
    made = Packed(count=len(folders))
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for folder in sorted(folders):
            for page in pages[folders[folder]]:
                info = ZipInfo(f"{folder}/{page.name}", _BEGINNING)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, page.read_bytes())
    made.raw = buffer.getvalue()
    given = set(folders.values())
    made.remarks = [
        f"{printable(one)}: has feedback, but is not known in Moodle"
        for one in pages
        if one not in given
    ]
    return made


def _folders(
    record: Record, roster: Roster | None, pages: Mapping[str, object]
) -> dict[str, str]:
    """Name Moodle's folders, and the student whose pages go into each."""
    if roster is None:
        return {
            one.folder: one.student
            for one in record.taken.values()
            if one.system == MOODLE and one.number and one.student in pages
        }
    if roster.system != MOODLE:
        raise CourseError(
            f"{roster.table.called} is not Moodle's grading worksheet; download it "
            "from the assignment by `Download grading worksheet`."
        )
    ids = {one.casefold(): one for one in pages}
    folders: dict[str, str] = {}
    for person in roster.people:
        if student := student_of(person, roster, record, ids):
            noted = record.taken.get(f"{MOODLE} {person.number}")
            folders[noted.folder if noted else _folder(person.name, person.number)] = (
                student
            )
    return folders


def _folder(name: str, number: str) -> str:
    kept = "".join(one for one in name if one.isprintable())
    kept = re.sub(r'[/\\:*?"<>|_]', "", kept)
    return f"{kept.strip() or 'Participant'}_{number}_assignsubmission_file_"
