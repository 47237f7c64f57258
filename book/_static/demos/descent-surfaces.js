// The surfaces of the demonstration of descent, walks down them, and lines of equal loss.
"use strict";

const dlDescentSurfaces = (() => {
  const STEEP = 25, BLOWN_UP = 1e12;
  // The ravine and the saddle of this chapter.
  const SURFACES = {
    ravine: {
      loss: (x, y) => (x * x + STEEP * y * y) / 2,
      gradient: (x, y) => [x, STEEP * y],
      minima: [[0, 0]],
    },
    saddle: {
      loss: (x, y) => x ** 2 / 2 - y ** 2 / 2 + y ** 4 / 4 + 1 / 4,
      gradient: (x, y) => [x, y ** 3 - y],
      minima: [[0, 1], [0, -1]],
    },
  };

  // The points of a walk, each [x, y, loss]. Ends early when the loss blows up.
  function walk({ loss, gradient }, x, y, lr, mu, steps) {
    const path = [[x, y, loss(x, y)]];
    let v = [0, 0];
    while (path.length <= steps && path.at(-1)[2] < BLOWN_UP) {
      const slope = gradient(x, y);
      v = v.map((old, axis) => mu * old + slope[axis]);
      [x, y] = [x - lr * v[0], y - lr * v[1]];
      path.push([x, y, loss(x, y)]);
    }
    return path;
  }

  // On a parabola of curvature λ the walk is stable below 2 (1 + μ) / λ.
  const limit = (mu) => (2 * (1 + mu)) / STEEP;

  // The map: x from -4.5 to 1.5, y from 2 to -2.
  const LOW = -4.5, TOP = 2, UNIT = 60, WIDE = 360, HIGH = 240;
  const across = (x) => (x - LOW) * UNIT;
  const down = (y) => (TOP - y) * UNIT;
  // From shares of the map's width and height to weights.
  const back = (right, bottom) => [LOW + (right * WIDE) / UNIT, TOP - (bottom * HIGH) / UNIT];

  // Lines of equal loss by marching squares, all levels in one path.
  function contours({ loss }) {
    const STEP = 4, [columns, rows] = [WIDE / STEP, HIGH / STEP];
    const height = (i, j) => loss(LOW + (i * STEP) / UNIT, TOP - (j * STEP) / UNIT);
    const grid = Array.from({ length: rows + 1 }, (_, j) =>
      Array.from({ length: columns + 1 }, (_, i) => height(i, j)));
    const highest = Math.max(...grid.flat());
    let path = "";
    for (let level = 1; level <= 9; level += 1) {
      const segments = [];
      const line = highest * (level / 9.5) ** 2;
      for (let j = 0; j < rows; j += 1) {
        for (let i = 0; i < columns; i += 1) {
          const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
          const crossings = corners.flatMap(([a, b], n) => {
            const [c, d] = corners[(n + 1) % 4];
            const [one, two] = [grid[b][a] - line, grid[d][c] - line];
            if (one < 0 === two < 0) return [];
            const share = one / (one - two);
            return [[a + (c - a) * share, b + (d - b) * share]
              .map((place) => (place * STEP).toFixed(1)).join(" ")];
          });
          for (let n = 0; n < crossings.length; n += 2) {
            segments.push([crossings[n], crossings[n + 1]]);
          }
        }
      }
      path += joined(segments);
    }
    return path;
  }

  // Segments end to end, which takes half of the room that they take one by one.
  function joined(segments) {
    const links = new Map();
    const others = (point) => links.get(point) || links.set(point, []).get(point);
    segments.forEach(([a, b]) => { others(a).push(b); others(b).push(a); });
    let path = "";
    for (const start of links.keys()) {
      while (others(start).length) {
        path += `M${start}`;
        for (let point = start; others(point).length;) {
          const other = others(point).pop();
          others(other).splice(others(other).indexOf(point), 1);
          path += `L${other}`;
          point = other;
        }
      }
    }
    return path;
  }

  return { SURFACES, STEEP, BLOWN_UP, WIDE, HIGH, walk, limit, across, down, back, contours };
})();

if (typeof module !== "undefined") module.exports = dlDescentSurfaces;
