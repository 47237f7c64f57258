"""The figures of the course: one style, and the drawings that chapters share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle
from numpy.typing import ArrayLike

# Okabe and Ito, "Color Universal Design" (2008): colour-blind readers tell them apart.
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
ORANGE, SKY, YELLOW = "#e69f00", "#56b4e9", "#f0e442"
ACCENT = BLUE
INK, QUIET, FAINT, PAPER = "#1d242c", "#5b6570", "#d5dae0", "#fffffe"

_HERE = Path(__file__).parent


def use_style() -> None:
    """Give all later figures the look of the course; in notebooks, make them SVG."""
    for font in sorted((_HERE / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(font)
    mpl.style.use(_HERE / "course.mplstyle")
    try:
        from IPython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ModuleNotFoundError:
        return
    if get_ipython() is None:  # a plain script; asking further would start a shell
        return
    # Without a date, the same figure is the same bytes. The figure's own paper colour
    # stays, because a notebook in dark mode would swallow dark letters.
    set_matplotlib_formats(  # type: ignore[no-untyped-call]
        "svg", metadata={"Date": None}, facecolor=PAPER
    )


def image_grid(
    images: ArrayLike,
    titles: Sequence[str] | None = None,
    columns: int = 8,
    size: float = 0.95,
    symmetric: bool = False,
) -> Figure:
    """Draw pictures side by side.

    Args:
        images: shape (N, H, W), (N, 1, H, W) or (N, 3, H, W); colour in [0, 1].
        titles: N short labels, set above the pictures.
        columns: pictures in a row.
        size: width of one picture in inches.
        symmetric: for signed values such as filters: zero is white, blue is negative,
            vermillion is positive, one scale for all pictures.

    Returns:
        The figure.

    Raises:
        ValueError: if the shape is none of the above.
    """
    pictures = np.asarray(images, dtype=float)
    if pictures.ndim == 4 and pictures.shape[1] == 1:
        pictures = pictures[:, 0]  # (N, H, W)
    elif pictures.ndim == 4 and pictures.shape[1] == 3:
        pictures = pictures.transpose(0, 2, 3, 1)  # (N, H, W, 3)
    elif pictures.ndim != 3:
        raise ValueError(
            f"image_grid takes (N, H, W), (N, 1, H, W) or (N, 3, H, W), "
            f"got shape {pictures.shape}"
        )
    count = len(pictures)
    columns = min(columns, count)
    rows = -(-count // columns)
    height = size * (1.35 if titles else 1.08)
    figure, axes = plt.subplots(
        rows, columns, figsize=(size * columns, height * rows), squeeze=False
    )
    limit = float(np.abs(pictures).max()) or 1.0
    for index, axis in enumerate(axes.flat):
        axis.set_axis_off()
        if index >= count:
            continue
        if symmetric:
            axis.imshow(pictures[index], cmap=_DIVERGING, vmin=-limit, vmax=limit)
        else:
            axis.imshow(pictures[index], vmin=0, vmax=max(limit, 1.0))
        if titles:
            axis.set_title(titles[index], loc="center", pad=4, fontweight="normal")
    return figure


_DIVERGING = mpl.colors.LinearSegmentedColormap.from_list(
    "blue_white_vermillion", [BLUE, "#ffffff", VERMILLION]
)


def confusion_matrix(counts: ArrayLike, classes: Sequence[str]) -> Figure:
    """Draw a confusion matrix: rows are true classes, columns are predicted ones.

    Args:
        counts: shape (C, C), whole numbers.
        classes: C names.

    Returns:
        The figure.
    """
    table = np.asarray(counts)
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    side = 1.6 + 0.48 * len(classes)
    figure, axis = plt.subplots(figsize=(side, side))
    # From transparent, so that the page shows through in light and dark.
    cmap = mpl.colors.LinearSegmentedColormap.from_list("blues", [BLUE + "00", BLUE])
    axis.imshow(share, cmap=cmap, vmin=0, vmax=1)
    for (row, column), value in np.ndenumerate(table):
        if value:
            shade = "#ffffff" if share[row, column] > 0.75 else INK
            axis.text(
                column, row, f"{value}", ha="center", va="center", color=shade, size=11
            )
    long = max(map(len, classes)) > 2
    axis.set_xticks(range(len(classes)), classes, rotation=90 if long else 0)
    axis.set_yticks(range(len(classes)), classes)
    axis.set_xlabel("predicted")
    axis.set_ylabel("true")
    axis.grid(visible=False)
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
    return figure


def network(
    layers: Sequence[tuple[str, Sequence[int] | str]],
    source: Sequence[int] | str,
    per_row: int = 3,
) -> Figure:
    """Draw a network: a box is a layer, an arrow is a tensor with its shape.

    Args:
        layers: pairs (name of the layer, shape of its output). A shape is a sequence of
            sizes or a string such as ``"B, 64, 7, 7"``; a name may hold line breaks.
        source: shape of the input.
        per_row: boxes in a row before the drawing continues on the next.

    Returns:
        The figure.
    """
    rows = -(-len(layers) // per_row)
    figure, axis = plt.subplots(figsize=(7, 1.25 * rows + 0.1))
    step, width, height, row_height = 2.75, 1.4, 0.78, 1.4
    axis.set_xlim(-2.2, per_row * step - 0.6)
    axis.set_ylim(-(rows - 1) * row_height - 0.62, 0.72)
    axis.set_axis_off()
    shape = source
    for index, (name, output) in enumerate(layers):
        x, y = (index % per_row) * step, -(index // per_row) * row_height
        _arrow(axis, x - (step - width / 2), x - width / 2, y, _shape_text(shape))
        axis.add_patch(
            FancyBboxPatch(
                (x - width / 2, y - height / 2),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=0.1",
                facecolor=BLUE + "22",
                edgecolor=BLUE,
                linewidth=1.6,
            )
        )
        axis.text(x, y, name, ha="center", va="center", linespacing=1.25, size=12)
        shape = output
        if index == len(layers) - 1:
            _arrow(axis, x + width / 2, x + step - width / 2, y, _shape_text(shape))
    return figure


def _shape_text(shape: Sequence[int] | str) -> str:
    text = shape if isinstance(shape, str) else ", ".join(f"{size}" for size in shape)
    return text if text.startswith("(") else f"({text})"


def _arrow(axis: Axes, start: float, end: float, y: float, label: str) -> None:
    axis.annotate(
        "",
        (end, y),
        (start, y),
        arrowprops={"arrowstyle": "-|>", "color": QUIET, "lw": 1.4, "shrinkA": 2},
    )
    axis.text((start + end) / 2, y + 0.2, label, ha="center", va="bottom", size=10.5)


def tensor_blocks(shapes: Sequence[Sequence[int]], labels: Sequence[str]) -> Figure:
    """Draw tensors of 0 to 3 dimensions as squares, the last dimension to the right.

    Args:
        shapes: one shape of length 0 to 3 for each drawing; sizes up to about 6.
        labels: one caption for each drawing.

    Returns:
        The figure.

    Raises:
        ValueError: if a shape has more than three dimensions.
    """
    for shape in shapes:
        if len(shape) > 3:
            raise ValueError(f"tensor_blocks draws up to 3 dimensions, got {shape}")
    figure, axis = plt.subplots(figsize=(7, 2.6))
    axis.set_aspect("equal")
    axis.set_axis_off()
    left, shift = 0.0, 0.45
    padded = [(1,) * (3 - len(shape)) + tuple(shape) for shape in shapes]
    tallest = max(rows + shift * (depth - 1) for depth, rows, _ in padded)
    for (depth, rows, columns), label in zip(padded, labels, strict=True):
        width = columns + shift * (depth - 1)
        slot = max(width, 2.6)
        x0 = left + (slot - width) / 2
        for sheet in reversed(range(depth)):  # the farthest sheet first
            for row in range(rows):
                for column in range(columns):
                    corner = (
                        x0 + column + shift * sheet,
                        -row - 1 + shift * sheet - tallest / 2 + rows / 2,
                    )
                    axis.add_patch(
                        Rectangle(
                            corner,
                            1,
                            1,
                            facecolor=SKY if sheet == 0 else BLUE,
                            edgecolor=QUIET,
                            linewidth=1,
                        )
                    )
        axis.text(left + slot / 2, -tallest - 0.35, label, ha="center", va="top")
        left += slot + 1.3
    axis.set_xlim(-0.3, left - 1.0)
    axis.set_ylim(-tallest - 2.6, shift * 2 + 0.2)
    return figure
