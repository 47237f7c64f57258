"""The picture that a link to the course shows elsewhere: ``book/_static/social.png``.

Made once and kept; ``python -m dlcourse.publish.site.social`` makes it anew, for a
course of another name.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import yaml
from matplotlib.patches import FancyBboxPatch
from PIL import Image

from dlcourse import figures
from dlcourse.publish.site.find import SOCIAL_IMAGE

_WIDTH, _HEIGHT = 1200, 630  # what previews cut to
_PAPER, _INK, _MUTED, _FILL = "#fdfdfb", "#1d242c", "#55606b", "#c3ccd4"
_LINES = ("Read a chapter, run it, write the key pieces,", "see at once what is right.")


def draw(title: str, target: Path) -> None:
    """Draw the course's mark, a filter moving over a grid, beside its title.

    Args:
        title: the course's title.
        target: where the PNG goes.
    """
    figures.use_style()
    figure = plt.figure(figsize=(_WIDTH / 100, _HEIGHT / 100), dpi=100, layout="none")
    figure.patch.set_facecolor(_PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, _WIDTH), ylim=(0, _HEIGHT))
    axes.axis("off")
    for row in range(6):
        for column in range(6):
            inside = row in (1, 2, 3) and column in (2, 3, 4)
            axes.add_patch(
                FancyBboxPatch(
                    (80 + 58 * column, 437 - 58 * row),
                    46,
                    46,
                    boxstyle="round,pad=0,rounding_size=7",
                    color=figures.BLUE if inside else _FILL,
                    linewidth=0,
                )
            )
    axes.text(490, 398, title, size=46, weight="bold", color=_INK, va="center")
    axes.text(490, 312, "Deep learning in PyTorch", size=26, color=figures.BLUE)
    for place, line in enumerate(_LINES):
        axes.text(490, 240 - 40 * place, line, size=20, color=_MUTED)
    with plt.rc_context({"savefig.bbox": "standard"}):  # not cut to what is drawn
        figure.savefig(target, dpi=100)
    plt.close(figure)
    # Few colours: a palette says all of them in a quarter of the bytes.
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def main() -> None:
    """Draw it for the title of ``_config.yml``."""
    title = yaml.safe_load(Path("_config.yml").read_text(encoding="utf-8"))["title"]
    draw(title, Path("book/_static") / SOCIAL_IMAGE)


if __name__ == "__main__":
    main()
