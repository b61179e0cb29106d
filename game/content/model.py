"""What the levels say, as immutable objects: the one vocabulary every other package speaks.

Glyph geometry is in the 100 x 100 glyph box, y downwards; a stage is 4:3 with x and y from 0 to 100
(x rightwards, y downwards) and sizes in per cent of its height; times are seconds. Every text is
`Words`, Chinese and English side by side. Nothing here reads files: see `library` for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.glyphs.form import Form

LANGUAGES = ("zh", "en")
SETTINGS = ("plain", "river", "hill", "field", "terrace", "night", "workshop", "pit")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages of the game."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """The text in `lang`; anything but "en" gets the Chinese, which is the original."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Glyph:
    """The drawn forms of one character. `oracle` is None where no oracle-bone form is known.

    `variants` are other attested oracle forms, which carving accepts as well. `picture` is the thing
    itself, drawn as plainly as the glyph, for stories that morph one into the other.
    """

    char: str
    oracle: Form | None
    variants: tuple[Form, ...]
    bronze: Form | None
    seal: Form | None
    picture: Form | None

    @property
    def shapes(self) -> tuple[Form, ...]:
        """Every attested oracle form drawn: the chief one, then the variants; empty where none is."""
        return () if self.oracle is None else (self.oracle, *self.variants)


@dataclass(frozen=True, slots=True)
class Character:
    """What one character says and how it was made.

    `made` is one of "pictograph", "indicator", "compound", "phonetic", "loan". `components` and `like`
    are characters; `like` are those a learner may mistake for it. `headword` is the older character it
    was written with on bone (或 for 国), else None. `oracle_known` is False where no oracle form is known.
    `theme` is the name of the file it came from ("animals").
    """

    char: str
    traditional: str
    pinyin: str
    gloss: Words
    made: str
    components: tuple[str, ...]
    why: Words
    words: tuple[str, ...]
    like: tuple[str, ...]
    disputed: bool
    note: Words | None
    headword: str | None
    oracle_known: bool
    sources: tuple[str, ...]
    theme: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A few characters taught together, in this order."""

    id: str
    title: Words
    characters: tuple[str, ...]


REGULAR = -1
"""The `shape` of an option that is shown in regular script."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose or to put in order: words, or the glyph of a character; exactly one is set.

    `shape` says which of the glyph's `shapes` is meant: 0 the chief form, 1 the first variant, `REGULAR`
    the character as it is printed today.
    """

    text: Words | None
    glyph: str | None
    shape: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one right answer.

    `kind` is "choose", "fill" (both: `answer` holds one index into `options`) or "order" (`options` stand
    in the right order and `answer` counts them: 0, 1, 2 …; the player sees them shuffled).
    `explain` is shown after the answer, right or wrong. `source` may be empty: then its level's count.
    """

    kind: str
    prompt: Words
    options: tuple[Option, ...]
    answer: tuple[int, ...]
    explain: Words
    source: str


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an actor does: `verb`, beginning `at` seconds after its beat, lasting `over` seconds.

    `args` by verb, named as in the YAML (all values checked before they are packed):
    carve: "at" (x, y), "size"; enter: "at", "size", "from" (a side); leave: "to" (a side);
    move: "to" (x, y); face: "way" left|right; grow: "size"; turn: "by" degrees clockwise;
    morph: "to" a character or picture|bronze|seal; point: "part"; ask: "question" (a `Question`), and its
    actor is "". shake, scatter, fade and wait have none; wait's actor is "". A side is one of
    left|right|top|bottom; a point is a tuple of two floats.
    """

    verb: str
    actor: str
    at: float
    over: float
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beat:
    """One caption and what happens under it."""

    caption: Words
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A little play: `cast` gives each actor its character; beats follow one another.

    `setting` is one of SETTINGS: what is drawn behind the actors.
    """

    cast: dict[str, str]
    beats: tuple[Beat, ...]
    setting: str = "plain"


@dataclass(frozen=True, slots=True)
class Idiom:
    """A four-character idiom, where it is from, and its story. `quote` is the source's own words or ""."""

    id: str
    idiom: str
    pinyin: str
    meaning: Words
    source: Words
    quote: str
    script: Script
    questions: tuple[Question, ...]
    note: Words | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An animated story. `truth` closes it: what was true and what was told. `cover` is the beat, from 1,
    that its card shows; None for the last one."""

    id: str
    title: Words
    about: Words
    script: Script
    truth: Words
    sources: tuple[str, ...]
    cover: int | None = None


@dataclass(frozen=True, slots=True)
class PartyLevel:
    """One event of Party history and the character that holds it.

    `date_from` and `date_to` are ISO dates of year, month or day precision ("1921-07"); `date` and `place`
    are for reading; `at` is (longitude, latitude) in degrees east and north. `link` says why this character.
    """

    id: str
    title: Words
    date_from: str
    date_to: str
    date: Words
    place: Words
    at: tuple[float, float]
    event: Words
    character: str
    link: Words
    script: Script | None
    questions: tuple[Question, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inscription:
    """A real inscription. `columns` hold one character a glyph, read from top to bottom.

    `direction` is the way columns follow one another: "left" (the second stands left of the first) or
    "right". `transcription` is punctuated and in the characters of the columns.
    """

    id: str
    piece: str
    period: Words
    columns: tuple[tuple[str, ...], ...]
    direction: str
    transcription: str
    modern: Words
    about: Words
    disputed: Words | None
    questions: tuple[Question, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """What is given for reading: `count` of `what` ("carved", "idiom"; of "period", `of` says which) wins it.

    `start` and `end` are ISO days: when it is first given, and the last day to win it ("" for none). `glyph`
    is the character it shows.
    """

    id: str
    start: str
    end: str
    what: str
    of: str
    count: int
    glyph: str
    title: Words
    about: Words
