"""The drawing on the cover: a network, with one path through it in another colour."""

from __future__ import annotations

from itertools import pairwise, product

_LAYERS = (4, 7, 7, 5, 3)
_PATH = (1, 4, 2, 3, 1)  # which unit of each layer lies on the path
_WIDTH, _HEIGHT = 640, 460


def drawing() -> str:
    """Draw the network as SVG; decoration only, so without words."""
    places = [
        [
            (
                40 + layer * (_WIDTH - 80) / (len(_LAYERS) - 1),
                _HEIGHT / 2 + (unit - (size - 1) / 2) * 64,
            )
            for unit in range(size)
        ]
        for layer, size in enumerate(_LAYERS)
    ]
    lines, discs = [], []
    for layer, (left, right) in enumerate(pairwise(places)):
        for (i, (x, y)), (j, (u, v)) in product(enumerate(left), enumerate(right)):
            on = (i, j) == (_PATH[layer], _PATH[layer + 1])
            name = ' class="on"' if on else ""
            line = f'x1="{x:g}" y1="{y:g}" x2="{u:g}" y2="{v:g}"'
            lines.append((on, f"<line{name} {line}/>"))
    for layer, units in enumerate(places):
        for i, (x, y) in enumerate(units):
            lit = "unit on" if i == _PATH[layer] else "unit"
            discs.append(f'<circle class="{lit}" cx="{x:g}" cy="{y:g}" r="13"/>')
    # The path lies over all other lines.
    ordered = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f"{''.join(ordered)}{''.join(discs)}</svg>"
    )
