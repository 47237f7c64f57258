"""Templates on language models: perplexity, parameters."""

from __future__ import annotations

import math
import random
from typing import Any, ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters

_SENTENCES = (
    "we met again",
    "trains run late",
    "rain fell all night",
    "she reads old maps",
    "the bridge is closed",
    "snow covers the roof",
    "the ship sails at dawn",
    "nobody heard the bell ring",
)


class Perplexity(Calculation):
    """Between how many words does a model hesitate?"""

    id = "perplexity"
    number = 2
    topic = "language"
    difficulty = "easy"
    decimals = 2
    why_right: ClassVar[str] = (
        "Right: the exponential of the mean negative log-likelihood."
    )

    def draw(self, rng: random.Random) -> Parameters:
        words = rng.choice(_SENTENCES).split()
        while True:
            p: dict[str, Any] = {
                "words": words,
                "chances": [rng.randrange(5, 91) / 100 for _ in words],
            }
            # The solution's rounded mean has to lead to the key.
            shown = f"{math.exp(round(self._mean(p), 4)):.2f}"
            # A smaller product would betray its inverse, one of the mistakes.
            if math.prod(p["chances"]) > 0.003 and shown == f"{self.key(p):.2f}":
                return p

    def key(self, p: Parameters) -> float:
        return math.exp(self._mean(p))

    def _mean(self, p: Parameters) -> float:
        return -math.fsum(map(math.log, p["chances"])) / len(p["chances"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        chances = p["chances"]
        return [
            Mistake(
                1 / math.prod(chances),
                "The sum of the negative logarithms was not divided by the number of "
                "tokens. Such a number grows with the length of the text.",
            ),
            Mistake(
                self._mean(p),
                "This is the mean negative log-likelihood. The perplexity is its "
                "exponential.",
            ),
            Mistake(
                math.fsum(1 / chance for chance in chances) / len(chances),
                "This is the mean of $1/p$. The mean has to be taken of the "
                "logarithms, before the exponential.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        chances = [f"{chance:.2f}" for chance in p["chances"]]
        return (
            f"A language model reads a text of {len(chances)} tokens. The table gives "
            "the probability that it had for each token, knowing those before it.\n\n"
            f"| token | {' | '.join(p['words'])} |\n"
            f"|---{'|---' * len(chances)}|\n"
            f"| probability | {' | '.join(chances)} |\n\n"
            "What is the model's perplexity on this text?"
        )

    def solution(self, p: Parameters) -> str:
        mean = self._mean(p)
        logs = [math.log(chance) for chance in p["chances"]]
        terms = " + ".join(rf"\ln {chance:.2f}" for chance in p["chances"])
        return (
            f"Add the natural logarithms of the {len(logs)} probabilities, divide by "
            f"{len(logs)}, and change the sign:\n\n"
            rf"$$H = -\frac{{1}}{{{len(logs)}}} \bigl( {terms} \bigr) "
            rf"\approx -\frac{{1}}{{{len(logs)}}} \cdot ({math.fsum(logs):.4f}) "
            rf"\approx {mean:.4f}$$"
            "\n\nThe perplexity is the exponential of this mean. The model is as "
            "unsure as if it chose each token among so many equally likely ones:\n\n"
            rf"$$e^{{{mean:.4f}}} \approx {self.key(p):.2f}$$"
        )


class EmbeddingParameters(Calculation):
    """Parameters of an embedding, a recurrent layer and a linear head."""

    id = "embedding-parameters"
    number = 29
    topic = "language"
    difficulty = "medium"
    why_right: ClassVar[str] = (
        "Right: the table, the recurrent layer with its two biases, and the head."
    )

    def draw(self, rng: random.Random) -> Parameters:
        words = rng.choice([100, 120, 150, 200, 250, 300, 400, 500, 800, 1000])
        width, state = rng.sample([8, 10, 12, 16, 20, 24, 32, 40, 50, 64], 2)
        # A language model has one output for each token, a classifier for each class.
        outputs = rng.choice([words, rng.randrange(2, 9)])
        return {"V": words, "d": width, "h": state, "C": outputs}

    def _layers(self, p: Parameters) -> tuple[int, int, int]:
        """Count the parameters of embedding, recurrent layer and head."""
        state = p["h"]
        return (
            p["V"] * p["d"],
            state * p["d"] + state * state + 2 * state,
            (state + 1) * p["C"],
        )

    def key(self, p: Parameters) -> float:
        return float(sum(self._layers(p)))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        table, recurrent, head = self._layers(p)
        return [
            Mistake(
                float(table + p["d"] + recurrent + head),
                "The embedding was given a bias. It only looks up a row of its table "
                "and adds nothing to it.",
            ),
            Mistake(
                float(recurrent + head),
                "The embedding's table is missing. Its rows are trained like any other "
                "weight.",
            ),
            Mistake(
                float(p["V"] * p["h"] + recurrent + head),
                "The table's rows were made as wide as the hidden state. They are as "
                "wide as the recurrent layer's input.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        kind = "language model" if p["C"] == p["V"] else "text classifier"
        return (
            f"A {kind} consists of these layers:\n\n"
            "```python\n"
            f"embedding = nn.Embedding({p['V']}, {p['d']})\n"
            f"rnn = nn.RNN({p['d']}, {p['h']}, batch_first=True)\n"
            f"head = nn.Linear({p['h']}, {p['C']})\n"
            "```\n\n"
            "How many trainable parameters do they have together? In PyTorch, `nn.RNN` "
            "has two bias vectors."
        )

    def solution(self, p: Parameters) -> str:
        table, recurrent, head = self._layers(p)
        words, width, state, outputs = p["V"], p["d"], p["h"], p["C"]
        return (
            "Count layer by layer:\n\n"
            f"- The embedding is a table of {words} rows with {width} numbers each and "
            rf"has no bias: ${words} \cdot {width} = {table}$."
            "\n- The recurrent layer has one matrix for its input, one for its state, "
            rf"and two biases: ${width} \cdot {state} + {state} \cdot {state} + "
            rf"2 \cdot {state} = {recurrent}$."
            f"\n- Each of the head's {outputs} outputs has {state} weights and a bias: "
            rf"$({state} + 1) \cdot {outputs} = {head}$."
            "\n\nTogether:\n\n"
            rf"$${table} + {recurrent} + {head} = {self.key(p):.0f}$$"
        )


ALL = (Perplexity(), EmbeddingParameters())
