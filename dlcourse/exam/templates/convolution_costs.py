"""Templates on what a convolution costs: parameters and operations."""

from __future__ import annotations

import random

from dlcourse.exam.template import Calculation, Mistake, Parameters


class GroupedParameters(Calculation):
    """Parameters of a convolution in groups."""

    id = "grouped-parameters"
    number = 12
    topic = "convolution"
    difficulty = "medium"
    why_right = "Right: each filter reads its group's channels and has one bias."

    def draw(self, rng: random.Random) -> Parameters:
        groups = rng.choice([2, 3, 4, 8])
        return {
            "g": groups,
            "in": groups * rng.randint(2, 12),
            "out": groups * rng.randint(2, 12),
            "k": rng.choice([3, 5]),
            # One more mistake, of two, so that the key's rank among the options varies.
            "extra": rng.choice(["group", "window"]),
        }

    def key(self, p: Parameters) -> int:
        return int(p["out"] * (p["in"] // p["g"]) * p["k"] ** 2 + p["out"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        window = p["k"] ** 2
        return [
            Mistake(
                p["out"] * p["in"] * window + p["out"],
                "The groups are left out: each filter reads the channels of its own "
                "group only.",
            ),
            Mistake(
                self.key(p) - p["out"],
                "The biases are missing: each output channel has one.",
            ),
            Mistake(
                p["out"] // p["g"] * (p["in"] // p["g"]) * window + p["out"],
                "Both channel counts are divided. That counts the weights of one "
                f"group; there are {p['g']} of them.",
            ),
            Mistake(
                self.key(p) - p["out"] + p["g"],
                "One bias was counted for each group. There is one for each output "
                "channel.",
            )
            if p["extra"] == "group"
            else Mistake(
                (self.key(p) - p["out"]) // window * (window + 1),
                "One bias was counted for each channel that a filter reads. A filter "
                "has a single one.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "How many parameters, weights and biases together, does this layer have?"
            f"\n\n```python\nnn.Conv2d({p['in']}, {p['out']}, kernel_size={p['k']}, "
            f"groups={p['g']})\n```"
        )

    def solution(self, p: Parameters) -> str:
        read = p["in"] // p["g"]
        weights = read * p["k"] ** 2
        return (
            f"Each filter reads the channels of its group, ${p['in']} / {p['g']} = "
            rf"{read}$ of them, and so has ${read} \cdot {p['k']}^2 = {weights}$ "
            f"weights. There is one filter, with one bias, for each of the {p['out']} "
            "output channels:\n\n"
            rf"$${p['out']} \cdot {weights} + {p['out']} = {self.key(p)}$$"
        )


class DepthwiseSeparable(Calculation):
    """Parameters of a depthwise convolution and the pointwise one after it."""

    id = "depthwise-separable"
    number = 13
    topic = "convolution"
    difficulty = "medium"
    why_right = "Right: one filter a channel first, then one weight a pair of channels."

    def draw(self, rng: random.Random) -> Parameters:
        c_in, c_out = rng.sample(range(8, 97, 8), 2)
        return {"in": c_in, "out": c_out, "k": rng.choice([3, 5, 7])}

    def key(self, p: Parameters) -> int:
        return int(p["in"] * p["k"] ** 2 + p["in"] * p["out"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        window = p["k"] ** 2
        return [
            Mistake(
                p["in"] * p["out"] * window,
                "This is an ordinary convolution, in which each filter reads all "
                "channels with its whole window.",
            ),
            Mistake(
                p["in"] * window + p["out"],
                "Each filter of the 1×1 convolution was given one weight. It has one "
                "for each channel that it reads.",
            ),
            Mistake(
                (p["in"] + p["out"]) * window,
                "The second convolution was counted as depthwise, too: as one window "
                "for each output channel.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A depthwise separable convolution turns {p['in']} channels into "
            f"{p['out']}. Its first layer is depthwise: each channel has one filter of "
            f"its own, {p['k']}×{p['k']}, and makes one channel. Its second layer is "
            "an ordinary 1×1 convolution. Neither has a bias. How many parameters do "
            "both have together?"
        )

    def solution(self, p: Parameters) -> str:
        depthwise = p["in"] * p["k"] ** 2
        pointwise = p["in"] * p["out"]
        return (
            "An ordinary convolution would have "
            rf"${p['in']} \cdot {p['out']} \cdot {p['k']}^2 = "
            rf"{pointwise * p['k'] ** 2}$ weights. Here the work is shared. "
            f"Depthwise: {p['in']} filters with one window each, "
            rf"${p['in']} \cdot {p['k']}^2 = {depthwise}$ weights. Pointwise: "
            f"{p['out']} filters that read {p['in']} channels at one pixel, "
            rf"${p['out']} \cdot {p['in']} = {pointwise}$ weights. Together:"
            "\n\n"
            f"$${depthwise} + {pointwise} = {self.key(p)}$$"
        )


class PointwiseOperations(Calculation):
    """Multiply-adds of a 1×1 convolution."""

    id = "pointwise-operations"
    number = 14
    topic = "convolution"
    difficulty = "easy"
    why_right = "Right: every pixel, every output channel, every input channel."

    def draw(self, rng: random.Random) -> Parameters:
        c_in, c_out = rng.sample([8, 12, 16, 20, 24, 32, 40, 48, 64], 2)
        height, width = rng.sample([7, 8, 10, 12, 14, 15, 16, 20, 28], 2)
        # One more mistake, of two, so that the key's rank among the options varies.
        extra = rng.choice(["twice", "single"])
        return {"in": c_in, "out": c_out, "h": height, "w": width, "extra": extra}

    def key(self, p: Parameters) -> int:
        return int(p["h"] * p["w"] * p["in"] * p["out"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        pixels = p["h"] * p["w"]
        return [
            Mistake(
                p["in"] * p["out"],
                "These are the weights. Each of them is used at every pixel.",
            ),
            Mistake(
                9 * self.key(p),
                "Counted for a 3×3 window. A 1×1 filter reads a single pixel.",
            ),
            Mistake(
                pixels * (p["in"] + p["out"]),
                "The channel counts were added. Each output channel reads each input "
                "channel, so they multiply.",
            ),
            Mistake(
                2 * self.key(p),
                "Products and additions were counted one by one. A multiply-add is "
                "both together.",
            )
            if p["extra"] == "twice"
            else Mistake(
                pixels * p["out"],
                "These are the output's values. Each of them takes a product for each "
                "input channel.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A feature map with {p['in']} channels of {p['h']} × {p['w']} values goes "
            f"through `nn.Conv2d({p['in']}, {p['out']}, kernel_size=1, bias=False)`. "
            "How many multiply-adds does that take? One multiply-add is one product of "
            "a weight and a value, together with adding it to a sum."
        )

    def solution(self, p: Parameters) -> str:
        values = p["h"] * p["w"] * p["out"]
        return (
            f"The output has {p['out']} channels of the same {p['h']} × {p['w']} "
            rf"values, ${p['out']} \cdot {p['h']} \cdot {p['w']} = {values}$ in all. "
            f"Each of them is a sum of {p['in']} products, one for each input channel "
            "at its pixel:\n\n"
            rf"$${values} \cdot {p['in']} = {self.key(p)}$$"
        )


ALL = (GroupedParameters(), DepthwiseSeparable(), PointwiseOperations())
