"""A client that loses no time: it knows when a kernel listens."""

from __future__ import annotations

import asyncio
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient


class ReadyClient(AsyncKernelClient):
    """Waits for what ipykernel says of its own accord.

    Jupyter's client listens for 0.2 s to be sure that nothing more comes. ipykernel 7
    greets whoever subscribes, so there is nothing to be unsure of.
    """

    parent: Any

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Start all channels but the heartbeat: the process itself is watched."""
        kwargs["hb"] = False
        super().start_channels(*args, **kwargs)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and is heard.

        Args:
            timeout: seconds to wait; for ever if None.

        Raises:
            RuntimeError: if the kernel ends or does not answer.
        """
        greeting = asyncio.ensure_future(self._greet())
        end = asyncio.ensure_future(self.parent.provisioner.ended())
        try:
            done, _ = await asyncio.wait(
                {greeting, end}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if greeting in done:
                greeting.result()
            elif end in done:
                raise RuntimeError("Kernel died before replying to kernel_info")
            else:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
        finally:
            for task in (greeting, end):
                task.cancel()
            await asyncio.gather(greeting, end, return_exceptions=True)

    async def _greet(self) -> None:
        await self._heard("iopub_welcome")
        question = self.kernel_info()
        reply = await self._async_recv_reply(question)
        self._handle_kernel_info_reply(reply)
        while True:
            message = await self._heard("status")
            mine = message["parent_header"].get("msg_id") == question
            if mine and message["content"]["execution_state"] == "idle":
                return

    async def _heard(self, kind: str) -> dict[str, Any]:
        while True:
            try:
                message: dict[str, Any] = await self.get_iopub_msg(timeout=1)
            except Empty:
                continue
            if message["msg_type"] == kind:
                return message
