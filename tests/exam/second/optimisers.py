"""Second computations for the templates on optimisers: by ``torch.optim``."""

from __future__ import annotations

from typing import Any

import torch


def momentum_steps(p: dict[str, Any]) -> float:
    w = torch.tensor(float(p["w"]), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=p["lr"], momentum=p["mu"])
    for _ in range(2):
        optimizer.zero_grad()
        (p["a"] * (w - p["c"]) ** 2).backward()
        optimizer.step()
    return w.item()


def adam_steps(p: dict[str, Any]) -> float:
    w = torch.tensor(p["w"], dtype=torch.float64, requires_grad=True)
    betas = (p["beta1"], p["beta2"])
    optimizer = torch.optim.Adam([w], lr=p["lr"], betas=betas, eps=0.0)
    for gradient in p["g"]:
        w.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
    return w.item()


SECOND = {"momentum-steps": momentum_steps, "adam-steps": adam_steps}
