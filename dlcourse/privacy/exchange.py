"""What nbgrader's exchange holds of a student."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.utils import notebook_hash
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.privacy.files import Deed

# nbgrader's own default.
_USUAL = "/usr/local/share/nbgrader/exchange"


def find_in_exchange(root: Path, course: Config, student: str) -> list[Deed]:
    """List a student's submissions in the exchange, and feedback released there.

    Args:
        root: the course's root folder.
        course: its nbgrader settings; those of this account come before them.
        student: the id.
    """
    place = Path(_settings(course).get("Exchange", {}).get("root", _USUAL))
    home = place / str(course.CourseDirectory.course_id)
    deeds = [
        Deed(path, "handed in")
        for path in sorted(home.glob("inbound/*"))
        if path.name.partition("+")[0] == student
    ]
    for secret in sorted(root.glob("class/*/*/*/submission_secret.txt")):
        if secret.parent.parent.name != student:
            continue
        key = notebook_hash(
            secret=secret.read_text(encoding="utf-8"),
            notebook_id=secret.parent.name,
        )
        page = home / "feedback" / f"{key}.html"
        if page.is_file() and all(page != one.path for one in deeds):
            deeds.append(Deed(page, "feedback"))
    return deeds


def _settings(course: Config) -> Config:
    merged = Config()
    for folder in reversed(jupyter_config_path()):
        if Path(folder, "nbgrader_config.py").is_file():
            loader = PyFileConfigLoader("nbgrader_config.py", path=folder)
            merged.merge(loader.load_config())
    merged.merge(course)
    return merged
