"""Pinyin: is it written well, and is it a reading of its character?"""

from __future__ import annotations

import unicodedata
from functools import cache

_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_VOWELS = "aeiouü"


def fault(syllable: str) -> tuple[str, str] | None:
    """What is wrong with one syllable and its mend, or None.

    The mark stands on a or e, else on the o of ou, else on the last vowel (汉语拼音方案, GB/T 16159).
    """
    if syllable != unicodedata.normalize("NFC", syllable):
        return "the tone mark is a separate character", f"write {unicodedata.normalize('NFC', syllable)!r}"
    letters: list[str] = []
    marked: list[int] = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _MARKS and letters:
            marked.append(len(letters) - 1)
        elif char == "\u0308" and letters and letters[-1] == "u":
            letters[-1] = "ü"
        elif "a" <= char <= "z" and char != "v":
            letters.append(char)
        elif char == "\u0306":
            return "a round mark (˘) stands for the third tone", "use the pointed mark: ǎ ě ǐ ǒ ǔ ǚ"
        else:
            return (
                f"{char!r} is not a letter of pinyin",
                "write lower-case pinyin with tone marks, for example lǜ",
            )
    vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS]
    if not vowels:
        return "there is no vowel", "write the whole syllable"
    if len(marked) > 1:
        return "there are two tone marks", "keep one"
    right = _seat("".join(letters), vowels)
    if marked and marked[0] != right:
        return "the tone mark stands on the wrong letter", f"put it on the {letters[right]!r}"
    return None


def _seat(letters: str, vowels: list[int]) -> int:
    """Index of the letter that carries the mark."""
    for strong in "ae":
        if strong in letters:
            return letters.index(strong)
    return letters.index("ou") if "ou" in letters else vowels[-1]


@cache
def readings(char: str) -> frozenset[str]:
    """Every reading of `char` that pypinyin knows, with tone marks; empty when it knows none.

    pypinyin is needed to check levels, not to play; where it is not installed nothing is known.
    """
    try:
        from pypinyin import Style, pinyin
    except ImportError:
        return frozenset()
    found = pinyin(char, style=Style.TONE, heteronym=True)
    return frozenset(one for one in (found[0] if found else []) if one != char)
