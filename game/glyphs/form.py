"""One written form of a character: centre lines grouped into named parts."""

from dataclasses import dataclass, field

from game.glyphs.path import Polyline


@dataclass(frozen=True, slots=True)
class Part:
    """A thing one can point at (antlers, head) or a component (人): its strokes in carving order."""

    name: str
    strokes: tuple[Polyline, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in the 100 x 100 box, y downwards.

    `script` is oracle, bronze, seal or picture; `drawn_after` names the picture it follows and `attested`
    the pieces where it occurs. `strokes` holds every stroke in carving order and `part_index[i]` the number
    of the part that stroke `i` belongs to.
    """

    script: str
    parts: tuple[Part, ...]
    drawn_after: str = ""
    attested: tuple[str, ...] = ()
    strokes: tuple[Polyline, ...] = field(init=False, repr=False, compare=False)
    part_index: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Derived once, since drawing and grading ask for them every frame.
        numbered = [(i, s) for i, part in enumerate(self.parts) for s in part.strokes]
        object.__setattr__(self, "strokes", tuple(s for _, s in numbered))
        object.__setattr__(self, "part_index", tuple(i for i, _ in numbered))

    def part(self, name: str) -> Part:
        """The part called `name`; KeyError when there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def part_name(self, stroke: int) -> str:
        """Name of the part that the stroke with this number belongs to."""
        return self.parts[self.part_index[stroke]].name
