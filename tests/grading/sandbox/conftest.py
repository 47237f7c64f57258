"""One room for all tests that do not harm it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .room import Room


@pytest.fixture(scope="session")
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.close()
