"""Second computations for the templates on recurrent networks: by PyTorch's layer."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F


def relu_rnn(p: dict[str, Any]) -> list[float]:
    def tensor(values: Any) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64)

    layer = nn.RNN(2, 2, nonlinearity="relu").double()
    with torch.no_grad():
        layer.weight_hh_l0.copy_(tensor(p["W"]))
        layer.weight_ih_l0.copy_(tensor(p["U"]))
        layer.bias_ih_l0.copy_(tensor(p["b"]))
        layer.bias_hh_l0.zero_()
        states, _ = layer(tensor(p["x"]))  # (2, 2), no batch
        output = F.linear(states[-1], tensor(p["V"]), tensor(p["c"]))
    return [*states[-1].tolist(), *output.tolist()]


SECOND = {"relu-rnn": relu_rnn}
