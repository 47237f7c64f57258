"""What one sandboxed submission may use."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one submission; sizes in bytes, times in seconds.

    ``memory`` bounds the data of each process (RLIMIT_DATA) and the memory in use by
    all of them, beyond what the warm parent holds already; ``scratch`` bounds what is
    written to the work folder, HOME, /tmp and /dev/shm together; ``cpu`` is for each
    process; ``wall`` is for the kernel's parent to keep.
    """

    memory: int = 4 * 2**30
    processes: int = 256  # threads count, too
    file_size: int = 256 * 2**20
    open_files: int = 512
    scratch: int = 512 * 2**20
    cpu: int = 600
    wall: int = 600

    def to_json(self) -> dict[str, Any]:
        """Give the limits as plain numbers by name."""
        return asdict(self)
