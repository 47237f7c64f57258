"""Templates on GANs: the losses of both players."""

from __future__ import annotations

import math
import random
from typing import ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters


class GanLosses(Calculation):
    """The discriminator's and the generator's loss from two probabilities."""

    id = "gan-losses"
    number = 37
    topic = "gans"
    difficulty = "medium"
    decimals = 3
    labels: ClassVar[tuple[str, ...]] = ("$L_D$", "$L_G$")
    why_right: ClassVar[str] = (
        "Right: the discriminator wants labels 1 and 0, the generator wants 1 for its "
        "fake."
    )

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "real": rng.randrange(40, 98) / 100,
            "fake": rng.randrange(3, 61) / 100,
        }

    def key(self, p: Parameters) -> list[float]:
        real, fake = p["real"], p["fake"]
        return [-math.log(real) - math.log(1 - fake), -math.log(fake)]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        real, fake = p["real"], p["fake"]
        loss_d, loss_g = self.key(p)
        return [
            Mistake(
                [-loss_d, -loss_g],
                "The signs are wrong. A cross-entropy is minus the logarithm of a "
                "probability and never negative.",
            ),
            Mistake(
                [loss_d, math.log(1 - fake)],
                r"$\log(1 - D(G(z)))$ is the generator's saturating loss, that of the "
                "minimax game.",
            ),
            Mistake(
                [-math.log(1 - real) - math.log(fake), -math.log(1 - fake)],
                "The labels are swapped: 1 stands for real and 0 for fake, and the "
                "generator wants its fake to be called real.",
            ),
            Mistake(
                [-math.log(real), loss_g],
                "The discriminator's loss lacks the fake. It has to tell both apart.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "The discriminator of a GAN gives a real picture $x$ the probability "
            f"$D(x) = {p['real']:.2f}$ of being real, and a fake $G(z)$ the "
            f"probability $D(G(z)) = {p['fake']:.2f}$ of being real.\n\n"
            "Compute the loss $L_D$ that the discriminator minimises, the sum of the "
            "binary cross-entropies of both pictures, and the generator's "
            "non-saturating loss $L_G$ for this fake. Logarithms are natural."
        )

    def solution(self, p: Parameters) -> str:
        real, fake = p["real"], p["fake"]
        loss_d, loss_g = self.key(p)
        return (
            "The discriminator wants label 1 for the real picture and 0 for the "
            "fake:\n\n"
            rf"$$L_D = -\log D(x) - \log(1 - D(G(z))) = -\log {real:.2f} - "
            rf"\log {1 - fake:.2f} = {-math.log(real):.4f} + {-math.log(1 - fake):.4f} "
            rf"= {loss_d:.3f}$$"
            "\n\nThe non-saturating generator wants label 1 for its fake. The real "
            "picture plays no part:\n\n"
            rf"$$L_G = -\log D(G(z)) = -\log {fake:.2f} = {loss_g:.3f}$$"
        )


ALL = (GanLosses(),)
