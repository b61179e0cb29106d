"""Pointer, wheel and key actions in the words of the WebDriver standard, which BiDi shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from game.glyphs.path import Point

CLICK: dict[str, Any] = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
KEYS: dict[str, Any] = {"type": "key", "id": "keys"}
NAMES = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Escape": "\ue00c",
    "Space": " ",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}


def move(point: Point) -> dict[str, Any]:
    """To a point of the window, in CSS pixels."""
    return {"type": "pointerMove", "x": round(point[0]), "y": round(point[1]), "duration": 0}


def drag_steps(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Down at the first point, along the others, and up; with one point it is a click."""
    down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
    return [move(points[0]), down, *map(move, points[1:]), up]


def scroll_step(point: Point, way: int) -> dict[str, Any]:
    """A little down (1) or up (-1)."""
    x, y = round(point[0]), round(point[1])
    return {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": 100 * way, "duration": 0}


def key_steps(name: str) -> list[dict[str, Any]]:
    """Keys joined by + pressed in order and let go backwards."""
    values = [NAMES[part] for part in name.split("+")]
    down: list[dict[str, Any]] = [{"type": "keyDown", "value": value} for value in values]
    return [*down, *({"type": "keyUp", "value": value} for value in reversed(values))]
