"""Second computations on GANs: by PyTorch's binary cross-entropy."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional as F


def gan_losses(p: dict[str, Any]) -> list[float]:
    real, fake = (torch.tensor(p[n], dtype=torch.float64) for n in ("real", "fake"))
    one, zero = torch.ones_like(real), torch.zeros_like(real)
    loss_d = F.binary_cross_entropy(real, one) + F.binary_cross_entropy(fake, zero)
    return [float(loss_d), float(F.binary_cross_entropy(fake, one))]


SECOND = {"gan-losses": gan_losses}
