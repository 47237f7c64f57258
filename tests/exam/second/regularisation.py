"""Second computations for the templates on regularisation: by PyTorch's layers."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def batchnorm_training(p: dict[str, Any]) -> float:
    layer = nn.BatchNorm1d(1, eps=1e-14, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.fill_(p["gamma"])
        layer.bias.fill_(p["beta"])
    batch = torch.tensor(p["batch"], dtype=torch.float64)[:, None]
    return layer(batch)[p["place"], 0].item()


def running_mean(p: dict[str, Any]) -> float:
    layer = nn.BatchNorm1d(1, momentum=p["m"], dtype=torch.float64)
    layer.running_mean.fill_(p["running"])
    around = torch.tensor([[-2.0], [0.5], [1.5]], dtype=torch.float64)
    layer(around + p["mean"])
    return layer.running_mean.item()


def dropout_survivor(p: dict[str, Any]) -> float:
    layer = nn.Dropout(p["p"])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        output = layer(torch.full((500,), p["x"], dtype=torch.float64))
    (survived,) = output[output != 0].unique()
    return survived.item()


def early_stopping(p: dict[str, Any]) -> int:
    losses = torch.tensor(p["validation"], dtype=torch.float64)
    best = losses.cummin(dim=0).indices + 1  # best epoch so far, after each epoch
    waited = torch.arange(1, len(losses) + 1) - best
    (over,) = (waited >= p["patience"]).nonzero(as_tuple=True)
    assert len(losses.unique()) >= 3
    assert over[0] < len(losses) - 1, "the log ends before training does"
    assert losses[: over[0] + 1].min() > losses.min(), "no low is left for later"
    return best[over[0]].item()


SECOND = {
    "batchnorm-training": batchnorm_training,
    "running-mean": running_mean,
    "dropout-survivor": dropout_survivor,
    "early-stopping": early_stopping,
}
