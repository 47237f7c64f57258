"""Templates on transfer learning: what is trained when the rest is frozen."""

from __future__ import annotations

import random
from typing import ClassVar

from dlcourse.exam.template import Calculation, Mistake, Parameters


class NewHead(Calculation):
    """Count the trainable parameters of a frozen body with a new head."""

    id = "new-head"
    number = 38
    topic = "transfer"
    difficulty = "easy"
    why_right: ClassVar[str] = (
        "Right: one weight a feature and class, and one bias a class."
    )

    def draw(self, rng: random.Random) -> Parameters:
        old, new = rng.choice([10, 20, 50, 100, 1000]), rng.randrange(2, 41)
        features = rng.choice([64, 128, 192, 256, 384, 512, 768, 1024, 2048])
        return {
            # Wider bodies are larger, too.
            "body": features * rng.randrange(1000, 10_000),
            "features": features,
            "old": old,
            # Another number of classes than before.
            "new": new + (new == old),
        }

    def _head(self, p: Parameters, classes: int) -> float:
        return float((p["features"] + 1) * classes)

    def key(self, p: Parameters) -> float:
        return self._head(p, p["new"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        return [
            Mistake(
                float(p["features"] * p["new"]),
                "The biases are missing: the head has one for each class.",
            ),
            Mistake(
                p["body"] + self.key(p),
                "This is the whole network. Frozen parameters get no gradient and are "
                "not trained.",
            ),
            Mistake(
                self._head(p, p["old"]),
                "This is the old head. It has been replaced, and the new one has as "
                "many outputs as there are new classes.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        body = f"{p['body']:,}".replace(",", r"\,")
        return (
            f"A network was trained on {p['old']} classes. Its body has ${body}$ "
            f"parameters and gives {p['features']} features for a picture; its "
            "head is one linear layer with bias. For a new task with "
            f"{p['new']} classes:\n\n"
            "```python\n"
            "model.requires_grad_(False)\n"
            f"model.head = nn.Linear({p['features']}, {p['new']})\n"
            "```\n\n"
            "How many trainable parameters has the model now?"
        )

    def solution(self, p: Parameters) -> str:
        features, new = p["features"], p["new"]
        return (
            "The first line freezes the body and the old head. The second replaces the "
            "head by a new layer, whose parameters require gradients as those of every "
            "new layer do. Only they are trained:\n\n"
            rf"$${features} \cdot {new} + {new} = {features * new} + {new} = "
            rf"{self.key(p):.0f}.$$"
        )


ALL = (NewHead(),)
