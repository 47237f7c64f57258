"""What the live demonstrations say, and that they show numbers in every state."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest

from ..exam import node

SIZES = {"n": 8, "k": 3, "s": 2, "p": 1, "d": 2, "at": 1, "view": "row"}
OF_SIZES: list[tuple[dict[str, Any], str]] = [
    ({}, "8 → 3</strong>. Output 2 reads b, d and f. The sizes do not fit"),
    ({}, "so 1 padded zero at the end is never read"),
    ({}, "Stepped over and never read: a, c, e and g."),
    ({"s": 1}, "Output 2 reads a, c and e. Every place is read."),
    ({"n": 9, "s": 4, "d": 1, "p": 0, "k": 2}, "never read: c and d."),
    ({"n": 10, "s": 4, "d": 1, "p": 0}, "end 3 places early, so h, i and j at the"),
    ({"k": 5, "d": 3}, "kernel covers 13 places, but its padded input has only 10"),
    ({"view": "two", "p": 0}, "covers 5 places, but its padded input has only 2"),
    ({"view": "two", "n": 12, "p": 3, "at": 0}, "12 → 7 → 5</strong>. Output 1 sees"),
    ({"view": "two", "p": 3, "k": 1, "at": 0}, "Output 1 sees padded zeros only."),
    ({"view": "grid", "d": 1}, "8 × 8 → 4 × 4</strong>. Output in row 1, column 2"),
    ({"view": "grid", "d": 1}, "the last row and column are never read"),
]
OF_WALKS: list[tuple[dict[str, Any], str]] = [
    ({"steps": 0}, "At the start the loss is 20.5."),
    ({"steps": 1}, "After 1 step the loss is 14, from 20.5"),
    ({"rate": 7}, "It is still falling."),
    ({"rate": 9}, "It swings across the ravine for ever."),
    ({"rate": 10}, "It diverges: in the end each swing"),
    ({"rate": 10, "momentum": 5, "steps": 100}, "It has arrived."),
    ({"rate": 20, "y": 0, "steps": 60}, "It has arrived."),
    ({"surface": "saddle", "y": 0, "steps": 90}, "It stands on the saddle"),
    ({"surface": "saddle", "rate": 20, "y": 1.9}, "diverges: the steps are too"),
    ({"momentum": 5, "steps": 2}, "The last step went uphill."),
]
OF_ATTENTION: list[tuple[dict[str, Any], str]] = [
    ({}, "barked (word 7)</strong> looks most at dog (word 2), weight 0.61."),
    ({"scaled": False}, "looks most at dog (word 2), weight 0.85."),
    ({"query": "2"}, "looks most at dog (word 2) and cat (word 5), weight 0.40."),
    ({"query": "3"}, "at all 7 words alike (0.14 each). Its query is zero"),
    ({"query": "3", "causal": True}, "looks at all 4 words alike (0.25 each)"),
    ({"query": "0", "causal": True}, "may look at itself only"),
]
OF_SOFTMAX: list[tuple[dict[str, Any], str]] = [
    ({}, "Likeliest is <strong>bread</strong>, probability 0.64. Entropy 0.97 nats"),
    ({"z1": 9}, "Likeliest is <strong>tea"),
    ({"temperature": 0}, "Greedy: always <strong>bread"),
    ({"k": 2}, "perplexity 1.79: as open as a fair choice among 1.79 words. Never"),
    ({"k": 2}, "Never drawn: honey, rain and gravel."),
]


@pytest.mark.parametrize(
    ("script", "expression", "cases"),
    [
        (
            "convolution-sizes",
            f"js.words({{ ...{json.dumps(SIZES)}, ...d }})",
            OF_SIZES,
        ),
        ("descent", 'js.verdict({ surface: "ravine", ...d })', OF_WALKS),
        ("attention", "js.view({ ...js.start, ...d }).words", OF_ATTENTION),
        ("softmax", "js.view({ ...js.start, ...d }).words", OF_SOFTMAX),
    ],
)
def test_states_in_words(
    script: str, expression: str, cases: list[tuple[dict[str, Any], str]]
) -> None:
    said = node.run(f"demos/{script}.js", expression, [change for change, _ in cases])
    for (change, words), text in zip(cases, said, strict=True):
        assert words in text, change


EXTREMES: dict[str, dict[str, tuple[Any, ...]]] = {
    "convolution": {"n": (3, 12), "k": (1, 5), "s": (1, 4), "p": (0, 3), "d": (1, 3),
                    "view": ("row", "two", "grid")},
    "descent": {"surface": ("ravine", "saddle"), "rate": (0, 20), "momentum": (0, 7),
                "x": (-4.4, 1.4), "y": (-1.9, 0, 1.9), "steps": (0, 100)},
    "attention": {"query": tuple("0123456"), "scaled": (True, False),
                  "causal": (True, False)},
    "softmax": {"z0": (-8, 8), "z1": (-8, 8), "temperature": (0, 0.1, 5), "k": (1, 5)},
}  # fmt: skip


@pytest.mark.parametrize("name", EXTREMES)
def test_no_setting_shows_what_is_no_number(name: str) -> None:
    choices = EXTREMES[name]
    states = [
        dict(zip(choices, values, strict=True))
        for values in itertools.product(*choices.values())
    ]
    views = node.run(
        f"demos/{name}.js",
        "js.view((js.settle || ((state) => state))({ ...js.start, ...d }, ''))",
        states,
    )
    for state, view in zip(states, views, strict=True):
        assert set(view) == {"label", "picture", "words", "facts"}
        shown = " ".join(view.values())
        assert not re.search(r"NaN|undefined|null|Infinity", shown), state
        assert view["picture"].startswith("<svg"), state
