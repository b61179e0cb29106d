"""Directions by place: a drawing as a short vector that is compared with thousands in a millisecond.

How much line of each direction lies about each place of a coarse grid, both softly: a line between two places
or two directions counts for either (the blurred directional features of handwriting recognition; see
C.-L. Liu et al., "Handwritten digit recognition", Pattern Recognition 36, 2003).
"""

from math import pi
from typing import Final

import numpy as np

from game.glyphs.cloud import Array, Cloud

PLACES: Final = 8
"""Places of the grid on a side; they reach a little beyond the frame."""
WAYS: Final = 8
"""Directions told apart."""
BLUR: Final = 0.09
"""Standard deviation, in sides of the frame, of how far a point is felt."""
BEYOND: Final = 0.06

_AXIS: Final = (np.arange(PLACES) + 0.5) / PLACES * (1 + 2 * BEYOND) - BEYOND
_ANGLES: Final = np.arange(WAYS) * (pi / WAYS)


def histogram(cloud: Cloud) -> Array:
    """The vector (WAYS * PLACES * PLACES,) of a framed cloud, of length 1: two are as alike as their
    product."""
    x = np.exp(((cloud.points[:, :1] - _AXIS) ** 2) / (-2 * BLUR * BLUR))
    y = np.exp(((cloud.points[:, 1:] - _AXIS) ** 2) / (-2 * BLUR * BLUR))
    ways = np.cos(cloud.ways[:, None] - _ANGLES) ** 8
    rows = (ways[:, :, None] * y[:, None, :]).reshape(len(x), WAYS * PLACES)
    # The root: two lines at a place say little more than one.
    found = np.sqrt(rows.T @ x).ravel()
    size = float(np.sqrt(found @ found))
    vector: Array = (found / size if size else found).astype(np.float32)
    return vector


def mirrored(vectors: Array) -> Array:
    """Vectors (n, ...) of the same drawings with left and right exchanged."""
    shaped = vectors.reshape(-1, WAYS, PLACES, PLACES)[..., ::-1]
    return np.ascontiguousarray(shaped[:, (-np.arange(WAYS)) % WAYS]).reshape(len(vectors), -1)
