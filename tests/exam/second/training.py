"""Second computations for the templates on training: by PyTorch's losses."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F


def softmax_cross_entropy(p: dict[str, Any]) -> float:
    logits = torch.tensor([p["z"]], dtype=torch.float64)
    return float(F.cross_entropy(logits, torch.tensor([p["true"]])))


def cross_entropy_gradient(p: dict[str, Any]) -> float:
    """Start from logits that softmax turns into these probabilities."""
    probs = torch.tensor([p["probs"]], dtype=torch.float64)
    logits = (probs.log() + 2).requires_grad_()
    torch.testing.assert_close(logits.softmax(dim=1), probs)
    F.cross_entropy(logits, torch.tensor([p["true"]])).backward()
    assert logits.grad is not None
    return float(logits.grad[0, p["k"]])


def descent_step(p: dict[str, Any]) -> list[float]:
    line = nn.Linear(1, 1).double()
    nn.init.constant_(line.weight, p["w"])
    nn.init.constant_(line.bias, p["b"])
    x, y = (torch.tensor(p[n], dtype=torch.float64)[:, None] for n in ("x", "y"))
    optimizer = torch.optim.SGD(line.parameters(), lr=p["lr"])
    F.mse_loss(line(x), y).backward()
    optimizer.step()
    return [line.weight.item(), line.bias.item()]


SECOND = {
    "softmax-cross-entropy": softmax_cross_entropy,
    "cross-entropy-gradient": cross_entropy_gradient,
    "descent-step": descent_step,
}
