"""A pen's path as points: its length, its staircase of pixels smoothed away, the points it can do without. NumPy only."""

from __future__ import annotations

import math

import numpy as np

Point = tuple[float, float]
Path = list[Point]


def length(path: Path) -> float:
    return sum(math.dist(a, b) for a, b in zip(path, path[1:]))


def smooth(path: Path, sigma: float) -> Path:
    """Gaussian along the path, ends held; the staircase of the pixels goes, the corners stay recognisable."""
    if len(path) < 5:
        return path
    points = np.array(path, float)
    radius = int(3 * sigma)
    closed = math.dist(path[0], path[-1]) < 2
    if closed:
        padded = np.concatenate([points[-radius - 1:-1], points, points[1:radius + 1]])
    else:
        padded = np.concatenate([2 * points[0] - points[radius:0:-1], points, 2 * points[-1] - points[-2:-radius - 2:-1]]) if len(path) > radius + 1 else None
    if padded is None:
        return path
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    out = np.stack([np.convolve(padded[:, k], weights, "valid") for k in (0, 1)], 1)
    return [tuple(p) for p in out]


def simplify(path: Path, tolerance: float) -> Path:
    """Douglas and Peucker (1973)."""
    if len(path) < 3:
        return path
    a, b = np.array(path[0]), np.array(path[-1])
    points = np.array(path)
    line = b - a
    size = np.hypot(*line)
    if size < 1e-9:
        distances = np.hypot(*(points - a).T)
    else:
        distances = np.abs(line[0] * (points[:, 1] - a[1]) - line[1] * (points[:, 0] - a[0])) / size
    worst = int(distances.argmax())
    if distances[worst] <= tolerance:
        return [path[0], path[-1]]
    return simplify(path[: worst + 1], tolerance)[:-1] + simplify(path[worst:], tolerance)
