"""The drawing of autograd's graph shows what PyTorch recorded, and disturbs nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from dlcourse import figures
from dlcourse.autograd_graph import draw


@pytest.fixture(autouse=True)
def no_trace() -> Iterator[None]:
    with mpl.rc_context():
        figures.use_style()
        yield
    plt.close("all")


def leaf(value: float) -> torch.Tensor:
    return torch.tensor(value, requires_grad=True)


def texts(figure: Figure) -> list[str]:
    [axis] = figure.axes
    return sorted(text.get_text() for text in axis.texts if text.get_text())


def boxes(figure: Figure) -> list[tuple[float, float]]:
    """The middles of the boxes."""
    found = [p for p in figure.axes[0].patches if isinstance(p, FancyBboxPatch)]
    return [(p.get_x() + p.get_width() / 2, p.get_y() + 0.23) for p in found]


def dots(figure: Figure) -> int:
    return sum(line.get_marker() == "o" for line in figure.axes[0].lines)


def test_a_chain_shows_names_values_and_gradients() -> None:
    x = leaf(3.5)
    y = x**2
    double = 2 * y
    z = double + 3
    figure = draw(z, {"x": x, "y": y, "double": double, "z": z}, down=False)
    values = ["x = 3.5", "y = 12.25", "double = 24.5", "z = 27.5"]
    assert texts(figure) == sorted(
        [*values, "Pow", "Mul", "Add", "← 14", "← 2", "← 1", "← 1"]
    )
    assert dots(figure) == 1
    assert len({y for _, y in boxes(figure)}) == 1, "a chain is straight"


def test_gradients_of_paths_that_meet_stand_apart_and_summed() -> None:
    x = leaf(2.0)
    found = texts(draw(x * x.sin(), {"x": x}, digits=3, down=True))
    assert {"↑ 0.909", "↑ -0.832".replace("-", "−"), "↑ 0.077"} <= {*found}


def test_two_arrows_between_the_same_ends_are_two() -> None:
    x = leaf(2.0)
    figure = draw(x * x, {"x": x}, down=False)
    assert texts(figure).count("← 2") == 2
    assert "← 4" in texts(figure)
    ways = {tuple(line.get_ydata()) for line in figure.axes[0].lines}
    assert len(ways) >= 3, "the arrows lie on each other"


def test_a_value_without_a_name_is_shown_if_autograd_kept_it() -> None:
    x = leaf(2.0)
    found = texts(draw((1 + x.exp()).log(), {"x": x}, digits=3))
    assert "7.39" in found, "exp keeps its result"
    assert "8.39" in found, "log keeps its argument"


def test_tensors_show_their_shape() -> None:
    weight = torch.ones(2, 3, requires_grad=True)
    loss = (weight @ torch.ones(3)).sum()
    found = texts(draw(loss, {"weight": weight}, down=True))
    assert "weight (2, 3)" in found
    assert "↑ (2, 3)" in found
    assert "↑ (2,)" in found


def test_a_result_of_many_numbers_has_no_gradients() -> None:
    x = torch.ones(3, requires_grad=True)
    assert texts(draw(2 * x, {"x": x}, down=False)) == ["(3,)", "Mul", "x (3,)"]


def test_constants_and_strangers_are_not_drawn() -> None:
    x, stranger = leaf(1.0), leaf(5.0)
    result = x * torch.tensor(4.0)
    figure = draw(result, {"x": x, "stranger": stranger})
    assert dots(figure) == 1
    assert not any("stranger" in text for text in texts(figure))


def test_a_function_of_ones_own_has_its_name() -> None:
    class Double(torch.autograd.Function):
        @staticmethod
        def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:
            return 2 * x

        @staticmethod
        def backward(ctx: object, grad_output: torch.Tensor) -> torch.Tensor:
            return 2 * grad_output

    assert "Double" in texts(draw(Double.apply(leaf(1.0))))


def test_drawing_leaves_every_grad_and_the_graph_as_they_were() -> None:
    x = leaf(3.0)
    y = x**2
    draw(y, {"x": x})
    assert x.grad is None
    y.backward()
    assert x.grad == 6
    x.grad = torch.tensor(7.0)
    draw(x**2)
    assert x.grad == 7


def test_no_two_boxes_lie_on_each_other() -> None:
    x, y, z = leaf(1.0), leaf(2.0), leaf(3.0)
    a, b = 2 * x + 3 * y, 5 * x**2 + 3 * y**3 * z
    for down in (False, True):
        places = boxes(draw(2 * a + (z * a / b).tanh(), down=down))
        for number, (x0, y0) in enumerate(places):
            for x1, y1 in places[:number]:
                assert abs(x0 - x1) > 0.4 or abs(y0 - y1) > 0.4


def test_a_deep_graph_goes_down_and_a_short_one_right() -> None:
    x = leaf(0.5)
    assert len({round(y, 3) for _, y in boxes(draw(x.sin().exp()))}) == 1
    deep = x
    for _ in range(8):
        deep = deep.sin()
    assert len({round(x, 3) for x, _ in boxes(draw(deep))}) == 1


def test_the_same_graph_is_the_same_bytes() -> None:
    def svg() -> bytes:
        x = leaf(2.0)
        buffer = io.BytesIO()
        figure = draw(x * x.sin(), {"x": x})
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        return buffer.getvalue()

    assert svg() == svg()


@pytest.mark.parametrize("result", [torch.tensor(1.0), leaf(1.0)])
def test_a_tensor_without_a_graph_is_refused(result: torch.Tensor) -> None:
    with pytest.raises(ValueError, match=r"needs a tensor with a graph.*requires_grad"):
        draw(result)
    assert plt.get_fignums() == []


def test_a_graph_that_was_used_up_is_refused() -> None:
    x = leaf(1.0)
    y = x.exp()
    y.backward()
    with pytest.raises(ValueError, match=r"before backward.*retain_graph"):
        draw(y)
    assert plt.get_fignums() == []
