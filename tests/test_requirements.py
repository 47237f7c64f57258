"""requirements.txt, constraints.txt, environment.yml and pyproject.toml agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

CONDA_NAMES = {"pytorch-cpu": "torch", "jupyter_client": "jupyter-client"}


def wanted(root: Path) -> dict[str, Requirement]:
    lines = (root / "requirements.txt").read_text().splitlines()
    found = [Requirement(line) for line in lines if re.match(r"\w", line)]
    return {one.name: one for one in found}


def test_every_requirement_is_pinned_within_its_range(root):
    pins = {}
    for line in (root / "constraints.txt").read_text().splitlines():
        pin = Requirement(line)
        pins.setdefault(pin.name, []).append(next(iter(pin.specifier)).version)
    for name, requirement in wanted(root).items():
        assert any(requirement.specifier.contains(v) for v in pins.get(name, [])), name


def test_conda_gets_what_pip_gets(root):
    listed = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    conda = [re.split(r"[=<>]", entry)[0] for entry in listed if isinstance(entry, str)]
    names = {CONDA_NAMES.get(name, name) for name in conda} - {"python", "pip"}
    names |= {Requirement(one).name for one in by_pip if not one.startswith("-")}
    assert names == set(wanted(root))
    torch = next(entry for entry in listed if str(entry).startswith("pytorch-cpu"))
    pin = next(iter(wanted(root)["torch"].specifier)).version
    assert pin.startswith(torch.split("=")[1])


def test_package_asks_for_no_more_than_is_installed(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["course"]]
    assert {Requirement(one).name for one in asked} <= set(wanted(root))
