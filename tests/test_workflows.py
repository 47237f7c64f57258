"""The workflows on GitHub: sound, pinned, with few rights, in step with the rest."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
FILES = [*GITHUB.glob("workflows/*.yml"), *GITHUB.glob("actions/*/action.yml")]
WORKFLOWS = sorted(path.stem for path in FILES if path.parent.name == "workflows")

# Every right to write, and why a job may have it.
WRITERS = {
    ("publish", "deploy"): {"contents"},  # pushes the site
    ("preview", "show"): {"contents", "pull-requests"},  # pushes a preview, says where
    ("preview", "remove"): {"contents"},  # pushes without it
    ("weekly", "report"): {"issues"},  # keeps the one issue
}
# What a step may call besides make, the scripts and the Python of the course.
PROGRAMS = {"docker", "gh", "git", "pipx", "sed", "sudo"}


class Job(NamedTuple):
    workflow: str
    name: str
    body: dict[str, Any]

    def steps(self) -> list[dict[str, Any]]:
        return list(self.body.get("steps", []))

    def writes(self) -> set[str]:
        rights = self.body["permissions"].items()
        return {what for what, right in rights if right == "write"}


def load(name: str) -> dict[str, Any]:
    # YAML 1.1 takes the key `on` for a truth value.
    text = (GITHUB / "workflows" / f"{name}.yml").read_text()
    return dict(yaml.safe_load(re.sub("^on:", '"on":', text, flags=re.M)))


def jobs() -> Iterator[Job]:
    for name in WORKFLOWS:
        for job, body in load(name)["jobs"].items():
            yield Job(name, job, body)


def commands() -> Iterator[tuple[Path, str]]:
    for path in FILES:
        content = yaml.safe_load(path.read_text())
        groups = [*content.get("jobs", {}).values(), content.get("runs", {})]
        for group in groups:
            for step in group.get("steps", []):
                if "run" in step:
                    yield path, step["run"]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    beside = str(Path(sys.executable).parent)
    program = shutil.which("jactionlint", path=f"{beside}:{os.environ['PATH']}")
    if program is None:
        pytest.fail('jactionlint is missing: pip install -e ".[test]"', pytrace=False)
    # The shell scripts are files; ShellCheck may or may not be there.
    wishes = ["--strict-exit", "--shellcheck=", "--pyflakes=", "--no-color"]
    return subprocess.run(
        [program, *wishes], cwd=root, capture_output=True, text=True, check=False
    )


def test_linter_is_content():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("workflows/weekly.yml", "needs.links.result", "needs.linsk.result", "linsk"),
        ("workflows/test.yml", "matrix.torch ", "matrix.tarch ", "tarch"),
        ("workflows/publish.yml", "runs-on: ubuntu-24.04", "", "runs-on"),
        ("actions/setup/action.yml", "      shell: bash\n", "", "shell"),
        ("dependabot.yml", "weekly", "wekly", "wekly"),
    ],
)
def test_linter_reads_our_files(tmp_path, file, old, new, said):
    shutil.copytree(GITHUB, tmp_path / ".github")
    (tmp_path / ".git").mkdir()
    path = tmp_path / ".github" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    done = lint(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout


def test_actions_of_others_are_pinned_by_commit_with_their_version():
    commits: dict[str, set[str]] = {}
    for path in FILES:
        for line in path.read_text().splitlines():
            if not re.match(r"[\s-]*uses:", line):
                continue
            used = line.split("uses:")[1].strip()
            if used.startswith("./"):
                assert (ROOT / used).exists(), used
                continue
            pin = re.fullmatch(r"([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", used)
            assert pin, f"{path.name}: {used}"
            commits.setdefault(pin[1], set()).add(f"{pin[2]} {pin[3]}")
    assert {name.split("/")[0] for name in commits} == {"actions"}  # GitHub's own
    assert all(len(found) == 1 for found in commits.values()), commits


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_gives_no_right_to_all_its_jobs(name):
    assert load(name)["permissions"] == {}


def test_jobs_have_the_rights_that_they_need_and_no_more():
    writers = {(job.workflow, job.name): job.writes() for job in jobs()}
    assert {job: rights for job, rights in writers.items() if rights} == WRITERS
    for job in jobs():
        assert set(job.body["permissions"].values()) <= {"read", "write"}, job


def test_a_job_that_may_write_runs_nothing_of_the_course():
    for job in jobs():
        if job.writes():
            for step in job.steps():
                assert not step.get("uses", "").startswith("./"), job
                for line in step.get("run", "").splitlines():
                    assert re.match(r"gh |\.github/scripts/[\w-]+\.sh", line), line


def test_no_trigger_hands_a_token_to_code_of_strangers():
    for name in WORKFLOWS:
        assert not {"pull_request_target", "workflow_run"} & set(load(name)["on"])


def test_a_pull_request_of_a_fork_gets_no_right_to_write():
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    for job in jobs():
        if job.writes() and "pull_request" in load(job.workflow)["on"]:
            assert own in job.body["if"]
            assert "||" not in job.body["if"]


def test_a_fork_publishes_nothing():
    publish = load("publish")["jobs"]
    assert "!github.event.repository.fork" in publish["build"]["if"]
    assert publish["deploy"]["needs"] == "build"


def test_every_job_ends_in_time():
    for job in jobs():
        if "uses" not in job.body:
            assert 0 < job.body["timeout-minutes"] <= 120, job


def test_what_is_superseded_is_cancelled():
    for name in ("test", "publish", "preview"):
        assert load(name)["concurrency"]["cancel-in-progress"] is True
    # A pull request cancels only its own runs.
    assert "github.ref" in load("test")["concurrency"]["group"]
    assert "github.event.number" in load("preview")["concurrency"]["group"]


def test_no_step_leaves_the_token_in_the_clone():
    for job in jobs():
        for step in job.steps():
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, job


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text().replace("$(VENV)", ".venv")
    return set(re.findall(r"^([\w./-]+):(?!=)", text, flags=re.M))


def test_every_command_exists():
    known = targets()
    assert {"test", "book", ".venv/.course"} <= known
    for path, run in commands():
        lines = run.strip().splitlines()
        assert len(lines) <= 5, f"{path.name}: make a script of it:\n{run}"
        assert "${{" not in run, f"{path.name}: pass it by env:\n{run}"
        for line in lines:
            first, *rest = shlex.split(line)
            if first == "make":
                assert rest, line
                assert set(rest) <= known, line
            elif first == ".venv/bin/python":
                assert (ROOT / rest[0]).is_file(), line
            elif "/" in first:
                assert os.access(ROOT / first, os.X_OK), line
            else:
                assert first in PROGRAMS, line


def test_scripts_are_called():
    called = "\n".join(run for _, run in commands())
    for script in (GITHUB / "scripts").iterdir():
        if script.name != "__pycache__":
            assert f".github/scripts/{script.name}" in called


def legs() -> list[dict[str, str]]:
    return list(load("test")["jobs"]["test"]["strategy"]["matrix"]["include"])


def lower(requirement: str) -> str:
    found = re.search(r">=\s*([\d.]+)", requirement)
    assert found
    return found[1]


def test_the_oldest_that_pyproject_allows_is_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {Requirement(one).name: one for one in project["dependencies"]}
    oldest_python = lower(project["requires-python"])
    assert min((leg["python"] for leg in legs()), key=Version) == oldest_python
    [old] = [leg for leg in legs() if "torch" in leg]
    assert old["python"] == oldest_python
    for name in ("torch", "torchvision"):
        assert Version(old[name]) == Version(lower(asked[name]))


def test_the_pins_are_tested_with_the_oldest_and_the_newest_python():
    pinned = {leg["python"] for leg in legs() if "torch" not in leg}
    assert pinned == {leg["python"] for leg in legs()}
    assert len(pinned) == 2


def test_the_weekly_run_takes_the_newest_python():
    newest = max((leg["python"] for leg in legs()), key=Version)
    setup = [
        step["with"]["python"]
        for step in load("weekly")["jobs"]["newest"]["steps"]
        if step.get("uses") == "./.github/actions/setup"
    ]
    assert setup == [newest]
