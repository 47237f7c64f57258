"""Honest submissions that hold, together, every mistake and other solution there is.

Each notebook holds one variant of each item; where an item has no more, its reference
solution. So a few notebooks cover them all, and each is a mixture of right and wrong
answers, as students' are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...assignments.variants import Source, read_source, read_variants

ROOT = Path(__file__).parents[3]
# Problem sets take their items from these. Those that the second has of its own are not
# recorded: stock nbgrader cannot release it, since its source borrows the others.
LABS = (
    "lab01-tensors",
    "lab02-autograd",
    "lab03-training-stack",
    "lab04-feed-forward",
    "lab05-convolution",
    "lab06-transfer",
    "lab07-regularisation",
    "lab08-optimisers",
    "lab09-recurrent",
    "lab10-lstm-gru",
    "lab11-autoencoders",
    "lab12-mini-project",
    "lab13-gans",
    "lab14-attention",
    "lab15-adversarial",
    "lab16-language",
    "layer-design",
)
# It takes longer than all the rest and is not graded.
_SLOW = "def train_and_score"
# The last notebooks are for items that need a `train` that works; its wrong variants,
# the most of all items, stand in the first ones.
_FIRST = ("train",)
_LAST = ("digits-result", "fashion-result")
_SPARE = 4
_STEP = 5

Notebook = dict[str, Any]


def submissions(lab: str) -> dict[str, bytes]:
    """Make the notebooks of a lab, by student."""
    release = (ROOT / "exercises" / lab / f"{lab}.ipynb").read_bytes()
    source = read_source(lab)
    answers = {cell.grade_id: cell.text for cell in source.cells if cell.solution}
    made = {"untouched": release, "reference": _filled(release, answers)}
    for number, chosen in enumerate(_mixtures(source), start=1):
        made[f"mixture-{number:02d}"] = _filled(release, {**answers, **chosen})
    return made


def _mixtures(source: Source) -> list[dict[str, str]]:
    """Choose the text of each item's solution cell, for each notebook."""
    variants = {
        item.grade_id: [one.text for one in read_variants(source.name, item.grade_id)]
        for item in source.items()
    }
    count = max(map(len, variants.values())) + _SPARE
    mixtures: list[dict[str, str]] = [{} for _ in range(count)]
    for number, (grade_id, texts) in enumerate(variants.items()):
        # Each item begins elsewhere, so that no notebook is wrong in all of them.
        begin = 0 if grade_id in _FIRST else number * _STEP
        places = [(begin + k) % count for k in range(count)]
        if grade_id in _LAST:
            places = list(reversed(range(count)))
        for text, place in zip(texts, places, strict=False):
            mixtures[place][grade_id] = text
    return mixtures


def _filled(release: bytes, answers: dict[str, str]) -> bytes:
    notebook: Notebook = json.loads(release)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name]
        elif cell["cell_type"] == "code" and _SLOW in "".join(cell["source"]):
            cell["source"] = "pass"
    return json.dumps(notebook).encode()
