"""Templates on LSTM and GRU: parameters, shapes, one step of a cell."""

from __future__ import annotations

import math
import random
from typing import ClassVar

from dlcourse.exam.maths import bracketed
from dlcourse.exam.template import Calculation, Mistake, Parameters

# What a layer computes from input and state, each with matrices and biases of its own.
_BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}
_PARTS = {
    "RNN": "A plain RNN has one block of parameters, for the new state. It",
    "GRU": "A GRU has three blocks of parameters, for the reset gate, the update gate "
    "and the candidate. Each",
    "LSTM": "An LSTM has four blocks of parameters, for the input, forget and output "
    "gates and the candidate. Each",
}
_MISCOUNTED = {
    "RNN": (3, "Three blocks are a GRU's. A plain RNN has no gates, so one block."),
    "GRU": (4, "Four blocks are an LSTM's. A GRU has two gates and a candidate."),
    "LSTM": (3, "Three gates were counted. The candidate is computed like them."),
}


class RecurrentParameters(Calculation):
    """Parameters of a recurrent layer with PyTorch's two biases."""

    id = "recurrent-parameters"
    number = 25
    topic = "gated"
    difficulty = "medium"
    why_right: ClassVar[str] = (
        "Right: each block has a matrix for the input, a matrix for the state and two "
        "bias vectors."
    )

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "kind": rng.choice(list(_BLOCKS)),
            "d": rng.choice([4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 32, 50]),
            "h": rng.choice([5, 8, 10, 12, 16, 20, 25, 32, 40, 50, 64]),
        }

    def key(self, p: Parameters) -> float:
        return float(_BLOCKS[p["kind"]] * self._block(p))

    def _block(self, p: Parameters, biases: int = 2, recurrent: bool = True) -> int:
        d, h = p["d"], p["h"]
        return int(h * d + recurrent * h * h + biases * h)

    def mistakes(self, p: Parameters) -> list[Mistake]:
        blocks = _BLOCKS[p["kind"]]
        wrong, why = _MISCOUNTED[p["kind"]]
        return [
            Mistake(
                float(blocks * self._block(p, biases=1)),
                "One bias vector was counted. Each block has two: one beside the "
                "input's matrix, one beside the state's.",
            ),
            Mistake(float(wrong * self._block(p)), why),
            Mistake(
                float(blocks * self._block(p, recurrent=False)),
                "The matrices $W_{hh}$, which read the old state, are missing.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"How many parameters does `nn.{p['kind']}(input_size={p['d']}, "
            f"hidden_size={p['h']})` have? It has one layer and one direction. As "
            "always in PyTorch, the product with the input and the product with the "
            "old state each have a bias vector of their own."
        )

    def solution(self, p: Parameters) -> str:
        kind, d, h = p["kind"], p["d"], p["h"]
        blocks, block = _BLOCKS[kind], self._block(p)
        return (
            f"{_PARTS[kind]} has a matrix for the input (${h} \\times {d}$), a "
            f"matrix for the old state (${h} \\times {h}$) and two bias vectors of "
            f"length {h}. That makes\n\n"
            rf"$${h} \cdot {d} + {h} \cdot {h} + 2 \cdot {h} = {block}$$"
            "\n\n"
            + (
                f"parameters for each block, and ${blocks} \\cdot {block} = "
                f"{self.key(p):.0f}$ in all."
                if blocks > 1
                else "parameters."
            )
        )


class BidirectionalShapes(Calculation):
    """Shapes that a deep, bidirectional LSTM returns."""

    id = "bidirectional-shapes"
    number = 26
    topic = "gated"
    difficulty = "medium"
    labels: ClassVar[tuple[str, ...]] = ("`output`", "`h_n`")
    why_right: ClassVar[str] = (
        "Right: `output` has both directions side by side for each step, `h_n` one "
        "entry for each layer and direction."
    )

    def draw(self, rng: random.Random) -> Parameters:
        batch, steps = rng.sample([5, 7, 9, 10, 12, 15, 16, 20, 24, 30], 2)
        return {
            "batch": batch,
            "steps": steps,
            "layers": rng.choice([2, 3, 4]),
            "d": rng.choice([2, 3, 4, 6, 8]),
            "h": rng.choice([11, 14, 18, 25, 32, 40, 50]),
        }

    def key(self, p: Parameters) -> list[tuple[int, ...]]:
        return [
            (p["batch"], p["steps"], 2 * p["h"]),
            (2 * p["layers"], p["batch"], p["h"]),
        ]

    def mistakes(self, p: Parameters) -> list[Mistake]:
        batch, steps, layers, h = p["batch"], p["steps"], p["layers"], p["h"]
        output = (batch, steps, 2 * h)
        return [
            Mistake(
                [(steps, batch, 2 * h), (2 * layers, steps, h)],
                "Sequences and steps are swapped. With `batch_first=True` the batch "
                "leads in `output`, and `h_n` has a state for each sequence.",
            ),
            Mistake(
                [(batch, steps, h), (layers, batch, h)],
                "These are one direction's shapes. The second direction doubles the "
                "last size of `output` and the first of `h_n`.",
            ),
            Mistake(
                [output, (batch, 2 * layers, h)],
                "`batch_first=True` speaks of input and `output` only. In `h_n` the "
                "batch stays in the middle.",
            ),
            Mistake(
                [output, (layers, batch, 2 * h)],
                "Only `output` lays the directions side by side. `h_n` has an entry of "
                "its own for each of them.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A batch `x` holds {p['batch']} sequences of {p['steps']} steps with "
            f"{p['d']} features each; its shape is ({p['batch']}, {p['steps']}, "
            f"{p['d']}). What shapes have `output` and `h_n`?\n\n"
            "```python\n"
            f"lstm = nn.LSTM(input_size={p['d']}, hidden_size={p['h']},\n"
            f"               num_layers={p['layers']}, batch_first=True, "
            "bidirectional=True)\n"
            "output, (h_n, c_n) = lstm(x)\n"
            "```"
        )

    def solution(self, p: Parameters) -> str:
        output, state = map(str, self.key(p))
        return (
            "`output` is the last layer's $h_t$ at each step, forward and backward "
            f"side by side, so that its last size is $2 \\cdot {p['h']} = "
            f"{2 * p['h']}$. The batch comes first, as in the input: {output}.\n\n"
            "`h_n` keeps the final state of each layer in each direction, "
            f"$2 \\cdot {p['layers']} = {2 * p['layers']}$ of them, each with "
            f"{p['h']} numbers for each of the {p['batch']} sequences. "
            f"`batch_first=True` does not change its order: {state}.\n\n"
            f"So `output` has the shape {output} and `h_n` the shape {state}."
        )


class LstmCell(Calculation):
    """One step of an LSTM unit from what goes into its gates."""

    id = "lstm-cell"
    number = 27
    topic = "gated"
    difficulty = "hard"
    decimals = 3
    why_right: ClassVar[str] = (
        "Right: $f$ weighs the old cell state, $i$ the candidate, and $o$ the tanh of "
        "their sum."
    )

    def draw(self, rng: random.Random) -> Parameters:
        while True:
            p = {name: _tenths(rng, 25) for name in "ifgo"} | {"c": _tenths(rng, 20)}
            # Near 0 the tanh changes nothing, and equal gates cannot be told apart.
            if abs(self._cell(p)) >= 0.4 and abs(p["i"] - p["f"]) >= 0.5:
                return p

    def _cell(self, p: Parameters) -> float:
        kept = _sigmoid(p["f"]) * p["c"]
        return float(kept + _sigmoid(p["i"]) * math.tanh(p["g"]))

    def key(self, p: Parameters) -> float:
        return _sigmoid(p["o"]) * math.tanh(self._cell(p))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        swapped = {**p, "i": p["f"], "f": p["i"]}
        return [
            Mistake(
                _sigmoid(p["o"]) * self._cell(p),
                "The outer tanh is missing: the output gate weighs $\\tanh(c_t)$, not "
                "$c_t$.",
            ),
            Mistake(
                self.key(swapped),
                "Input and forget gates are swapped: $f$ belongs to the old cell "
                "state, $i$ to the candidate.",
            ),
            Mistake(
                math.tanh(self._cell(p)),
                "The output gate is missing: $\\tanh(c_t)$ still has to be multiplied "
                "by $o$.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "A layer `nn.LSTM` has one hidden unit. At step $t$ the weighted sums of "
            "input and old state, biases included, are\n\n"
            rf"$$a_i = {p['i']:.1f}, \quad a_f = {p['f']:.1f}, \quad "
            rf"a_g = {p['g']:.1f}, \quad a_o = {p['o']:.1f}$$"
            "\n\nfor the input gate, the forget gate, the candidate and the output "
            "gate. No activation function has been applied to them yet. The old cell "
            f"state is $c_{{t-1}} = {p['c']:.1f}$. What is the new hidden state $h_t$? "
            "Round at the end only."
        )

    def solution(self, p: Parameters) -> str:
        i, f, o = (_sigmoid(p[name]) for name in "ifo")
        g, cell = math.tanh(p["g"]), self._cell(p)
        return (
            "The gates go through the sigmoid, the candidate through tanh:\n\n"
            rf"$$\begin{{aligned}} i &= \sigma({p['i']:.1f}) = {i:.4f} \\ "
            rf"f &= \sigma({p['f']:.1f}) = {f:.4f} \\ "
            rf"g &= \tanh({p['g']:.1f}) = {g:.4f} \\ "
            rf"o &= \sigma({p['o']:.1f}) = {o:.4f} \end{{aligned}}$$"
            "\n\nThe forget gate weighs what was there, the input gate what is new:\n\n"
            rf"$$c_t = f c_{{t-1}} + i g = {f:.4f} \cdot {bracketed(p['c'])} + "
            rf"{i:.4f} \cdot {_four(g)} = {f * p['c']:.4f} "
            rf"{'-' if g < 0 else '+'} {abs(i * g):.4f} = {cell:.4f}$$"
            "\n\nThe output gate weighs its tanh:\n\n"
            rf"$$h_t = o \tanh(c_t) = {o:.4f} \cdot {_four(math.tanh(cell))} = "
            rf"{self.key(p):.3f}$$"
        )


def _tenths(rng: random.Random, most: int) -> float:
    """Draw a number with one decimal, of either sign, but not 0."""
    return rng.choice([-1, 1]) * rng.randint(1, most) / 10


def _four(value: float) -> str:
    """Write a factor with four decimals: brackets around a negative one."""
    return f"({value:.4f})" if value < 0 else f"{value:.4f}"


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


ALL = (RecurrentParameters(), BidirectionalShapes(), LstmCell())
