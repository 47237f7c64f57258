"""A drawing board for many pictures at once: each stroke falls on all of them.

A shape is its signed distance: negative inside, positive outside, in units of half
the picture's side. A pixel is covered as far as the distance says, which gives smooth
edges. Coordinates run from -1 to 1, x to the right and y down. A parameter is a number,
the same for all pictures, or an array of shape (N, 1, 1) from :meth:`Canvas.between`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Value = float | Array


class Canvas:
    """N pictures of C channels, drawn together, each with its own random numbers."""

    def __init__(
        self, rng: np.random.RandomState, count: int, size: int, channels: int
    ) -> None:
        """Start with black pictures.

        Args:
            rng: where all random numbers come from.
            count: N, the number of pictures.
            size: height and width in pixels.
            channels: C, 1 for grey or 3 for colour.
        """
        self.rng, self.count, self.size, self.channels = rng, count, size, channels
        self.pixels: Array = np.zeros((count, channels, size, size), np.float32)
        centres = ((np.arange(size) + 0.5) * 2 / size - 1).astype(np.float32)
        # The frame's coordinates, for backgrounds; the object's, which pose() moves.
        self.frame_x: Array = np.broadcast_to(centres, (count, size, size))
        self.frame_y: Array = np.broadcast_to(centres[:, None], (count, size, size))
        self.x, self.y = self.frame_x, self.frame_y
        self.sharpness: Value = size / 2

    def between(self, low: float, high: float) -> Array:
        """Draw one number for each picture, uniformly; shape (N, 1, 1)."""
        return self.rng.uniform(low, high, (self.count, 1, 1)).astype(np.float32)

    def chance(self, share: float) -> Array:
        """Draw a one for this share of the pictures, else a zero; shape (N, 1, 1)."""
        return (self.rng.rand(self.count, 1, 1) < share).astype(np.float32)

    def colour(self, low: Sequence[float], high: Sequence[float]) -> Array:
        """Draw one colour for each picture between two; shape (N, C, 1, 1)."""
        shape = (self.count, self.channels)
        return self.rng.uniform(low, high, shape).astype(np.float32)[:, :, None, None]

    def noise(self, amount: Value) -> None:
        """Add independent Gaussian noise to every value of every pixel."""
        values = self.rng.standard_normal(self.pixels.shape).astype(np.float32)
        self.pixels += values * np.reshape(amount, (-1, 1, 1, 1)).astype(np.float32)

    def pose(
        self, scale: Value, angle: Value, right: Value, down: Value, flip: Value = 0.0
    ) -> None:
        """Place what comes: its size, turn in radians, shift and mirror image."""
        x, y = self.frame_x - right, self.frame_y - down
        cos, sin = np.cos(angle) / scale, np.sin(angle) / scale
        turned = x * cos + y * sin
        self.x = np.where(np.asarray(flip) > 0, -turned, turned).astype(np.float32)
        self.y = (y * cos - x * sin).astype(np.float32)
        self.sharpness = self.size / 2 * scale

    def paint(self, shape: Array, tone: Value, opacity: Value = 1.0) -> None:
        """Cover a shape with a tone.

        Args:
            shape: signed distance, (N, H, W).
            tone: what broadcasts to (N, H, W) for one grey value, or has four
                dimensions and broadcasts to (N, C, H, W).
            opacity: 0 paints nothing, 1 covers all; broadcasts to (N, H, W).
        """
        cover = (np.clip(0.5 - shape * self.sharpness, 0, 1) * opacity)[:, None]
        level = np.asarray(tone, np.float32)
        if level.ndim == 3:
            level = level[:, None]  # (N, 1, H, W)
        self.pixels += cover * (level - self.pixels)

    def finish(self) -> NDArray[np.uint8]:
        """Return the pictures as bytes, (N, C, H, W)."""
        return np.rint(np.clip(self.pixels, 0, 1) * 255).astype(np.uint8)

    def polygon(
        self, points: Sequence[tuple[Value, Value]], x: Value | None = None
    ) -> Array:
        """Return the shape of a convex polygon; corners in order, either way round."""
        across = self.x if x is None else x
        area: Value = 0.0
        following = [*points[1:], points[0]]
        for (x1, y1), (x2, y2) in zip(points, following, strict=True):
            area = area + (x1 * y2 - x2 * y1)
        way = np.where(np.asarray(area) > 0, 1.0, -1.0).astype(np.float32)
        worst: Array | None = None
        for (x1, y1), (x2, y2) in zip(points, following, strict=True):
            along_x, along_y = x2 - x1, y2 - y1
            length = np.sqrt(along_x**2 + along_y**2) + 1e-6
            side = (across - x1) * (along_y * way / length)
            side = side - (self.y - y1) * (along_x * way / length)
            worst = side if worst is None else np.maximum(worst, side)
        assert worst is not None
        return worst

    def ellipse(
        self, x: Value, y: Value, half_width: Value, half_height: Value
    ) -> Array:
        """Return the shape of an upright ellipse around (x, y)."""
        radius = np.sqrt(
            ((self.x - x) / half_width) ** 2 + ((self.y - y) / half_height) ** 2
        )
        distance: Array = (radius - 1) * np.minimum(half_width, half_height)
        return distance

    def line(
        self, start: tuple[Value, Value], end: tuple[Value, Value], width: Value
    ) -> Array:
        """Return the shape of a line with round ends."""
        (x1, y1), (x2, y2) = start, end
        along_x, along_y = x2 - x1, y2 - y1
        from_x, from_y = self.x - x1, self.y - y1
        square = along_x**2 + along_y**2 + 1e-6
        part = np.clip((from_x * along_x + from_y * along_y) / square, 0, 1)
        gap_x, gap_y = from_x - part * along_x, from_y - part * along_y
        distance: Array = np.sqrt(gap_x**2 + gap_y**2) - width / 2
        return distance

    def profile(self, knots: Sequence[tuple[Value, Value]], x: Value = 0.0) -> Array:
        """Return a shape with the same outline left and right of the line through x.

        Args:
            knots: pairs (y, half width there), from top to bottom; straight in between.
            x: the axis of symmetry.
        """
        top, bottom = knots[0][0], knots[-1][0]
        width = np.zeros_like(self.y) + knots[0][1]
        for (y1, w1), (y2, w2) in itertools.pairwise(knots):
            part = np.clip((self.y - y1) / (y2 - y1), 0, 1)
            width += part * (w2 - w1)
        beyond = np.maximum(top - self.y, self.y - bottom)
        shape: Array = np.maximum(np.abs(self.x - x) - width, beyond)
        return shape
