"""A template on the receptive field of several layers."""

from __future__ import annotations

import math
import random
from typing import Any, ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters


class ReceptiveField(Calculation):
    """How many pixels of a row does a value see after three layers?"""

    id = "receptive-field"
    number = 17
    topic = "adversarial"
    difficulty = "hard"
    why_right: ClassVar[str] = (
        "Right: each layer adds its kernel size less 1, times the strides before it."
    )

    def draw(self, rng: random.Random) -> Parameters:
        layers = []
        pool = rng.choice([None, 1, 2])
        for place in range(3):
            if place == pool:
                layers.append(("pool", rng.choice([2, 3]), 2, 0))
                continue
            kernel = rng.choice([3, 4, 5, 7])
            stride = rng.choice([1, 2, 3])
            padding = rng.choice([0, (kernel - 1) // 2])
            layers.append(("conv", kernel, stride, padding))
        return {"layers": layers}

    def key(self, p: Parameters) -> float:
        return self._width(p["layers"], lambda i, strides: strides[:i])

    def _width(self, layers: Any, counted: Any) -> float:
        """Add up the kernels less 1, each times the strides that count for it."""
        strides = [stride for _, _, stride, _ in layers]
        return float(
            1
            + sum(
                (kernel - 1) * math.prod(counted(i, strides))
                for i, (_, kernel, _, _) in enumerate(layers)
            )
        )

    def mistakes(self, p: Parameters) -> list[Mistake]:
        layers = p["layers"]
        return [
            Mistake(
                float(sum(kernel for _, kernel, _, _ in layers)),
                "The kernel sizes were added. Windows overlap, and strides set them "
                "further apart.",
            ),
            Mistake(
                self._width(layers, lambda i, strides: []),
                "The strides were ignored. Behind a stride of $s$, neighbouring values "
                "lie $s$ times as far apart.",
            ),
            Mistake(
                self._width(layers, lambda i, strides: strides[: i + 1]),
                "Each layer's own stride was counted, too. It sets its outputs apart, "
                "not its inputs, so only the later layers feel it.",
            ),
            Mistake(
                self._width(layers, lambda i, strides: strides[i + 1 :]),
                "The strides behind a layer were counted instead of those before it.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        channels, lines = 3, []
        for kind, kernel, stride, padding in p["layers"]:
            sizes = f"kernel_size={kernel}, stride={stride}"
            if kind == "pool":
                lines.append(f"    nn.MaxPool2d({sizes}),")
                continue
            after = 16 if channels == 3 else 2 * channels
            border = f", padding={padding}" if padding else ""
            lines.append(f"    nn.Conv2d({channels}, {after}, {sizes}{border}),")
            channels = after
        code = "\n".join(lines)
        return (
            "A network has three layers.\n\n"
            f"```python\nnet = nn.Sequential(\n{code}\n)\n```\n\n"
            "How wide is the receptive field of one value of its output? Count pixels "
            "of the picture along one row, for a value so far from the border that it "
            "sees no padding."
        )

    def solution(self, p: Parameters) -> str:
        size, jump, lines = 1, 1, []
        for place, (_, kernel, stride, _) in enumerate(p["layers"], start=1):
            wider = size + (kernel - 1) * jump
            lines.append(
                rf"r_{place} &= {size} + ({kernel} - 1) \cdot {jump} = {wider}, \quad "
                rf"& j_{place} &= {jump} \cdot {stride} = {jump * stride}"
            )
            size, jump = wider, jump * stride
        body = r" \\ ".join(lines)
        return (
            "A window of $k$ values reaches $k - 1$ jumps further than one value. The "
            "jump $j$ is the distance in pixels between neighbouring values of a "
            "layer's input: the product of the strides before it. Paddings move the "
            "field and do not widen it. So $r_i = r_{i-1} + (k_i - 1)\\, j_{i-1}$ and "
            "then $j_i = j_{i-1}\\, s_i$, from $r_0 = j_0 = 1$:\n\n"
            rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"
            f"\n\nOne value of the output sees ${size}$ pixels of a row."
        )


ALL = (ReceptiveField(),)
