"""Second computations for the templates on convolution: by PyTorch's layers.

Where a statement shows code, that code is run, so that it is checked, too.
"""

from __future__ import annotations

import re
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from dlcourse.exam.templates import TEMPLATES


def stated(template: str, p: dict[str, Any], **names: Any) -> Any:
    """Run the code of a statement; return what its last expression or ``net`` is."""
    statement = TEMPLATES[template].statement(p)
    found = re.search(r"```python\n(.*?)```|`(nn\..*?)`", statement, re.DOTALL)
    assert found is not None
    code = (found[1] or found[2]).strip()
    scope = {"nn": nn, **names}
    if code.startswith("net = "):
        code = code.removeprefix("net = ")
    return eval(code, scope)


def convolution_value(p: dict[str, Any]) -> float:
    image = torch.tensor(p["image"], dtype=torch.float64)[None, None]
    kernel = torch.tensor(p["filter"], dtype=torch.float64)[None, None]
    output = F.conv2d(image, kernel, torch.tensor([p["bias"]], dtype=torch.float64))
    return float(output[0, 0, p["row"], p["column"]])


def dilated_size(p: dict[str, Any]) -> int:
    layer = stated("dilated-size", p)
    output = layer(torch.zeros(1, 3, p["n"], p["n"]))
    assert output.shape[2] == output.shape[3]
    return output.shape[2]


def flatten_width(p: dict[str, Any]) -> int:
    net = stated("flatten-width", p, features=1)
    features = net[:-1](torch.zeros(2, p["c"][0], p["n"], p["n"]))
    assert features.dim() == 2
    return features.shape[1]


def transposed_size(p: dict[str, Any]) -> int:
    layer = stated("transposed-size", p)
    output = layer(torch.zeros(1, 16, p["n"], p["n"]))
    assert output.shape[2] == output.shape[3]
    return output.shape[2]


SECOND = {
    "convolution-value": convolution_value,
    "dilated-size": dilated_size,
    "flatten-width": flatten_width,
    "transposed-size": transposed_size,
}
