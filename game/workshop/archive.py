"""Zip archives that come out the same, byte for byte, whenever they are made from the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (2026, 1, 1, 0, 0, 0)


def unpack(data: bytes) -> dict[str, bytes]:
    """Every file of a zip archive by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of `files`, sorted, with one date, stored without compression.

    Stored, because the web server sends the archive with brotli, and brotli over the whole of a stored
    archive comes out a third smaller than over a deflated one (RUNTIME notes: 1.10 against 1.62 MB).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, DATE)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()
