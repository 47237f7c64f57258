"""Second computations for the templates on convolution: by PyTorch's layers."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional as F


def convolution_value(p: dict[str, Any]) -> float:
    image = torch.tensor(p["image"], dtype=torch.float64)[None, None]
    kernel = torch.tensor(p["filter"], dtype=torch.float64)[None, None]
    output = F.conv2d(image, kernel, torch.tensor([p["bias"]], dtype=torch.float64))
    return float(output[0, 0, p["row"], p["column"]])


SECOND = {"convolution-value": convolution_value}
