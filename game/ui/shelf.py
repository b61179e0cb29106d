"""Pictures kept for a while: as many as weigh no more than a limit, those used last."""

from collections import OrderedDict
from collections.abc import Hashable

from pygame import Surface


class Shelf:
    """Surfaces by key. The heaviest use is bounded in bytes: a count would let large pictures pile up."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._kept: OrderedDict[Hashable, Surface] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Surface | None:
        """The picture, if it is still here; it will be thrown away later than the others."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: Hashable, picture: Surface) -> Surface:
        """Keeps the picture, throws out those unused for longest, and gives it back."""
        old = self._kept.pop(key, None)
        if old is not None:
            self.weight -= _bytes(old)
        self._kept[key] = picture
        self.weight += _bytes(picture)
        while self.weight > self.limit and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self.weight -= _bytes(gone)
        return picture

    def clear(self) -> None:
        """Throws everything out."""
        self._kept.clear()
        self.weight = 0


def _bytes(picture: Surface) -> int:
    return picture.get_pitch() * picture.get_height()
