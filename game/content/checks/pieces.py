"""Numbers of oracle-bone pieces, as levels cite them: 合集 10270, 合集 14002正, 《甲骨文合集》12870."""

from __future__ import annotations

# The last number of each catalogue: 《甲骨文合集》 《甲骨文合集补编》 《小屯南地甲骨》 《英国所藏甲骨集》
# 《殷墟花园庄东地甲骨》.
LAST = {"合集": 41956, "合补": 13450, "屯南": 4612, "英藏": 2674, "花东": 561}
_LONG = {
    "《甲骨文合集》": "合集",
    "《甲骨文合集补编》": "合补",
    "《小屯南地甲骨》": "屯南",
    "《英国所藏甲骨集》": "英藏",
    "《殷墟花园庄东地甲骨》": "花东",
}
_SIDES = "正反臼甲乙丙丁戊己庚辛壬癸"


def piece_fault(written: str) -> tuple[str, str] | None:
    """What is wrong with an `attested` piece and its mend, or None. Other catalogues than LAST's pass."""
    book, _, number = written.partition(" ")
    if not number:
        return (
            f"{written!r} is not a piece's number",
            "write the catalogue, a space and the number: 合集 10270",
        )
    if book not in LAST:
        return None
    digits = number.rstrip(_SIDES)
    if not (digits.isascii() and digits.isdigit()):
        return f"{number!r} is not a number in {book}", f"write it so: {book} 1234 or {book} 1234正"
    return _range_fault(book, int(digits))


def source_fault(written: str) -> tuple[str, str] | None:
    """The same for a source, which may be any book: only what begins like a piece is looked at."""
    for long, book in _LONG.items():
        written = written.replace(long, f"{book} ", 1) if written.startswith(long) else written
    book, _, rest = written.partition(" ")
    digits = rest.strip()[:6]
    while digits and not (digits.isascii() and digits.isdigit()):
        digits = digits[:-1]
    return _range_fault(book, int(digits)) if book in LAST and digits else None


def _range_fault(book: str, number: int) -> tuple[str, str] | None:
    if 1 <= number <= LAST[book]:
        return None
    return f"{book} has no number {number}", f"{book} ends at {LAST[book]}: look it up again"
