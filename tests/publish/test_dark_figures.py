from __future__ import annotations

import re

import matplotlib as mpl
import matplotlib.pyplot as plt

from dlcourse import figures
from dlcourse.publish import dark_figures

DARK_PAGE, LIGHT_PAGE = "#14181c", "#fdfdfb"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.1, 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in channels
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_letters_and_lines_keep_contrast_on_both_pages():
    assert contrast("#000000", "#ffffff") == 21
    for ink in (figures.INK, figures.QUIET):
        assert contrast(ink, LIGHT_PAGE) >= 4.5
        assert contrast(dark_figures.dark_twin(ink), DARK_PAGE) >= 4.5
    for line in (figures.BLUE, figures.VERMILLION, figures.GREEN):
        assert contrast(line, LIGHT_PAGE) >= 3
    for line in mpl.RcParams(_style())["axes.prop_cycle"].by_key()["color"]:
        assert (
            contrast(dark_figures.dark_twin(f"#{line.lstrip('#')}"), DARK_PAGE) >= 4.5
        )


def _style() -> mpl.RcParams:
    from importlib.resources import files

    return mpl.rc_params_from_file(
        str(files("dlcourse") / "course.mplstyle"), use_default_template=False
    )


def test_page_colours_are_those_of_the_style_sheet(root):
    sheet = (root / "book" / "_static" / "course.css").read_text()
    found = re.findall(r"--pst-color-background: (#\w+)", sheet)
    assert found == [LIGHT_PAGE, DARK_PAGE]


def test_every_colour_of_the_style_has_a_dark_twin():
    text = (dark_figures.Path(figures.__file__).parent / "course.mplstyle").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for colour in re.findall(r"\b[0-9a-f]{6}\b", "\n".join(lines)):
        assert dark_figures.dark_twin(f"#{colour}") != f"#{colour}"


def test_only_colours_change(tmp_path):
    plt.rcParams["svg.hashsalt"] = "x"
    figure, axis = plt.subplots()
    axis.plot([0, 1], color=figures.BLUE)
    path = tmp_path / "f.svg"
    figure.savefig(path, facecolor=figures.PAPER)
    plt.close(figure)
    light, dark = dark_figures.write_twins(path)
    blank = re.compile(r"#[0-9a-f]{6}|none")
    original = blank.sub("", path.read_text())
    assert blank.sub("", light.read_text()) == original
    assert blank.sub("", dark.read_text()) == original
    assert figures.BLUE in light.read_text()
    assert figures.BLUE not in dark.read_text()
