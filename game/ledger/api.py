"""What devices talk to: enrolment, batches, files, claims. PROTOCOL.md beside this file describes it."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from game.journal.event import load_json
from game.ledger import enrolment, intake
from game.ledger.db import session
from game.ledger.keys import Keys
from game.ledger.limits import Buckets
from game.ledger.models import Device

router = APIRouter(prefix="/api/v1", tags=["devices"])
MOST_CHAINS = 200
SMALL = 20_000
"""Bytes of a request that is looked through at once; a longer one does not keep the others waiting."""
_STRANGE = "not signed by a device that is enrolled here"
_REVOKED = "this device was revoked"
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


def told(model: type[Strict]) -> dict[str, Any]:
    """What the OpenAPI schema says of a body that is read by hand, since its signature is over its bytes."""
    form = model.model_json_schema()
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": form}}}}


FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def mount(app: FastAPI) -> None:
    """Adds the endpoints and their buckets."""
    app.state.requests = Buckets(60, 5)
    app.state.lines = Buckets(50_000, 500)
    app.state.strangers = Buckets(60, 1)
    app.state.keys = Keys(app.state.ledger.engine)
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


@router.post("/enrol", response_model=Enrolled, openapi_extra=told(Enrol))
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


@router.post("/holdings", response_model=dict[str, Held], openapi_extra=told(Holdings))
def holdings(request: Request, data: Body) -> Any:
    """What the ledger holds of these chains."""
    with session(request.app.state.ledger.engine) as work:
        device = _device(work, request, data)
        asked = _read(Holdings, data)
        device.waiting = asked.waiting
        return intake.holdings(work, device, asked.chains)


@router.post("/events", response_model=Answer, openapi_extra=told(Batch))
async def events(request: Request, data: Body) -> Any:
    """Take in lines, each with its MAC."""
    state = request.app.state
    if len(data) <= SMALL and request.headers.get("x-shiqi-device", "") in state.keys:
        letter = _letter(request, data)
    else:
        letter = await run_in_threadpool(_letter, request, data)
    taken = await asyncio.wrap_future(state.ledger.writer.put(letter))
    if taken is None:
        raise HTTPException(403, _REVOKED)
    return _answer(taken)


@router.post("/files", response_model=Answer, openapi_extra=FILE)
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


@router.post("/claim", openapi_extra=told(Claim))
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


def _letter(request: Request, data: bytes) -> intake.Letter:
    """The lines of a signed request, examined. Revoked devices are found when they are taken in."""
    state = request.app.state
    id, secret, skew = _signed(request, data)  # before any parsing: strangers cost little
    asked = _read(Batch, data)
    _bucket(state.lines, id, len(asked.lines))
    letter = intake.opened(id, secret, [(line, mac) for line, mac in asked.lines])
    letter.skew_ms, letter.waiting = skew, asked.waiting
    return letter


def _device(work: Session, request: Request, data: bytes) -> Device:
    """The device that signed this request; its clock's skew is recorded. Raises 401, 403 or 429."""
    id, _, skew = _signed(request, data)
    device = work.get(Device, id)
    if device is None:
        raise HTTPException(401, _STRANGE)
    if device.revoked_ms is not None:
        raise HTTPException(403, _REVOKED)
    device.skew_ms, device.seen_ms = skew, _now(request)
    return device


def _signed(request: Request, data: bytes) -> tuple[str, bytes, int]:
    """Who signed this request: the device, its secret, how many ms its clock is ahead. Raises 401, 429."""
    headers, state = request.headers, request.app.state
    told, sign = headers.get("x-shiqi-time", ""), headers.get("x-shiqi-sign", "")
    if not (told.isascii() and told.isdigit()) or len(told) > 15 or not sign.isascii():
        raise HTTPException(401, _STRANGE)
    id = headers.get("x-shiqi-device", "")
    secret = state.keys.secret(id)
    if not secret or not hmac.compare_digest(
        hmac.digest(secret, told.encode() + b"\n" + data, "sha256").hex(), sign
    ):
        raise HTTPException(401, _STRANGE)
    _bucket(state.requests, id)
    return id, secret, int(told) - _now(request)
