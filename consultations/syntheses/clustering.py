"""Who votes alike: principal components, k-means and silhouette, on NumPy alone, always the same result.

A room has at most two thousand people and a few hundred ideas: scikit-learn would weigh a hundred megabytes
for thirty lines (decision 0091). Anything that answers `cluster` may take its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Labels = NDArray[np.int64]
MOST_GROUPS, ROUNDS, FEWEST_PEOPLE = 5, 100, 4
DISTINCT_ENOUGH = 0.25  # a silhouette below this is a crowd, not groups


@dataclass(frozen=True)
class Clustering:
    """The group of each person, and how distinct the groups are (0 to 1)."""

    labels: tuple[int, ...]
    count: int
    silhouette: float


def cluster(
    rows: Sequence[Sequence[float]], *, smallest: int, heads: Sequence[int] | None = None
) -> Clustering | None:
    """The most distinct groups of at least `smallest` people each; None when nothing parts them."""
    table = np.asarray(rows, dtype=float)
    if table.ndim != 2 or len(table) < FEWEST_PEOPLE:
        return None
    points = _components(table)
    weights = np.asarray(heads if heads is not None else [1] * len(table), dtype=float)
    best: Clustering | None = None
    for count in range(2, min(MOST_GROUPS, len(table) - 1) + 1):
        labels = _k_means(points, count)
        sizes = [weights[labels == group].sum() for group in range(count)]
        if min(sizes) < smallest:
            continue
        distinct = _silhouette(points, labels, count)
        if distinct >= DISTINCT_ENOUGH and (best is None or distinct > best.silhouette + 1e-9):
            best = Clustering(tuple(int(label) for label in labels), count, distinct)
    return best


def _components(table: Table) -> Table:
    """Each person on the two directions that part people most; the sign of a direction is fixed."""
    centred = table - table.mean(axis=0)
    left, sizes, right = np.linalg.svd(centred, full_matrices=False)
    kept = left[:, :2] * sizes[:2]
    signs = np.sign([row[np.argmax(np.abs(row))] for row in right[:2]])
    return np.round(kept * np.where(signs == 0, 1, signs), 9)


def _k_means(points: Table, count: int) -> Labels:
    centres = _far_apart(points, count)
    labels = np.zeros(len(points), dtype=np.int64)
    for _round in range(ROUNDS):
        nearest = _distances(points, centres).argmin(axis=1)
        if _round and np.array_equal(nearest, labels):
            break
        labels = nearest
        for group in range(count):
            if (members := points[labels == group]).size:
                centres[group] = members.mean(axis=0)
    return labels


def _far_apart(points: Table, count: int) -> Table:
    """Starting centres: the point furthest from the middle, then each time the furthest from those chosen."""
    chosen = [int(np.argmax(((points - points.mean(axis=0)) ** 2).sum(axis=1)))]
    while len(chosen) < count:
        chosen.append(int(_distances(points, points[chosen]).min(axis=1).argmax()))
    return points[chosen].copy()


def _distances(points: Table, centres: Table) -> Table:
    return np.sqrt(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))


def _silhouette(points: Table, labels: Labels, count: int) -> float:
    """How much closer people are to their own group than to the next, on average (Rousseeuw, 1987)."""
    between = _distances(points, points)
    masks = [labels == group for group in range(count)]
    means = np.stack(
        [between[:, mask].mean(axis=1) if mask.any() else np.full(len(points), np.inf) for mask in masks]
    )
    own_size = np.array([masks[label].sum() for label in labels])
    own = means[labels, np.arange(len(points))] * own_size / np.maximum(own_size - 1, 1)
    others = means.copy()
    others[labels, np.arange(len(points))] = np.inf
    nearest = others.min(axis=0)
    scale = np.maximum(np.maximum(own, nearest), 1e-12)
    scores = np.where(own_size > 1, (nearest - own) / scale, 0.0)
    return float(scores.mean())
