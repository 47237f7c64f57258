"""Kernels for tests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from dlcourse.grading.kernels.client import ReadyClient
from dlcourse.grading.kernels.manager import GradingManager, kernel_manager
from dlcourse.grading.sandbox.limits import Limits

KINDS = ("none", "bubblewrap")
PATIENCE = 60  # seconds for what takes a fraction of one


class Kernel:
    """A running kernel and its client."""

    def __init__(self, manager: GradingManager, client: ReadyClient) -> None:
        self.manager, self.client = manager, client

    async def run(self, code: str) -> str:
        """Run a cell; what it printed and showed, or the name of its exception."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(content.get("text", ""))
            said.extend(content.get("data", ()))

        status = "aborted"  # what comes right after an error is not run
        while status == "aborted":
            reply = await self.client.execute_interactive(
                code, timeout=PATIENCE, output_hook=hear, allow_stdin=False
            )
            status = reply["content"]["status"]
        if status == "error":
            return str(reply["content"]["ename"])
        return "".join(said).strip()

    async def begin(self, code: str) -> None:
        """Send a cell, and wait until it prints."""
        self.client.execute(code)
        while True:
            message = await self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "stream":
                return

    async def connect(self) -> None:
        """Get a new client."""
        self.client.stop_channels()
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=PATIENCE)

    async def end(self) -> int | None:
        """Wait for the end; the exit status."""
        ended = self.manager.provisioner.ended()
        return await asyncio.wait_for(ended, timeout=PATIENCE)


@contextlib.asynccontextmanager
async def open_kernel(
    sandbox: str = "none", limits: Limits | None = None, **more: Any
) -> AsyncIterator[Kernel]:
    """Start a kernel, and shut it down at last."""
    files = more.pop("files", {})
    manager = kernel_manager(sandbox, limits or Limits(), files, **more)
    await manager.start_kernel()
    kernel = Kernel(manager, manager.client())
    try:
        kernel.client.start_channels()
        await kernel.client.wait_for_ready(timeout=PATIENCE)
        yield kernel
    finally:
        kernel.client.stop_channels()
        await manager.shutdown_kernel()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run an asynchronous test."""
    asyncio.run(test())
