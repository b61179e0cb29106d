"""Archives come out the same from the same files."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from game.workshop import archive

NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\\0", exclude_categories=["Cc"]), min_size=1
)


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=6))
def test_what_is_packed_comes_out_again(files: dict[str, bytes]) -> None:
    assert archive.unpack(archive.pack(files)) == files


def test_order_and_day_do_not_show() -> None:
    one = archive.pack({"a": b"1", "b/c": b"2"})
    other = archive.pack({"b/c": b"2", "a": b"1"})
    assert one == other


def test_nothing_is_compressed() -> None:
    packed = archive.pack({"a": bytes(5000)})
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.getinfo("a").compress_type == zipfile.ZIP_STORED
        assert opened.getinfo("a").date_time == archive.DATE


def test_folders_are_no_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.mkdir("folder")
        made.writestr("folder/file", b"x")
    assert archive.unpack(out.getvalue()) == {"folder/file": b"x"}
