"""Statements sent to a learning record store. What it has already is not an error but done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import httpx

from game.ledger.reports.statements import VERSION

BATCH = 100
HEADERS = {"X-Experience-API-Version": VERSION, "Content-Type": "application/json"}


@dataclass(slots=True)
class Pushed:
    """How many were newly `stored`, and how many the store `had` already."""

    stored: int = 0
    had: int = 0


class PushError(Exception):
    """The store refused, or could not be reached; the text is one clear line. What it took stays taken, and
    sending everything again does no harm."""


def push(statements: Iterable[Mapping[str, Any]], client: httpx.Client) -> Pushed:
    """Sends statements to the store whose base address and login `client` carries.

    A batch answered with 409 (one of its ids is there already, so by the standard none was taken) is sent
    again one by one. Raises PushError.
    """
    told = Pushed()
    for batch in _batches(statements):
        answer = _send(client, "POST", batch)
        if answer.status_code == 409:
            for one in batch:
                single = _send(client, "PUT", one, {"statementId": str(one["id"])})
                if single.status_code == 409:
                    told.had += 1
                else:
                    _check(single)
                    told.stored += 1
        else:
            _check(answer)
            told.stored += len(batch)
    return told


def _batches(statements: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    source = iter(statements)
    while batch := list(islice(source, BATCH)):
        yield batch


def _send(
    client: httpx.Client, method: str, body: Any, params: Mapping[str, str] | None = None
) -> httpx.Response:
    try:
        return client.request(method, "statements", json=body, params=params, headers=HEADERS)
    except httpx.HTTPError as error:
        raise PushError(
            f"the learning record store at {client.base_url} cannot be reached: {error}"
        ) from error


def _check(answer: httpx.Response) -> None:
    if answer.status_code not in (200, 204):
        raise PushError(f"the learning record store answered {answer.status_code}: {answer.text[:200]}")
