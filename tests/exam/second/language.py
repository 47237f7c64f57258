"""Second computations for the templates on language models."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F


def perplexity(p: dict[str, Any]) -> float:
    """Take the loss of logits that softmax turns into these probabilities."""
    chances = torch.tensor(p["chances"], dtype=torch.float64)
    # Class 0 is the token that came, class 1 all others; the shift changes nothing.
    logits = torch.stack([chances, 1 - chances], dim=1).log() + 3
    target = torch.zeros(len(chances), dtype=torch.long)
    return float(F.cross_entropy(logits, target).exp())


def embedding_parameters(p: dict[str, Any]) -> float:
    layers = nn.ModuleList(
        [
            nn.Embedding(p["V"], p["d"]),
            nn.RNN(p["d"], p["h"], batch_first=True),
            nn.Linear(p["h"], p["C"]),
        ]
    )
    return sum(parameter.numel() for parameter in layers.parameters())


SECOND = {"perplexity": perplexity, "embedding-parameters": embedding_parameters}
