"""The room that the sandboxes of one parent share: a bare read-only system, no network.

bubblewrap makes it. Started by root, what runs in it is a user that owns nothing on the
machine; started by anybody else, it is that user without any rights. Each submission
gets a sandbox of its own within, see ``enclose``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import dlcourse
from dlcourse.grading.sandbox.mounts import HOME

FONTS = f"{HOME}/.matplotlib"  # matplotlib's cache, by MPLCONFIGDIR
NOBODY_ELSE = 65533  # a user id that systems leave unused; "nobody" may own something

_MADE_UP = Path(__file__).with_name("etc")
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
# Where libraries and fonts are, Debian's choice of libraries, and what time it is.
_ETC = (
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "alternatives",
    "fonts",
    "localtime",
)
# Where nbgrader keeps what students hand in, unless told otherwise, and where its
# settings, such as a gradebook's password, may lie. Both may be in view with the rest.
_EXCHANGE = Path("/usr/local/share/nbgrader")
_SETTINGS = "etc/jupyter"


def command(program: Sequence[str]) -> list[str]:
    """Give the command that runs a program in the room.

    Inheritable descriptors and the environment reach the program: start it with an
    environment made from nothing, in which HOME is ``HOME``. It dies with the thread
    that starts it, so start it from one that lasts.

    Args:
        program: and its arguments.
    """
    # The environment that it is started with may have another PATH.
    bubblewrap = shutil.which("bwrap") or "bwrap"
    return [bubblewrap, *_namespaces(), *_mounts(), *_user(), *program]


def changes_user() -> bool:
    """Tell whether this process can become another user, and so has to.

    What a container without other users calls root is an ordinary user outside.
    """
    if os.geteuid() != 0:
        return False
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(0 <= NOBODY_ELSE - start < count for start, _, count in ranges)


def _namespaces() -> list[str]:
    names = ["pid", "net", "ipc", "uts", "cgroup-try"]
    if not changes_user():
        names.append("user")
    return [
        "--die-with-parent",
        "--new-session",
        *(f"--unshare-{one}" for one in names),
    ]


def _user() -> list[str]:
    """Become somebody else for good; an ordinary user cannot, and need not."""
    if not changes_user():
        return []
    rights = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
    needed = [word for right in rights for word in ("--cap-add", right)]
    number = str(NOBODY_ELSE)
    change = ["setpriv", "--reuid", number, "--regid", number, "--clear-groups"]
    return [*needed, *change, "--inh-caps=-all", "--bounding-set=-all"]


def _mounts() -> list[str]:
    return [
        *_system(),
        # A sandbox within can mount its own /proc only where the host's is in view.
        *("--bind", "/proc", "/proc", "--dev", "/dev"),
        *_writable(),
        *_python(),
        *("--remount-ro", "/", "--chdir", "/"),
    ]


def _system() -> list[str]:
    arguments = ["--ro-bind", "/usr", "/usr"]
    for name in _SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), str(path)]
        else:
            arguments += ["--ro-bind-try", str(path), str(path)]
    arguments += _folders_above([Path("/etc/passwd")])
    for name in _ETC:
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for file in sorted(_MADE_UP.iterdir()):
        arguments += ["--ro-bind", str(file), f"/etc/{file.name}"]
    return arguments


def _writable() -> list[str]:
    """Give the parent of the sandboxes room for its own files; they do not see it.

    In /dev/shm, too: joblib looks once, when imported, whether it may write there.
    """
    arguments = _folders_above([Path(HOME)])
    for folder in ("/tmp", "/dev/shm", HOME):
        arguments += ["--perms", "1777", "--tmpfs", folder]
    arguments += ["--perms", "0777", "--dir", FONTS]
    for file in _font_lists():
        arguments += ["--ro-bind", str(file), f"{FONTS}/{file.name}"]
    return arguments


def _python() -> list[str]:
    """Show Python and the course's package, and nothing that lies beside it."""
    seen = sorted(set(needed()))
    arguments = _folders_above(seen)
    for path in seen:
        arguments += ["--ro-bind", str(path), str(path)]
    hidden = [_EXCHANGE, *(path / _SETTINGS for path in (*seen, Path("/usr/local")))]
    for path in hidden:
        if path.is_dir():
            arguments += ["--tmpfs", str(path)]
    return arguments


def _folders_above(paths: Sequence[Path]) -> list[str]:
    """Make the way to each path one that everybody may walk; bubblewrap closes it."""
    above = sorted({folder for path in paths for folder in path.parents[:-1]})
    return [
        word for folder in above for word in ("--perms", "0755", "--dir", str(folder))
    ]


def needed() -> Iterator[Path]:
    """Give what Python and the course need and /usr does not hold."""
    folders = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    for folder in {Path(dlcourse.__file__).parent, *map(Path, folders)}:
        # Also by its real name: programs in a virtual environment are links.
        for path in (folder, folder.resolve()):
            if not path.is_relative_to("/usr"):
                yield path


def _font_lists() -> list[Path]:
    """Find matplotlib's list of fonts, which takes seconds to make."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = os.environ.get("MPLCONFIGDIR") or Path(cache, "matplotlib")
    return sorted(Path(folder).glob("fontlist-*.json"))
