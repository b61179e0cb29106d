"""Tables as CSV files for an office: UTF-8 with a byte order mark, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""A text that begins so may be run by a spreadsheet (OWASP, "CSV Injection"); the wide forms are turned into
the narrow ones by some of them."""
MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""


def safe(value: Cell) -> str | int | float:
    """`value` as it may stand in a cell: a text that could be run gets an apostrophe before it.

    Numbers stay numbers; None is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA):
        return "'" + value
    return value


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file (RFC 4180: CRLF, quotes doubled), all cells safe. Raises ValueError for a ragged row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row of {len(row)} cells under {len(header)} headings")
        writer.writerow([safe(cell) for cell in row])
    return (MARK + out.getvalue()).encode()
