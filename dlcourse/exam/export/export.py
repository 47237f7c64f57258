"""What an exporter returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """Files of an exam in a system's format.

    Args:
        files: contents by relative path.
        remarks: what the format cannot hold, a sentence each, said to whoever exports.
    """

    files: Mapping[str, bytes]
    remarks: tuple[str, ...] = ()
