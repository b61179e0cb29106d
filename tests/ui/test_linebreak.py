from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from game.ui.linebreak import NEVER_FIRST, NEVER_LAST, pieces, wrap


def width(text: str) -> float:
    return sum(0.5 if c < "⺀" else 1.0 for c in text)


def test_no_closing_mark_begins_a_line() -> None:
    assert wrap("今天下雨。明天晴", 4, width) == ["今天下", "雨。明天", "晴"]


def test_no_opening_mark_ends_a_line() -> None:
    assert wrap("他说（不对）", 3, width) == ["他说", "（不", "对）"]


def test_latin_words_stay_whole() -> None:
    assert wrap("read the bones", 4.5, width) == ["read the", "bones"]


def test_a_word_too_long_is_cut_rather_than_overflow() -> None:
    assert wrap("abcdefgh", 2, width) == ["abcd", "efgh"]


def test_newlines_are_kept() -> None:
    assert wrap("上\n\n下", 9, width) == ["上", "", "下"]


@given(st.text(alphabet="今天下雨abc 。，（）《》x", max_size=60), st.integers(2, 12))
def test_nothing_is_lost_and_lines_fit(text: str, room: int) -> None:
    lines = wrap(text, room, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert "".join(pieces(text)) == text
    for line in lines:
        assert width(line) <= room or len(line) == 1


@given(st.text(alphabet="今天下雨。，（《", min_size=1, max_size=40))
def test_marks_stand_where_they_may(text: str) -> None:
    lines = wrap(text, 6, width)
    for before, line in pairwise(lines):
        if width(before) < 6:  # a run longer than a line may be cut anywhere
            assert line[:1] not in NEVER_FIRST or len(pieces(text)) == 1 or len(before) == 6
            assert before[-1:] not in NEVER_LAST or line == ""
