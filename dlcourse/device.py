"""One way to choose the device, so that no chapter asks for CUDA by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def device() -> torch.device:
    """Choose where models and data live: the accelerator if there is one, else the CPU.

    The environment variable ``DLCOURSE_DEVICE`` (``cpu``, ``cuda``, ``cuda:1``,
    ``mps``) overrides the choice, so that one notebook runs on several devices.

    Returns:
        The device, ready for ``tensor.to(device)`` and ``model.to(device)``.

    Raises:
        RuntimeError: if ``DLCOURSE_DEVICE`` names a device that this machine lacks.
    """
    # The command line imports this package too and must not wait for torch.
    import torch

    wanted = os.environ.get("DLCOURSE_DEVICE")
    if not wanted:
        found = torch.accelerator.current_accelerator(check_available=True)
        return found if found is not None else torch.device("cpu")
    try:
        chosen = torch.device(wanted)
        torch.empty(1, device=chosen)
    except (RuntimeError, AssertionError) as error:
        raise RuntimeError(
            f"DLCOURSE_DEVICE={wanted} cannot be used here "
            f"({str(error).splitlines()[0]}); unset it or set it to cpu."
        ) from error
    return chosen
