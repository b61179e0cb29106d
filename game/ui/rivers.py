"""The two great rivers as coarse lines (longitude, latitude in degrees), to place events beside.

Read off public maps at the named bends and cities, to about a tenth of a degree: a sketch for orientation.
There are no borders on this sketch, nor meant to be.
"""

from typing import Final

Line = tuple[tuple[float, float], ...]

YELLOW: Final[Line] = (
    (96.0, 35.0),
    (99.8, 34.2),
    (102.1, 33.6),
    (100.6, 35.3),
    (103.8, 36.1),  # Lanzhou
    (106.2, 38.4),  # Yinchuan
    (106.8, 40.2),
    (109.8, 40.6),  # Baotou
    (111.2, 40.2),
    (110.6, 37.6),
    (110.3, 34.6),  # Tongguan
    (112.4, 34.8),
    (113.6, 34.9),  # Zhengzhou
    (114.8, 34.9),  # Lankao
    (116.9, 36.7),  # Jinan
    (119.1, 37.8),  # mouth
)
YANGTZE: Final[Line] = (
    (94.5, 34.0),
    (97.2, 33.0),
    (99.0, 30.0),
    (99.9, 26.9),  # Shigu
    (101.7, 26.6),
    (103.0, 27.0),
    (104.6, 28.8),  # Yibin
    (106.6, 29.6),  # Chongqing
    (109.5, 31.0),
    (111.3, 30.7),  # Yichang
    (113.1, 29.5),  # Yueyang
    (114.3, 30.6),  # Wuhan
    (116.0, 29.7),  # Jiujiang
    (117.0, 30.5),  # Anqing
    (118.8, 32.1),  # Nanjing
    (120.9, 31.9),
    (121.9, 31.5),  # mouth
)
WEST, EAST, SOUTH, NORTH = 86.0, 127.0, 20.0, 45.0
"""What the sketch shows, in degrees."""
