"""Templates on autoencoders: parameters, and the price of a VAE's code."""

from __future__ import annotations

import math
import random
from typing import ClassVar

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.template import Calculation, Mistake, Parameters


class AutoencoderParameters(Calculation):
    """Count the parameters of an encoder and its mirrored decoder."""

    id = "autoencoder-parameters"
    number = 35
    topic = "autoencoders"
    difficulty = "easy"
    why_right: ClassVar[str] = (
        "Right: weights and biases of all layers of encoder and decoder."
    )

    def draw(self, rng: random.Random) -> Parameters:
        widths = [rng.choice([36, 49, 64, 81, 100, 121, 144, 169, 196, 225, 256])]
        if rng.random() < 0.6:
            widths.append(rng.choice([10, 12, 15, 16, 18, 20, 24, 25, 28, 30, 32]))
        widths.append(rng.choice([2, 3, 4, 5, 6, 7, 8, 9]))
        return {"widths": widths}

    def _pairs(self, p: Parameters) -> list[tuple[int, int]]:
        """Return the sizes of the encoder's layers: inputs and outputs."""
        return list(zip(p["widths"], p["widths"][1:], strict=False))

    def _encoder(self, p: Parameters) -> int:
        return sum((m + 1) * n for m, n in self._pairs(p))

    def _decoder(self, p: Parameters) -> int:
        return sum((n + 1) * m for m, n in self._pairs(p))

    def key(self, p: Parameters) -> float:
        return float(self._encoder(p) + self._decoder(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        pairs = self._pairs(p)
        weights = 2 * sum(m * n for m, n in pairs)
        return [
            Mistake(
                2.0 * self._encoder(p),
                "The encoder was counted twice. The decoder has as many weights but "
                "other biases: each layer has one for each of its outputs.",
            ),
            Mistake(float(weights), "The biases are missing."),
            Mistake(
                float(self._encoder(p)),
                "This is the encoder alone. The decoder is trained with it.",
            ),
            Mistake(
                float(weights + 2 * len(pairs)),
                "Each layer got a single bias. It has one for each output.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        pairs = self._pairs(p)
        encoder = [f"nn.Linear({m}, {n})" for m, n in pairs]
        decoder = [f"nn.Linear({n}, {m})" for m, n in reversed(pairs)]
        lines = []
        for name, layers in (("encoder", encoder), ("decoder", decoder)):
            inner = ", nn.ReLU(), ".join(layers)
            call = f"nn.Sequential({inner})" if len(layers) > 1 else inner
            lines.append(f"{name} = {call}")
        code = "\n".join(lines)
        return (
            "An autoencoder consists of two parts.\n\n"
            f"```python\n{code}\n```\n\n"
            "How many trainable parameters has it in all?"
        )

    def solution(self, p: Parameters) -> str:
        pairs = self._pairs(p)
        ways = (
            ("encoder", pairs, self._encoder(p)),
            ("decoder", [(n, m) for m, n in reversed(pairs)], self._decoder(p)),
        )
        lines = []
        for name, layers, total in ways:
            terms = " + ".join(rf"({m} + 1) \cdot {n}" for m, n in layers)
            lines.append(rf"\text{{{name}: }} & {terms} = {total}")
        body = r" \\ ".join(lines)
        return (
            "A linear layer from $m$ to $n$ values has $m n$ weights and $n$ biases, "
            "together $(m + 1)\\, n$:\n\n"
            rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"
            "\n\nActivations have no parameters. Together: "
            f"${self._encoder(p)} + {self._decoder(p)} = {self.key(p):.0f}$."
        )


class VaeKl(Calculation):
    """The KL divergence of a code's cloud from the standard normal prior."""

    id = "vae-kl"
    number = 36
    topic = "autoencoders"
    difficulty = "hard"
    decimals = 3
    why_right: ClassVar[str] = (
        r"Right: half the sum of $\mu^2 + \sigma^2 - 1 - \log \sigma^2$."
    )

    def draw(self, rng: random.Random) -> Parameters:
        size = rng.choice([2, 3])
        logs = rng.random() < 0.5
        if logs:
            spread = [rng.choice([n for n in range(-20, 13) if n]) for _ in range(size)]
        else:
            spread = [
                rng.choice([n for n in range(2, 31) if n != 10]) for _ in range(size)
            ]
        return {
            "mu": [
                rng.choice([-1, 1]) * rng.randrange(1, 19) / 10 for _ in range(size)
            ],
            "logs": logs,
            "spread": [n / 10 for n in spread],
        }

    def _logvars(self, p: Parameters) -> list[float]:
        return [v if p["logs"] else math.log(v) for v in p["spread"]]

    def _half_sum(self, p: Parameters, sign: int = -1, times: int = 1) -> float:
        """Return the divergence, with mistakes: log's sign, log-variances times."""
        terms = (
            mu**2 + math.exp(times * v) - 1 + sign * times * v
            for mu, v in zip(p["mu"], self._logvars(p), strict=True)
        )
        return float(sum(terms)) / 2

    def key(self, p: Parameters) -> float:
        return self._half_sum(p)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        misread = (
            r"$\log \sigma^2$ was read as $\log \sigma$, which squares each variance."
            if p["logs"]
            else r"The variance was read as the standard deviation and squared again."
        )
        return [
            Mistake(2 * self.key(p), r"The factor $\frac{1}{2}$ is missing."),
            Mistake(
                self._half_sum(p, sign=1),
                r"The sign of $\log \sigma^2$ is wrong: with it, a cloud of no width "
                "at all would be the cheapest.",
            ),
            Mistake(self._half_sum(p, times=2), misread),
            Mistake(
                self.key(p) / len(p["mu"]),
                "This is the mean over the components. The divergences of independent "
                "components add up.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        name = r"\log \sigma^2" if p["logs"] else r"\sigma^2"
        words = "log-variances (natural logarithms)" if p["logs"] else "variances"
        return (
            "For one picture $x$, the encoder of a VAE gives the means $\\mu$ and the "
            f"{words} ${name}$ of a normal distribution $q(z \\mid x)$ with "
            f"{len(p['mu'])} independent components:\n\n"
            rf"$$\mu = {vector(p['mu'])}, \qquad {name} = {vector(p['spread'])}.$$"
            "\n\nWhat is the KL divergence of $q(z \\mid x)$ from the prior "
            r"$\mathcal{N}(0, I)$, that is, $\mathrm{KL}(q(z \mid x) \parallel "
            r"\mathcal{N}(0, I))$? Use natural logarithms."
        )

    def solution(self, p: Parameters) -> str:
        lines, terms = [], []
        rows = zip(p["mu"], self._logvars(p), strict=True)
        for place, (mu, logvar) in enumerate(rows, start=1):
            variance = math.exp(logvar)
            term = mu**2 + variance - 1 - logvar
            terms.append(number(term, 4))
            lines.append(
                rf"t_{place} &= {bracketed(mu)}^2 + {number(variance, 4)} - 1 "
                rf"{signed(-logvar, 4)} = {terms[-1]}"
            )
        body = r" \\ ".join(lines)
        total = " + ".join(terms)
        first = (
            r"The variances are $\sigma^2 = \exp(\log \sigma^2)$."
            if p["logs"]
            else r"The logarithms are those of the variances, $\log \sigma^2$."
        )
        return (
            r"For normal distributions with independent components, "
            r"$\mathrm{KL} = \frac{1}{2} \sum_i t_i$ with "
            r"$t_i = \mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2$. "
            f"{first}\n\n"
            rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"
            "\n\nNo $t_i$ can be below zero. Half of their sum is\n\n"
            rf"$$\mathrm{{KL}} = \frac{{1}}{{2}} ({total}) = {self.key(p):.3f}.$$"
        )


ALL = (AutoencoderParameters(), VaeKl())
