"""Everything the player can read, see and trace, behind one object.

A `Library` is given a way to read *sections* (decoded JSON, as `pack` writes them) and asks for each when
it is first wanted; forms are flattened one character at a time. So opening it costs nothing, and the title
screen pays only for what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from game.content import parse
from game.content.model import Badge, Character, Glyph, Idiom, Inscription, PartyLevel, Story, Unit

SECTIONS = (
    "strings.zh",
    "strings.en",
    "glyphs",
    "characters",
    "units",
    "idioms",
    "stories",
    "party_history",
    "inscriptions",
    "rules",
    "badges",
)

_T = TypeVar("_T")
_Level = TypeVar("_Level", Unit, Idiom, Story, PartyLevel, Inscription)


class Library:
    """The content of the game.

    `read(name)` gives the decoded section called `name` (one of `SECTIONS`); it is called at most once for
    each. Looking up something that is not there raises KeyError with its name.
    """

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._sections: dict[str, Any] = {}
        self._lists: dict[str, tuple[Any, ...]] = {}
        self._glyphs: dict[str, Glyph] = {}
        self._characters: dict[str, Character] = {}

    def _section(self, name: str) -> Any:
        if name not in self._sections:
            self._sections[name] = self._read(name)
        return self._sections[name]

    def _list(self, name: str, build: Callable[[Any], _T]) -> tuple[_T, ...]:
        if name not in self._lists:
            self._lists[name] = tuple(build(one) for one in self._section(name))
        return self._lists[name]

    # Characters and their glyphs

    def has_glyph(self, char: str) -> bool:
        """Whether any form of `char` has been drawn (its `oracle` may still be None)."""
        return char in self._section("glyphs")

    def glyph(self, char: str) -> Glyph:
        """The forms of `char`, flattened at the first call and kept."""
        if char not in self._glyphs:
            self._glyphs[char] = parse.glyph(char, self._section("glyphs")[char])
        return self._glyphs[char]

    def has_character(self, char: str) -> bool:
        """Whether `char` can be learned (a component may have a glyph and no entry of its own)."""
        return char in self._section("characters")

    def oracle_unseen(self, char: str) -> bool:
        """Whether it is declared that no oracle-bone form of `char` is known (`oracle_known: false`).

        False says nothing about one that is merely not drawn here: that is no claim about the script.
        """
        return self.has_character(char) and not self.character(char).oracle_known

    def character(self, char: str) -> Character:
        """What is known of `char`."""
        if char not in self._characters:
            self._characters[char] = parse.character(char, self._section("characters")[char])
        return self._characters[char]

    @property
    def characters(self) -> tuple[Character, ...]:
        """All characters: first those on the path, in the order they are taught, then the others."""
        return tuple(self.character(char) for char in self._section("characters"))

    # Levels

    @property
    def units(self) -> tuple[Unit, ...]:
        """The path, in the order it is taught."""
        return self._list("units", parse.unit)

    def unit(self, id: str) -> Unit:
        """The unit with this id."""
        return _find(self.units, id)

    @property
    def idioms(self) -> tuple[Idiom, ...]:
        """All idioms, by id."""
        return self._list("idioms", parse.idiom)

    def idiom(self, id: str) -> Idiom:
        """The idiom with this id."""
        return _find(self.idioms, id)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, by id."""
        return self._list("stories", parse.story)

    def story(self, id: str) -> Story:
        """The story with this id."""
        return _find(self.stories, id)

    @property
    def party_history(self) -> tuple[PartyLevel, ...]:
        """All levels of Party history, by date."""
        return self._list("party_history", parse.party_level)

    def party_level(self, id: str) -> PartyLevel:
        """The level of Party history with this id."""
        return _find(self.party_history, id)

    @property
    def inscriptions(self) -> tuple[Inscription, ...]:
        """All inscriptions, shortest first."""
        return self._list("inscriptions", parse.inscription)

    def inscription(self, id: str) -> Inscription:
        """The inscription with this id."""
        return _find(self.inscriptions, id)

    # Rules and words

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The dated point rules, oldest first, as plain data for `learning.points`."""
        rules: list[dict[str, Any]] = self._section("rules")
        return rules

    @property
    def badges(self) -> tuple[Badge, ...]:
        """What is given for reading, in the order of levels/badges.yaml."""
        return self._list("badges", parse.badge)

    def strings(self, lang: str) -> dict[str, str]:
        """The interface's texts in `lang` ("zh" or "en") by dotted key ("part.antlers")."""
        strings: dict[str, str] = self._section(f"strings.{lang}")
        return strings


def _find(levels: Iterable[_Level], id: str) -> _Level:
    for level in levels:
        if level.id == id:
            return level
    raise KeyError(id)
