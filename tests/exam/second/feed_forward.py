"""Second computations for the templates on feed-forward networks."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from torch import nn


def activation_slope(p: dict[str, Any]) -> float:
    z = torch.tensor(p["z"], dtype=torch.float64, requires_grad=True)
    {"sigmoid": torch.sigmoid, "tanh": torch.tanh}[p["name"]](z).backward()
    assert z.grad is not None
    return z.grad.item()


def mlp_parameters(p: dict[str, Any]) -> float:
    layers: list[nn.Module] = []
    for n, m in pairwise(p["widths"]):
        layers += [nn.Linear(n, m), getattr(nn, p["activation"])()]
    model = nn.Sequential(*layers[:-1])
    return sum(parameter.numel() for parameter in model.parameters())


SECOND = {"activation-slope": activation_slope, "mlp-parameters": mlp_parameters}
