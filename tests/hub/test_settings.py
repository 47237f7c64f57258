"""The files for a hub on one machine, as far as they go without root and accounts."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from dlcourse.grading import formgrader


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Iterator[Path]:
    """The hub's folder as an administrator copies it."""
    yield Path(shutil.copytree(root / "deploy/hub", tmp_path / "hub"))
    sys.modules.pop("classroom", None)


def load(folder: Path) -> Config:
    sys.modules.pop("classroom", None)
    path = list(sys.path)
    try:
        loader = PyFileConfigLoader("jupyterhub_config.py", path=str(folder))
        return loader.load_config()
    finally:
        sys.path[:] = path


def test_people_come_from_the_lists(folder: Path) -> None:
    (folder / "students.txt").write_text("# course of 2026\nada\n\ncleo  # late\n")
    c = load(folder)
    assert c.Authenticator.allowed_users == {"instructor", "ada", "cleo"}
    assert c.JupyterHub.load_groups == {
        "formgrade-deep-learning-lab": {"users": ["instructor", "course-dl"]},
        "nbgrader-deep-learning-lab": {"users": ["ada", "cleo"]},
    }


def test_a_missing_list_is_one_sentence(folder: Path) -> None:
    (folder / "students.txt").unlink()
    with pytest.raises(SystemExit, match=r"students\.txt is missing: write"):
        load(folder)


def test_a_class_logs_in_by_accounts_and_never_by_one_password(folder: Path) -> None:
    c = load(folder)
    assert c.JupyterHub.authenticator_class == "pam"
    assert "SharedPasswordAuthenticator" not in c
    assert c.JupyterHub.bind_url == "http://127.0.0.1:8000"  # TLS stands before it
    proxied = re.search(r"reverse_proxy (\S+)", (folder / "Caddyfile").read_text())[1]
    assert c.JupyterHub.bind_url == f"http://{proxied}"


def test_the_service_starts_what_the_readme_copies(folder: Path) -> None:
    unit = (folder / "jupyterhub.service").read_text()
    readme = (folder / "README.md").read_text()
    copied = re.search(r"^cp -r deploy/hub (\S+)$", readme, re.MULTILINE)[1]
    assert f"--config={copied}/jupyterhub_config.py" in unit
    environment = re.search(r"^python3 -m venv (\S+)$", readme, re.MULTILINE)[1]
    assert f"ExecStart={environment}/bin/jupyterhub " in unit
    assert f"PATH={environment}/bin:" in unit
    for file in ("instructors.txt", "students.txt", "Caddyfile", "jupyterhub.service"):
        assert file in readme
        assert (folder / file).is_file()


def test_requirements_are_those_of_the_package(root: Path) -> None:
    extras = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    lines = (root / "deploy/hub/requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    assert wanted == extras["optional-dependencies"]["hub"]
    pins = (root / "constraints.txt").read_text()
    pin = re.search(r"^jupyterhub==(\S+)$", pins, re.MULTILINE)[1]
    assert Requirement(wanted[0]).specifier.contains(pin)


def test_what_the_button_cannot_grade_is_said_in_a_sentence(
    root: Path, tmp_path: Path
) -> None:
    for name in ("nbgrader_config.py", "_toc.yml"):
        shutil.copy(root / name, tmp_path)
    answer = asyncio.run(formgrader.grade(tmp_path, "--help", "ada"))
    assert answer["success"] is False
    assert answer["error"] == (
        "dlcourse: solutions/--help/--help.md does not exist; assignments here: none.\n"
    )
