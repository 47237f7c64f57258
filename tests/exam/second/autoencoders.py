"""Second computations on autoencoders: by modules and distributions."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.distributions import Normal, kl_divergence


def autoencoder_parameters(p: dict[str, Any]) -> float:
    there_and_back = [*p["widths"], *p["widths"][-2::-1]]
    model = nn.ModuleList(
        nn.Linear(there_and_back[i], there_and_back[i + 1], device="meta")
        for i in range(len(there_and_back) - 1)
    )
    return float(sum(w.numel() for w in model.parameters()))


def vae_kl(p: dict[str, Any]) -> float:
    mu, spread = (torch.tensor(p[n], dtype=torch.float64) for n in ("mu", "spread"))
    scale = (spread / 2).exp() if p["logs"] else spread.sqrt()
    prior = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    return float(kl_divergence(Normal(mu, scale), prior).sum())


SECOND = {"autoencoder-parameters": autoencoder_parameters, "vae-kl": vae_kl}
