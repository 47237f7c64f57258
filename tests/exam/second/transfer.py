"""Second computations on transfer learning: by a model that is frozen."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def new_head(p: dict[str, Any]) -> float:
    model = nn.Module()
    model.body = nn.ParameterList([torch.empty(p["body"], device="meta")])
    model.head = nn.Linear(p["features"], p["old"], device="meta")
    model.requires_grad_(False)
    model.head = nn.Linear(p["features"], p["new"], device="meta")
    return float(sum(w.numel() for w in model.parameters() if w.requires_grad))


SECOND = {"new-head": new_head}
