"""The shared figures: what they draw, and that the same figure is the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from dlcourse import figures

ROOT = Path(__file__).resolve().parent.parent

DRAWINGS: dict[str, Callable[[], Figure]] = {
    "image_grid": lambda: figures.image_grid(np.zeros((3, 4, 5))),
    "confusion_matrix": lambda: figures.confusion_matrix([[3, 1], [0, 2]], ["a", "b"]),
    "network": lambda: figures.network([("Linear", [8, 2])], source=[8, 4]),
    "tensor_blocks": lambda: figures.tensor_blocks([(), (3,)], ["scalar", "vector"]),
}


@pytest.fixture(autouse=True)
def no_trace() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def texts(axis: Axes) -> list[str]:
    # An arrow is a text without letters.
    return [text.get_text() for text in axis.texts if text.get_text()]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the guidelines for accessible pages define it."""

    def luminance(colour: str) -> float:
        linear = [
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in to_rgb(colour)
        ]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def svg(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    plt.close(figure)
    return buffer.getvalue()


# The style


def test_the_style_sets_the_face_and_size_of_letters() -> None:
    mpl.rcdefaults()
    figures.use_style()
    assert mpl.rcParams["font.family"][0] == "Atkinson Hyperlegible Next"
    path = Path(font_manager.findfont("Atkinson Hyperlegible Next"))
    assert path.is_relative_to(ROOT / "dlcourse" / "fonts"), "not a fallback face"
    assert mpl.rcParams["font.size"] >= 12
    assert mpl.rcParams["xtick.labelsize"] >= 12


def test_the_accent_is_the_first_colour_of_lines() -> None:
    figures.use_style()
    line, *_ = plt.plot([0, 1])
    assert to_hex(line.get_color()) == figures.ACCENT


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_figure_is_the_same_bytes(name: str) -> None:
    figures.use_style()
    first = svg(DRAWINGS[name]())
    assert first.startswith(b"<?xml")
    assert svg(DRAWINGS[name]()) == first
    # Clip paths and markers get their ids from the salt; without it they are random.
    mpl.rcParams["svg.hashsalt"] = None
    assert b"<clipPath" not in first or svg(DRAWINGS[name]()) != first


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib, io, matplotlib.pyplot as plt; from dlcourse import figures;"
        "figures.use_style(); figure, axis = plt.subplots(); axis.plot([1, 3], 'o-');"
        "file = io.BytesIO();"
        "figure.savefig(file, format='svg', metadata={'Date': None});"
        "print(hashlib.sha256(file.getvalue()).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "IPYTHONDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_a_notebook_shows_svg_without_a_date(tmp_path: Path) -> None:
    code = f"""
import os
os.environ["IPYTHONDIR"] = {str(tmp_path)!r}
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
shell = InteractiveShell.instance()
shell.run_cell("from dlcourse import figures; figures.use_style()")
figure = Figure()
figure.subplots()  # nothing is shown for a figure without axes
data, _ = shell.display_formatter.format(figure)
print(sorted(data))
svg = data["image/svg+xml"]
assert "<dc:date>" not in svg, svg
assert "fill: #fffffe" in svg, svg
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "['image/svg+xml', 'text/plain']\n"


def test_a_script_stays_a_script(tmp_path: Path) -> None:
    # A shell made by the way would replace the script's __main__ and write to its home.
    code = """
import sys
from dlcourse import figures
main = sys.modules["__main__"]
figures.use_style()
assert sys.modules["__main__"] is main
if "IPython" in sys.modules:
    from IPython import get_ipython
    assert get_ipython() is None
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ipython").exists()


def test_the_style_needs_no_ipython() -> None:
    code = """
import sys
sys.modules["IPython"] = sys.modules["matplotlib_inline"] = None
sys.modules["matplotlib_inline.backend_inline"] = None
import matplotlib
from dlcourse import figures
figures.use_style()
print(matplotlib.rcParams["svg.hashsalt"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "dlcourse\n"), done.stderr


# Figures are returned, not leaked


@pytest.mark.parametrize("name", DRAWINGS)
def test_one_figure_is_made_and_returned(name: str) -> None:
    figure = DRAWINGS[name]()
    assert plt.get_fignums() == [figure.number]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: figures.image_grid(np.zeros((4, 5))),
        lambda: figures.image_grid(np.zeros((1, 2, 4, 5))),
        lambda: figures.image_grid(np.zeros((1, 1, 3, 4, 5))),
        lambda: figures.tensor_blocks([(2, 2, 2, 2)], ["four"]),
        lambda: figures.tensor_blocks([(2,), (1, 2, 3, 4)], ["one", "four"]),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_leaves_nothing(
    draw: Callable[[], Figure],
) -> None:
    with pytest.raises(
        ValueError, match=r"image_grid takes .*|draws up to 3 dimensions"
    ):
        draw()
    assert plt.get_fignums() == []


# image_grid


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ((5, 6, 7), (6, 7)),
        ((5, 1, 6, 7), (6, 7)),
        ((5, 3, 6, 7), (6, 7, 3)),
        ((1, 6, 7), (6, 7)),
    ],
)
def test_pictures_stand_in_order_in_rows(
    shape: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    images = np.random.default_rng(0).random(shape)
    figure = figures.image_grid(images, columns=3)
    count = shape[0]
    columns = min(3, count)
    rows = {1: 1, 5: 2}[count]
    assert len(figure.axes) == rows * columns
    drawn = [axis.images[0].get_array() for axis in figure.axes if axis.images]
    assert len(drawn) == count
    for picture, image in zip(drawn, images, strict=True):
        assert picture.shape == shown
        expected = np.moveaxis(image, 0, -1) if len(shown) == 3 else image.squeeze()
        np.testing.assert_allclose(picture, expected)


def test_titles_stand_above_their_pictures() -> None:
    figure = figures.image_grid(np.zeros((3, 4, 4)), titles=["a", "b", "c"])
    assert [axis.get_title(loc="center") for axis in figure.axes] == ["a", "b", "c"]


def test_grey_pictures_share_the_scale_from_black_to_one() -> None:
    figure = figures.image_grid(np.stack([np.full((2, 2), 0.2), np.full((2, 2), 0.7)]))
    assert [axis.images[0].get_clim() for axis in figure.axes] == [(0, 1), (0, 1)]


def test_signed_pictures_share_one_symmetric_scale() -> None:
    filters = np.stack([np.full((2, 2), -3.0), np.full((2, 2), 0.0)])
    figure = figures.image_grid(filters, symmetric=True)
    for axis in figure.axes:
        assert axis.images[0].get_clim() == (-3, 3)
    negative, zero = (axis.images[0] for axis in figure.axes)
    assert to_hex(negative.to_rgba(-3.0)) == figures.BLUE
    assert to_hex(negative.to_rgba(3.0)) == figures.VERMILLION
    red, green, blue, _ = zero.to_rgba(0.0)
    assert min(red, green, blue) > 0.98


# confusion_matrix


def test_counts_stand_in_their_cells_and_zeros_stay_empty() -> None:
    figure = figures.confusion_matrix([[3, 1, 0], [0, 2, 0], [4, 0, 0]], list("abc"))
    [axis] = figure.axes
    found = {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text()
        for text in axis.texts
    }
    assert found == {(0, 0): "3", (0, 1): "1", (1, 1): "2", (2, 0): "4"}
    assert axis.get_xlabel() == "predicted"
    assert axis.get_ylabel() == "true"
    labels = [label.get_text() for label in axis.get_xticklabels()]
    assert (
        labels == [label.get_text() for label in axis.get_yticklabels()] == list("abc")
    )


def test_shades_are_shares_of_the_true_class() -> None:
    figure = figures.confusion_matrix([[3, 1], [0, 0]], ["a", "b"])
    shares = figure.axes[0].images[0].get_array()
    # A class without examples is white rather than a division by zero.
    np.testing.assert_allclose(shares, [[0.75, 0.25], [0, 0]])


def test_letters_contrast_with_their_cell() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for right in range(100, 0, -5):
        figure = figures.confusion_matrix([[right, 100 - right], [0, 1]], ["a", "b"])
        [axis] = figure.axes
        red, green, blue, alpha = axis.images[0].to_rgba(right / 100)
        paper = to_rgb(figures.PAPER)
        cell = [
            alpha * ink + (1 - alpha) * ground
            for ink, ground in zip((red, green, blue), paper, strict=True)
        ]
        [letters] = [t for t in axis.texts if t.get_position() == (0, 0)]
        assert letters.get_text() == str(right)
        ratio = contrast(to_hex(letters.get_color()), to_hex(cell))
        assert ratio >= 3, f"{right} %: {ratio:.1f}"
        plt.close(figure)


# network


def test_a_network_shows_layers_and_the_shapes_between_them() -> None:
    layers = [("Conv2d\n3×3", (64, 26, 26)), ("MaxPool2d", "B, 64, 13, 13")]
    figure = figures.network(layers, source=(1, 28, 28))
    assert texts(figure.axes[0]) == [
        "(1, 28, 28)",
        "Conv2d\n3×3",
        "(64, 26, 26)",
        "MaxPool2d",
        "(B, 64, 13, 13)",
    ]
    assert len(figure.axes[0].patches) == 2


def test_a_long_network_continues_on_the_next_row() -> None:
    layers = [(f"layer {n}", (n,)) for n in range(5)]
    figure = figures.network(layers, source=(9,), per_row=2)
    [axis] = figure.axes
    height = {
        text.get_text(): round(text.get_position()[1], 3)
        for text in axis.texts
        if text.get_text().startswith("layer")
    }
    assert height["layer 0"] == height["layer 1"]
    assert (
        height["layer 1"] > height["layer 2"] == height["layer 3"] > height["layer 4"]
    )


# tensor_blocks


@pytest.mark.parametrize(
    ("shape", "squares"), [((), 1), ((4,), 4), ((2, 3), 6), ((2, 3, 4), 24)]
)
def test_a_tensor_has_a_square_for_each_entry(
    shape: tuple[int, ...], squares: int
) -> None:
    figure = figures.tensor_blocks([shape], ["x"])
    [axis] = figure.axes
    assert len(axis.patches) == squares
    assert texts(axis) == ["x"]


def test_the_last_dimension_runs_to_the_right() -> None:
    figure = figures.tensor_blocks([(2, 5)], ["x"])
    corners = [patch.get_xy() for patch in figure.axes[0].patches]
    assert len({round(x, 6) for x, _ in corners}) == 5
    assert len({round(y, 6) for _, y in corners}) == 2


def test_tensors_stand_side_by_side() -> None:
    figure = figures.tensor_blocks([(3,), (2, 2)], ["a", "b"])
    patches = figure.axes[0].patches
    first, second = patches[:3], patches[3:]
    right = max(patch.get_x() + patch.get_width() for patch in first)
    assert right < min(patch.get_x() for patch in second)
