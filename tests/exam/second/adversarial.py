"""Second computations on receptive fields and attacks: by autograd on real models."""

from __future__ import annotations

import itertools
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F


def receptive_field(p: dict[str, Any]) -> float:
    """Count the columns that have a gradient in a real stack of layers."""
    layers: list[nn.Module] = []
    for kind, kernel, stride, padding in p["layers"]:
        if kind == "pool":
            # A maximum passes the gradient to one of its inputs, a mean to all.
            layers.append(nn.AvgPool2d(kernel, stride))
            continue
        conv = nn.Conv2d(1, 1, kernel, stride, padding, bias=False)
        nn.init.ones_(conv.weight)
        layers.append(conv)
    image = torch.ones(1, 1, 150, 150, requires_grad=True)
    output = nn.Sequential(*layers)(image)
    middle = output.shape[-1] // 2
    (gradient,) = torch.autograd.grad(output[0, 0, middle, middle], image)
    columns = gradient[0, 0].ne(0).any(dim=0).nonzero()[:, 0]
    assert columns[0] > 0
    assert columns[-1] < 149
    return float(columns[-1] - columns[0] + 1)


def adversarial_training(p: dict[str, Any]) -> float:
    """Try all corners of the ball: a linear model is worst at one of them."""
    model = nn.Linear(3, 1, bias=False, dtype=torch.float64)
    model.weight.data = torch.tensor([p["w"]], dtype=torch.float64)
    corners = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=3))).double()
    points = torch.tensor(p["x"], dtype=torch.float64) + p["eps"] * corners
    labels = torch.full((8, 1), p["y"], dtype=torch.float64)
    with torch.no_grad():
        losses = F.soft_margin_loss(model(points), labels, reduction="none")
    return float(losses.max())


def fgsm(p: dict[str, Any]) -> list[float]:
    x = torch.tensor(p["x"], dtype=torch.float64, requires_grad=True)
    if "gradient" in p:
        loss = torch.tensor(p["gradient"], dtype=torch.float64) @ x
    else:
        logit = torch.tensor(p["w"], dtype=torch.float64) @ x + p["b"]
        label = torch.tensor(float(p["label"]), dtype=torch.float64)
        loss = F.binary_cross_entropy_with_logits(logit, label)
    loss.backward()
    assert x.grad is not None
    step = p["eps"] * x.grad.sign()
    with torch.no_grad():
        moved = x - step if p["targeted"] else x + step
        return moved.clamp(0, 1).tolist()


def pgd(p: dict[str, Any]) -> list[float]:
    """Attack the quadratic loss that has the gradient of the question."""
    start = torch.tensor(p["x"], dtype=torch.float64)
    matrix = torch.tensor(p["rows"], dtype=torch.float64)
    line = torch.tensor(p["constants"], dtype=torch.float64)
    x = start.clone()
    for _ in range(2):
        x.requires_grad_()
        loss = x @ matrix @ x / 2 + line @ x
        (gradient,) = torch.autograd.grad(-loss if p["targeted"] else loss, x)
        x = x.detach() + p["alpha"] * gradient.sign()
        x = start + (x - start).clamp(-p["eps"], p["eps"])
        x = x.clamp(0, 1)
    return x.tolist()


SECOND = {
    "receptive-field": receptive_field,
    "adversarial-training": adversarial_training,
    "fgsm": fgsm,
    "pgd": pgd,
}
