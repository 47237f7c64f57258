"""The stand-in for Fashion-MNIST: garments drawn by code, no two alike.

The four kinds of top share one pattern and differ in what a shop would name: the length
of the sleeves, the opening in front, the hem. Their ranges overlap, so that a network
confuses them as it does on the real set.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from dlcourse.data.canvas import Array, Canvas, Value

SOURCE = "stand-in: garments drawn by code"
PER_CLASS, TEST_PER_CLASS, SIZE = 250, 50, 28


@functools.cache
def draw() -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    """Draw ten classes of 250 pictures, of which 50 are for testing.

    Returns:
        Pictures (2500, 1, 28, 28), labels (2500,) and which are for testing; the same
        arrays at each call, not to be changed.
    """
    # In the order of the classes of Fashion-MNIST.
    draughtsmen = (
        _t_shirt,
        _trousers,
        _pullover,
        _dress,
        _coat,
        _sandal,
        _shirt,
        _sneaker,
        _bag,
        _ankle_boot,
    )
    rng = np.random.RandomState(1)
    images = []
    for draughtsman in draughtsmen:
        canvas = Canvas(rng, PER_CLASS, SIZE, channels=1)
        canvas.pose(
            scale=canvas.between(0.72, 1.04),
            angle=canvas.between(-0.1, 0.1),
            right=canvas.between(-0.12, 0.12),
            down=canvas.between(-0.1, 0.1),
        )
        draughtsman(canvas)
        # Grain on the cloth, none on the black around it.
        grain = rng.standard_normal(canvas.pixels.shape).astype(np.float32)
        canvas.pixels *= 1 + 0.12 * grain
        images.append(canvas.finish())
    labels = np.repeat(np.arange(len(draughtsmen)), PER_CLASS)
    for_testing = np.arange(len(labels)) % PER_CLASS >= PER_CLASS - TEST_PER_CLASS
    return np.concatenate(images), labels, for_testing


def _cloth(canvas: Canvas, patterned: float) -> Array:
    """Return grey values of cloth, (N, H, W): plain, or striped, or checked."""
    base = canvas.between(0.4, 0.92)
    light = (
        1 - canvas.between(0, 0.3) * canvas.x**2 - canvas.between(0, 0.15) * canvas.y
    )
    pitch, phase = canvas.between(9, 20), canvas.between(0, 6)
    across, down = np.sin(canvas.x * pitch + phase), np.sin(canvas.y * pitch + phase)
    kind = canvas.between(0, 3)
    pattern = np.where(kind < 1, across, np.where(kind < 2, down, across * down))
    depth = canvas.chance(patterned) * canvas.between(0.08, 0.3)
    cloth: Array = np.clip(base * light * (1 + depth * pattern), 0.15, 1)
    return cloth


def _top(
    canvas: Canvas, cloth: Array, sleeve: Value, hem: Value, collar: Value
) -> None:
    """Draw body and sleeves of what is worn above the waist.

    Args:
        canvas: where to draw.
        cloth: grey values, (N, H, W).
        sleeve: length of the sleeve: 0.3 ends above the elbow, 1.2 at the wrist.
        hem: where the body ends, as y.
        collar: how far down the neck is open.
    """
    side = np.abs(canvas.x)  # left and right are drawn as one
    shoulder = canvas.between(0.38, 0.48)
    chest = shoulder - canvas.between(0.0, 0.1)
    # A long sleeve hangs down, a short one stands off.
    spread = np.clip(1.05 - 0.75 * np.asarray(sleeve), 0.16, 0.9)
    spread = spread + canvas.between(-0.06, 0.1)
    end_x = shoulder - 0.08 + sleeve * np.sin(spread)
    end_y = -0.6 + sleeve * np.cos(spread)
    wide, narrow = canvas.between(0.15, 0.19), canvas.between(0.1, 0.14)
    out_x, out_y = np.cos(spread), -np.sin(spread)
    arm = canvas.polygon(
        [
            (shoulder - 0.1, -0.6 - wide),
            (shoulder + 0.02, -0.6 - wide * 0.55),
            (end_x + out_x * narrow, end_y + out_y * narrow),
            (end_x - out_x * narrow, end_y - out_y * narrow),
            (shoulder - 0.1, -0.6 + wide),
        ],
        x=side,
    )
    canvas.paint(arm, cloth * canvas.between(0.8, 1.0))
    cuff = canvas.line(
        (end_x + out_x * narrow, end_y + out_y * narrow),
        (end_x - out_x * narrow, end_y - out_y * narrow),
        0.05,
    )
    canvas.paint(np.maximum(cuff, arm), cloth * 0.7, canvas.chance(0.5))
    body = canvas.profile(
        [
            (-0.8, 0.2),
            (-0.7, shoulder),
            (-0.3, chest),
            (0.2, chest - canvas.between(0, 0.06)),
            (hem, chest + canvas.between(0, 0.08)),
        ]
    )
    # A seam: the body a little larger and darker beneath itself.
    canvas.paint(body - 0.03, cloth * 0.55, np.clip(-arm * 40, 0, 1))
    canvas.paint(body, cloth)
    neck = canvas.ellipse(0, -0.84, canvas.between(0.16, 0.22), collar)
    canvas.paint(neck, 0.0)


def _t_shirt(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.4)
    sleeve, hem = canvas.between(0.22, 0.66), canvas.between(0.7, 0.92)
    _top(canvas, cloth, sleeve, hem, canvas.between(0.12, 0.22))
    mark = canvas.ellipse(0, canvas.between(-0.3, 0), 0.18, canvas.between(0.08, 0.2))
    canvas.paint(mark, canvas.between(0, 1), canvas.chance(0.35) * 0.6)


def _pullover(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.4)
    sleeve, hem = canvas.between(0.85, 1.3), canvas.between(0.66, 0.9)
    _top(canvas, cloth, sleeve, hem, canvas.between(0.12, 0.24))
    ribs = np.maximum(np.abs(canvas.y - hem + 0.05) - 0.05, np.abs(canvas.x) - 0.5)
    canvas.paint(ribs, cloth * 0.75, canvas.chance(0.6) * (canvas.pixels[:, 0] > 0.1))


def _coat(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.25)
    hem = canvas.between(0.74, 0.98)
    _top(canvas, cloth, canvas.between(0.95, 1.35), hem, canvas.between(0.14, 0.3))
    _opening(canvas, cloth, hem, shown=0.8, lapel=0.5)


def _shirt(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.55)
    hem = canvas.between(0.72, 0.92)
    long = canvas.chance(0.65)
    sleeve = long * canvas.between(0.9, 1.25) + (1 - long) * canvas.between(0.3, 0.6)
    _top(canvas, cloth, sleeve, hem, canvas.between(0.12, 0.24))
    collar = canvas.polygon(
        [(0.0, -0.62), (0.1, -0.84), (0.24, -0.78), (0.2, -0.56)], x=np.abs(canvas.x)
    )
    canvas.paint(collar, np.clip(cloth * 1.3, 0, 1), canvas.chance(0.7))
    _opening(canvas, cloth, hem, shown=0.7, lapel=0.1)


def _opening(
    canvas: Canvas, cloth: Array, hem: Value, shown: float, lapel: float
) -> None:
    """Draw what a coat or a shirt has in front: an edge, buttons, lapels."""
    middle = canvas.between(-0.05, 0.05)
    present = canvas.chance(shown)
    tone = cloth * canvas.between(0.3, 0.7)
    edge = canvas.line((0.0, -0.6), (middle, hem), canvas.between(0.05, 0.09))
    canvas.paint(edge, tone, present)
    rows = np.abs((canvas.y * 3) % 1 - 0.5) / 3
    buttons = np.maximum(
        np.hypot(canvas.x - middle - 0.1, rows) - 0.05, -0.5 - canvas.y
    )
    canvas.paint(buttons, tone * 0.6, present * canvas.chance(0.5) * (canvas.y < hem))
    flap = canvas.polygon(
        [(0.0, -0.1), (0.1, -0.8), (0.26, -0.72), (0.24, -0.45)], x=np.abs(canvas.x)
    )
    canvas.paint(flap, cloth * canvas.between(0.5, 0.8), canvas.chance(lapel))


def _trousers(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.3)
    hip, crotch = canvas.between(0.26, 0.36), canvas.between(-0.45, -0.2)
    width, apart = canvas.between(0.1, 0.18), canvas.between(0.0, 0.12)
    waist = canvas.profile([(-0.92, hip - 0.04), (crotch + 0.15, hip + 0.03)])
    side = np.abs(canvas.x)
    leg = canvas.polygon(
        [
            (0.01, crotch),
            (hip + 0.02, crotch),
            (apart + 2 * width, 0.93),
            (apart + 0.02, 0.93),
        ],
        x=side,
    )
    canvas.paint(np.minimum(leg, waist), cloth)
    gap = canvas.polygon([(0, crotch), (apart + 0.02, 0.95), (-0.05, 0.95)], x=side)
    canvas.paint(gap, 0.0)
    belt = np.maximum(waist, canvas.y + 0.83)
    canvas.paint(belt, cloth * 0.7, canvas.chance(0.6))


def _dress(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.45)
    shoulder, waist = canvas.between(0.22, 0.32), canvas.between(0.16, 0.26)
    skirt = waist + canvas.between(0.05, 0.34)
    sleeve = canvas.polygon(
        [(0.1, -0.82), (shoulder, -0.78), (shoulder + 0.2, -0.45), (0.2, -0.4)],
        x=np.abs(canvas.x),
    )
    canvas.paint(sleeve, cloth * 0.85, canvas.chance(0.4))
    middle = canvas.between(-0.3, 0.0)
    body = canvas.profile(
        [(-0.88, shoulder - 0.08), (-0.55, shoulder), (middle, waist), (0.93, skirt)]
    )
    canvas.paint(body, cloth)
    canvas.paint(canvas.ellipse(0, -0.92, 0.14, canvas.between(0.12, 0.3)), 0.0)
    belt = np.maximum(body, np.abs(canvas.y - middle) - 0.04)
    canvas.paint(belt, cloth * 0.5, canvas.chance(0.4))


def _sandal(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.1)
    heel, thick = canvas.between(0.0, 0.42), canvas.between(0.05, 0.1)
    ground, toe = 0.5, -0.88
    arch = ground - heel - thick
    sole = np.minimum(
        canvas.polygon(
            [
                (toe, ground - thick),
                (-0.3, ground - thick),
                (-0.25, ground + 0.06),
                (toe, ground + 0.06),
            ]
        ),
        canvas.polygon(
            [
                (-0.35, ground - thick),
                (0.85, arch),
                (0.85, arch + 0.14),
                (-0.3, ground + 0.06),
            ]
        ),
    )
    block = canvas.polygon(
        [
            (canvas.between(0.3, 0.68), arch + 0.1),
            (0.85, arch),
            (0.83, ground + 0.06),
            (0.68, ground + 0.06),
        ]
    )
    canvas.paint(np.minimum(sole, block), cloth * canvas.between(0.5, 0.9))
    width = canvas.between(0.07, 0.13)
    top = arch - canvas.between(0.3, 0.55)
    front = canvas.line((-0.7, ground - 0.08), (-0.35, ground - 0.38), width)
    back = canvas.line((-0.2, ground - 0.1), (-0.45, ground - 0.38), width)
    strap = canvas.line((0.8, arch), (0.72, top), width)
    ankle = canvas.line((0.72, top), (0.2, top + 0.08), width)
    slant = canvas.line((-0.35, ground - 0.38), (0.72, top), width)
    canvas.paint(np.minimum(front, back), cloth)
    canvas.paint(np.minimum(strap, ankle), cloth, canvas.chance(0.75))
    canvas.paint(slant, cloth, canvas.chance(0.5))


def _shoe(canvas: Canvas, cloth: Array, top: Value, ankle: Value) -> Array:
    """Draw a closed shoe with the toe to the left; return its shape."""
    toe, heel = canvas.between(-0.92, -0.84), canvas.between(0.78, 0.88)
    height = canvas.between(0.1, 0.2)
    foot = canvas.polygon(
        [
            (toe, 0.42),
            (toe + 0.12, 0.42 - height),
            (ankle, canvas.between(-0.22, -0.1)),
            (heel, -0.2),
            (heel, 0.42),
        ]
    )
    shaft = canvas.polygon(
        [(ankle, 0.1), (ankle + 0.06, top), (heel - 0.03, top), (heel, 0.1)]
    )
    shape = np.minimum(foot, shaft)
    canvas.paint(shape, cloth)
    sole = canvas.polygon(
        [(toe - 0.03, 0.38), (heel + 0.04, 0.36), (heel + 0.04, 0.52), (toe, 0.52)]
    )
    canvas.paint(sole, cloth * canvas.between(0.4, 1.5))
    return shape


def _sneaker(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.15)
    top = canvas.between(-0.36, -0.16)
    shoe = _shoe(canvas, cloth, top, canvas.between(0.0, 0.25))
    start = canvas.between(-0.1, 0.2)
    stripe = canvas.line(
        (start, 0.35), (start + 0.35, -0.15), canvas.between(0.06, 0.14)
    )
    canvas.paint(np.maximum(stripe, shoe), canvas.between(0.1, 1), canvas.chance(0.7))
    knots = np.maximum(np.abs((canvas.x * 6) % 1 - 0.5) / 6 - 0.035, shoe)
    knots = np.maximum(knots, np.abs(canvas.x + 0.2) - 0.25)
    canvas.paint(np.maximum(knots, canvas.y - 0.12), 0.2, canvas.chance(0.7))


def _ankle_boot(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.1)
    top = canvas.between(-0.95, -0.38)
    boot = _shoe(canvas, cloth, top, canvas.between(-0.12, 0.2))
    edge = np.maximum(boot, np.abs(canvas.y - top - 0.06) - 0.06)
    canvas.paint(edge, cloth * 0.6, canvas.chance(0.5))
    heel = canvas.polygon([(0.4, 0.45), (0.88, 0.45), (0.86, 0.72), (0.5, 0.72)])
    canvas.paint(heel, cloth * 0.6, canvas.chance(0.45))
    zip_x = canvas.between(0.35, 0.6)
    seam = np.maximum(canvas.line((zip_x, top), (zip_x, 0.3), 0.05), boot)
    canvas.paint(seam, cloth * 0.5, canvas.chance(0.5))


def _bag(canvas: Canvas) -> None:
    cloth = _cloth(canvas, patterned=0.35)
    width, height = canvas.between(0.5, 0.85), canvas.between(0.32, 0.6)
    top = 0.75 - 2 * height + canvas.between(-0.05, 0.1)
    reach = canvas.between(0.25, 0.55)
    ring = canvas.ellipse(0, top, width * canvas.between(0.4, 0.8), reach)
    handle = np.abs(ring) - canvas.between(0.04, 0.08)
    canvas.paint(handle, cloth * 0.8, canvas.chance(0.85))
    body = canvas.profile(
        [
            (top, width - canvas.between(0, 0.2)),
            (0.7, width),
            (0.8, width - 0.08),
        ]
    )
    canvas.paint(body, cloth)
    flap = np.maximum(body, canvas.y - top - height * canvas.between(0.3, 1.0))
    canvas.paint(flap, cloth * canvas.between(0.6, 1.25), canvas.chance(0.6))
    clasp = canvas.ellipse(0, top + height * 0.8, 0.1, 0.07)
    canvas.paint(clasp, canvas.between(0.2, 1), canvas.chance(0.5))
