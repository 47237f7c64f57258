"""A template on self-attention under permutation: what moves along, what stays."""

from __future__ import annotations

import random
from dataclasses import dataclass

from dlcourse.exam.question import Option
from dlcourse.exam.template import Parameters, Statements


@dataclass(frozen=True)
class _Claim:
    """A statement on what reordering does to the output of a construction."""

    construction: str
    property: str
    text: str
    why: str


# The names of constructions and properties are what the second judgement builds and
# tests: see tests/exam/second/attention.py.
_RIGHT = (
    _Claim(
        "attention",
        "equivariant",
        "Self-attention is equivariant, however many heads it has.",
        "Right: in each head, scores and values are reordered along with the rows.",
    ),
    _Claim(
        "attention, mean over rows",
        "invariant",
        "The mean over the rows of self-attention's output is invariant.",
        "Right: the output rows only change places, and a mean does not see places.",
    ),
    _Claim(
        "attention, maximum over rows",
        "invariant",
        "The maximum of each feature over the rows of self-attention's output is "
        "invariant.",
        "Right: like the mean, the maximum does not ask which row a number stood in.",
    ),
    _Claim(
        "feed-forward",
        "equivariant",
        "A feed-forward network applied to each row by itself, with the same weights, "
        "is equivariant.",
        "Right: what it makes of a row does not depend on where the row stands.",
    ),
    _Claim(
        "encoder",
        "equivariant",
        "An encoder layer of attention, residual connections, layer norms and a "
        "feed-forward network is equivariant.",
        "Right: attention is, and all the rest works on each row by itself.",
    ),
    _Claim(
        "two encoders, mean over rows",
        "invariant",
        "Two encoder layers with a mean over the rows behind them are invariant.",
        "Right: a chain of equivariant layers is equivariant, and the mean forgets the "
        "order.",
    ),
    _Claim(
        "codes, attention, mean over rows",
        "not invariant",
        "With positional codes added to $X$, the mean over the rows of "
        "self-attention's output is not invariant.",
        "Right: a row that moves gets another code, so other numbers are averaged.",
    ),
    _Claim(
        "causal attention",
        "not equivariant",
        "Self-attention with a causal mask is not equivariant.",
        "Right: which rows a row may look at depends on the place where it stands.",
    ),
    _Claim(
        "codes that move, attention",
        "equivariant",
        "If positional codes are added to $X$ first and the sums are reordered, "
        "self-attention reorders its output in the same way.",
        "Right: to the layer the sums are rows like any others, and the codes move "
        "with them.",
    ),
    _Claim(
        "learnt query",
        "invariant",
        "One learnt query that attends to the rows of $X$ as keys and values gives an "
        "invariant output.",
        "Right: its output is a weighted sum over pairs of key and value, in whatever "
        "order they come.",
    ),
    _Claim(
        "padding mask that moves",
        "equivariant",
        "Self-attention with a padding mask that is reordered together with the rows "
        "is equivariant.",
        "Right: the same rows are hidden before and after, only at other places.",
    ),
    _Claim(
        "convolution of kernel size 1",
        "equivariant",
        "A convolution along the positions with kernel size 1 is equivariant.",
        "Right: it applies the same dense layer to each row by itself.",
    ),
    _Claim(
        "causal attention, last row",
        "invariant to the order of the others",
        "With a causal mask, the last row of self-attention's output stays the same if "
        "only the rows before it are reordered.",
        "Right: the last row looks at all rows, and their order does not count for it.",
    ),
    _Claim(
        "attention weights",
        "rows and columns reordered",
        "If the rows of $X$ are reordered, the matrix of attention weights has both "
        "its rows and its columns reordered in this way.",
        "Right: its rows belong to queries and its columns to keys, and both move.",
    ),
    _Claim(
        "attention, codes, mean over rows",
        "invariant",
        "If positional codes are added to self-attention's output, the mean over the "
        "rows of the sum is invariant.",
        "Right: behind attention the codes add the same constant to the mean, whatever "
        "the order.",
    ),
    _Claim(
        "recurrent network",
        "not equivariant",
        "A recurrent network, whose output has the state of each step as a row, is not "
        "equivariant.",
        "Right: a state depends on which rows came before, and in what order.",
    ),
    _Claim(
        "convolution of kernel size 3",
        "not equivariant",
        "A convolution along the positions with kernel size 3 and padding 1 is not "
        "equivariant.",
        "Right: it mixes neighbours, and reordering gives a row other neighbours.",
    ),
    _Claim(
        "attention, first row",
        "not invariant",
        "The first row of self-attention's output is not invariant.",
        "Right: another row of $X$ may come to stand first, and its output is read.",
    ),
)

_WRONG = (
    _Claim(
        "attention",
        "invariant",
        "Self-attention is invariant, however many heads it has.",
        "Its output rows change places as the input rows do: that is equivariant. A "
        "mean over them would make it invariant.",
    ),
    _Claim(
        "attention",
        "not equivariant",
        "Self-attention with more than one head is not equivariant.",
        "Each head is equivariant, and they are joined and mixed row by row.",
    ),
    _Claim(
        "codes, attention",
        "equivariant",
        "Self-attention with positional codes added to $X$ is equivariant.",
        "A row that moves gets another code. That is what the codes are for.",
    ),
    _Claim(
        "causal attention",
        "equivariant",
        "Self-attention with a causal mask is equivariant.",
        "The mask ties what a row may look at to its place: the first row sees only "
        "itself, whichever it is.",
    ),
    _Claim(
        "causal attention, mean over rows",
        "invariant",
        "The mean over the rows of the output of self-attention with a causal mask is "
        "invariant.",
        "The mask makes the rows themselves depend on the order, so their mean does, "
        "too.",
    ),
    _Claim(
        "codes, attention, mean over rows",
        "invariant",
        "With positional codes added to $X$, the mean over the rows of "
        "self-attention's output is invariant.",
        "The codes change the rows before they are averaged, so the order leaves its "
        "trace in the mean.",
    ),
    _Claim(
        "feed-forward",
        "invariant",
        "A feed-forward network applied to each row by itself, with the same weights, "
        "is invariant.",
        "It is equivariant: the rows of its output change places with those of the "
        "input.",
    ),
    _Claim(
        "attention, mean over features",
        "invariant",
        "The mean over the features of self-attention's output, one number a row, is "
        "invariant.",
        "One number is left for each row, and these still change places: the mean runs "
        "along the wrong dimension.",
    ),
    _Claim(
        "attention, first row",
        "invariant",
        "The first row of self-attention's output is invariant.",
        "Another row of $X$ may come to stand first, and then its output is read.",
    ),
    _Claim(
        "attention, flatten, linear",
        "invariant",
        "Self-attention whose output rows are joined to one long vector for a linear "
        "layer is invariant.",
        "The linear layer has other weights for each place in the long vector.",
    ),
    _Claim(
        "encoder",
        "not equivariant",
        "An encoder layer of attention, residual connections, layer norms and a "
        "feed-forward network is not equivariant.",
        "Attention is equivariant, and sums, norms and feed-forward network work on "
        "each row by itself.",
    ),
    _Claim(
        "convolution of kernel size 3",
        "equivariant",
        "A convolution along the positions with kernel size 3 and padding 1 is "
        "equivariant.",
        "It mixes neighbours, and reordering gives a row other neighbours. It respects "
        "shifts only.",
    ),
    _Claim(
        "attention weights",
        "invariant",
        "If the rows of $X$ are reordered, the matrix of attention weights stays the "
        "same.",
        "Who looks at whom stays, but its rows and its columns are reordered.",
    ),
    _Claim(
        "padding mask that stays",
        "equivariant",
        "Self-attention with a padding mask that stays as it is while the rows are "
        "reordered is equivariant.",
        "The mask may then hide another row than before, so other values are mixed.",
    ),
    _Claim(
        "attention, feed-forward",
        "not equivariant",
        "Self-attention with a feed-forward network behind it, applied to each row by "
        "itself, is not equivariant.",
        "The network treats each row alike, wherever it stands, and keeps what "
        "attention has.",
    ),
    _Claim(
        "attention without scale",
        "not equivariant",
        r"Self-attention without the division by $\sqrt{d}$ is not equivariant.",
        "The division changes how sharp the weights are, not how they move.",
    ),
    _Claim(
        "attention, maximum over rows",
        "not invariant",
        "The maximum of each feature over the rows of self-attention's output is not "
        "invariant.",
        "The largest of some numbers is the same in whatever order they stand.",
    ),
    _Claim(
        "attention, codes, mean over rows",
        "not invariant",
        "If positional codes are added to self-attention's output, the mean over the "
        "rows of the sum is not invariant.",
        "The mean splits into that of the output, which is invariant, and that of the "
        "codes, a constant.",
    ),
    _Claim(
        "causal attention, last row",
        "not invariant to the order of the others",
        "With a causal mask, the last row of self-attention's output may change if "
        "only the rows before it are reordered.",
        "The last row may look at all rows, and so it finds the same keys and values "
        "in any order.",
    ),
    _Claim(
        "recurrent network",
        "equivariant",
        "A recurrent network, whose output has the state of each step as a row, is "
        "equivariant.",
        "A state depends on which rows came before, and in what order.",
    ),
)
_CLAIMS = {(one.construction, one.property): one for one in (*_RIGHT, *_WRONG)}


class PermutationStatements(Statements):
    """What does reordering the positions do to the output?"""

    id = "permutation-statements"
    number = 31
    topic = "attention"
    difficulty = "hard"

    def draw(self, rng: random.Random) -> Parameters:
        right = rng.choice([1, 2])
        claims = rng.sample(_RIGHT, right)
        for claim in rng.sample(_WRONG, len(_WRONG)):
            # Two statements on one thing would give each other away.
            if claim.construction not in {one.construction for one in claims}:
                claims.append(claim)
            if len(claims) == 5:
                break
        return {"claims": [(one.construction, one.property) for one in claims]}

    def statement(self, p: Parameters) -> str:
        return (
            "The matrix $X$ has one row for each position of a sequence. A map is "
            "**equivariant** if reordering the rows of $X$ reorders the rows of its "
            "output in the same way and changes nothing else. It is **invariant** if "
            "reordering the rows of $X$ does not change its output. A map has such a "
            "property if this holds for all weights, inputs and orders. Self-attention "
            "has no mask and no positional codes unless a statement names them; masks "
            "and codes belong to places and stay there unless a statement moves them. "
            "Dropout is off.\n\n"
            "Which of these statements are right?"
        )

    def options(self, p: Parameters) -> list[Option]:
        claims = [_CLAIMS[tuple(names)] for names in p["claims"]]
        return [Option(one.text, one in _RIGHT, one.why) for one in claims]

    def solution(self, p: Parameters) -> str:
        reasons = [
            (option.text, option.why.removeprefix("Right: "))
            for option in self.options(p)
            if option.right
        ]
        listed = "\n".join(
            f"- {text} {why[0].upper()}{why[1:]}" for text, why in reasons
        )
        return (
            "Let the matrix $P$ reorder the rows. Queries, keys and values are made "
            "row by row and become $PQ$, $PK$ and $PV$. The softmax works within each "
            "row, so that the weights $A$ become $P A P^\\top$. "
            "The output becomes\n\n"
            r"$$P A P^\top P V = P A V, \quad \text{since } P^\top P = I.$$"
            "\n\nSelf-attention is equivariant. Whatever treats all rows alike keeps "
            "that. Whatever ties something to a place breaks it: a mask, a code, a "
            "kernel that mixes neighbours. A pool that does not see places makes an "
            "equivariant map invariant. So these hold:\n\n"
            f"{listed}"
        )


ALL = (PermutationStatements(),)
