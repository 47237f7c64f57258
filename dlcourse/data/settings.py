"""What the environment says about data: real or stand-in, and where files are kept."""

from __future__ import annotations

import os
from pathlib import Path

MODE, FOLDER = "DLCOURSE_DATA", "DLCOURSE_DATA_DIR"
MODES = ("auto", "offline", "online")


def mode() -> str:
    """Read ``DLCOURSE_DATA``.

    Returns:
        ``auto`` (the default), ``offline`` or ``online``.

    Raises:
        ValueError: if the variable holds anything else.
    """
    value = os.environ.get(MODE) or "auto"
    if value not in MODES:
        raise ValueError(
            f"{MODE}={value} is not known; set it to {', '.join(MODES[:-1])} "
            f"or {MODES[-1]}, or unset it for auto."
        )
    return value


def folder() -> Path:
    """Find the folder for downloaded files; it need not exist.

    Returns:
        ``DLCOURSE_DATA_DIR`` if set, else ``dlcourse`` in the user's cache folder.

    Raises:
        OSError: if this user has no home folder.
    """
    # An empty variable counts as unset, and so does a relative cache folder: the
    # XDG base directory specification asks for both.
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "")
    chosen = os.environ.get(FOLDER)
    try:
        if chosen:
            return Path(chosen).expanduser().absolute()
        return (cache if cache.is_absolute() else Path.home() / ".cache") / "dlcourse"
    except RuntimeError as error:
        raise OSError(f"there is no home folder; set {FOLDER} to a folder") from error
