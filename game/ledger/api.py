"""What devices talk to: enrolment, batches, files, claims. PROTOCOL.md beside this file describes it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from game.journal.event import load_json
from game.ledger import enrolment, intake
from game.ledger.db import session
from game.ledger.limits import Buckets
from game.ledger.models import Device

router = APIRouter(prefix="/api/v1", tags=["devices"])
MOST_CHAINS = 200
Found = TypeVar("Found")
Model = TypeVar("Model", bound="Strict")


class Strict(BaseModel):
    """Requests: no unknown fields, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Enrol(Strict):
    code: str = Field(max_length=64)
    kind: str = Field(default="browser", pattern="^(browser|kiosk|classroom)$")
    member_number: str = Field(default="", max_length=64)
    label: str = Field(default="", max_length=100)


class Enrolled(BaseModel):
    device: str
    secret: str
    organisation: str


class Holdings(Strict):
    chains: list[Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]] = Field(max_length=MOST_CHAINS)
    waiting: int = Field(default=0, ge=0, le=2**31)


class Held(BaseModel):
    count: int
    top_seq: int
    top_hash: str


class Refused(BaseModel):
    index: int
    reason: str


class Batch(Strict):
    lines: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = Field(max_length=intake.MOST_LINES)
    waiting: int = Field(default=0, ge=0, le=2**31)


class Answer(BaseModel):
    stored: int
    known: int
    refused: list[Refused]
    holdings: dict[str, Held]


class Claim(Strict):
    claim_code: str = Field(max_length=64)
    code: str = Field(max_length=64)
    member_number: str = Field(default="", max_length=64)


def mount(app: FastAPI) -> None:
    """Adds the endpoints and their buckets."""
    app.state.requests = Buckets(60, 5)
    app.state.lines = Buckets(50_000, 500)
    app.state.strangers = Buckets(60, 1)
    app.include_router(router)


async def body(request: Request) -> bytes:
    """The body, refused (413) while it arrives once it is longer than its endpoint takes."""
    most = intake.MOST_FILE_BYTES if request.url.path.endswith("/files") else intake.MOST_BYTES
    got = bytearray()
    async for part in request.stream():
        got += part
        if len(got) > most:
            raise HTTPException(413, f"at most {most} bytes")
    return bytes(got)


Body = Annotated[bytes, Depends(body)]


@router.post("/enrol", response_model=Enrolled)
def enrol(request: Request, data: Body) -> Any:
    """Join with a code."""
    _stranger(request)
    asked = _read(Enrol, data)
    with session(request.app.state.ledger.engine) as work:
        device, organisation = _known(
            lambda: enrolment.enrol(
                work, asked.code, _now(request), asked.kind, asked.member_number, asked.label
            )
        )
        return {"device": device.id, "secret": device.secret, "organisation": organisation.name}


@router.post("/holdings", response_model=dict[str, Held])
def holdings(request: Request, data: Body) -> Any:
    """What the ledger holds of these chains."""
    with session(request.app.state.ledger.engine) as work:
        device = _device(work, request, data)
        asked = _read(Holdings, data)
        device.waiting = asked.waiting
        return intake.holdings(work, device, asked.chains)


@router.post("/events", response_model=Answer)
def events(request: Request, data: Body) -> Any:
    """Take in lines, each with its MAC."""
    state = request.app.state
    with session(state.ledger.engine, write=False) as work:
        device_id = _device(work, request, data).id  # before any parsing: strangers cost little
    asked = _read(Batch, data)
    _bucket(state.lines, device_id, len(asked.lines))
    with session(state.ledger.engine) as work:
        device = _device(work, request, data, counted=True)
        device.waiting = asked.waiting
        lines = [(line, mac) for line, mac in asked.lines]
        return _answer(intake.take(work, state.ledger.rules, device, lines, _now(request)))


@router.post("/files", response_model=Answer)
def files(request: Request, data: Body) -> Any:
    """Take in a .shiqi file (the body) from a device."""
    state = request.app.state
    with session(state.ledger.engine) as work:
        device = _device(work, request, data)
        _bucket(state.lines, device.id, data.count(b"\n"))
        return _answer(intake.take_file(work, state.ledger.rules, device, data, _now(request)))


@router.get("/claim/{chain}")
def claim_code(request: Request, chain: str) -> dict[str, str | None]:
    """The code with which a chain that this kiosk or classroom sent can be claimed; null once it was."""
    with session(request.app.state.ledger.engine) as work:
        device = _device(work, request, b"")
        return {"claim_code": _known(lambda: enrolment.claim_code(work, device, chain))}


@router.post("/claim")
def claim(request: Request, data: Body) -> dict[str, bool]:
    """Make what a kiosk recorded one's own."""
    _stranger(request)
    asked = _read(Claim, data)
    with session(request.app.state.ledger.engine) as work:
        _known(
            lambda: enrolment.claim(work, asked.claim_code, asked.code, asked.member_number, _now(request))
        )
    return {"claimed": True}


def _answer(taken: intake.Taken) -> dict[str, Any]:
    refused = [{"index": index, "reason": reason} for index, reason in taken.refused]
    return {
        "stored": taken.stored,
        "known": taken.known,
        "refused": refused,
        "holdings": taken.holdings,
    }


def _now(request: Request) -> int:
    now: int = request.app.state.ledger.clock()
    return now


def _read(model: type[Model], data: bytes) -> Model:
    try:
        return model.model_validate(load_json(data.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise HTTPException(422, str(error)[:400].encode("utf-8", "replace").decode()) from error


def _known(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except enrolment.Unknown as error:
        raise HTTPException(404, f"unknown: {error}") from error


def _bucket(buckets: Buckets, key: str, amount: float = 1) -> None:
    if wait := buckets.take(key, amount):
        raise HTTPException(429, "too much at once", {"Retry-After": str(int(wait) + 1)})


def _stranger(request: Request) -> None:
    """Counts against the address: codes cannot be tried by the thousand."""
    _bucket(request.app.state.strangers, request.client.host if request.client else "?")


def _device(work: Session, request: Request, data: bytes, counted: bool = False) -> Device:
    """The device that signed this request; its clock's skew is recorded. Raises 401 or 403."""
    headers = request.headers
    told = headers.get("x-shiqi-time", "")
    device = work.get(Device, headers.get("x-shiqi-device", "")[:32].replace("\0", ""))
    sign = headers.get("x-shiqi-sign", "")
    if device is None or not (told.isascii() and told.isdigit()) or len(told) > 15 or not sign.isascii():
        raise HTTPException(401, "not signed by a device that is enrolled here")
    wanted = hmac.digest(bytes.fromhex(device.secret), told.encode() + b"\n" + data, "sha256").hex()
    if not hmac.compare_digest(wanted, sign):
        raise HTTPException(401, "not signed by a device that is enrolled here")
    if device.revoked_ms is not None:
        raise HTTPException(403, "this device was revoked")
    if not counted:
        _bucket(request.app.state.requests, device.id)
    device.skew_ms = int(told) - _now(request)
    device.seen_ms = _now(request)
    return device
