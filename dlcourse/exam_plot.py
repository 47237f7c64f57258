"""An exam's statistics as a picture: what ``dlcourse exam stats`` draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from dlcourse import figures
from dlcourse.exam.stats import ExamStatistics, ItemStatistics

# Below this a question hardly tells strong students from weak ones.
_WEAK = 0.2
_ORANGE = "#E69F00"


def save_plot(statistics: ExamStatistics, path: Path) -> None:
    """Draw totals, facility against discrimination, and the picks of each option.

    Args:
        statistics: of an exam.
        path: a file whose ending matplotlib knows, such as ``.svg``.
    """
    chosen = [item for item in statistics.items if item.picks]
    # The ids in an SVG are drawn at random unless they are salted.
    with plt.rc_context():
        figures.use_style()
        plt.rcParams["svg.hashsalt"] = "dlcourse"
        figure = plt.figure(
            figsize=(10, 4.4 + 0.34 * len(chosen)), layout="constrained"
        )
        ratios = [4.0, 0.34 * len(chosen) + 0.2] if chosen else [1.0]
        grid = figure.add_gridspec(len(ratios), 2, height_ratios=ratios)
        _draw_totals(figure.add_subplot(grid[0, 0]), statistics)
        _draw_items(figure.add_subplot(grid[0, 1]), statistics.items)
        if chosen:
            _draw_picks(figure.add_subplot(grid[1, :]), chosen)
        svg = path.suffix == ".svg"
        figure.savefig(
            path, facecolor="white", metadata={"Date": None} if svg else None
        )
        plt.close(figure)


def _draw_totals(axes: Axes, statistics: ExamStatistics) -> None:
    most = sum(item.marks for item in statistics.items)
    axes.hist(statistics.totals, bins=list(np.linspace(0, most, 21)))
    mean = float(statistics.totals.mean())
    axes.axvline(mean, color="black", lw=1)
    axes.text(mean, axes.get_ylim()[1], f" mean {mean:.1f}", va="bottom", ha="center")
    axes.set(xlabel=f"total, of {most:g} marks", ylabel="students", title="Totals\n")


def _draw_items(axes: Axes, items: Sequence[ItemStatistics]) -> None:
    axes.axhspan(-1, _WEAK, color=_ORANGE, alpha=0.15, lw=0)
    axes.text(0.01, _WEAK - 0.02, "hardly tells strong from weak", va="top")
    for item in items:
        axes.plot(item.facility, item.discrimination, "o", color=figures.BLUE, ms=4)
        axes.annotate(
            item.number,
            (item.facility, item.discrimination),
            xytext=(3, 3),
            textcoords="offset points",
            fontsize="small",
        )
    low = min([0.0, *(i.discrimination for i in items if i.discrimination < 0)])
    axes.set(
        xlim=(0, 1.05),
        ylim=(low - 0.05, 1),
        xlabel="facility",
        ylabel="discrimination",
        title="Questions\n",
    )


def _draw_picks(axes: Axes, items: Sequence[ItemStatistics]) -> None:
    """Draw one row a question, one bar an option."""
    most = max(max(item.picks.values()) for item in items) or 1
    last = max(len(item.picks) for item in items) - 1
    for row, item in enumerate(items):
        for place, (letter, count) in enumerate(item.picks.items()):
            empty = letter == "empty"
            color = figures.BLUE if letter in item.right else _ORANGE
            left = last if empty else place
            width = 0.9 * count / most
            axes.barh(
                row,
                width,
                left=left,
                height=0.8,
                align="center",
                color="#999999" if empty else color,
                alpha=0.45,
            )
            axes.text(left, row, f" {letter} {count}", va="center", fontsize="small")
    axes.set_yticks(range(len(items)), [item.number for item in items])
    axes.invert_yaxis()
    axes.set(xticks=[], xlim=(0, last + 1), title="Picks (blue: right, orange: wrong)")
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
