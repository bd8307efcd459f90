"""Centre lines of a drawn letter as pen paths: thinning, then a graph, then paths through it. NumPy only."""

from __future__ import annotations

import math

import numpy as np

from curves import Path, Point, length


def thin(ink: np.ndarray) -> np.ndarray:
    """Zhang and Suen (1984): peels a binary picture (True = ink) to lines one pixel wide."""
    image = np.pad(ink.astype(np.uint8), 1)
    while True:
        removed = False
        for step in (0, 1):
            p = [
                np.roll(image, shift, (0, 1))
                for shift in ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))
            ]
            neighbours = sum(p)
            crossings = sum(((p[i] == 0) & (p[(i + 1) % 8] == 1)).astype(np.uint8) for i in range(8))
            north, east, south, west = p[0], p[2], p[4], p[6]
            if step == 0:
                sides = (north * east * south == 0) & (east * south * west == 0)
            else:
                sides = (north * east * west == 0) & (north * south * west == 0)
            goes = (image == 1) & (neighbours >= 2) & (neighbours <= 6) & (crossings == 1) & sides
            if goes.any():
                image[goes] = 0
                removed = True
        if not removed:
            return image[1:-1, 1:-1].astype(bool)


class Graph:
    """Nodes are ends and crossings, edges are the lines between them (with every pixel of the way)."""

    def __init__(self, lines: np.ndarray) -> None:
        pixels = {(int(x), int(y)) for y, x in zip(*np.nonzero(lines))}
        around = {p: [q for q in self._neighbours(p) if q in pixels] for p in pixels}
        around = {p: self._without_corners(qs) for p, qs in around.items()}
        special = {p for p, qs in around.items() if len(qs) != 2}
        self.node_of: dict[Point, int] = {}
        self.places: list[list[Point]] = []
        for p in special:
            if p in self.node_of:
                continue
            cluster, todo = [], [p]
            self.node_of[p] = len(self.places)
            while todo:
                q = todo.pop()
                cluster.append(q)
                if len(around[q]) == 1:
                    continue
                for r in around[q]:
                    if r in special and r not in self.node_of and len(around[r]) > 2:
                        self.node_of[r] = len(self.places)
                        todo.append(r)
            self.places.append(cluster)
        self.edges: list[tuple[int, int, Path]] = []
        self._trace(around, special, pixels)

    @staticmethod
    def _neighbours(p: Point) -> list[Point]:
        x, y = p
        return [(x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1), (x - 1, y - 1)]

    @staticmethod
    def _without_corners(near: list[Point]) -> list[Point]:
        """A diagonal neighbour that is also reached over a straight one is the same way twice."""
        straight = [q for q in near]
        kept = []
        for q in near:
            if any(r is not q and abs(r[0] - q[0]) + abs(r[1] - q[1]) == 1 and near.index(r) < near.index(q) for r in straight):
                continue
            kept.append(q)
        return kept

    def _trace(self, around: dict, special: set, pixels: set) -> None:
        used: set = set()
        for start in special:
            for first in around[start]:
                if (start, first) in used or self.node_of.get(first) == self.node_of[start]:
                    continue
                path, before, here = [start], start, first
                while here not in special:
                    path.append(here)
                    onward = [q for q in around[here] if q != before and q != path[-2]]
                    if not onward:
                        break
                    before, here = here, onward[0]
                path.append(here)
                used.add((start, first))
                used.add((here, path[-2]))
                if here in special:
                    self.edges.append((self.node_of[start], self.node_of[here], path))
        on_edges = {p for _, _, path in self.edges for p in path} | special
        rings = pixels - on_edges
        while rings:
            start = min(rings, key=lambda p: (p[1], -p[0]))
            path, here = [start], start
            rings.discard(start)
            while True:
                onward = [q for q in self._neighbours(here) if q in rings]
                if not onward:
                    break
                here = onward[0]
                rings.discard(here)
                path.append(here)
            node = len(self.places)
            self.places.append([start])
            self.edges.append((node, node, [*path, start]))

    def degree(self, node: int) -> int:
        return sum((a == node) + (b == node) for a, b, _ in self.edges)

    def prune(self, shortest: float) -> None:
        """Drops the whiskers that thinning leaves at the corners of thick lines, the shortest first."""
        while True:
            whiskers = [
                e for e in self.edges
                if e[0] != e[1] and min(self.degree(e[0]), self.degree(e[1])) == 1
                and max(self.degree(e[0]), self.degree(e[1])) > 2 and length(e[2]) < shortest
            ]
            if not whiskers:
                return
            self.edges.remove(min(whiskers, key=lambda e: length(e[2])))

    def join_close(self, nearest: float) -> None:
        """Two crossings a pen's width apart are one: thinning pulls an X apart into two Y."""
        while True:
            short = [e for e in self.edges if e[0] != e[1] and length(e[2]) < nearest
                     and self.degree(e[0]) > 2 and self.degree(e[1]) > 2]
            if not short:
                return
            gone = min(short, key=lambda e: length(e[2]))
            self.edges.remove(gone)
            keep, lose = gone[0], gone[1]
            self.places[keep] = self.places[keep] + self.places[lose]
            self.edges = [(keep if a == lose else a, keep if b == lose else b, p) for a, b, p in self.edges]

    def centre(self, node: int) -> Point:
        xs, ys = zip(*self.places[node])
        return sum(xs) / len(xs), sum(ys) / len(ys)

    def detour(self, longest: float) -> None:
        """
        At a crossing of three, where one arm is a short dead end below the others, the pen went into it and came
        back (the middle of צ, the shoulder of ז): the three become one line by way of the tip.
        """
        for node in range(len(self.places)):
            arms = [e for e in self.edges if node in e[:2]]
            if len(arms) != 3 or any(a == b for a, b, _ in arms):
                continue
            def outward(edge: tuple[int, int, Path]) -> Path:
                return edge[2] if edge[0] == node else edge[2][::-1]
            dead = [e for e in arms if self.degree(e[1] if e[0] == node else e[0]) == 1 and length(e[2]) < longest]
            if not dead:
                continue
            tip = min(dead, key=lambda e: length(e[2]))
            one, other = (e for e in arms if e is not tip)
            highest = min(outward(one)[-1][1], outward(other)[-1][1])
            if outward(tip)[-1][1] <= highest:
                continue
            way = outward(tip)
            for edge in arms:
                self.edges.remove(edge)
            path = outward(one)[::-1] + way[1:] + way[-2::-1] + outward(other)[1:]
            ends = [e[1] if e[0] == node else e[0] for e in (one, other)]
            self.edges.append((ends[0], ends[1], path))

    def paths(self, straightest: float, reach: float) -> list[Path]:
        """Pen paths: at every crossing the two edges that go on most nearly straight belong to one stroke."""
        ends = [(i, side) for i in range(len(self.edges)) for side in (0, 1)]
        partner: dict[tuple[int, int], tuple[int, int]] = {}
        for node in range(len(self.places)):
            here = [(i, s) for i, s in ends if self.edges[i][s] == node]
            options = []
            for n, one in enumerate(here):
                for other in here[n + 1:]:
                    bend = self._bend(one, other, reach)
                    # A line that closes on itself goes on into the arm it hangs on, however sharp the turn.
                    hangs = len(here) == 3 and len({i for i, _ in here}) == 2 and one[0] != other[0]
                    limit = math.pi if len(here) == 2 or hangs else straightest
                    if bend <= limit:
                        options.append((bend, one, other))
            for _, one, other in sorted(options):
                if one not in partner and other not in partner:
                    partner[one], partner[other] = other, one
        return self._follow(ends, partner)

    def _bend(self, one: tuple[int, int], other: tuple[int, int], reach: float) -> float:
        a, b = self._leaving(one, reach), self._leaving(other, reach)
        return math.pi - math.acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1])))

    def _leaving(self, end: tuple[int, int], reach: float) -> Point:
        i, side = end
        path = self.edges[i][2] if side == 0 else self.edges[i][2][::-1]
        near = path[min(len(path) - 1, int(reach * 0.35))]
        far = path[min(len(path) - 1, int(reach))]
        dx, dy = far[0] - near[0], far[1] - near[1]
        size = math.hypot(dx, dy) or 1.0
        return dx / size, dy / size

    def _follow(self, ends: list, partner: dict) -> list[Path]:
        seen: set[int] = set()
        result = []
        starts = [e for e in ends if e not in partner] + ends
        for start in starts:
            if start[0] in seen:
                continue
            path: Path = []
            at = start
            while at[0] not in seen:
                seen.add(at[0])
                edge = self.edges[at[0]]
                piece = edge[2] if at[1] == 0 else edge[2][::-1]
                first, last = edge[at[1]], edge[1 - at[1]]
                middle = list(piece[1:-1])
                head = [self.centre(first)] if self.degree(first) > 1 else [piece[0]]
                tail = [self.centre(last)] if self.degree(last) > 1 else [piece[-1]]
                path += (head if not path else []) + middle + tail
                out = (at[0], 1 - at[1])
                if out not in partner:
                    break
                at = partner[out]
            result.append(path)
        return result
