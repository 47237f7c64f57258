"""An exam's statistics as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from dlcourse.exam.stats import ExamStatistics, ItemStatistics

_STYLE = Path(__file__).parents[1] / "course.mplstyle"
_RIGHT, _WRONG, _EMPTY = "#0072B2", "#E69F00", "#999999"
# What is below is looked at: see ItemStatistics.flags.
_WEAK, _HARD, _EASY = 0.2, 0.2, 0.95


def save_plot(statistics: ExamStatistics, path: Path) -> None:
    """Draw totals, facility against discrimination, and the picks of each option.

    Args:
        statistics: of an exam.
        path: a file whose ending matplotlib knows, such as ``.svg``.
    """
    chosen = [item for item in statistics.items if item.picks]
    with plt.style.context(["default", str(_STYLE)]):
        height = 4.2 + 0.34 * len(chosen)
        figure = plt.figure(figsize=(10, height), layout="constrained")
        ratios = [4.0, 0.34 * len(chosen) + 0.2] if chosen else [1.0]
        grid = figure.add_gridspec(len(ratios), 2, height_ratios=ratios)
        _draw_totals(figure.add_subplot(grid[0, 0]), statistics)
        _draw_items(figure.add_subplot(grid[0, 1]), statistics.items)
        if chosen:
            _draw_picks(figure.add_subplot(grid[1, :]), chosen)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
        plt.close(figure)


def _draw_totals(axes: Axes, statistics: ExamStatistics) -> None:
    most = sum(item.marks for item in statistics.items)
    axes.hist(statistics.totals, bins=np.linspace(0, most, 21), color=_RIGHT)
    mean = float(statistics.totals.mean())
    axes.axvline(mean, color="black", lw=1)
    axes.text(mean, axes.get_ylim()[1], f" mean {mean:.1f}", va="top")
    axes.set(xlabel=f"total, of {most:g} marks", ylabel="students", title="Totals")


def _draw_items(axes: Axes, items: Sequence[ItemStatistics]) -> None:
    axes.axhspan(-1, _WEAK, color=_WRONG, alpha=0.15, lw=0)
    for item in items:
        axes.plot(item.facility, item.discrimination, "o", color=_RIGHT, ms=4)
        axes.annotate(
            item.number,
            (item.facility, item.discrimination),
            xytext=(3, 3),
            textcoords="offset points",
            fontsize="small",
        )
    low = min([0.0, *(i.discrimination for i in items if i.discrimination < 0)])
    axes.set(
        xlim=(0, 1.03),
        ylim=(low - 0.05, 1),
        xlabel="facility",
        ylabel="discrimination",
        title="Questions: below the line they hardly tell strong from weak",
    )


def _draw_picks(axes: Axes, items: Sequence[ItemStatistics]) -> None:
    """Draw one row a question, one bar an option."""
    most = max(max(item.picks.values()) for item in items) or 1
    for row, item in enumerate(items):
        for place, (letter, count) in enumerate(item.picks.items()):
            empty = letter == "empty"
            color = _EMPTY if empty else _RIGHT if letter in item.right else _WRONG
            left = 9 if empty else place
            axes.barh(row, 0.8 * count / most, left=left, height=0.7, color=color)
            axes.text(left, row, f" {letter} {count}", va="center", fontsize="small")
    axes.set_yticks(range(len(items)), [item.number for item in items])
    axes.invert_yaxis()
    axes.set(xticks=[], xlim=(0, 10), title="Picks (blue: right options)")
    axes.spines[:].set_visible(False)
