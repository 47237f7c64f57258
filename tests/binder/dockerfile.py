"""What Binder would make of this repository; run by hand, without Docker.

    python -m venv /tmp/binder && /tmp/binder/bin/pip install jupyter-repo2docker
    /tmp/binder/bin/python tests/binder/dockerfile.py

It needs repo2docker in an environment of its own. That is no dependency of the course,
since the weekly run on GitHub builds and runs the real image. It prints what it finds
and ends with status 1 if something is wrong; ``--show`` prints the Dockerfile as well.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from repo2docker.app import Repo2Docker

ROOT = Path(__file__).resolve().parents[2]


def render() -> tuple[str, str]:
    """Name the build pack that repo2docker chooses, and give its Dockerfile."""
    app = Repo2Docker()
    os.chdir(ROOT)
    for kind in app.buildpacks:
        pack = kind(base_image=app.base_image)
        if pack.detect():
            pack.platform = "linux/amd64"
            return kind.__name__, pack.render()
    raise SystemExit("repo2docker knows no way to build this repository")


def findings(pack: str, dockerfile: str) -> dict[str, bool]:
    """Look at the order of the steps: what is early is kept when pages change."""
    lines = dockerfile.splitlines()

    def first(text: str) -> int:
        return next((i for i, line in enumerate(lines) if text in line), -1)

    install, copy = first('--file "environment.yml"'), first(" src/ ${REPO_DIR}/")
    return {
        "environment.yml wins over requirements.txt": pack == "CondaBuildPack",
        "repo2docker has a base for its Python": first("environment.lock") > 0,
        "packages are installed": install > 0,
        "before the pages are copied": 0 < install < copy,
        "postBuild runs after that": copy < first("./postBuild"),
        "start runs before Jupyter": first("/start") > copy,
    }


if __name__ == "__main__":
    pack, dockerfile = render()
    if "--show" in sys.argv:
        print(dockerfile)
    found = findings(pack, dockerfile)
    for what, right in found.items():
        print("ok   " if right else "WRONG", what)
    sys.exit(0 if all(found.values()) else 1)
