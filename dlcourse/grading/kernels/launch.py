"""Ordering a kernel from the warm parent, and waiting until it is ready."""

from __future__ import annotations

import os
from collections.abc import Mapping

from dlcourse.grading.kernels import link, warm
from dlcourse.grading.kernels.order import Order
from dlcourse.grading.kernels.process import GoneError, KernelProcess
from dlcourse.grading.kernels.sockets import Sockets, close_all

_PATIENCE = 120.0  # seconds, of which the imports may take most


async def launch(
    order: Order, sockets: Sockets, others: Mapping[str, int]
) -> KernelProcess:
    """Start a kernel.

    Args:
        order: the kernel.
        sockets: where it listens.
        others: files that it gets beside its sockets; the caller keeps its own.

    Returns:
        The kernel, ready for its first message.

    Raises:
        ImpossibleError: if the warm parent cannot fork.
        StartError: if the kernel cannot start for another reason.
    """
    try:
        return await _try(order, sockets, others)
    except GoneError:  # killed just before
        return await _try(order, sockets, others)


async def _try(
    order: Order, sockets: Sockets, others: Mapping[str, int]
) -> KernelProcess:
    answer, theirs = link.pair()
    trouble, write = os.pipe()
    sent = {**sockets.listen(), "answer": theirs.detach(), "trouble": write}
    kernel = KernelProcess(answer)
    try:
        try:
            warm.order_kernel(order, {**sent, **others})
        finally:
            close_all(sent)
        await kernel.born(trouble, _PATIENCE)
    except BaseException:
        kernel.close()
        raise
    finally:
        os.close(trouble)
    return kernel
