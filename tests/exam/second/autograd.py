"""Second computations for the templates on gradients: by autograd."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def graph_gradient(p: dict[str, Any]) -> float:
    a, b, c = (
        torch.tensor(float(p[name]), dtype=torch.float64, requires_grad=True)
        for name in "abc"
    )
    ((a * b + c) * a).backward()
    assert a.grad is not None
    return a.grad.item()


def dead_unit(p: dict[str, Any]) -> float:
    hidden, output = nn.Linear(2, 2).double(), nn.Linear(2, 1).double()
    with torch.no_grad():
        hidden.weight.copy_(torch.tensor(p["W"]))
        hidden.bias.copy_(torch.tensor(p["b"]))
        output.weight.copy_(torch.tensor([p["v"]]))
        output.bias.fill_(p["c"])
    x = torch.tensor(p["x"], dtype=torch.float64)
    (0.5 * (output(hidden(x).relu()) - p["y"]).square().sum()).backward()
    assert hidden.weight.grad is not None
    return hidden.weight.grad[p["unit"], p["input"]].item()


SECOND = {"graph-gradient": graph_gradient, "dead-unit": dead_unit}
