"""What was collected, kept beside it: who is who, and which work counts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from dlcourse.errors import CourseError
from dlcourse.lms.tables import write_whole

VERSION = 1


@dataclass(frozen=True)
class Taken:
    """What was collected of one person or group.

    Attributes:
        system: ``moodle`` or ``canvas``.
        number: the system's.
        student: nbgrader's id.
        name: in the system.
        folder: the system's own folder for them, "" where it has none.
        digest: of the work that counts.
        rank: tells which of two works is the later one, see ``gather``.
        late: whether the system called it late.
    """

    system: str
    number: str
    student: str
    name: str
    folder: str
    digest: str
    rank: str
    late: bool

    @property
    def key(self) -> str:
        """Under which it is recorded."""
        return f"{self.system} {self.number or self.name}"


@dataclass
class Record:
    """What was collected for an assignment, by system and number."""

    path: Path
    taken: dict[str, Taken] = field(default_factory=dict)

    def save(self) -> None:
        """Write it."""
        data = {
            "version": VERSION,
            "taken": [asdict(self.taken[key]) for key in sorted(self.taken)],
        }
        text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
        if not self.path.is_file() or self.path.read_text(encoding="utf-8") != text:
            write_whole(self.path, text.encode())

    def student_of(self, system: str, number: str) -> str:
        """Find whose work was collected under a number, "" if nobody's."""
        found = self.taken.get(f"{system} {number}")
        return found.student if found else ""


def read_record(root: Path, name: str) -> Record:
    """Read what was collected for an assignment before.

    Raises:
        CourseError: if the record was damaged.
    """
    path = home(root, name) / "record.json"
    if not path.is_file():
        return Record(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ValueError("another version")
        taken = [Taken(**one) for one in data["taken"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}); move it away and collect again."
        ) from error
    return Record(path, {one.key: one for one in taken})


def home(root: Path, name: str) -> Path:
    """Name the folder of what is kept about collecting an assignment."""
    return root / "class" / "collected" / name
