"""What is kept weighs no more than it may; what was used last stays."""

from pygame import SRCALPHA, Surface

from game.ui.shelf import Shelf


def _picture(side: int = 10) -> Surface:
    return Surface((side, side), SRCALPHA)  # 400 bytes at 10


def test_the_one_unused_for_longest_goes_first() -> None:
    shelf = Shelf(1000)
    first, second, third = _picture(), _picture(), _picture()
    assert shelf.put("first", first) is first
    shelf.put("second", second)
    assert shelf.get("first") is first
    shelf.put("third", third)
    assert [shelf.get(key) for key in ("first", "second", "third")] == [first, None, third]
    assert shelf.weight == 800


def test_a_picture_heavier_than_all_is_kept_alone() -> None:
    shelf = Shelf(1000)
    shelf.put("small", _picture())
    large = shelf.put("large", _picture(100))
    assert shelf.get("large") is large
    assert len(shelf) == 1


def test_a_key_put_twice_is_weighed_once() -> None:
    shelf = Shelf(1000)
    shelf.put("one", _picture())
    shelf.put("one", _picture())
    assert (len(shelf), shelf.weight) == (1, 400)
    shelf.clear()
    assert (len(shelf), shelf.weight, shelf.get("one")) == (0, 0, None)
