"""What a client asks of a warm parent: one kernel, described in plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
_RARE = re.compile(r"\b(sklearn|scipy|joblib|dlcourse)\b")


def needs_rare(sources: Iterable[str]) -> bool:
    """Tell whether code names what a parent does not import for everybody.

    Where it is named in a way that cannot be seen, the kernel imports it itself.

    Args:
        sources: of the code.
    """
    return any(_RARE.search(source) for source in sources)


@dataclass(frozen=True)
class Order:
    """One kernel.

    Files travel beside it, by name: the listening socket of each of ``CHANNELS``;
    ``answer``, where the parent says what becomes of the kernel; ``trouble``, where
    the kernel says why it could not start; ``out`` and ``err``, its standard output
    and error (none if sandboxed); ``archive``, a tar of files for the work folder of
    a sandbox; ``report``, the pipe of ``watch`` (if there is one, it is installed).

    Attributes:
        environment: all of it.
        folder: where it works; "" for that of the sandbox.
        arguments: of the command line, as an ordinary kernel has them.
        key: of the connection, which signs its messages.
        connection_file: what the kernel says about where that is written; "" if hidden.
        limits: of the sandbox, by name; None for no sandbox.
        wall: seconds until it is killed; None for no end.
        rare: whether it needs what few notebooks use, ``preload.RARE``.
    """

    environment: Mapping[str, str]
    folder: str
    arguments: Sequence[str]
    key: str
    connection_file: str = ""
    limits: Mapping[str, Any] | None = None
    wall: float | None = None
    rare: bool = True
    ports: Mapping[str, int] = field(
        default_factory=lambda: {name: i for i, name in enumerate(CHANNELS, start=1)}
    )

    def to_json(self) -> dict[str, Any]:
        """Give the order as plain data."""
        return asdict(self)
