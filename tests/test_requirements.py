"""requirements.txt, constraints.txt, environment.yml and pyproject.toml agree."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

CONDA_NAMES = {"pytorch-cpu": "torch", "jupyter_client": "jupyter-client"}


def wanted(root: Path) -> dict[str, Requirement]:
    lines = (root / "requirements.txt").read_text().splitlines()
    found = [Requirement(line) for line in lines if re.match(r"\w", line)]
    return {one.name: one for one in found}


def pins(root: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (root / "constraints.txt").read_text().splitlines():
        pin = Requirement(line)
        found.setdefault(pin.name, []).append(next(iter(pin.specifier)).version)
    return found


def project(root: Path) -> dict[str, Any]:
    text = (root / "pyproject.toml").read_text()
    return dict(tomllib.loads(text)["project"])


def asked(root: Path) -> dict[str, Requirement]:
    """What the package asks for, to run and to work with."""
    about = project(root)
    lines = [*about["dependencies"], *about["optional-dependencies"]["course"]]
    return {one.name: one for one in map(Requirement, lines)}


def conda(root: Path) -> tuple[dict[str, SpecifierSet], list[str]]:
    """What environment.yml asks for: by conda, under pip's names, and by pip."""
    listed = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    found = {}
    for entry in listed:
        if isinstance(entry, str):
            name, version = re.fullmatch(r"([\w-]+)(.*)", entry).groups()
            exact = re.fullmatch(r"=([\d.]+)", version)
            known = CONDA_NAMES.get(name, name)
            found[known] = SpecifierSet(f"=={exact[1]}.*" if exact else version)
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    return found, by_pip


def test_every_requirement_is_pinned_within_its_range(root):
    fixed = pins(root)
    for name, requirement in (*wanted(root).items(), *asked(root).items()):
        assert any(map(requirement.specifier.contains, fixed.get(name, []))), name


def test_conda_gets_what_pip_gets(root):
    by_conda, by_pip = conda(root)
    names = by_conda.keys() - {"python", "pip"}
    names |= {Requirement(one).name for one in by_pip}
    assert names == set(wanted(root))


def test_conda_allows_what_is_pinned(root):
    fixed, (by_conda, _) = pins(root), conda(root)
    for name in by_conda.keys() - {"python", "pip"}:
        assert any(map(by_conda[name].contains, fixed[name])), name


def test_conda_takes_pytorch_from_the_oldest_that_the_package_runs_on(root):
    by_conda, needed = conda(root)[0], asked(root)
    for name in ("torch", "torchvision"):
        assert by_conda[name] == needed[name].specifier


def test_conda_has_a_python_that_the_package_runs_on(root):
    version = str(conda(root)[0]["python"]).removeprefix("==").removesuffix(".*")
    assert SpecifierSet(project(root)["requires-python"]).contains(version)


def test_binder_need_not_install_anew_when_a_page_changes(root):
    # Any of these makes it copy the whole repository before it installs.
    _, by_pip = conda(root)
    assert [one for one in by_pip if re.match(r"-|\.|file:", one)] == []


@pytest.mark.parametrize("script", ["postBuild", "start"])
def test_binder_finds_its_scripts(root, script):
    # In the root, since with a folder of its own Binder would not look for
    # environment.yml here.
    assert os.access(root / script, os.X_OK)
    assert (root / script).read_text().startswith("#!/usr/bin/env bash\n")
    assert not (root / "binder").exists()
    assert not (root / ".binder").exists()


def test_package_asks_for_no_more_than_is_installed(root):
    assert set(asked(root)) <= set(wanted(root))
