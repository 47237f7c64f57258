"""Managers of kernels that grade, for nbclient and whoever else takes one."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from dlcourse.errors import CourseError
from dlcourse.grading.kernels.client import ReadyClient
from dlcourse.grading.kernels.environment import grading_environment
from dlcourse.grading.kernels.provisioner import WarmProvisioner
from dlcourse.grading.kernels.sockets import PrivateFolder
from dlcourse.grading.sandbox.limits import Limits

_SPECS = Path(__file__).parent / "specs"
_NAMES = {"none": "dlcourse-warm", "bubblewrap": "dlcourse-sandbox"}


class _Context(zmq.asyncio.Context):
    """A context that is left behind if it was forgotten.

    pyzmq would wait for its sockets to be closed, in the midst of a garbage collection
    that has not come to them yet: for ever.
    """

    def __del__(self) -> None:
        pass


class GradingManager(AsyncKernelManager):
    """Starts one kernel for one submission, wherever its caller thinks it should be."""

    provisioner: WarmProvisioner

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        context = _Context()
        if not self.provisioner.ordinary:
            # The sockets are there before the kernel. One that closes them is not
            # looked for: what then answered would be something that it started.
            context.setsockopt(zmq.RECONNECT_IVL, -1)
        self._created_context = True
        return context

    def client(self, **kwargs: Any) -> ReadyClient:  # type: ignore[override]
        """Make a client, on the manager's own context."""
        kwargs.setdefault("context", self.context)
        return super().client(**kwargs)  # type: ignore[return-value]

    async def _async_pre_start_kernel(
        self, **kwargs: Any
    ) -> tuple[list[str], dict[str, Any]]:
        """Start in the kernel's own folder, in the environment of grading."""
        kwargs["env"] = grading_environment()
        if self.provisioner.folder:
            kwargs["cwd"] = str(self.provisioner.folder.path)
        return await super()._async_pre_start_kernel(**kwargs)

    async def _async_request_shutdown(self, restart: bool = False) -> None:
        """Kill at once: a submission is asked for nothing after it is graded."""
        await self._async_kill_kernel(restart=restart)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        """Close what is still open here: there is nobody left to say anything to."""
        if not restart:
            self.context.destroy(linger=0)
        await super()._async_cleanup_resources(restart)

    # The base class's name for callers means the base class's function.
    cleanup_resources = _async_cleanup_resources

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        """Wait for the end without looking every now and then."""
        await self.provisioner.ended()


def kernel_manager(
    sandbox: str,
    limits: Limits,
    files: Mapping[str, bytes],
    watch: bool = False,
    rare: bool = True,
) -> GradingManager:
    """Make a manager that is ready to start a kernel for one submission.

    Args:
        sandbox: ``bubblewrap``, or ``none`` for a kernel with the rights of this
            process, in a private temporary folder.
        limits: what the kernel may use; without a sandbox only ``wall`` holds.
        files: what lies in its work folder, by relative path.
        watch: whether the kernel reports tampering, see ``WarmProvisioner``.
        rare: whether it needs what few notebooks use, see ``order.needs_rare``.

    Raises:
        CourseError: if a path leads out of the folder or the sandbox is unknown.
    """
    if sandbox not in _NAMES:
        raise CourseError(
            f"There is no sandbox {sandbox!r}; choose bubblewrap or none."
        )
    for name in files:
        _check(name)
    folder = _unpack(files) if sandbox == "none" else None
    client = f"{ReadyClient.__module__}.{ReadyClient.__name__}"
    manager = GradingManager(kernel_name=_NAMES[sandbox], client_class=client)
    # Ours, whatever is installed under this name.
    manager._kernel_spec = KernelSpec.from_resource_dir(str(_SPECS / _NAMES[sandbox]))
    manager.provisioner = WarmProvisioner(
        kernel_spec=manager.kernel_spec,
        parent=manager,
        sandbox=sandbox,
        limits=limits,
        archive=b"" if folder else pack(files),
        folder=folder,
        wall=limits.wall,
        watch=watch,
        rare=rare,
    )
    return manager


def pack(files: Mapping[str, bytes]) -> bytes:
    """Put files into a tar, each an ordinary file that its owner may write.

    Args:
        files: contents by relative path.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(content), 0o644
            tar.addfile(about, io.BytesIO(content))
    return packed.getvalue()


def _unpack(files: Mapping[str, bytes]) -> PrivateFolder:
    folder = PrivateFolder()
    for name, content in files.items():
        path = folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _check(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name or "\0" in name:
        raise CourseError(
            f"The file name {name!r} leads out of the submission's folder; rename it."
        )
