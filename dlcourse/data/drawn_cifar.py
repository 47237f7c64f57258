"""The stand-in for CIFAR-10: ten kinds of things in colour on ten kinds of ground.

Colours and grounds overlap between the classes, and a thing may face either way, so
that its outline has to be recognised: a linear model does poorly, a convolution well.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from dlcourse.data.canvas import Array, Canvas, Value

SOURCE = "stand-in: pictures drawn by code"
PER_CLASS, TEST_PER_CLASS, SIZE = 250, 50, 32


@functools.cache
def draw() -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.bool_]]:
    """Draw ten classes of 250 pictures, of which 50 are for testing.

    Returns:
        Pictures (2500, 3, 32, 32), labels (2500,) and which are for testing; the same
        arrays at each call, not to be changed.
    """
    # In the order of the classes of CIFAR-10, each with where it tends to be seen:
    # the shares of sky, meadow, wood, road, sea and room among its pictures.
    scenes = (
        (_airplane, (6, 1, 0, 2, 1, 0)),
        (_automobile, (1, 2, 1, 6, 0, 0)),
        (_bird, (4, 2, 3, 0, 1, 0)),
        (_cat, (0, 3, 1, 1, 0, 5)),
        (_deer, (1, 4, 5, 0, 0, 0)),
        (_dog, (0, 4, 1, 1, 0, 4)),
        (_frog, (0, 3, 3, 1, 2, 1)),
        (_horse, (1, 6, 2, 1, 0, 0)),
        (_ship, (2, 0, 0, 0, 8, 0)),
        (_truck, (1, 2, 1, 6, 0, 0)),
    )
    rng = np.random.RandomState(2)
    images = []
    for draughtsman, shares in scenes:
        canvas = Canvas(rng, PER_CLASS, SIZE, channels=3)
        _ground(canvas, shares)
        scale = canvas.between(0.7, 1.0)
        room = 1.14 - scale  # a small thing may stand far from the middle
        canvas.pose(
            scale=scale,
            angle=canvas.between(-0.2, 0.2),
            right=canvas.between(-1, 1) * room,
            down=canvas.between(-1, 1) * room,
            flip=canvas.chance(0.5),
        )
        draughtsman(canvas)
        _foreground(canvas)
        _light(canvas)
        images.append(canvas.finish())
    labels = np.repeat(np.arange(len(scenes)), PER_CLASS)
    for_testing = np.arange(len(labels)) % PER_CLASS >= PER_CLASS - TEST_PER_CLASS
    return np.concatenate(images), labels, for_testing


def _foreground(canvas: Canvas) -> None:
    """Let something stand in the way in half of the pictures: a bush or a post."""
    tone = _paintwork(canvas) * 0.6
    bush = canvas.ellipse(
        canvas.between(-1.1, 1.1),
        canvas.between(0.2, 1.1),
        canvas.between(0.2, 0.5),
        canvas.between(0.2, 0.5),
    )
    canvas.paint(bush, tone, canvas.chance(0.4))
    foot, top = canvas.between(-1.1, 1.1), canvas.between(-0.5, 0.5)
    post = canvas.line((foot, 1.4), (foot + top / 4, top), canvas.between(0.1, 0.25))
    canvas.paint(post, tone, canvas.chance(0.2))


def _light(canvas: Canvas) -> None:
    """Lay over the finished pictures what a poor camera does.

    Blur in half of them, a tint, a slope of brightness, haze and noise.
    """
    far = canvas.pixels.copy()
    for axis in (2, 3):
        far += np.roll(canvas.pixels, 1, axis) + np.roll(canvas.pixels, -1, axis)
    blurred = canvas.chance(0.5)[:, None]
    canvas.pixels += blurred * (far / 5 - canvas.pixels)
    tint = canvas.colour((0.75, 0.75, 0.75), (1.1, 1.1, 1.1))
    slope = 1 + canvas.between(-0.2, 0.2) * canvas.frame_x  # (N, 32, 32)
    canvas.pixels *= tint * slope[:, None]
    haze = canvas.between(0.0, 0.35)[:, None]
    canvas.pixels += haze * (canvas.colour((0.3,) * 3, (0.8,) * 3) - canvas.pixels)
    canvas.noise(canvas.between(0.02, 0.055))


# Above and below the horizon, each as the darkest and the lightest colour.
_GROUNDS = (
    (((0.35, 0.5, 0.7), (0.75, 0.9, 1)), ((0.6, 0.7, 0.8), (0.95, 1, 1))),  # sky
    (((0.4, 0.55, 0.6), (0.8, 0.95, 1)), ((0.2, 0.4, 0.1), (0.6, 0.7, 0.4))),  # meadow
    (((0.1, 0.2, 0.1), (0.3, 0.45, 0.3)), ((0.2, 0.2, 0.05), (0.5, 0.5, 0.3))),  # wood
    (((0.45, 0.5, 0.5), (0.9, 0.9, 1)), ((0.3, 0.3, 0.3), (0.65, 0.65, 0.65))),  # road
    (((0.5, 0.55, 0.6), (0.95, 0.95, 1)), ((0.05, 0.2, 0.35), (0.4, 0.6, 0.75))),  # sea
    (((0.5, 0.4, 0.3), (1, 0.95, 0.9)), ((0.3, 0.2, 0.15), (0.75, 0.6, 0.5))),  # room
)


def _ground(canvas: Canvas, shares: tuple[int, ...]) -> None:
    """Paint what is behind: two areas that meet at a horizon, with blotches on them."""
    odds = np.asarray(shares) / sum(shares)
    kinds = canvas.rng.choice(len(_GROUNDS), canvas.count, p=odds)
    colours = []
    for area in (0, 1):
        low = np.array([ground[area][0] for ground in _GROUNDS])[kinds]
        high = np.array([ground[area][1] for ground in _GROUNDS])[kinds]
        part = canvas.rng.rand(canvas.count, 1) * 0.7 + 0.3 * canvas.rng.rand(
            *low.shape
        )
        colours.append((low + part * (high - low)).astype(np.float32)[:, :, None, None])
    horizon = canvas.between(-0.3, 0.5) + canvas.between(-0.15, 0.15) * canvas.frame_x
    canvas.pixels += colours[0]
    canvas.paint(horizon - canvas.frame_y, colours[1])
    for _ in range(3):
        blotch = canvas.ellipse(
            canvas.between(-1, 1),
            canvas.between(-1, 1),
            canvas.between(0.2, 0.7),
            canvas.between(0.08, 0.35),
        )
        tint = colours[0] + canvas.colour((-0.3, -0.3, -0.3), (0.25, 0.25, 0.25))
        canvas.paint(blotch, tint, canvas.between(0, 0.7))


def _fur(canvas: Canvas) -> Array:
    """Return a coat colour for each picture, (N, 3, 1, 1): black to cream, or grey."""
    light, warm = canvas.between(0.12, 0.85), canvas.between(0.0, 0.45)
    parts = (light, light * (1 - warm * 0.6), light * (1 - warm))
    return np.stack([part[:, 0, 0] for part in parts], axis=1)[:, :, None, None]


def _paintwork(canvas: Canvas) -> Array:
    """Return any colour for each picture, (N, 3, 1, 1)."""
    return canvas.colour((0.1, 0.1, 0.1), (0.95, 0.95, 0.95))


def _wheels(canvas: Canvas, places: tuple[Value, ...], y: float, radius: Value) -> None:
    for place in places:
        canvas.paint(canvas.ellipse(place, y, radius, radius), 0.08)
        canvas.paint(canvas.ellipse(place, y, radius * 0.45, radius * 0.45), 0.6)


def _airplane(canvas: Canvas) -> None:
    hull = canvas.colour((0.55, 0.55, 0.6), (1, 1, 1))
    thick, span = canvas.between(0.11, 0.17), canvas.between(0.4, 0.75)
    far = canvas.polygon([(-0.05, 0), (0.25, 0), (0.45, -span), (0.3, -span)])
    canvas.paint(far, hull * 0.75)
    canvas.paint(canvas.ellipse(0, 0, 0.92, thick), hull)
    fin = canvas.polygon([(0.5, 0), (0.8, 0), (0.95, -0.42), (0.78, -0.42)])
    canvas.paint(fin, _paintwork(canvas))
    near = canvas.polygon([(-0.1, 0.03), (0.25, 0.03), (0.5, span), (0.32, span)])
    canvas.paint(near, hull * 0.6)
    panes = np.maximum(canvas.line((-0.7, -0.04), (0.5, -0.04), 0.06), 0)
    dots = np.abs((canvas.x * 5) % 1 - 0.5) / 5 - 0.05
    canvas.paint(np.maximum(panes - 0.01, dots), 0.2, canvas.chance(0.7))


def _automobile(canvas: Canvas) -> None:
    colour = _paintwork(canvas)
    roof, back = canvas.between(-0.42, -0.25), canvas.between(0.4, 0.62)
    cabin = canvas.polygon(
        [(-0.5, 0.02), (-0.25, roof), (back - 0.2, roof), (back + 0.1, 0.02)]
    )
    canvas.paint(cabin, colour * 0.85)
    glass = canvas.polygon(
        [(-0.4, 0.0), (-0.2, roof + 0.07), (back - 0.25, roof + 0.07), (back, 0.0)]
    )
    canvas.paint(glass, canvas.colour((0.1, 0.15, 0.2), (0.6, 0.7, 0.8)))
    canvas.paint(canvas.line((0.05, roof), (0.05, 0.05), 0.06), colour * 0.85)
    body = canvas.polygon(
        [
            (-0.92, 0.08),
            (-0.85, -0.02),
            (0.8, -0.04),
            (0.9, 0.05),
            (0.9, 0.3),
            (-0.92, 0.3),
        ]
    )
    canvas.paint(body, colour)
    _wheels(canvas, (-0.52, 0.52), 0.3, canvas.between(0.16, 0.21))
    canvas.paint(canvas.ellipse(-0.86, 0.1, 0.07, 0.06), 0.95)


def _truck(canvas: Canvas) -> None:
    colour = _paintwork(canvas)
    top, split = canvas.between(-0.66, -0.32), canvas.between(-0.38, -0.1)
    box = canvas.polygon([(split, top), (0.92, top), (0.92, 0.25), (split, 0.25)])
    canvas.paint(box, _paintwork(canvas))
    ribs = np.maximum(np.abs((canvas.x * 4) % 1 - 0.5) / 4 - 0.03, box)
    canvas.paint(ribs, 0.3, canvas.chance(0.5) * 0.4)
    roof = canvas.between(-0.38, -0.25)
    cab = canvas.polygon(
        [
            (-0.92, 0.0),
            (-0.78, roof),
            (split - 0.03, roof),
            (split - 0.03, 0.3),
            (-0.92, 0.3),
        ]
    )
    canvas.paint(cab, colour)
    pane = canvas.polygon(
        [
            (-0.82, -0.02),
            (-0.74, roof + 0.06),
            (split - 0.12, roof + 0.06),
            (split - 0.12, -0.02),
        ]
    )
    canvas.paint(pane, canvas.colour((0.1, 0.15, 0.2), (0.6, 0.7, 0.8)))
    canvas.paint(canvas.line((-0.9, 0.28), (0.9, 0.28), 0.1), 0.15)
    radius = canvas.between(0.14, 0.18)
    _wheels(canvas, (-0.6, 0.35, 0.7), 0.36, radius)


def _bird(canvas: Canvas) -> None:
    plumage = canvas.colour((0.1, 0.1, 0.1), (0.9, 0.75, 0.75))
    tail = canvas.polygon([(0.3, 0.0), (0.92, -0.02), (0.9, 0.2), (0.3, 0.2)])
    canvas.paint(tail, plumage * 0.6)
    for foot in (-0.05, 0.15):
        canvas.paint(canvas.line((foot, 0.3), (foot - 0.04, 0.72), 0.05), 0.15)
    canvas.paint(canvas.ellipse(0.03, 0.1, 0.45, canvas.between(0.24, 0.34)), plumage)
    head_y, size = canvas.between(-0.38, -0.22), canvas.between(0.18, 0.24)
    beak = canvas.polygon(
        [(-0.45, head_y - 0.08), (-0.82, head_y + 0.05), (-0.45, head_y + 0.1)]
    )
    canvas.paint(beak, canvas.colour((0.7, 0.4, 0), (1, 0.8, 0.3)))
    canvas.paint(
        canvas.ellipse(-0.34, head_y, size, size),
        plumage * canvas.between(0.7, 1.2)[:, None],
    )
    canvas.paint(canvas.ellipse(-0.4, head_y - 0.05, 0.05, 0.05), 0.02)
    spread = canvas.between(-0.75, 0.3)
    wing = canvas.polygon(
        [(-0.15, -0.05), (0.3, 0.02), (0.65, spread), (0.3, spread * 0.6)]
    )
    canvas.paint(wing, plumage * canvas.between(0.4, 0.75)[:, None])


def _face(canvas: Canvas, fur: Array, height: Value) -> None:
    """Paint the head and eyes that cats and dogs have in common."""
    canvas.paint(canvas.profile([(0.2, 0.3), (0.98, 0.62)]), fur * 0.85)
    canvas.paint(canvas.ellipse(0, 0, canvas.between(0.46, 0.56), height), fur)
    side = canvas.between(0.19, 0.25)
    iris = canvas.colour((0.05, 0.1, 0), (0.7, 0.75, 0.3))
    for eye in (-side, side):
        canvas.paint(canvas.ellipse(eye, -0.1, 0.11, 0.1), iris)
        canvas.paint(canvas.ellipse(eye, -0.1, 0.05, 0.08), 0.02)


def _cat(canvas: Canvas) -> None:
    fur = _fur(canvas)
    side = np.abs(canvas.x)
    tip, height = canvas.between(-0.9, -0.72), canvas.between(0.42, 0.5)
    ear = canvas.polygon([(0.08, -0.35), (0.42, tip), (0.54, -0.1)], x=side)
    canvas.paint(ear, fur * 0.9)
    inner = canvas.polygon([(0.2, -0.38), (0.4, tip + 0.14), (0.46, -0.25)], x=side)
    canvas.paint(inner, canvas.colour((0.6, 0.35, 0.35), (0.95, 0.65, 0.65)))
    _face(canvas, fur, height)
    stripes = np.maximum(np.abs((canvas.x * 6) % 1 - 0.5) / 6 - 0.03, canvas.y + 0.25)
    stripes = np.maximum(stripes, canvas.ellipse(0, 0, 0.45, height))
    canvas.paint(stripes, fur * 0.5, canvas.chance(0.5))
    canvas.paint(canvas.polygon([(-0.08, 0.1), (0.08, 0.1), (0.0, 0.2)]), 0.3)
    for slope in (-0.06, 0.08):
        for way in (-1.0, 1.0):
            whisker = canvas.line((0.12 * way, 0.2), (0.72 * way, 0.2 + slope), 0.035)
            canvas.paint(whisker, 0.92, canvas.between(-0.5, 1).clip(0))


def _dog(canvas: Canvas) -> None:
    fur = _fur(canvas)
    _face(canvas, fur, canvas.between(0.46, 0.56))
    snout = canvas.between(0.18, 0.28)
    canvas.paint(canvas.ellipse(0, 0.24, snout + 0.04, 0.26), fur * 0.6 + 0.35)
    canvas.paint(canvas.ellipse(0, 0.12, 0.12, 0.09), 0.05)
    tongue = canvas.ellipse(0, 0.48, 0.09, 0.15)
    canvas.paint(
        tongue, canvas.colour((0.8, 0.3, 0.3), (1, 0.5, 0.5)), canvas.chance(0.5)
    )
    low = canvas.between(0.1, 0.5)
    side = np.abs(canvas.x)
    hanging = canvas.polygon(
        [(0.3, -0.48), (0.5, -0.42), (0.72, low), (0.56, low + 0.12), (0.44, 0.0)],
        x=side,
    )
    pricked = canvas.polygon([(0.15, -0.38), (0.4, -0.72), (0.54, -0.15)], x=side)
    ear = np.where(canvas.chance(0.7) > 0, hanging, pricked)
    canvas.paint(ear, fur * canvas.between(0.4, 0.9)[:, None])


def _legs(
    canvas: Canvas, places: tuple[float, ...], top: float, width: Value, tone: Array
) -> None:
    for number, place in enumerate(places):
        foot = place + canvas.between(-0.12, 0.12)
        leg = canvas.line((place, top), (foot, 0.85), width)
        canvas.paint(leg, tone * (0.65 if number % 2 else 0.95))


def _deer(canvas: Canvas) -> None:
    hide = canvas.colour((0.3, 0.2, 0.1), (0.75, 0.5, 0.35))
    _legs(canvas, (-0.22, -0.12, 0.42, 0.5), 0.2, canvas.between(0.07, 0.12), hide)
    canvas.paint(canvas.ellipse(0.13, 0.12, 0.48, canvas.between(0.2, 0.26)), hide)
    canvas.paint(canvas.ellipse(0.6, 0.05, 0.08, 0.1), 0.9, canvas.chance(0.6))
    head_y = canvas.between(-0.5, -0.36)
    canvas.paint(canvas.line((-0.22, 0.1), (-0.48, head_y), 0.18), hide)
    canvas.paint(canvas.ellipse(-0.58, head_y, 0.2, 0.11), hide)
    canvas.paint(canvas.ellipse(-0.35, head_y - 0.06, 0.12, 0.06), hide * 0.7)
    bone = canvas.colour((0.3, 0.2, 0.1), (0.8, 0.7, 0.5))
    male = canvas.chance(0.65)  # only he wears antlers
    for lean in (-0.18, 0.16):
        tip = head_y - canvas.between(0.36, 0.5)
        canvas.paint(
            canvas.line((-0.46, head_y), (-0.46 + lean, tip), 0.055), bone, male
        )
        fork_y = head_y - 0.25
        canvas.paint(
            canvas.line(
                (-0.46 + lean / 2, fork_y), (-0.46 + lean * 1.9, fork_y - 0.12), 0.05
            ),
            bone,
            male,
        )
    spots = np.hypot((canvas.x * 6) % 1 - 0.5, (canvas.y * 6) % 1 - 0.5) / 6 - 0.035
    spots = np.maximum(spots, canvas.ellipse(0.15, 0.08, 0.38, 0.14))
    canvas.paint(spots, 0.9, canvas.chance(0.5) * 0.7)


def _horse(canvas: Canvas) -> None:
    hide = _fur(canvas)
    dark = hide * canvas.between(0.2, 0.7)[:, None]
    _legs(canvas, (-0.3, -0.18, 0.42, 0.52), 0.2, canvas.between(0.11, 0.15), hide)
    canvas.paint(canvas.ellipse(0.1, 0.08, 0.54, canvas.between(0.25, 0.31)), hide)
    head_y = canvas.between(-0.6, -0.42)
    canvas.paint(canvas.line((-0.3, 0.02), (-0.5, head_y), 0.28), hide)
    canvas.paint(canvas.line((-0.5, head_y), (-0.8, head_y + 0.24), 0.19), hide)
    mane = canvas.line((-0.38, head_y - 0.05), (-0.1, -0.1), canvas.between(0.1, 0.16))
    canvas.paint(mane, dark)
    ear = canvas.polygon(
        [(-0.5, head_y - 0.08), (-0.44, head_y - 0.28), (-0.36, head_y - 0.06)]
    )
    canvas.paint(ear, hide)
    canvas.paint(canvas.line((0.6, 0.0), (0.78, canvas.between(0.3, 0.6)), 0.13), dark)


def _frog(canvas: Canvas) -> None:
    skin = canvas.colour((0.15, 0.3, 0.05), (0.65, 0.75, 0.35))
    side = np.abs(canvas.x)
    wide = canvas.between(0.5, 0.62)
    thigh = np.sqrt(((side - wide) / 0.3) ** 2 + ((canvas.y - 0.4) / 0.22) ** 2) - 1
    canvas.paint(thigh.astype(np.float32) * 0.22, skin * 0.75)
    foot = np.sqrt(((side - wide) / 0.34) ** 2 + ((canvas.y - 0.62) / 0.07) ** 2) - 1
    canvas.paint(foot.astype(np.float32) * 0.07, skin * 0.6)
    canvas.paint(canvas.ellipse(0, 0.25, wide, canvas.between(0.38, 0.46)), skin)
    canvas.paint(canvas.ellipse(0, 0.42, wide * 0.65, 0.25), skin * 0.5 + 0.45)
    for eye in (-0.32, 0.32):
        canvas.paint(canvas.ellipse(eye, -0.22, 0.2, 0.2), skin * 0.9)
        canvas.paint(
            canvas.ellipse(eye, -0.24, 0.13, 0.13),
            canvas.colour((0.7, 0.6, 0.1), (1, 0.95, 0.6)),
        )
        canvas.paint(canvas.ellipse(eye, -0.24, 0.08, 0.05), 0.02)
    smile = np.abs(canvas.ellipse(0, -0.15, wide * 0.75, 0.3)) - 0.025
    canvas.paint(np.maximum(smile, -canvas.y), 0.1)


def _ship(canvas: Canvas) -> None:
    colour = _paintwork(canvas)
    deck = canvas.between(0.02, 0.15)
    left = canvas.between(-0.35, 0.0)
    upper = canvas.polygon([(left, deck), (left, -0.22), (0.55, -0.22), (0.6, deck)])
    canvas.paint(upper, canvas.colour((0.7, 0.7, 0.7), (1, 1, 1)))
    panes = np.maximum(np.abs((canvas.x * 5) % 1 - 0.5) / 5 - 0.05, upper + 0.06)
    canvas.paint(panes, 0.2)
    funnel = left + canvas.between(0.2, 0.5)
    stack = canvas.polygon(
        [(funnel, -0.2), (funnel, -0.62), (funnel + 0.2, -0.62), (funnel + 0.2, -0.2)]
    )
    canvas.paint(stack, _paintwork(canvas), canvas.chance(0.8))
    mast = canvas.line((-0.5, deck), (-0.5, canvas.between(-0.8, -0.4)), 0.05)
    canvas.paint(mast, 0.15)
    hull = canvas.polygon(
        [(-0.95, deck - 0.06), (0.92, deck), (0.75, 0.48), (-0.65, 0.48)]
    )
    canvas.paint(hull, colour)
    stripe = np.maximum(hull, 0.38 - canvas.y)
    canvas.paint(stripe, _paintwork(canvas))
    wave = canvas.line((-0.95, 0.5), (0.95, 0.5), 0.07)
    canvas.paint(wave, 0.9, canvas.between(0.2, 0.8))
