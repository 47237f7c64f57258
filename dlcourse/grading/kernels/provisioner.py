"""Jupyter's way to a warm kernel: start, signal, watch and end it."""

from __future__ import annotations

import asyncio
import signal
import warnings
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Bytes, Enum, Float, Instance

from dlcourse.errors import CourseError
from dlcourse.grading.kernels import outfit, warm
from dlcourse.grading.kernels.environment import sandbox_environment
from dlcourse.grading.kernels.launch import launch
from dlcourse.grading.kernels.order import CHANNELS, Order
from dlcourse.grading.kernels.process import ImpossibleError, KernelProcess, StartError
from dlcourse.grading.kernels.report import Report
from dlcourse.grading.kernels.sockets import PrivateFolder, Sockets, close_all
from dlcourse.grading.sandbox import check
from dlcourse.grading.sandbox.limits import Limits

_POLL = 0.1  # seconds between looks at an ordinary kernel


class WarmProvisioner(LocalProvisioner):
    """Forks kernels from a process that has imported everything.

    Where that is impossible, it warns and starts an ordinary kernel, unless the kernel
    is to be sandboxed.
    """

    sandbox = Enum(["none", "bubblewrap"], default_value="none")
    limits = Instance(Limits, args=(), help="Of the sandbox.")
    archive = Bytes(help="A tar of files for the work folder of the sandbox.")
    folder = Instance(
        PrivateFolder, allow_none=True, help="It goes when the kernel goes for good."
    )
    wall = Float(None, allow_none=True, help="Seconds until the kernel is killed.")
    watch = Bool(help="Whether the kernel reports tampering.")
    rare = Bool(True, help="Whether it needs what few notebooks use.")

    kernel: KernelProcess | None = None
    sockets: Sockets | None = None
    report: Report | None = None
    ordinary = False
    _last: KernelProcess | None = None

    @property
    def manager(self) -> Any:
        """The kernel manager that this works for."""
        return self.parent

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel that nobody has waited for."""
        return super().has_process if self.ordinary else self.kernel is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Decide where the kernel will be found, before it exists.

        Raises:
            CourseError: if a sandboxed kernel is impossible here.
        """
        if problem := warm.problem():
            self._fall_back(problem)
        if self.ordinary:
            return await super().pre_launch(**kwargs)
        kwargs.pop("transport_encryption", None)  # nobody else can enter the folder
        manager = self.manager
        if self.sockets is None:
            self.sockets = Sockets()
            if not manager.connection_file:
                manager.connection_file = str(self.sockets.folder / "kernel.json")
        manager.transport, manager.ip = "ipc", self.sockets.prefix
        for port, name in enumerate(CHANNELS, start=1):
            setattr(manager, f"{name}_port", port)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        command = manager.format_kernel_cmd(kwargs.pop("extra_arguments", []))
        # Not LocalProvisioner's, which would choose TCP ports.
        return await KernelProvisionerBase.pre_launch(self, cmd=command, **kwargs)

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start the kernel; it is ready for messages when this returns.

        Raises:
            CourseError: if it cannot start.
        """
        if self.ordinary or self.sockets is None:
            return await super().launch_kernel(cmd, **kwargs)
        files = {}
        if self.sandbox == "none":
            files = outfit.outputs(kwargs)
        elif self.archive:
            files["archive"] = outfit.file_of(self.archive)
        if self.watch:
            self._close_report()
            self.report, files["report"] = Report.open()
        try:
            self.kernel = await launch(self._order(cmd, kwargs), self.sockets, files)
        except ImpossibleError as error:
            self._fall_back(str(error))
            self.sockets.unlink()
            return await super().launch_kernel(cmd, **kwargs)
        except StartError as error:
            # If the sandbox is to blame, that is known better elsewhere.
            await self.cleanup()
            known = check.problem() if self.sandbox != "none" else ""
            raise CourseError(known or f"No kernel was started: {error}.") from error
        finally:
            close_all(files)
        self._last = self.kernel
        self.pid, self.cwd = self.kernel.pid, kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def poll(self) -> int | None:
        """Give the exit status, negative for a signal; None while the kernel runs."""
        if self.ordinary:
            return await super().poll()
        return self.kernel.poll() if self.kernel else 0

    async def wait(self) -> int | None:
        """Wait for the end of the kernel and forget it."""
        if self.ordinary:
            return await super().wait()
        status = await self.ended()
        self.kernel = None
        return status

    async def ended(self) -> int | None:
        """Wait for the end of the kernel, which is noticed at once.

        Returns:
            Its exit status, negative for a signal; 0 if there was no kernel.
        """
        if not self.ordinary:
            return await self.kernel.wait() if self.kernel else 0
        while (status := await self.poll()) is None:
            await asyncio.sleep(_POLL)
        return status

    @property
    def overdue(self) -> bool:
        """Whether the last kernel was killed because its time was up."""
        return self._last is not None and self._last.overdue

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started."""
        if self.ordinary:
            await super().send_signal(signum)
        elif self.kernel:
            # Into a sandbox its first process passes signals on.
            self.kernel.send_signal(signum, group=self.sandbox == "none")

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and what it started."""
        if self.ordinary:
            await super().kill(restart)
        else:
            await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        if self.ordinary:
            await super().terminate(restart)
        else:
            await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Take away what was kept for the kernel here."""
        await super().cleanup(restart)
        if self.kernel:
            self.kernel.close()
            self.kernel = None
        if restart:
            return
        self._close_report()
        if self.sockets:
            if Path(self.manager.connection_file).parent == self.sockets.folder:
                self.manager.connection_file = ""
            self.sockets.close()
            self.sockets = None
        if self.folder:
            self.folder.close()

    def read_report(self) -> list[str]:
        """Give the lines that the watch has written so far."""
        return self.report.lines() if self.report else []

    @property
    def report_closed(self) -> bool:
        """Whether the watch's pipe was closed when it was last read.

        It is once the kernel has ended; before that, somebody has tampered with it.
        """
        return self.report is not None and self.report.closed

    def _close_report(self) -> None:
        if self.report:
            self.report.close()

    def _fall_back(self, problem: str) -> None:
        if self.sandbox != "none":
            raise CourseError(
                f"A sandboxed kernel is impossible here: {problem}; grade on another "
                "machine, or without protection by `--sandbox none`."
            )
        warnings.warn(f"Kernels start slowly: {problem}.", RuntimeWarning, stacklevel=3)
        self.ordinary = True

    def _order(self, cmd: list[str], kwargs: dict[str, Any]) -> Order:
        # What stands before was for an interpreter of its own.
        after = cmd.index("-f") + 2 if "-f" in cmd else len(self.kernel_spec.argv)
        arguments, key = cmd[after:], self.manager.session.key.decode()
        if self.sandbox == "none":
            return Order(
                environment=kwargs["env"],
                folder=str(Path(kwargs.get("cwd") or ".").absolute()),
                arguments=arguments,
                key=key,
                connection_file=self.manager.connection_file,
                wall=self.wall,
                rare=self.rare,
            )
        return Order(
            environment=sandbox_environment(),
            folder="",
            arguments=arguments,
            key=key,
            limits=self.limits.to_json(),
            wall=self.limits.wall,
            rare=self.rare,
        )
