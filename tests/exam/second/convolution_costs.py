"""Second computations for what a convolution costs: counted on PyTorch's layers."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from .convolution import stated


def parameters(*layers: nn.Module) -> int:
    return sum(p.numel() for layer in layers for p in layer.parameters())


def grouped_parameters(p: dict[str, Any]) -> int:
    return parameters(stated("grouped-parameters", p))


def depthwise_separable(p: dict[str, Any]) -> int:
    depthwise = nn.Conv2d(p["in"], p["in"], p["k"], groups=p["in"], bias=False)
    pointwise = nn.Conv2d(p["in"], p["out"], 1, bias=False)
    return parameters(depthwise, pointwise)


def pointwise_operations(p: dict[str, Any]) -> int:
    layer = stated("pointwise-operations", p)
    with FlopCounterMode(display=False) as counter:
        layer(torch.zeros(1, p["in"], p["h"], p["w"]))
    # A multiply-add is two operations.
    return counter.get_total_flops() // 2


SECOND = {
    "grouped-parameters": grouped_parameters,
    "depthwise-separable": depthwise_separable,
    "pointwise-operations": pointwise_operations,
}
