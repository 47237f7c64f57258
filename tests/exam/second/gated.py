"""Second computations for the templates on LSTM and GRU: by PyTorch's layers."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def recurrent_parameters(p: dict[str, Any]) -> float:
    layer = getattr(nn, p["kind"])(p["d"], p["h"])
    return float(sum(parameter.numel() for parameter in layer.parameters()))


def bidirectional_shapes(p: dict[str, Any]) -> list[tuple[int, ...]]:
    layer = nn.LSTM(
        p["d"], p["h"], p["layers"], batch_first=True, bidirectional=True
    ).requires_grad_(False)
    output, (h_n, _) = layer(torch.zeros(p["batch"], p["steps"], p["d"]))
    return [tuple(output.shape), tuple(h_n.shape)]


def lstm_cell(p: dict[str, Any]) -> float:
    """Let a real cell's biases be all that goes into its gates."""
    cell = nn.LSTMCell(1, 1).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        sums = [p["i"], p["f"], p["g"], p["o"]]  # PyTorch's order
        cell.bias_ih.copy_(torch.tensor(sums, dtype=torch.float64))
        zero = torch.zeros(1, 1, dtype=torch.float64)
        h, _ = cell(zero, (zero, torch.full_like(zero, p["c"])))
    return float(h)


SECOND = {
    "recurrent-parameters": recurrent_parameters,
    "bidirectional-shapes": bidirectional_shapes,
    "lstm-cell": lstm_cell,
}
