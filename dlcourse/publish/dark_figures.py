"""Give each figure of the book a twin for dark mode by exchanging its colours."""

from __future__ import annotations

import re
from pathlib import Path

# Keys are the colours of dlcourse/course.mplstyle and dlcourse/figures.py. In the light
# twin only the paper changes: it becomes transparent.
_LIGHT = {"#fffffe": "none"}
_DARK = {
    "#fffffe": "none",
    "#1d242c": "#e8ecf1",  # ink
    "#5b6570": "#a3adb8",  # axes, arrows
    "#d5dae0": "#3d4650",  # grid
    "#0072b2": "#4ea8e0",
    "#d55e00": "#ff8a4c",
    "#009e73": "#2fc79b",
    "#cc79a7": "#e59cc4",
    "#e69f00": "#f2b134",
    "#56b4e9": "#8fd0f7",
    "#000000": "#e8ecf1",
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")


def light_twin(svg: str) -> str:
    """Make the paper of a figure transparent."""
    return _exchange(svg, _LIGHT)


def dark_twin(svg: str) -> str:
    """Exchange the style's colours for those that keep contrast on a dark page."""
    return _exchange(svg, _DARK)


def write_twins(figure: Path) -> tuple[Path, Path]:
    """Write both twins of an SVG file beside it.

    Args:
        figure: a figure in SVG.

    Returns:
        The paths of the light and of the dark twin.
    """
    svg = figure.read_text(encoding="utf-8")
    light = figure.with_name(f"{figure.stem}-light.svg")
    dark = figure.with_name(f"{figure.stem}-dark.svg")
    light.write_text(light_twin(svg), encoding="utf-8")
    dark.write_text(dark_twin(svg), encoding="utf-8")
    return light, dark


def _exchange(svg: str, colours: dict[str, str]) -> str:
    return _HEX.sub(lambda hit: colours.get(hit[0].lower(), hit[0]), svg)
