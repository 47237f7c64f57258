"""How many cores this process may use."""

from __future__ import annotations

import os
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")  # of a container, as microseconds a period


def usable_cores() -> int:
    """Count the cores that the system lets this process use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    try:
        quota, period = _QUOTA.read_text().split()
        count = min(count, round(int(quota) / int(period)))
    except (OSError, ValueError):
        pass  # no container, or one without a bound
    return max(count, 1)
