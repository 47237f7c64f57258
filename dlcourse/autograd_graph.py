"""Draw the graph that autograd follows, with values and gradients on its arrows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from statistics import fmean
from typing import NamedTuple, TypeAlias

import matplotlib.pyplot as plt
import torch
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from torch.autograd.graph import Node

from dlcourse.figures import BLUE, GREEN, INK, QUIET, VERMILLION

_BOX = 0.46  # height of a box in inches
_PAGE = 7.6  # width in inches that a page has room for
_Place: TypeAlias = tuple[float, float]


class _Edge(NamedTuple):
    """A tensor on its way from the operation that made it to one that uses it."""

    source: Node
    output: int  # which of the source's results
    target: Node
    slot: int  # which of the target's arguments


def draw(
    result: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    digits: int = 4,
    down: bool | None = None,
) -> Figure:
    """Draw how a tensor was made: a box is an operation, an arrow is a tensor.

    A dot is a leaf, a tensor that no operation made. Along an arrow stand the tensor's
    value (its shape, if it holds more than one number) and, after a small arrow, the
    gradient that comes back this way. Gradients are drawn if the result is one number:
    one backward pass computes them and leaves every ``grad`` as it was. Constants are
    not in the graph, because no gradient goes to them.

    Args:
        result: a tensor of any shape, calculated from at least one tensor with
            ``requires_grad=True``; no ``backward`` has freed its graph.
        names: names of tensors in the graph, leaves or results of operations. Without
            one, a value appears only if autograd itself has kept it.
        digits: significant digits of values and gradients.
        down: whether the drawing runs down the page rather than to the right; by
            default it does where it would be too wide for a page.

    Returns:
        The figure.

    Raises:
        ValueError: if the tensor has no graph, or no longer has one.
    """
    root = result.grad_fn
    if root is None:
        raise ValueError(
            "draw needs a tensor with a graph, but this one has no grad_fn: calculate "
            "it from a tensor with requires_grad=True, outside of no_grad."
        )
    edges = _walk(root)
    leaves = {e.source: _variable(e.source) for e in edges if _is_leaf(e.source)}
    came, totals = _gradients(result, edges, leaves)
    labels: dict[tuple[Node | None, int], str] = {}
    for tensor in [*_saved(edges), *leaves.values(), result]:
        labels[_origin(tensor, leaves)] = _value(tensor, digits)
    for name, tensor in (names or {}).items():
        joint = " = " if tensor.numel() == 1 else " "
        labels[_origin(tensor, leaves)] = f"{name}{joint}{_value(tensor, digits)}"
    places = _layout(root, edges)
    sheet = _Sheet(places, list(labels.values()), down)
    arrow = "↑ " if sheet.down else "← "
    columns = {key: column for key, (column, _) in places.items()}
    fan = Counter(edge.source for edge in edges)
    for edge in edges:
        value = labels.get((edge.source, edge.output), "")
        back = arrow + _value(came[edge], digits) if edge in came else ""
        way = [places[stop] for stop in _stops(edge, columns)]
        twins = [other for other in edges if other[::2] == edge[::2]]
        if len(twins) > 1:  # arrows with the same ends go apart halfway
            (c0, r0), (c1, r1) = way[:2]
            apart = 0.8 * (twins.index(edge) - (len(twins) - 1) / 2)
            way.insert(1, ((c0 + c1) / 2, (r0 + r1) / 2 + apart))
        if edge.source in leaves:  # the leaf itself tells the value and the sum
            sheet.line(way, note=back if fan[edge.source] > 1 else "")
        else:
            sheet.stub(way[0], value, back if fan[edge.source] == 1 else "")
            sheet.line(way, note=back if fan[edge.source] > 1 else "", stub=True)
    for key in (key for key in places if isinstance(key, Node)):
        if key in leaves:
            total = arrow + _value(totals[key], digits) if key in totals else ""
            sheet.leaf(places[key], labels[key, 0], total)
        else:
            sheet.box(places[key], _title(key))
    column, row = places[root]
    back = f"{arrow}1" if totals else ""
    sheet.stub((column, row), labels[root, result.output_nr], back)
    sheet.line([(column, row), (column + 1, row)], stub=True)
    return sheet.figure


# What the graph holds


def _walk(root: Node) -> list[_Edge]:
    """List the edges of the graph, those near the result first."""
    edges, seen, waiting = [], {root}, [root]
    while waiting:
        target = waiting.pop(0)
        for slot, (source, output) in enumerate(target.next_functions):
            if source is None:  # a constant
                continue
            edges.append(_Edge(source, output, target, slot))
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return edges


def _is_leaf(node: Node) -> bool:
    return hasattr(node, "variable")


def _variable(node: Node) -> torch.Tensor:
    leaf: torch.Tensor = node.variable  # type: ignore[attr-defined]
    return leaf


def _title(node: Node) -> str:
    """Name an operation as `grad_fn` does, without the word that all have in common."""
    return re.sub(r"Backward\d*$", "", node.name().rpartition("::")[2])


def _gradients(
    result: torch.Tensor, edges: Sequence[_Edge], leaves: Mapping[Node, torch.Tensor]
) -> tuple[dict[_Edge, torch.Tensor], dict[Node, torch.Tensor]]:
    """Run backward and note what came along each edge, and in all to each leaf."""
    came: dict[_Edge, torch.Tensor] = {}
    if result.numel() != 1:
        return came, {}

    def note(node: Node, inputs: Sequence[torch.Tensor | None]) -> None:
        for edge in edges:
            if edge.target is node and (found := inputs[edge.slot]) is not None:
                came[edge] = found.detach().clone()

    handles = [
        node.register_hook(lambda inputs, _, node=node: note(node, inputs))
        for node in {edge.target for edge in edges}
    ]
    try:
        totals = torch.autograd.grad(
            result, list(leaves.values()), retain_graph=True, allow_unused=True
        )
    except RuntimeError as error:
        raise ValueError(
            "draw cannot run backward through this graph; call it before backward, "
            f"or call backward(retain_graph=True) ({str(error).split('.')[0]})."
        ) from error
    finally:
        for handle in handles:
            handle.remove()
    pairs = zip(leaves, totals, strict=True)
    return came, {leaf: total for leaf, total in pairs if total is not None}


def _saved(edges: Sequence[_Edge]) -> Iterator[torch.Tensor]:
    """Yield the results of operations that autograd keeps for the way back."""
    for node in dict.fromkeys(edge.target for edge in edges):
        for name in dir(node):
            if name.startswith("_saved_"):
                kept = getattr(node, name)
                if isinstance(kept, torch.Tensor) and kept.grad_fn is not None:
                    yield kept


def _origin(
    tensor: torch.Tensor, leaves: Mapping[Node, torch.Tensor]
) -> tuple[Node | None, int]:
    """Tell which result of which operation a tensor is; a foreign one is of none."""
    if tensor.grad_fn is not None:
        return tensor.grad_fn, tensor.output_nr
    return next((node for node, leaf in leaves.items() if leaf is tensor), None), 0


def _value(tensor: torch.Tensor, digits: int) -> str:
    if tensor.numel() != 1:
        return str(tuple(tensor.shape))
    return f"{tensor.item():.{digits}g}".replace("-", "−")


# Where it goes: columns from 0 where leaves are, rows from 0


def _layout(root: Node, edges: Sequence[_Edge]) -> dict[Hashable, _Place]:
    """Give each operation, leaf and bend of a long edge its column and row."""
    behind = {root: 0}  # steps to the result; a leaf stands close to its first use
    for edge in [*edges] * len(edges):
        steps = behind.get(edge.target, 0) + 1
        behind[edge.source] = max(steps, behind.get(edge.source, 0))
    last = max(behind.values())
    columns: dict[Hashable, float] = {node: last - n for node, n in behind.items()}
    before: dict[Hashable, list[Hashable]] = defaultdict(list)
    after: dict[Hashable, list[Hashable]] = defaultdict(list)
    for edge in edges:
        for one, other in pairwise(_stops(edge, columns)):
            columns.setdefault(other, columns[one] + 1)
            before[other].append(one)
            after[one].append(other)
    layers: dict[float, list[Hashable]] = defaultdict(list)
    for key, column in columns.items():
        layers[column].append(key)
    order = sorted(layers)
    rows = {key: float(n) for layer in layers.values() for n, key in enumerate(layer)}
    for column in [*reversed(order), *order] * 8:
        layer = layers[column]
        wish = {k: fmean(rows[n] for n in [*before[k], *after[k]]) for k in layer}
        layer.sort(key=wish.__getitem__)
        lowest = -inf
        for key in layer:
            rows[key] = lowest = max(wish[key], lowest + 1)
        shift = fmean(wish[key] - rows[key] for key in layer)
        rows |= {key: rows[key] + shift for key in layer}
    for near, way in [(before, order), (after, order[::-1])]:  # straighten chains
        for key in (key for column in way for key in layers[column]):
            others = [rows[k] for k in layers[columns[key]] if k is not key]
            wish_row = rows[near[key][0]] if len(near[key]) == 1 else rows[key]
            if (near is before or not before[key]) and all(
                abs(wish_row - other) >= 1 for other in others
            ):
                rows[key] = wish_row
    top = min(rows.values())
    return {key: (column, rows[key] - top) for key, column in columns.items()}


def _stops(edge: _Edge, columns: Mapping[Hashable, float]) -> list[Hashable]:
    """List what an edge passes: its source, a bend in each column, its target."""
    between = range(int(columns[edge.source]) + 1, int(columns[edge.target]))
    return [edge.source, *((edge, column) for column in between), edge.target]


class _Sheet:
    """Draws at places of the grid, to the right or down; lengths are in inches."""

    def __init__(
        self,
        places: Mapping[Hashable, _Place],
        labels: Sequence[str],
        down: bool | None,
    ) -> None:
        titles = [_title(n) for n in places if isinstance(n, Node) and not _is_leaf(n)]
        label = 0.085 * max(len(text) for text in labels)
        self.width = 0.24 + 0.09 * max(4, *map(len, titles))
        columns = 2 + max(column for column, _ in places.values())
        rows = 1 + max(row for _, row in places.values())
        beside = self.width + label + 0.45
        self.down = columns * beside > _PAGE if down is None else down
        if self.down:
            self.step = (max(self.width + 0.35, 2 * label + 0.35), _BOX + 0.56)
            self.half, self.ahead = (0.0, -_BOX / 2), (0.0, -0.34)
            size = (rows * self.step[0], (columns - 0.3) * self.step[1])
        else:
            self.step = (beside, _BOX + 0.56)
            self.half, self.ahead = (self.width / 2, 0.0), (label + 0.15, 0.0)
            size = ((columns - 0.1) * self.step[0], rows * self.step[1])
        self.figure = plt.figure(figsize=size, layout="none")
        self.axis = self.figure.add_axes((0, 0, 1, 1))
        self.axis.set_axis_off()
        self.axis.set_xlim(-self.step[0] / 2, size[0] - self.step[0] / 2)
        self.axis.set_ylim(self.step[1] / 2 - size[1], self.step[1] / 2)

    def at(self, place: _Place, side: int = 0, stub: bool = False) -> _Place:
        """Tell where a place lies; arrows enter at side -1, leave at side 1."""
        x, y = place[::-1] if self.down else place
        return (
            x * self.step[0] + side * self.half[0] + stub * self.ahead[0],
            -y * self.step[1] + side * self.half[1] + stub * self.ahead[1],
        )

    def box(self, place: _Place, title: str) -> None:
        """Draw an operation."""
        x, y = self.at(place)
        box = FancyBboxPatch(
            (x - self.width / 2, y - _BOX / 2),
            self.width,
            _BOX,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=BLUE + "22",
            edgecolor=BLUE,
            linewidth=1.6,
        )
        self.axis.add_patch(box)
        self.axis.text(x, y, title, ha="center", va="center", size=12)

    def leaf(self, place: _Place, value: str, gradient: str) -> None:
        """Draw a leaf with its value and the sum of the gradients that came to it."""
        spot = self.at(place, side=1)
        self.axis.plot(*spot, "o", color=GREEN, ms=9, clip_on=False)
        if self.down:
            self._text(spot, (0, 24 if gradient else 8), value, INK)
            self._text(spot, (0, 8), gradient, VERMILLION)
        else:
            self._text(spot, (-9, 1 if gradient else -5), value, INK)
            self._text(spot, (-9, -14), gradient, VERMILLION)

    def stub(self, place: _Place, value: str, gradient: str) -> None:
        """Write beside the place where arrows leave."""
        (x0, y0), (x1, y1) = self.at(place, 1), self.at(place, 1, True)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        self._text(middle, (-5, -4) if self.down else (0, 4), value, INK)
        self._text(middle, (5, -4) if self.down else (0, -14), gradient, VERMILLION)

    def line(self, way: Sequence[_Place], note: str = "", stub: bool = False) -> None:
        """Draw an arrow through places, with a note on the outer side of a slant."""
        ends = [self.at(way[0], 1), self.at(way[0], 1, True)][: 1 + stub]
        path = [*ends, *map(self.at, way[1:-1]), self.at(way[-1], -1)]
        self.axis.plot(
            *zip(*path[:-1], strict=True), color=QUIET, lw=1.4, clip_on=False
        )
        style = {"arrowstyle": "-|>", "color": QUIET, "lw": 1.4, "shrinkA": 0}
        self.axis.annotate("", path[-1], path[-2], arrowprops={**style, "shrinkB": 0})
        (x0, y0), (x1, y1) = path[len(ends) - 1 : len(ends) + 1]
        away = (5 if x1 >= x0 else -5, -4) if self.down else (-6, 2 if y1 > y0 else -13)
        self._text(((x0 + x1) / 2, (y0 + y1) / 2), away, note, VERMILLION)

    def _text(
        self, spot: _Place, away: tuple[float, float], text: str, colour: str
    ) -> None:
        """Write some points away from a spot, to the side on which that is."""
        self.axis.annotate(
            text,
            spot,
            away,
            textcoords="offset points",
            color=colour,
            size=11.5,
            ha="center" if not away[0] else "left" if away[0] > 0 else "right",
        )
