"""Small pictures for questions: SVG texts that are the same on every machine.

Lines and letters are in ``currentColor``, so that they suit dark pages and paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_CELL = 34
_FONT = "Atkinson Hyperlegible Next, sans-serif"


def picture(width: float, height: float, parts: Sequence[str]) -> str:
    """Put parts into one SVG text of a width and height in pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="{_FONT}" font-size="15" '
        f'fill="none" stroke="none">{"".join(parts)}</svg>'
    )


def text(x: float, y: float, words: str, anchor: str = "middle", size: int = 15) -> str:
    """Write words around, or from, a point at half of their height."""
    return (
        f'<text x="{x:g}" y="{y + 0.35 * size:g}" text-anchor="{anchor}" '
        f'font-size="{size}" fill="currentColor">{escape(words)}</text>'
    )


def line(x1: float, y1: float, x2: float, y2: float, arrow: bool = False) -> str:
    """Draw a line, with a head at its end if it is an arrow."""
    parts = [
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="currentColor" '
        'stroke-width="1.4"/>'
    ]
    if arrow:
        length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1e-9)
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        left = (x2 - 9 * ux - 4 * uy, y2 - 9 * uy + 4 * ux)
        right = (x2 - 9 * ux + 4 * uy, y2 - 9 * uy - 4 * ux)
        parts.append(
            f'<path d="M{x2:.1f} {y2:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} '
            f'{right[1]:.1f}Z" fill="currentColor"/>'
        )
    return "".join(parts)


def box(x: float, y: float, width: float, height: float, round_: float = 4) -> str:
    """Draw a box by its upper left corner."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'rx="{round_:g}" stroke="currentColor" stroke-width="1.2"/>'
    )


def grids(named: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """Draw matrices of numbers side by side, each with its name above it."""
    parts: list[str] = []
    x, height = 2.0, 0.0
    for name, rows in named.items():
        columns = len(rows[0])
        parts.append(text(x + columns * _CELL / 2, 10, name))
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                left, top = x + j * _CELL, 24.0 + i * _CELL
                parts.append(box(left, top, _CELL, _CELL, 0))
                shown = str(value).replace("-", "−")
                parts.append(text(left + _CELL / 2, top + _CELL / 2, shown))
        x += columns * _CELL + 36
        height = max(height, 26.0 + len(rows) * _CELL)
    return picture(x - 34, height, parts)


def graph(
    nodes: Mapping[str, tuple[float, float]],
    edges: Sequence[tuple[str, str]],
    words: Mapping[str, str] | None = None,
) -> str:
    """Draw a computational graph.

    Args:
        nodes: column and row of each node, from 0; whole or half numbers.
        edges: from which node to which.
        words: what a node shows, if not its name.
    """
    words = words or {}
    places = {name: (40 + 96 * c, 28 + 58 * r) for name, (c, r) in nodes.items()}
    parts = []
    for start, end in edges:
        (x1, y1), (x2, y2) = places[start], places[end]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        parts.append(line(x1 + 22 * ux, y1 + 22 * uy, x2 - 22 * ux, y2 - 22 * uy, True))
    for name, (x, y) in places.items():
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="20" stroke="currentColor" '
            'stroke-width="1.2"/>'
        )
        parts.append(text(x, y, words.get(name, name)))
    width = max(x for x, _ in places.values()) + 40
    height = max(y for _, y in places.values()) + 28
    return picture(width, height, parts)
