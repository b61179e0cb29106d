"""The second factor: six figures from an app (TOTP, RFC 6238), each good for one login."""

from __future__ import annotations

import io

import pyotp
import segno

STEP = 30
"""Seconds one code lasts; a clock may be one step off either way."""


def secret() -> str:
    """A new secret, base32, 160 bits."""
    return pyotp.random_base32()


def step_of(kept: str, code: str, now_ms: int) -> int | None:
    """The time step whose code was given, or None if it is wrong or was used before.

    `kept` is the secret, followed by "/" and the last step used once there was one (RFC 6238 §5.2: a code is
    accepted once).
    """
    code = "".join(code.split())
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    key, _, last = kept.partition("/")
    totp = pyotp.TOTP(key, interval=STEP)
    now = now_ms // 1000 // STEP
    for step in (now, now - 1, now + 1):
        if step > int(last or -1) and pyotp.utils.strings_equal(totp.generate_otp(step), code):
            return step
    return None


def used(kept: str, step: int) -> str:
    """What to keep once the code of `step` was used."""
    return f"{kept.partition('/')[0]}/{step}"


def uri(kept: str, name: str) -> str:
    """What an app reads to enrol (otpauth://…)."""
    return pyotp.TOTP(kept.partition("/")[0], interval=STEP).provisioning_uri(
        name=name, issuer_name="Shiqi Ledger"
    )


def picture(text: str) -> str:
    """A QR code of a text as SVG elements to stand in a page, dark ink on nothing."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=4,
        border=4,
        dark="#2a211a",
        light="#f7f0e1",
        omitsize=True,
    )
    return out.getvalue().decode()
